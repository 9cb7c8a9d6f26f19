"""Kills, faults and bombs against every writer and reader of the command, as one table.

    python3 tools/faults/faults.py --command "dotnet exec .../Credence.Cli.dll" [--rounds 20] [--seed 1] [--only kills|signals|faults|limits|bombs]

kills     SIGKILL at random moments. Torn: an output that is neither the old file nor the new one, whole. Lost: an output, or an input, that is
          gone or changed. Mixed: a model that appeared before the files about it. Left: files that the next run did not remove.
signals   SIGINT, SIGTERM and SIGHUP at random moments: beside these, an exit code other than 130 (or 0 where the work was done), and the longest
          wait.
faults    the n-th open, write, rename, ... below the output folder fails (shim.c, by gcc and LD_PRELOAD); a crash is an exit code but 0 or 1,
          hidden a success although an output is not new, named a message that names a temporary file.
limits    a small limit on the size of a file, and a small full disk (a tmpfs, where it may be mounted).
bombs     files that are small and unpack to gigabytes, or say they do: exit code, seconds, and the most memory.

Memory is the most resident memory of any run. Needs Linux, Python 3 and NumPy.
"""
import argparse, gzip, hashlib, io, json, os, random, resource, shutil, signal, struct, subprocess, sys, tempfile, time, zipfile, zlib
import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
HARD_LIMIT_KB = 12 << 20
OLD = b"old content\n"


def data(folder, rows, seed=7):
    rng = np.random.default_rng(seed)
    kind = np.arange(rows) % 3
    x, w = 1.2 * kind + rng.normal(size=rows), rng.normal(size=rows) - kind
    with open(os.path.join(folder, "d.csv"), "w") as out:
        out.write("length,weight,kind\n")
        out.writelines(f"{a:.3f},{b:.3f},{'abc'[k]}\n" for a, b, k in zip(x, w, kind))
    logits = np.stack([-(x - 1.2 * k) ** 2 for k in range(3)], 1)
    with open(os.path.join(folder, "s.csv"), "w") as out:
        out.write("a,b,c,label\n")
        out.writelines(",".join(f"{v:.4f}" for v in row) + f",{'abc'[k]}\n" for row, k in zip(logits, kind))


def writers():
    train = ["train", "d.csv", "--label", "kind"]
    return {
        "train": (train + ["--out", "o/m", "--report", "o/r.html", "--split-out", "o/s.csv"], ["m", "r.html", "s.csv"]),
        "train --stream": (train + ["--stream", "--epochs", "20", "--checkpoint-rows", "2000", "--out", "o/m", "--checkpoint", "o/c"], ["m"]),
        "predict csv": (["predict", "m0", "d.csv", "--out", "o/p.csv"], ["p.csv"]),
        "predict jsonl": (["predict", "m0", "d.csv", "--out", "o/p.jsonl"], ["p.jsonl"]),
        "calibrate": (["calibrate", "s.csv", "--input", "logits", "--out", "o/c.credence", "--report", "o/r.html"], ["c.credence", "r.html"]),
        "calibrate csv": (["calibrate", "s.csv", "--input", "logits", "--out", "o/c.csv"], ["c.csv"]),
        "calibrate npz": (["calibrate", "s.csv", "--input", "logits", "--out", "o/c.npz"], ["c.npz"]),
        "doctor": (["doctor", "s.csv", "--input", "logits", "--out", "o/c.credence", "--report", "o/r.html"], ["c.credence", "r.html"]),
        "evaluate": (["evaluate", "m0", "d.csv", "--label", "kind", "--report", "o/r.html"], ["r.html"]),
        "quickstart": (["quickstart", "--out", "o"], ["digits.csv", "digits-test.csv", "model.credence", "report.html"]),
    }


