"""Reference values for LogGamma, BetaDistribution and GammaDistribution, computed with mpmath at 40 digits.

    python3 tools/golden/distributions.py

prints the [InlineData] lines of the tests.
"""
import mpmath as mp

mp.mp.dps = 40


def beta_cdf(x, a, b):
    if int(a) != a or int(b) != b:
        return mp.betainc(a, b, 0, x, regularized=True)
    # For whole a and b it is a binomial tail: the sum over j >= a of C(n, j) x^j (1-x)^(n-j), n = a + b - 1.
    a, n = int(a), int(a) + int(b) - 1
    term = mp.binomial(n, a) * x**a * (1 - x) ** (n - a)
    total = term
    for j in range(a, n):
        term *= mp.mpf(n - j) / (j + 1) * x / (1 - x)
        total += term
    return total


def beta_quantile(p, a, b):
    low, high = mp.mpf(0), mp.mpf(1)
    for _ in range(90):
        middle = (low + high) / 2
        if beta_cdf(middle, a, b) < p:
            low = middle
        else:
            high = middle
    return high


print("LogGamma")
for x in [1e-5, 0.1, 0.5, 1.5, 3.7, 11.9, 12, 50, 1e4, 1e6]:
    print(f"    [InlineData({x!r}, {mp.nstr(mp.loggamma(mp.mpf(x)), 17)})]")
print("BetaDistribution.Cdf")
for x, a, b in [(.1, .5, .5), (.3, 2, 3), (.9, 90, 11), (.895, 4501, 500), (.91, 4501, 500), (.02, 3, 200), (.52, 4000, 3900), (1e-4, .3, 1000)]:
    print(f"    [InlineData({x!r}, {a!r}, {b!r}, {mp.nstr(beta_cdf(mp.mpf(x), mp.mpf(a), mp.mpf(b)), 17)})]")
print("BetaDistribution.Quantile")
for p, a, b in [(.05, 90, 10), (.95, 90, 10), (.05, 4501, 500), (.95, 4501, 500), (.95, 1, 149), (.95, 4, 297), (1e-3, 5000, 500)]:
    print(f"    [InlineData({p!r}, {a!r}, {b!r}, {mp.nstr(beta_quantile(mp.mpf(p), a, b), 17)})]")
print("GammaDistribution.ChiSquaredUpperTail")
for x, d in [(.1, 1), (3.84, 1), (16.9, 9), (99, 99), (200, 99), (1e-3, 5), (700, 500)]:
    print(f"    [InlineData({x!r}, {d!r}, {mp.nstr(mp.gammainc(mp.mpf(d) / 2, mp.mpf(x) / 2, mp.inf, regularized=True), 17)})]")
