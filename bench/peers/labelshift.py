"""Draws the shifts that the known figures are of: python3 labelshift.py LABELS OUT CLASSES SHIFTS ROWS.

LABELS holds a 32-bit class a row; a shift draws a prior from Dirichlet(0.1), classes by it, and rows from 5,000 on of these classes. OUT gets SHIFTS x ROWS
32-bit row numbers."""
import sys

import numpy as np

y = np.fromfile(sys.argv[1], np.int32)
classes, shifts, rows = (int(word) for word in sys.argv[3:6])
rng = np.random.default_rng(1)
drawn = np.zeros((shifts, rows), np.int32)
for shift in range(shifts):
    labels = rng.choice(classes, rows, p=rng.dirichlet(np.full(classes, 0.1)))
    drawn[shift] = [rng.choice(np.where(y[5000:] == label)[0]) + 5000 for label in labels]
drawn.tofile(sys.argv[2])