class Room:
    """A folder with inputs, an output folder, and what a whole run makes."""

    def __init__(self, command, rows=3000, folder=None):
        self.command = command
        self.folder = folder or tempfile.mkdtemp(prefix="credence-faults-")
        data(self.folder, rows)
        self.out = os.path.join(self.folder, "o")
        os.makedirs(self.out, exist_ok=True)
        code, text, *_ = self.run(["train", "d.csv", "--label", "kind", "--out", "m0"])
        assert code == 0, text
        self.inputs = self.contents(self.folder)
        self.most = 0

    def contents(self, folder):
        return {name: open(os.path.join(folder, name), "rb").read() for name in sorted(os.listdir(folder))
                if os.path.isfile(os.path.join(folder, name))}

    def reset(self, outputs):
        shutil.rmtree(self.out, ignore_errors=True)
        os.makedirs(self.out)
        for name in outputs:
            with open(os.path.join(self.out, name), "wb") as out:
                out.write(OLD)

    def start(self, arguments, env=None, before=None):
        return subprocess.Popen(self.command + arguments, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                stderr=subprocess.PIPE, start_new_session=True, env={**os.environ, **(env or {})}, preexec_fn=before)

    def wait(self, process, limit=120):
        """Exit code, what it said, and its most memory in kB; killed where it takes too much of either."""
        said, begun = b"", time.monotonic()
        os.set_blocking(process.stderr.fileno(), False)
        while True:
            said += process.stderr.read() or b""
            pid, status, use = os.wait4(process.pid, os.WNOHANG)
            if pid:
                said += process.stderr.read() or b""
                process.returncode = os.waitstatus_to_exitcode(status)
                return process.returncode, said.decode(errors="replace"), use.ru_maxrss
            if time.monotonic() - begun > limit or resident(process.pid) > HARD_LIMIT_KB:
                os.kill(process.pid, signal.SIGKILL)
            time.sleep(0.005)

    def run(self, arguments, **how):
        begun = time.monotonic()
        code, said, memory = self.wait(self.start(arguments, **how))
        self.most = max(getattr(self, "most", 0), memory)
        return code, said, memory, time.monotonic() - begun

    def whole(self, arguments, outputs):
        self.reset([])
        code, said, memory, seconds = self.run(arguments)
        assert code == 0, said
        return self.contents(self.out), memory, seconds

    def judge(self, outputs, new, count):
        now = self.contents(self.out)
        for name in outputs:
            if name not in now:
                count["lost"] += 1
            elif now[name] not in (OLD, new[name]):
                count["torn"] += 1
        main = [name for name in outputs if name in ("m", "c.credence", "model.credence")]
        about = [name for name in outputs if name.endswith(".html") or name == "s.csv"]
        if main and now.get(main[0]) == new[main[0]] and any(now.get(name) == OLD for name in about):
            count["mixed"] += 1
        if self.contents(self.folder) != self.inputs:
            count["lost"] += 1

    def left(self, arguments, outputs, new):
        """Files beside the outputs after the next whole run."""
        code, said, *_ = self.run(arguments)
        extra = set(os.listdir(self.out)) - set(outputs)
        same = self.contents(self.out)
        return len(extra) + sum(same.get(name) != new[name] for name in outputs) + (code != 0)


