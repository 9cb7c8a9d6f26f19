"""What the encoders of numbers, names, dates, vectors and pictures make of small columns, from their definitions, by Python's statistics,
collections and datetime: tests/golden/features/columns.json.

    python3 tools/golden/column_features.py
"""
import json
import math
import os
from collections import Counter
from datetime import datetime
from fractions import Fraction

OUT = os.path.join(os.path.dirname(__file__), "..", "..", "tests", "golden", "features", "columns.json")
known = {}


def standardised(train):
    """(x - mean) / deviation over the values present, the deviation divided by n, in exact fractions up to the root; None where nothing varies."""
    present = [Fraction(x) for x in train if x is not None]
    mean = sum(present) / len(present)
    deviation = math.sqrt(sum((x - mean) ** 2 for x in present) / len(present))
    return None if deviation == 0 else lambda x: 0.0 if x is None else float(Fraction(x) - mean) / deviation


def scaled(scale, x):
    return [] if scale is None else [scale(x)]


def one_hot(value, values):
    return [float(value == known_value) for known_value in values]


def numbers(name, train, rows):
    scale, marks = standardised(train), None in train
    known[name] = {
        "train": train, "rows": rows, "names": ["x"] * (scale is not None) + ["x is missing"] * marks,
        "features": [scaled(scale, x) + [float(x is None)] * marks for x in rows],
    }


numbers("numbers", [1.5, 2.0, -7.25, 0.1, 3.0, 1e3], [1.5, 0.0, None, -1e6, 1e3])
numbers("numbers missing", [1.5, None, -7.25, 0.1, None, 4.0], [1.5, None, 12.0])
numbers("numbers far off", [1e9 + i / 1024 for i in range(5)], [1e9, 1e9 + 0.001, 2e9])
numbers("numbers constant", [2.0, None, 2.0], [2.0, None, 5.0])


def categories(name, train, rows, least, most):
    counts = Counter(x for x in train if x is not None)
    frequent = sorted((x for x in counts if counts[x] >= least), key=lambda x: (-counts[x], x.encode("utf-16-be")))[:most]
    kept = sorted(frequent, key=lambda x: x.encode("utf-16-be"))
    has_other, has_missing = len(kept) < len(counts), None in train
    known[name] = {
        "train": train, "rows": rows, "least": least, "most": most,
        "names": [f"x={x}" for x in kept] + ["x is another"] * has_other + ["x is missing"] * has_missing,
        "features": [one_hot(x, kept) + [float(x is not None and x not in kept)] * has_other + [float(x is None)] * has_missing for x in rows],
    }


colours = ["red", "blue", "red", None, "Green", "blue", "red", "grün", "Green", "red", "black"]
categories("names", colours, ["red", "grün", None, "new", "Green", "blue"], 2, 100)
categories("names few", colours, ["red", "grün", None, "Green", "blue"], 1, 2)
categories("names all kept", ["a", "b", "a"], ["a", "b", "c", None], 1, 100)

PARTS = [("month", lambda d: d.month, str), ("weekday", lambda d: d.weekday(), lambda w: "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()[w]), ("hour", lambda d: d.hour, str)]


def days(date):
    return None if date is None else Fraction((date - datetime(1, 1, 1)) // (date.resolution), 86_400_000_000)


def dates(name, train, rows):
    train_dates, row_dates = ([None if x is None else datetime.fromisoformat(x) for x in texts] for texts in (train, rows))
    scale, marks = standardised([days(d) for d in train_dates]), None in train
    kept = []
    for part, value, said in PARTS:
        met = sorted({value(d) for d in train_dates if d is not None})
        kept.append((part, value, said, met if len(met) > 1 else []))
    known[name] = {
        "train": train, "rows": rows,
        "names": ["x in days"] * (scale is not None) + [f"x {part}={said(v)}" for part, _, said, met in kept for v in met] + ["x is missing"] * marks,
        "features": [
            scaled(scale, days(d)) + [f for _, value, _, met in kept for f in one_hot(None if d is None else value(d), met)] + [float(d is None)] * marks
            for d in row_dates
        ],
    }


dates("dates", ["2024-02-29T23:59:59", "1969-12-31T01:02:03", "2001-01-01T00:00:00", "2024-03-01T12:30:00", "2024-02-28T23:00:00"],
      ["2024-02-29T23:59:59", "2030-07-15T05:00:00", "1969-12-01T12:00:00.000250", None])
dates("dates missing", ["2024-03-04T00:00:00", None, "2024-03-11T00:00:00", "2024-03-18T00:00:00"], ["2024-03-04T00:00:00", None, "2024-04-02T10:00:00"])


def vectors(name, train, rows):
    scales = [standardised(column) for column in zip(*train)]
    kept = [i for i, scale in enumerate(scales) if scale is not None]
    known[name] = {"train": train, "rows": rows, "names": [f"x {i}" for i in kept], "features": [[scales[i](row[i]) for i in kept] for row in rows]}


vectors("vectors", [[1.0, 5.0, -2.5, 0.25], [2.0, 5.0, None, 0.5], [4.0, 5.0, 1.5, 8.0], [1.0, 5.0, 2.5, 0.25]], [[1.0, 6.0, None, 0.25], [3.0, 5.0, 1.5, 0.0]])


def pictures(name, shape, train, rows):
    height, width, channels = shape
    kept = [i for i in range(height * width * channels) if len({picture[i] for picture in train}) > 1]
    colour = ["" if channels == 1 else " " + c for c in ("red", "green", "blue")]
    known[name] = {
        "shape": shape, "train": train, "rows": rows,
        "names": [f"pixel {i // channels // width},{i // channels % width}{colour[i % channels]}" for i in kept],
        "features": [[picture[i] / 255 for i in kept] for picture in rows],
    }


pictures("pictures grey", [2, 3, 1], [[0, 10, 255, 7, 7, 7], [0, 20, 254, 7, 7, 8]], [[9, 10, 255, 1, 2, 3], [0, 0, 128, 7, 7, 51]])
pictures("pictures colour", [1, 2, 3], [[0, 1, 2, 3, 4, 5], [0, 1, 9, 3, 200, 6]], [[1, 2, 3, 4, 5, 6], [255, 254, 253, 252, 251, 250]])

os.makedirs(os.path.dirname(OUT), exist_ok=True)
with open(OUT, "w") as file:
    json.dump(known, file, indent=None, separators=(",", ":"), ensure_ascii=False)
    file.write("\n")
