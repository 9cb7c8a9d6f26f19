"""Makes many rows of forest cover from a sample of them: rows drawn with replacement, their ten quantities with normal noise of a fiftieth of each one's deviation.

usage: covertype.py covtype_sample.csv ROWS OUT [SEED]
"""
import sys
import numpy as np

sample, count, out = sys.argv[1], int(sys.argv[2]), sys.argv[3]
rng = np.random.default_rng(int(sys.argv[4]) if len(sys.argv) > 4 else 0)
lines = open(sample).read().split("\n")
rows = [line.split(",") for line in lines[1:] if line]
numbers = np.array([[float(cell) for cell in row[:10]] for row in rows])
rest = [",".join(row[10:]) for row in rows]
noise = numbers.std(0) / 50
with open(out, "w", buffering=1 << 22) as file:
    file.write(lines[0] + "\n")
    for done in range(0, count, 20_000):
        chosen = rng.integers(0, len(rows), min(20_000, count - done))
        cells = np.rint(numbers[chosen] + rng.normal(size=(len(chosen), 10)) * noise).astype(int).tolist()
        file.write("\n".join(",".join(map(str, own)) + "," + rest[row] for own, row in zip(cells, chosen)) + "\n")