def resident(pid):
    try:
        with open(f"/proc/{pid}/statm") as file:
            return int(file.read().split()[1]) * (resource.getpagesize() // 1024)
    except (OSError, IndexError):
        return 0


def temporary_files():
    return set(os.listdir(tempfile.gettempdir()))


def kills(room, rounds, rng, signals=False):
    rows = []
    for name, (arguments, outputs) in writers().items():
        new, memory, seconds = room.whole(arguments, outputs)
        count = dict(torn=0, lost=0, mixed=0, left=0, wrong=0)
        slowest = 0.0
        for _ in range(rounds):
            room.reset(outputs)
            process = room.start(arguments)
            time.sleep(rng.uniform(0.05 if signals else 0, 1.05 * seconds))
            begun = time.monotonic()
            os.kill(process.pid, rng.choice([signal.SIGINT, signal.SIGTERM, signal.SIGHUP]) if signals else signal.SIGKILL)
            code, said, used = room.wait(process)
            memory = max(memory, used)
            room.judge(outputs, new, count)
            if signals:
                slowest = max(slowest, time.monotonic() - begun)
                # Before the command listens, the system's own ending is all there is.
                early = not said and code in (-signal.SIGINT, -signal.SIGTERM, -signal.SIGHUP)
                nothing = "nothing was written" in said
                changed = any(room.contents(room.out).get(one) != OLD for one in outputs)
                count["wrong"] += not (code in (0, 130) or early) or (nothing and changed)
                count["left"] += len(set(os.listdir(room.out)) - set(outputs) - {"c"})
        if "c" not in outputs and os.path.exists(os.path.join(room.out, "c")):
            os.remove(os.path.join(room.out, "c"))
        count["left"] += room.left(arguments, outputs, new)
        rows.append((("signals" if signals else "kills"), name, rounds, count["torn"], count["lost"], count["mixed"], count["left"],
                     f"{count['wrong']} wrong, slowest {slowest:.2f} s" if signals else "", memory))
    return rows


def faults(room, rng, most=6):
    shim = os.path.join(room.folder, "..", f"shim-{os.getpid()}.so")
    built = subprocess.run(["gcc", "-shared", "-fPIC", "-O1", "-o", shim, os.path.join(HERE, "shim.c"), "-ldl"], capture_output=True, text=True)
    if built.returncode:
        return [("faults", "gcc is missing or failed: " + built.stderr[:60], 0, 0, 0, 0, 0, "", 0)]
    rows = []
    mark = shim + ".mark"
    for name, (arguments, outputs) in writers().items():
        new, memory, _ = room.whole(arguments, outputs)
        count = dict(torn=0, lost=0, mixed=0, left=0, crash=0, hidden=0, named=0, runs=0)
        for call, errors in dict(open=(13, 24), write=(28, 5), rename=(1, 5), unlink=(1,), chmod=(1,), fstat=(5,), flock=(11, 37)).items():
            for error in errors:
                for at in range(1, most + 1):
                    if os.path.exists(mark):
                        os.remove(mark)
                    room.reset(outputs)
                    code, said, used, _ = room.run(arguments, env=dict(
                        LD_PRELOAD=shim, FAULT_FOLDER=room.out, FAULT_CALL=call, FAULT_AT=str(at), FAULT_ERRNO=str(error), FAULT_MARK=mark))
                    if not os.path.exists(mark):
                        break
                    memory = max(memory, used)
                    count["runs"] += 1
                    room.judge(outputs, new, count)
                    count["crash"] += code not in (0, 1, 2)
                    count["hidden"] += code == 0 and any(room.contents(room.out)[one] != new[one] for one in outputs)
                    count["named"] += ".credence-" in said
                    if call != "unlink":
                        count["left"] += len(set(os.listdir(room.out)) - set(outputs) - {"c"})
        if os.path.exists(os.path.join(room.out, "c")):
            os.remove(os.path.join(room.out, "c"))
        count["left"] += room.left(arguments, outputs, new)
        rows.append(("faults", name, count["runs"], count["torn"], count["lost"], count["mixed"], count["left"],
                     f"{count['crash']} crashes, {count['hidden']} hidden, {count['named']} named", memory))
    for file in (shim, mark):
        if os.path.exists(file):
            os.remove(file)
    return rows


def limits(room):
    rows = []

    def small():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))

    for name, (arguments, outputs) in writers().items():
        new, memory, _ = room.whole(arguments, outputs)
        count = dict(torn=0, lost=0, mixed=0)
        room.reset(outputs)
        code, said, used, _ = room.run(arguments, before=small, env=dict(DOTNET_EnableWriteXorExecute="0"))
        room.judge(outputs, new, count)
        left = len(set(os.listdir(room.out)) - set(outputs) - {"c"})
        rows.append(("file size", name, 1, count["torn"], count["lost"], count["mixed"], left, f"exit {code}", max(memory, used)))
    disk = os.path.join(room.folder, "disk")
    os.makedirs(disk)
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk], capture_output=True).returncode == 0:
        try:
            room.out, plain = disk, room.out
            with open(os.path.join(disk, "fill"), "wb") as fill:
                fill.write(b"x" * (44 << 10))
            with open(os.path.join(disk, "p.csv"), "wb") as out:
                out.write(OLD)
            code, said, used, _ = room.run(["predict", "m0", "d.csv", "--out", "disk/p.csv"])
            now = room.contents(disk)
            rows.append(("full disk", "predict csv", 1, int(now.get("p.csv") != OLD), int("p.csv" not in now), 0, len(now) - 2,
                         f"exit {code}", used))
        finally:
            room.out = plain
            subprocess.run(["umount", disk], check=True)
    else:
        rows.append(("full disk", "no tmpfs may be mounted here", 0, 0, 0, 0, 0, "", 0))
    os.rmdir(disk)
    return rows


def png(width, height, unpacked):
    def part(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
    packer, body = zlib.compressobj(9), []
    for _ in range(unpacked >> 20):
        body.append(packer.compress(bytes(1 << 20)))
    body.append(packer.compress(bytes(unpacked & 0xfffff)) + packer.flush())
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) + part(b"IDAT", b"".join(body)) + part(b"IEND", b"")


def packed(text, times):
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", mtime=0) as file:
        for _ in range(times):
            file.write(text)
    return out.getvalue()


