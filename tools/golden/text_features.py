"""TF-IDF of word and character n-grams and of pairs of words apart by scikit-learn, the words and pairs from a plain reading of their
definitions; and what the features are multiplied by for what they tell of labels: tests/golden/features/texts.json.

    python3 tools/golden/text_features.py
"""
import json
import math
import os
import unicodedata

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

OUT = os.path.join(os.path.dirname(__file__), "..", "..", "tests", "golden", "features", "texts.json")
TRAIN = [
    "What is the capital of France?", "what is  the weight of a cat", "Who wrote 'The Cat'?", "the cat, the cat, THE CAT!", "How far is the moon from the sun?",
    "naïve café is the best café", "Is it 3.5 or x_1 = 35?", "👍🏽 the cat 👍🏽", "日本語の文", "日本 is the best", "", "   ", "🇫🇷🇩🇪 is it 🇫🇷?", "e\u0301te\u0301 is it",
]
UNSEEN = ["Is the CAT the best? No.", "zebra quagga", "", "日本 👍🏽 🇩🇪🇫🇷 café", "the the the the the moon of the cat"]
SPACELESS = [(0x0E00, 0x0FFF), (0x3040, 0x312F), (0x4E00, 0x9FFF)]


def is_word(c):
    return (unicodedata.category(c) in ("Lu", "Ll", "Lt", "Nd", "Nl", "No", "Pc", "Lo", "Lm")) and not any(a <= ord(c) <= b for a, b in SPACELESS)


def is_modifier(c):
    return unicodedata.category(c)[0] == "M" or 0x1F3FB <= ord(c) <= 0x1F3FF


def is_flag_half(c):
    return 0x1F1E6 <= ord(c) <= 0x1F1FF


def words(text):
    """Runs of letters, digits and underscores; every other sign by itself, with its modifiers; two halves make a flag."""
    found, i = [], 0
    while i < len(text):
        if text[i].isspace():
            i += 1
            continue
        start = i
        i += 1
        if is_word(text[start]):
            while i < len(text) and (is_word(text[i]) or is_modifier(text[i])):
                i += 1
        else:
            if is_flag_half(text[start]) and i < len(text) and is_flag_half(text[i]):
                i += 1
            while i < len(text) and is_modifier(text[i]):
                i += 1
        found.append(text[start:i].lower())
    return found


def sequences(text, most=2):
    tokens = ["⊢"] + words(text)
    for n in range(1, most + 1):
        for i in range(len(tokens) - n + 1):
            if n > 1 or i > 0:
                yield " ".join(tokens[i : i + n])


def pairs(text, most=2):
    tokens = ["⊢"] + words(text)
    for i in range(len(tokens)):
        for gap in range(1, most + 1):
            if i + gap + 1 < len(tokens):
                yield tokens[i] + " " + "… " * gap + tokens[i + gap + 1]


def order(gram):
    """Bytes as the gram is kept: 2 stands for a text's beginning, a 3 between a pair for each word left out."""
    return gram.encode().replace("⊢".encode(), b"\2")


def block(settings, said, norm, key):
    vectorizer = TfidfVectorizer(min_df=2, sublinear_tf=True, smooth_idf=True, norm="l2", **settings)
    train = vectorizer.fit_transform(TRAIN)
    frequencies = np.asarray((train > 0).sum(axis=0)).ravel()
    names = vectorizer.get_feature_names_out()
    places = sorted(range(len(names)), key=lambda j: (-frequencies[j], key(names[j])))
    rows = (norm * vectorizer.transform(TRAIN + UNSEEN)).tocsc()[:, places].toarray()
    return [said(names[j]) for j in places], rows


blocks = [
    block({"analyzer": lambda text: list(sequences(text))}, lambda g: f"words '{g}'" if " " in g else f"word '{g}'", 1, order),
    block({"analyzer": "char_wb", "ngram_range": (2, 5), "lowercase": True}, lambda g: f"chars '{g}'", 1, lambda g: g.encode()),
    block({"analyzer": lambda text: list(pairs(text))}, lambda g: f"words '{g}'", 0.7, lambda g: order(g.replace(" … … ", "\3\3").replace(" … ", "\3"))),
]
names = [name for part, _ in blocks for name in part]
rows = np.hstack([part for _, part in blocks])
known = {
    "train": TRAIN, "unseen": UNSEEN, "names": names,
    "features": [{str(j): float(f"{row[j]:.10g}") for j in np.flatnonzero(row)} for row in rows],
}


def weights(dense, labels, classes, power):
    """(sum over k of p_k ln(p_k / prior_k)) ** (power / 2), p_k the share of class k among the rows with the feature and as many imagined ones as
    there are classes, in the classes' shares."""
    prior = np.bincount(labels, minlength=classes) / len(labels)
    factors = []
    for column in dense.T:
        seen = np.bincount(labels[column != 0], minlength=classes)
        p = (seen + classes * prior) / (seen.sum() + classes)
        factors.append(math.fsum(p * np.log(p / prior)) ** (power / 2))
    return factors


rng = np.random.RandomState(1)
labels = np.array([0, 0, 0, 1, 1, 2, 2, 2, 2, 1])
dense = np.round(rng.uniform(0.1, 1, (10, 6)), 3) * (rng.uniform(size=(10, 6)) < 0.5)
dense[:, 5] = labels == 2
known["weights"] = {"labels": labels.tolist(), "matrix": dense.tolist(), "first": 1, "count": 5, "norm": 1.5, "powers": {}}
for power in (0, 0.5, 1, 2):
    factors = np.array([1] + weights(dense[:, 1:], labels, 3, power))
    weighed = dense * factors
    length = np.linalg.norm(weighed[:, 1:], axis=1, keepdims=True)
    weighed[:, 1:] *= np.where(length > 0, 1.5 / np.where(length > 0, length, 1), 0)
    known["weights"]["powers"][str(power)] = {"factors": factors.tolist(), "weighed": weighed.tolist()}

os.makedirs(os.path.dirname(OUT), exist_ok=True)
with open(OUT, "w") as file:
    json.dump(known, file, separators=(",", ":"), ensure_ascii=False)
    file.write("\n")
