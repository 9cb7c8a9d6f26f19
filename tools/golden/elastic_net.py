"""Golden objectives of elastic-net softmax and sigmoid regression on rows made by a rule (and exact as floats), by accelerated proximal gradient steps in double precision.

J = mean loss + s*[(1 - r)/2*||W||^2 + r*||W||_1], bias free. Prints the [InlineData] lines of the tests, and scikit-learn's SAGA beside them, which agrees
to as many digits as it reaches.
"""
import warnings

import numpy as np
from sklearn.linear_model import LogisticRegression

ROWS, COLUMNS = 90, 8
X = np.array([[((i * 37 + j * 53 + i * j * 7) % 101) / 32 - 1.5 for j in range(COLUMNS)] for i in range(ROWS)])


def labels(classes):
    scores = X[:, :classes] + 0.6 * X[:, 1:classes + 1]
    noise = np.array([[((i * 61 + k * 29) % 103) / 51.5 - 1 for k in range(classes)] for i in range(ROWS)])
    return np.argmax(scores + 1.2 * noise, axis=1)


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def fit(loss, gradient, classes, s, r, steps=200000):
    """FISTA with restarts, on [X 1]; the bias is not penalised."""
    a = np.hstack([X, np.ones((ROWS, 1))])
    length = np.linalg.norm(a, 2) ** 2 / ROWS / 2 + s
    v = np.zeros((COLUMNS + 1, classes))
    y, t, before = v, 1.0, np.inf
    for _ in range(steps):
        g = a.T @ gradient(a @ y) / ROWS
        g[:-1] += s * (1 - r) * y[:-1]
        new = y - g / length
        new[:-1] = np.sign(new[:-1]) * np.maximum(0, np.abs(new[:-1]) - s * r / length)
        u = (1 + np.sqrt(1 + 4 * t * t)) / 2
        if np.sum((y - new) * (new - v)) > 0:
            u, y = 1.0, new
        else:
            y = new + (t - 1) / u * (new - v)
        moved = np.abs(new - v).max()
        v, t = new, u
        if moved < 1e-15:
            break
    return loss(a @ v) + s * ((1 - r) / 2 * np.sum(v[:-1] ** 2) + r * np.abs(v[:-1]).sum()), np.count_nonzero(v[:-1])


warnings.simplefilter("ignore")
for classes in (2, 4):
    y = labels(classes)
    one = np.eye(classes)[y]
    for s, r in ((0.02, 1.0), (0.02, 0.5), (0.003, 0.9), (0.003, 0.0)):
        cross = lambda z: np.mean(np.log(np.exp(z - z.max(axis=1, keepdims=True)).sum(axis=1)) + z.max(axis=1) - z[np.arange(ROWS), y])
        value, count = fit(cross, lambda z: softmax(z) - one, classes, s, r)
        saga = LogisticRegression(penalty="elasticnet", l1_ratio=r, C=1 / (s * ROWS), solver="saga", multi_class="multinomial", tol=1e-9, max_iter=100000)
        saga.fit(X, y)
        w, z = saga.coef_, X @ saga.coef_.T + saga.intercept_
        if classes == 2:
            w, z = np.vstack([-w, w]), np.hstack([-z, z])
        peer = cross(z) + s * ((1 - r) / 2 * np.sum(w ** 2) + r * np.abs(w).sum())
        print(f"softmax [InlineData({classes}, {s}, {r}, {value!r})] non-zero {count}, saga {peer:.9f}")

one = (X[:, :3] + 0.5 * X[:, 3:6] > 0.2).astype(float)
one[::7] = 1 - one[::7]
sigmoid = lambda z: np.mean(np.sum(np.logaddexp(0, z) - one * z, axis=1))
for s, r in ((0.02, 1.0), (0.01, 0.5)):
    value, count = fit(sigmoid, lambda z: 1 / (1 + np.exp(-z)) - one, 3, s, r)
    print(f"sigmoid [InlineData({s}, {r}, {value!r})] non-zero {count}")