def bombs(room):
    def file(name, content):
        os.makedirs(os.path.dirname(os.path.join(room.folder, name)) or room.folder, exist_ok=True)
        with open(os.path.join(room.folder, name), "wb") as out:
            out.write(content)

    giga = 1 << 30
    for kind in "xy":
        file(f"png/{kind}/idat.png", png(28, 28, 3 * giga))
        file(f"size/{kind}/size.png", png(25000, 25000, 0))
    file("rows.csv.gz", packed(b"a,b\n", 1) + packed(b"1,x\n2,y\n" * (1 << 17), 4000))
    file("line.csv.gz", packed(b"a" * (1 << 20), 4000))
    header = lambda shape: b"\x93NUMPY\x01\x00" + struct.pack("<H", 118) + (
        f"{{'descr': '<f8', 'fortran_order': False, 'shape': {shape}, }}".encode().ljust(117) + b"\n")
    arrays = io.BytesIO()
    with zipfile.ZipFile(arrays, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as out:
        for name, shape, size in (("logits", (40_000_000, 10), 3 * giga + (1 << 27)), ("labels", (40_000_000,), 320_000_000)):
            with out.open(name + ".npy", "w", force_zip64=True) as entry:
                entry.write(header(shape))
                for _ in range(size >> 20):
                    entry.write(bytes(1 << 20))
    file("arrays.npz", arrays.getvalue())
    file("claims.npy", header((1 << 40, 1 << 20)) + bytes(64))
    text = json.dumps({"__metadata__": {"credence": json.dumps({"format": 1, "kind": "classifier", "x": []})[:-2] + "[]," * (8 << 20) + "0]}"}}).encode()
    file("brackets.credence", struct.pack("<Q", len(text)) + text)
    file("deep.jsonl", b"[" * (32 << 20))
    file("wide.csv", b",".join(b"c%d" % i for i in range(99_000)) + b"\n" + b",".join([b"1"] * 99_000) + b"\n")
    for kind in "xy":
        file(f"wav/{kind}/1.wav", b"RIFF" + struct.pack("<I", 0xfffffff0) + b"WAVEfmt " + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 16000, 2, 16)
             + b"data" + struct.pack("<I", 0xffffff00) + bytes(100))
    reads = {
        "png: 3 GB of pixels for 28 x 28": (["train", "png", "--out", "o/m"], "png/x/idat.png"),
        "png: claims 25,000 x 25,000": (["train", "size", "--out", "o/m"], "size/x/size.png"),
        "csv.gz: 4 GB of rows": (["train", "rows.csv.gz", "--label", "b", "--out", "o/m"], "rows.csv.gz"),
        "csv.gz: a line of 4 GB": (["train", "line.csv.gz", "--label", "b", "--out", "o/m"], "line.csv.gz"),
        "npz: 3.4 GB of zeros": (["calibrate", "arrays.npz", "--out", "o/c.csv"], "arrays.npz"),
        "npy: claims 2^60 numbers": (["calibrate", "claims.npy", "--out", "o/c.csv"], "claims.npy"),
        "model: 24 MB of brackets": (["inspect", "brackets.credence"], "brackets.credence"),
        "jsonl: 32 million brackets": (["train", "deep.jsonl", "--label", "b", "--out", "o/m"], "deep.jsonl"),
        "csv: 99,000 columns": (["train", "wide.csv", "--label", "c0", "--out", "o/m"], "wide.csv"),
        "wav: claims 4 GB": (["train", "wav", "--out", "o/m"], "wav/x/1.wav"),
    }
    rows = []
    for name, (arguments, path) in reads.items():
        room.reset([])
        size = os.path.getsize(os.path.join(room.folder, path))
        code, said, memory, seconds = room.run(arguments)
        wrong = code not in (0, 1, 2) or "bug in Credence" in said
        rows.append(("bombs", name, 1, int(wrong), 0, 0, len([x for x in os.listdir(room.out) if x.startswith(".")]),
                     f"{size / 1e6:,.1f} MB, exit {code}, {seconds:.1f} s", memory))
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--command", required=True)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=["kills", "signals", "faults", "limits", "bombs"])
    options = parser.parse_args()
    rng = random.Random(options.seed)
    before = temporary_files()
    room = Room(options.command.split())
    stages = {
        "kills": lambda: kills(room, options.rounds, rng),
        "signals": lambda: kills(room, options.rounds, rng, signals=True),
        "faults": lambda: faults(room, rng),
        "limits": lambda: limits(room),
        "bombs": lambda: bombs(room),
    }
    print("| kind | of | runs | torn | lost | mixed | left | | most memory, MB |")
    print("| --- | --- | --: | --: | --: | --: | --: | --- | --: |")
    bad = 0
    for name, stage in stages.items():
        if options.only in (None, name):
            for row in stage():
                bad += sum(row[3:7])
                print("| " + " | ".join(str(cell) for cell in row[:-1]) + f" | {row[-1] / 1024:,.0f} |", flush=True)
    shutil.rmtree(room.folder)
    left = {name for name in temporary_files() - before if not name.startswith((".NET", "clr-debug", "dotnet", "bash"))}
    print(f"\nNew names in the folder of temporary files, which other programs use too: {', '.join(sorted(left)) or 'none'}.")
    sys.exit(bad > 0)


if __name__ == "__main__":
    main()
