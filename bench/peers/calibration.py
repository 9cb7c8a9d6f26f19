"""Times SciPy on what the benchmark 'calibration' times: python3 calibration.py FILE ROWS CLASSES WHAT [REPEATS]; prints seconds and the mean log loss reached.

FILE holds ROWS x CLASSES doubles, then ROWS 32-bit labels. L-BFGS with its defaults but for the number of passes, analytic gradients."""
import sys
import time

import numpy as np
from scipy.optimize import minimize, minimize_scalar
from scipy.special import log_softmax, logsumexp

path, rows, classes, what = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
repeats = int(sys.argv[5]) if len(sys.argv) > 5 else 3
with open(path, "rb") as file:
    z = np.fromfile(file, np.float64, rows * classes).reshape(rows, classes)
    y = np.fromfile(file, np.int32, rows)
at = np.arange(rows)
hit = np.zeros_like(z)
hit[at, y] = 1


def temperature():
    found = minimize_scalar(lambda u: -log_softmax(np.exp(u) * z, axis=1)[at, y].mean(), bounds=(-10, 10), method="bounded", options=dict(xatol=1e-10))
    return np.exp(found.x), found.fun


def scaling(x, matrix, penalty):
    k = classes
    own = k * k if matrix else k

    def loss(t):
        w, b = t[:own], t[own:]
        s = (x @ (np.eye(k) + w.reshape(k, k)).T if matrix else x * (1 + w)) + b
        total = logsumexp(s, axis=1)
        r = np.exp(s - total[:, None])
        r -= hit
        r /= rows
        g = (r.T @ x).ravel() if matrix else (r * x).sum(0)
        strength = np.full((k, k), penalty * (k - 1))
        np.fill_diagonal(strength, penalty)
        strength = strength.ravel() if matrix else np.full(k, penalty)
        value = (total - s[at, y]).mean()
        return value + strength @ (w * w) + penalty * (b @ b), np.r_[g + 2 * strength * w, r.sum(0) + 2 * penalty * b]

    return minimize(loss, np.zeros(own + k), jac=True, method="L-BFGS-B", options=dict(maxiter=500, maxfun=1000)).fun


def run():
    if what == "temperature":
        return temperature()[1]
    if what == "vector":
        return scaling(log_softmax(z, axis=1), False, 0)
    beta, _ = temperature()
    p = np.exp(log_softmax(beta * z, axis=1))
    return scaling(np.log(rows / (rows + 1) * p + 1 / ((rows + 1) * classes)), True, classes / rows)


times = []
for _ in range(repeats):
    start = time.perf_counter()
    value = run()
    times.append(time.perf_counter() - start)
print(sorted(times)[len(times) // 2], value)
