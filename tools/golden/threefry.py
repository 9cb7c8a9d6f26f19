"""The first numbers of Rng by an implementation of its own: Threefry-2x64-20 from its paper (J. Salmon et al., 2011), the rest by 50-digit arithmetic.

Prints what tests/Credence.Numerics.Tests/RngTests.cs holds: python3 tools/golden/threefry.py
"""
from mpmath import cos, log, mp, mpf, pi, sin, sqrt

mp.dps = 50
MASK = (1 << 64) - 1
ROTATIONS = [16, 42, 12, 31, 16, 32, 24, 21]


def threefry(key, counter):
    keys = [key[0], key[1], 0x1BD11BDAA9FC1A22 ^ key[0] ^ key[1]]
    x = [(counter[0] + keys[0]) & MASK, (counter[1] + keys[1]) & MASK]
    for i in range(20):
        x[0] = (x[0] + x[1]) & MASK
        r = ROTATIONS[i % 8]
        x[1] = ((x[1] << r | x[1] >> (64 - r)) & MASK) ^ x[0]
        if i % 4 == 3:
            s = i // 4 + 1
            x[0] = (x[0] + keys[s % 3]) & MASK
            x[1] = (x[1] + keys[(s + 1) % 3] + s) & MASK
    return x


def bits(key, count):
    return [n for c in range((count + 1) // 2) for n in threefry(key, (c, 0))][:count]


seed = (2026, 0)
split = tuple(threefry(seed, (7, 1 << 63)))
print("bits", [hex(n) for n in bits(seed, 4)])
print("split 7", [hex(n) for n in bits(split, 3)])
u = [mpf(n >> 11) / 2**53 for n in bits(seed, 4)]
print("uniform", [float(v) for v in u])
normals = []
for a, b in (u[0:2], u[2:4]):
    radius = sqrt(-2 * log(1 - a))
    normals += [float(radius * cos(2 * pi * b)), float(radius * sin(2 * pi * b))]
print("normal", normals)
print("gumbel", [float(-log(-log((mpf(n >> 11) + mpf(1) / 2) / 2**53))) for n in bits(seed, 4)])
