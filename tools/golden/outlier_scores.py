"""Scores of strangeness of three rows of logits, to 30 digits: msp, max-logit, energy at T = 1 and 2, generalised entropy over the two and the
four largest (gamma 0.1), entropy, and KL matching against the mean probabilities of each predicted class.

    python3 tools/golden/outlier_scores.py
"""
from mpmath import exp, log, mp, mpf

mp.dps = 30
ROWS = [[2, 1, -1, 0], [0.5, 0.25, 3, -2], [-4, 1.5, 1.25, 1]]


def softmax(z):
    e = [exp(mpf(v)) for v in z]
    return [v / sum(e) for v in e]


def energy(z, t):
    return -t * log(sum(exp(mpf(v) / t) for v in z))


def gen(p, most):
    return sum((v * (1 - v)) ** mpf("0.1") for v in sorted(p)[-most:])


means = {}
for row in ROWS:
    p = softmax(row)
    means.setdefault(p.index(max(p)), []).append(p)
means = {k: [sum(c) / len(rows) for c in zip(*rows)] for k, rows in means.items()}
for row in ROWS + [[1, 1, 1, 1]]:
    p = softmax(row)
    kl = min(sum(a * log(a / b) for a, b in zip(p, mean)) for mean in means.values())
    values = [-max(p), -max(mpf(v) for v in row), energy(row, 1), energy(row, 2), gen(p, 2), gen(p, 4), kl, -sum(a * log(a) for a in p)]
    print(row, ", ".join(mp.nstr(v, 17) for v in values))
