"""Mel bands by NumPy from the HTK Book's formula, powers by NumPy's Fourier transform, cepstra by SciPy's orthonormal DCT-II, and what the
encoder of sounds makes of them: tests/golden/features/sounds.json.

    python3 tools/golden/sound_features.py
"""
import json
import os

import numpy as np
from scipy.fft import dct

OUT = os.path.join(os.path.dirname(__file__), "..", "..", "tests", "golden", "features", "sounds.json")
known = {}


def mel_filters(bands, size, rate):
    """[bands, size / 2 + 1]: triangles, equally wide on 2595 log10(1 + f / 700), each with its peak 1 at the next one's foot."""
    mel = np.linspace(0, 2595 * np.log10(1 + rate / 2 / 700), bands + 2)
    edges = 700 * (10 ** (mel / 2595) - 1)
    frequencies = np.arange(size // 2 + 1) * rate / size
    return edges[1:-1], np.array([np.interp(frequencies, edges[i : i + 3], [0, 1, 0]) for i in range(bands)])


def power(samples, frame, size):
    window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(frame) / frame)
    padded = np.pad(samples, (0, frame - len(samples)))
    return np.abs(np.fft.rfft(padded * window, size)) ** 2


def features(samples, rate, frame_seconds, hop_seconds, bands, coefficients, segments):
    frame, hop = round(frame_seconds * rate), round(hop_seconds * rate)
    size = 1 << (2 * frame - 1).bit_length()
    frames = 1 if len(samples) <= frame else 1 + (len(samples) - frame) // hop
    _, filters = mel_filters(bands, size, rate)
    log_mel = np.array([np.log(filters @ power(samples[i * hop : i * hop + frame], frame, size) + 1e-6) for i in range(frames)])
    cepstrum = dct(log_mel, type=2, norm="ortho", axis=1)[:, :coefficients]
    means = []
    for segment in range(segments):
        start, end = segment * frames / segments, (segment + 1) * frames / segments
        shares = np.array([max(0, min(i + 1, end) - max(i, start)) for i in range(frames)])
        means += list(shares @ cepstrum / shares.sum())
    return log_mel, cepstrum, np.concatenate([means, log_mel.mean(axis=0), log_mel.std(axis=0), [np.log(max(1, len(samples)))]])


for bands, size, rate in ((5, 64, 1000), (8, 128, 8000), (6, 256, 16000)):
    centres, filters = mel_filters(bands, size, rate)
    spectrum = 1 + np.arange(size // 2 + 1) % 7 / 2
    known[f"filters {bands} {size} {rate}"] = {"centres": centres.tolist(), "power": spectrum.tolist(), "logarithms": np.log(filters @ spectrum + 1e-6).tolist()}

rng = np.random.RandomState(3)
noise = (rng.uniform(-1, 1, 25)).astype("f4").astype("f8")
for frame, size, count in ((20, 64, 20), (25, 32, 25), (25, 128, 11), (16, 16, 16)):
    known[f"power {frame} {size} {count}"] = {"samples": noise[:count].tolist(), "power": power(noise[:count], frame, size).tolist()}

rate, settings = 1000, dict(frame_seconds=0.02, hop_seconds=0.008, bands=6, coefficients=4, segments=3)
clips = []
for length, pitch in ((90, 0.05), (61, 0.11), (75, 0.2), (12, 0.3), (130, 0.02)):
    n = np.arange(length)
    clips.append((0.6 * np.sin(2 * np.pi * pitch * n) * np.exp(-n / 60) + 0.05 * rng.uniform(-1, 1, length)).astype("f4").astype("f8"))
whole = [features(clip, rate, **settings) for clip in clips]
known["clips"] = {
    "rate": rate, **settings, "samples": [clip.tolist() for clip in clips], "log_mel": whole[1][0].flatten().tolist(), "cepstrum": whole[1][1].flatten().tolist(),
    "sound": [values.tolist() for _, _, values in whole],
}
train = np.array([values for _, _, values in whole[:4]])
known["clips"]["features"] = ((np.array([values for _, _, values in whole]) - train.mean(axis=0)) / train.std(axis=0)).tolist()

os.makedirs(os.path.dirname(OUT), exist_ok=True)
with open(OUT, "w") as file:
    json.dump(known, file, separators=(",", ":"))
    file.write("\n")
