"""Pictures by Pillow and sounds by SciPy and Python's wave, with their pixels and samples as media.json: tests/golden/media.

    python3 tools/golden/media.py
"""
import json
import math
import os
import shutil
import wave

import numpy as np
from PIL import Image
from scipy.io import wavfile

OUT = os.path.join(os.path.dirname(__file__), "..", "..", "tests", "golden", "media")
shutil.rmtree(OUT, ignore_errors=True)
os.makedirs(OUT)
known = {}


def at(name):
    return os.path.join(OUT, name)


def picture(name, image, mode=None, **options):
    """Saves a picture, and what Pillow reads of it again as grey or as red, green, blue."""
    image.save(at(name), **options)
    with Image.open(at(name)) as saved:
        if mode is None:
            mode = "L" if saved.mode in ("1", "L", "LA") else "RGB"
        pixels = np.asarray(saved.convert(mode))
    known[name] = {"shape": [saved.height, saved.width, len(mode)], "pixels": pixels.flatten().tolist()}


y, x, c = np.mgrid[0:5, 0:7, 0:4]
noise = ((17 * y * y + 31 * x + 59 * c * x) % 256).astype("u1")
grey, colour = Image.fromarray(noise[..., 0]), Image.fromarray(noise[..., :3])
picture("grey.png", grey)
picture("colour.png", colour)
picture("colour-alpha.png", Image.fromarray(noise, "RGBA"))
picture("grey-alpha.png", Image.fromarray(np.ascontiguousarray(noise[..., :2]), "LA"))
picture("palette.png", colour.quantize(8))
picture("one-bit.png", grey.convert("1"))
picture("optimised.png", colour, optimize=True)
picture("colour.bmp", colour)
picture("grey.bmp", grey, "RGB")

# Sixteen bits: the upper eight are what is read.
wide = (noise[..., 0].astype("u2") << 8) + 77
Image.fromarray(wide, "I;16").save(at("sixteen.png"))
known["sixteen.png"] = {"shape": [5, 7, 1], "pixels": noise[..., 0].flatten().tolist()}

v, u, k = np.mgrid[0:16, 0:20, 0:3]
smooth = (40 + 5 * v + 2 * u * (1 + k % 2)).astype("u1")
picture("grey.jpg", Image.fromarray(smooth[..., 0]), quality=90)
picture("colour.jpg", Image.fromarray(smooth), quality=90, subsampling=0)
picture("subsampled.jpg", Image.fromarray(smooth), quality=90, subsampling=2)
picture("progressive.jpg", Image.fromarray(smooth), quality=90, subsampling=0, progressive=True)

# Pillow's triangle filter, as wide as the step between two new pixels: smaller, larger, and both.
for width, height in ((4, 3), (11, 9), (3, 8)):
    small = np.asarray(colour.resize((width, height), Image.Resampling.BILINEAR))
    known[f"resized {width}x{height}"] = {"shape": [height, width, 3], "pixels": small.flatten().tolist()}

n = np.arange(40)
tone = np.sin(2 * np.pi * n / 13) * np.linspace(1, 0.1, 40)
tone[:3] = [0, 1 - 2**-20, -1]


def sound(name, rate, samples, known_samples):
    wavfile.write(at(name), rate, samples)
    known[name] = {"rate": rate, "samples": np.asarray(known_samples, dtype="f8").tolist()}


byte = np.clip(np.round(128 + 127 * tone), 0, 255).astype("u1")
sound("u1.wav", 8000, byte, (byte.astype("f8") - 128) / 128)
short = np.round(32767 * tone).astype("i2")
sound("i2.wav", 16000, short, short / 2.0**15)
whole = np.round((2**31 - 1) * tone).astype("i4")
sound("i4.wav", 44100, whole, whole / 2.0**31)
sound("f4.wav", 22050, tone.astype("f4"), tone.astype("f4"))
sound("f8.wav", 8000, tone, tone)
stereo = np.stack([short, short[::-1] // 2], axis=1)
sound("stereo.wav", 16000, stereo, stereo.astype("f8").mean(axis=1) / 2.0**15)

three = np.round((2**23 - 1) * tone).astype("i4")
with wave.open(at("i3.wav"), "wb") as file:
    file.setnchannels(1)
    file.setsampwidth(3)
    file.setframerate(8000)
    file.writeframes(b"".join(int(value).to_bytes(3, "little", signed=True) for value in three))
known["i3.wav"] = {"rate": 8000, "samples": (three / 2.0**23).tolist()}


def resampled(samples, rate, wanted, zeros=16):
    """A sinc that ends at half the lower rate, under a Hann window of 16 zero crossings a side, its taps adding up to 1."""
    cutoff = min(1, wanted / rate)
    half = math.ceil(zeros / cutoff)
    result = []
    for i in range(-(-len(samples) * wanted // rate)):
        centre = i * rate / wanted
        first = math.floor(centre) - half + 1
        places = range(first, first + 2 * half)
        taps = [np.sinc((j - centre) * cutoff) * (0.5 + 0.5 * math.cos(math.pi * (j - centre) / half) if abs(j - centre) < half else 0) for j in places]
        result.append(sum(t * samples[j] for t, j in zip(taps, places) if 0 <= j < len(samples)) / sum(taps))
    return result


for rate, wanted in ((8000, 16000), (16000, 8000), (8000, 11025), (44100, 16000)):
    known[f"resampled {rate} to {wanted}"] = {"rate": wanted, "samples": resampled(tone.tolist(), rate, wanted)}
known["tone"] = {"rate": 0, "samples": tone.tolist()}

with open(at("media.json"), "w") as file:
    json.dump(known, file, separators=(",", ":"))
    file.write("\n")
