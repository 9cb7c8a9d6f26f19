"""Arrays of every type that is read, by NumPy as npy and npz and by struct as idx, and saved scores: tests/golden/arrays; their values, row-major,
as arrays.json.

    python3 tools/golden/arrays.py
"""
import gzip
import json
import os
import shutil
import struct

import numpy as np

OUT = os.path.join(os.path.dirname(__file__), "..", "..", "tests", "golden", "arrays")
shutil.rmtree(OUT, ignore_errors=True)
os.makedirs(OUT)
known = {}


def known_values(name, array):
    known[name] = {"shape": list(array.shape), "values": [value.decode("latin-1") if isinstance(value, bytes) else value for value in array.flatten(order="C").tolist()]}


def npy(name, array, version=None):
    with open(os.path.join(OUT, name + ".npy"), "wb") as file:
        np.lib.format.write_array(file, array, version=version)
    known_values(name, array)


for kind in ("u1", "i1", "u2", "i2", "u4", "i4", "u8", "i8"):
    least, most = np.iinfo(kind).min, np.iinfo(kind).max if kind != "u8" else 2**63 - 1
    npy(kind, np.array([[least, most, 0], [1, 2, 3]], dtype=kind))
for kind in ("i2", "u2", "i4", "u4", "i8"):
    npy("big-" + kind, np.array([[np.iinfo(kind).min, np.iinfo(kind).max, 258]], dtype=">" + kind))
for order, kind in (("<", "f2"), (">", "f2"), ("<", "f4"), (">", "f4"), ("<", "f8"), (">", "f8")):
    values = [0.1, -2.5, 0, 1 / 3, 6e-8, np.finfo(kind).max]
    npy(("big-" if order == ">" else "") + kind, np.array(values, dtype=order + kind).reshape(2, 3))
npy("bool", np.array([True, False, True]))
npy("text", np.array(["red", "grün", "", "四 words of text"]))
npy("big-text", np.array(["red", "blue"], dtype=">U6"))
npy("bytes", np.array([b"red", b"blue", b""]))
npy("fortran-2", np.asfortranarray(np.arange(12, dtype="f4").reshape(3, 4)))
npy("fortran-3", np.asfortranarray(np.arange(24, dtype=">i4").reshape(2, 3, 4)))
npy("fortran-bytes", np.asfortranarray(np.arange(6, dtype="u1").reshape(2, 3)))
npy("version-2", np.arange(5.0), (2, 0))
npy("version-3", np.arange(5.0), (3, 0))
npy("scalar", np.array(2.5))

rng = np.random.RandomState(5)
logits = rng.normal(size=(6, 3))
probabilities = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
truth = np.array([0, 2, 1, 1, 0, 2])
archives = {
    "logits": {"logits": logits.astype("f4"), "labels": truth},
    "probabilities": {"probabilities": np.asfortranarray(probabilities), "ground_truth": truth.astype("u1").reshape(-1, 1), "classes": np.array(["ant", "bee", "cicada"])},
    "half": {"probs": probabilities.astype("f2"), "y": np.eye(3, dtype="i4")[truth]},
    "table": {"vectors": np.arange(12.0).reshape(6, 2), "weight": np.arange(6) / 2, "pictures": np.arange(24, dtype="u1").reshape(6, 2, 2), "labels": np.array(list("abcabc"))},
}
for name, arrays in archives.items():
    (np.savez if name in ("logits", "half") else np.savez_compressed)(os.path.join(OUT, name + ".npz"), **arrays)
    for key, array in arrays.items():
        known_values(f"{name}/{key}", array)

with open(os.path.join(OUT, "scores.csv"), "w") as file:
    file.write("ant,bee,cicada,label\n")
    for row, label in zip(probabilities.tolist(), truth):
        file.write(",".join(map(repr, row)) + "," + ["ant", "bee", "cicada"][label] + "\n")
known_values("scores", probabilities)

for code, kind in ((8, "u1"), (9, "i1"), (11, "i2"), (12, "i4"), (13, "f4"), (14, "f8")):
    array = np.array([[0, 1, 2], [100, 5, 6]] if kind == "u1" else [[0, -1, 2], [100, 5, 6.5 if kind[0] == "f" else 6]], dtype=kind)
    data = struct.pack(">BBBBii", 0, 0, code, 2, 2, 3) + b"".join(struct.pack(">" + {"u1": "B", "i1": "b", "i2": "h", "i4": "i", "f4": "f", "f8": "d"}[kind], v) for v in array.flatten().tolist())
    with open(os.path.join(OUT, f"{kind}.idx"), "wb") as file:
        file.write(data)
    known_values(f"{kind}.idx", array)

pictures = np.arange(24, dtype="u1").reshape(2, 3, 4)
with open(os.path.join(OUT, "pictures-idx3-ubyte.gz"), "wb") as file:
    file.write(gzip.compress(struct.pack(">BBBBiii", 0, 0, 8, 3, 2, 3, 4) + pictures.tobytes(), mtime=0))
with open(os.path.join(OUT, "labels-idx1-ubyte"), "wb") as file:
    file.write(struct.pack(">BBBBi", 0, 0, 8, 1, 2) + bytes([7, 3]))
known_values("pictures", pictures)

with open(os.path.join(OUT, "arrays.json"), "w") as file:
    json.dump(known, file, indent=None, separators=(",", ":"), ensure_ascii=False)
    file.write("\n")
