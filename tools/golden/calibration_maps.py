"""Reference coefficients of Platt scaling and beta calibration on rows that the test makes too: x = sin(i), y = 1 where cos(1.7 i) < x."""
import numpy as np
from scipy.optimize import minimize

np.set_printoptions(precision=9)
i = np.arange(1, 401)
f = 3 * np.sin(i)
y = (np.cos(1.7 * i) < np.sin(i) + 0.3 * np.sin(5.3 * i)).astype(float)
n1, n0 = y.sum(), (1 - y).sum()


def fit(features, target):
    def loss(t):
        s = features @ t
        p = 1 / (1 + np.exp(-s))
        return np.mean(np.logaddexp(0, s) - target * s), features.T @ (p - target) / len(target)

    return minimize(loss, np.zeros(features.shape[1]), jac=True, method="BFGS", options=dict(gtol=1e-12)).x


one = np.ones_like(f)
print("rows of the class", int(n1))
print("platt", fit(np.c_[f, one], np.where(y == 1, (n1 + 1) / (n1 + 2), 1 / (n0 + 2))))
ln_p, ln_q = -np.logaddexp(0, -f), -np.logaddexp(0, f)
print("beta", fit(np.c_[ln_p, -ln_q, one], y))
