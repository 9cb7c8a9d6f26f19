"""Draws eng/icon.png, the packages' icon: a reliability diagram of 128 x 128 pixels. Needs Python alone."""
import pathlib
import struct
import zlib

SIZE, SCALE = 128, 4
INK, PAPER, BLUE, GREY = (24, 38, 61), (255, 255, 255), (37, 99, 235), (190, 200, 214)
DOTS = [(0.08, 0.06, 0.05), (0.26, 0.22, 0.055), (0.45, 0.47, 0.06), (0.66, 0.63, 0.07), (0.88, 0.9, 0.085)]


def colour(x: float, y: float) -> tuple[int, int, int]:
    """The colour at a point; x to the right and y upwards, from 0 to 1."""
    u, v = (x - 0.14) / 0.74, (y - 0.14) / 0.74
    if any((u - a) ** 2 + (v - b) ** 2 < r * r for a, b, r in DOTS):
        return BLUE
    if -0.02 < u < 1.06 and abs(u - v) < 0.02:
        return INK
    if -0.06 < u < 1.08 and -0.06 < v < 1.08 and (abs(u + 0.04) < 0.018 or abs(v + 0.04) < 0.018):
        return INK
    if 0 < u < 1 and abs(u - v) < 0.1:
        return GREY
    return PAPER


def main() -> None:
    rows = bytearray()
    for j in range(SIZE):
        rows.append(0)
        for i in range(SIZE):
            some = [colour((i + (a + 0.5) / SCALE) / SIZE, 1 - (j + (b + 0.5) / SCALE) / SIZE) for a in range(SCALE) for b in range(SCALE)]
            rows += bytes(round(sum(c[k] for c in some) / len(some)) for k in range(3))

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", SIZE, SIZE, 8, 2, 0, 0, 0)
    png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(rows), 9)) + chunk(b"IEND", b"")
    (pathlib.Path(__file__).parents[2] / "eng" / "icon.png").write_bytes(png)


main()
