"""Calibrates scores that take few values by the command and by scikit-learn, and measures both on fresh rows:

    python3 bench/peers/tie_rich.py [--credence "./credence"] [--data ../shared/data] [--cases ../shared/cases] [--seeds 3] > bench/results/tie-rich.md

Each set is made by a scikit-learn model, trained on 1,000 rows; the calibrators are fitted on 1,000 others and measured on up to 3,000 more. scikit-learn's are
those of CalibratedClassifierCV: sigmoid and isotonic, one class against the rest, normalised. A difference is ours less theirs, with its standard error row by
row; the log loss of isotonic regression is infinite where it gives a true class 0. Fails, naming them, where ours is worse by more than one standard error and a ten-thousandth."""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

import numpy as np
from sklearn.calibration import _SigmoidCalibration
from sklearn.datasets import make_classification
from sklearn.ensemble import AdaBoostClassifier, ExtraTreesClassifier, GradientBoostingClassifier, RandomForestClassifier
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import BernoulliNB, GaussianNB
from sklearn.neighbors import KNeighborsClassifier
from sklearn.preprocessing import StandardScaler
from sklearn.tree import DecisionTreeClassifier

options = argparse.ArgumentParser()
options.add_argument("--credence", default="./credence")
options.add_argument("--data", default="../shared/data")
options.add_argument("--cases", default="../shared/cases")
options.add_argument("--seeds", type=int, default=3)
options.add_argument("--only", default="")
options = options.parse_args()
DATA = pathlib.Path(options.data)
FIT = 1000


def letter():
    lines = [line.split("\t") for line in (DATA / "letter" / "letter-recognition.data").read_text().splitlines()[1:]]
    return np.array([line[:-1] for line in lines], float), np.array([line[-1] for line in lines])


def numbers(folder, parts):
    rows = np.concatenate([np.array([line.replace(",", " ").split() for line in (DATA / folder / part).read_text().splitlines() if line.strip()], float) for part in parts])
    return rows[:, :-1], rows[:, -1].astype(int).astype(str)


def made(classes, flip=.08, features=20, separation=.8):
    x, y = make_classification(8000, features, n_informative=min(10, features), n_classes=classes, n_clusters_per_class=2, flip_y=flip, class_sep=separation, random_state=7)
    return x, y.astype(str)


def satimage():
    return numbers("satimage", sorted(path.name for path in (DATA / "satimage").glob("sat.t*")))


def pendigits():
    lines = (DATA / "pendigits" / "pendigits.arff").read_text().splitlines()
    rows = np.array([line.split(",") for line in lines if line and line[0] not in "@%"])
    return rows[:, :-1].astype(float), np.array([label.strip() for label in rows[:, -1]])


def softmax(p):
    e = np.exp(p - p.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


def rounded(p, digits):
    return np.round(p, digits)


SETS = {
    "kNN 10, satimage": (satimage, lambda: KNeighborsClassifier(10), None),
    "kNN 5, letter": (letter, lambda: KNeighborsClassifier(5), None),
    "kNN 15, 2 classes": (lambda: made(2), lambda: KNeighborsClassifier(15), None),
    "kNN 10 by distance, 5 classes": (lambda: made(5), lambda: KNeighborsClassifier(10, weights="distance"), None),
    "forest 50, pendigits": (pendigits, lambda: RandomForestClassifier(50, random_state=0), None),
    "forest 50, 2 classes": (lambda: made(2, .2), lambda: RandomForestClassifier(50, random_state=0), None),
    "forest 100, leaves of 5, satimage": (satimage, lambda: RandomForestClassifier(100, min_samples_leaf=5, random_state=0), None),
    "extra trees 20, 6 classes": (lambda: made(6), lambda: ExtraTreesClassifier(20, random_state=0), None),
    "tree of depth 4, satimage": (satimage, lambda: DecisionTreeClassifier(max_depth=4, random_state=0), None),
    "tree of 12 leaves, 2 classes": (lambda: made(2), lambda: DecisionTreeClassifier(max_leaf_nodes=12, random_state=0), None),
    "boosted stumps 3, 2 classes": (lambda: made(2), lambda: GradientBoostingClassifier(n_estimators=3, learning_rate=.8, max_depth=1, random_state=0), None),
    "AdaBoost 5, 2 classes": (lambda: made(2), lambda: AdaBoostClassifier(n_estimators=5, random_state=0), None),
    "two digits, logistic, letter": (letter, lambda: LogisticRegression(C=100, max_iter=300), lambda p: rounded(p, 2)),
    "two digits, naive Bayes, pendigits": (pendigits, GaussianNB, lambda p: rounded(p, 2)),
    "one digit, logistic, 4 classes": (lambda: made(4), lambda: LogisticRegression(max_iter=300), lambda p: rounded(p, 1)),
    "two digits, overconfident, 8 classes": (lambda: made(8), lambda: LogisticRegression(max_iter=300), lambda p: rounded(softmax(4 * np.log(p + 1e-300)), 2)),
    "two softmaxes, logistic, pendigits": (pendigits, lambda: LogisticRegression(max_iter=300), softmax),
    "two softmaxes, 3 classes": (lambda: made(3), lambda: LogisticRegression(max_iter=300), softmax),
    "naive Bayes of 6 bits, 2 classes": (lambda: (lambda x, y: (x[:, :6] > 0, y))(*made(2)), BernoulliNB, None),
}


def sets(seed):
    for name, (data, model, after) in SETS.items():
        if options.only and options.only not in name:
            continue
        x, y = data()
        order = np.random.default_rng(seed).permutation(len(y))
        x, y = StandardScaler().fit_transform(x)[order] if x.dtype != bool else x[order], y[order]
        machine = model().fit(x[:FIT], y[:FIT])
        known = np.isin(y, machine.classes_)
        x, y = x[FIT:][known[FIT:]][:4 * FIT], y[FIT:][known[FIT:]][:4 * FIT]
        p = machine.predict_proba(x)
        p = p if after is None else after(p)
        yield name, list(machine.classes_), p[:FIT], y[:FIT], p[FIT:], y[FIT:]


def case():
    def read(path):
        lines = [line.split(",") for line in path.read_text().split()]
        return lines[0][1:], np.array([line[1:] for line in lines[1:]], float), np.array([line[0] for line in lines[1:]])

    folder = pathlib.Path(options.cases, "scores")
    if (folder / "knn_test.csv").exists() and not options.only:
        names, p, y = read(folder / "knn1000.csv")
        _, new, truth = read(folder / "knn_test.csv")
        yield "kNN 10, 5 classes (a case)", names, p, y, new, truth


def peer(kind, p, y, new, names):
    columns = []
    for k in ([1] if len(names) == 2 else range(len(names))):
        one = _SigmoidCalibration() if kind == "sigmoid" else IsotonicRegression(out_of_bounds="clip")
        columns.append(one.fit(p[:, k], (y == names[k]).astype(float)).predict(new[:, k]))
    if len(names) == 2:
        return np.c_[1 - columns[0], columns[0]]
    q = np.array(columns).T
    total = q.sum(1, keepdims=True)
    return np.where(total == 0, 1 / len(names), q / np.where(total == 0, 1, total))


def write(path, names, p, y):
    with open(path, "w") as file:
        print("label", *names, sep=",", file=file)
        for row, label in zip(p, y):
            print(label, *(repr(float(value)) for value in row), sep=",", file=file)


def ours(names, p, y, new, truth):
    """The fresh rows' probabilities and the method: one file, of which the first rows are fitted on."""
    with tempfile.TemporaryDirectory() as folder:
        scores, out = f"{folder}/scores.csv", f"{folder}/out.csv"
        write(scores, names, np.r_[p, new], np.r_[y, truth])
        sums = np.abs(np.r_[p, new].sum(1) - 1).max() < 1e-3
        command = ["calibrate", scores, "--input", "probabilities"] if sums else ["doctor", scores, "--report", f"{folder}/report.html"]
        done = subprocess.run([*options.credence.split(), *command, "--fit-rows", f"0:{len(y)}", "--out", out, "--json", "-q"], capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(done.stderr)
        lines = [line.split(",") for line in pathlib.Path(out).read_text().splitlines()]
        at = [lines[0].index(str(name)) for name in names]
        return np.array([[line[i] for i in at] for line in lines[1 + len(y):]], float), json.loads(done.stdout)["calibration"]["method"]


def losses(q, truth, names):
    at = np.searchsorted(names, truth) if list(names) == sorted(names) else np.array([names.index(label) for label in truth])
    hit = np.zeros_like(q)
    hit[np.arange(len(at)), at] = 1
    with np.errstate(divide="ignore"):
        return -np.log(q[np.arange(len(at)), at]), ((q - hit) ** 2).sum(1), (q.argmax(1) == at).astype(float)


def compare(a, b, higher):
    with np.errstate(invalid="ignore"):
        d = a - b
    if np.isinf(b.mean()) and not np.isinf(a.mean()):
        return "−∞", True
    error = d.std() / np.sqrt(len(d))
    good = d.mean() >= -error - 1e-4 if higher else d.mean() <= error + 1e-4
    return f"{d.mean():+.4f} ± {error:.4f}{'' if good else ' **worse**'}", good


print("# Scores of few values, beside scikit-learn\n")
print("`python3 bench/peers/tie_rich.py > bench/results/tie-rich.md`: fitted on 1,000 rows, measured on up to 3,000 fresh ones; a difference is ours less "
      "scikit-learn's (sigmoid; isotonic), with its paired standard error. Lower is better but for accuracy.\n")
print("| set | method | log loss | Brier | accuracy | log loss − sigmoid | − isotonic | Brier − sigmoid | − isotonic | accuracy − sigmoid | − isotonic |")
print("|---|---|---|---|---|---|---|---|---|---|---|")
bad = []
for seed in range(1, options.seeds + 1):
    for name, names, p, y, new, truth in [*sets(seed), *(case() if seed == 1 else [])]:
        q, method = ours(names, p, y, new, truth)
        mine = losses(q, truth, names)
        cells = []
        for i, title in enumerate(["log loss", "Brier", "accuracy"]):
            for kind in ["sigmoid", "isotonic"]:
                text, good = compare(mine[i], losses(peer(kind, p, y, new, names), truth, names)[i], i == 2)
                cells.append(text)
                if not good:
                    bad.append(f"{name} (draw {seed}): {title} beside {kind}: {text}")
        print(f"| {name}, draw {seed} | {method} | " + " | ".join(f"{loss.mean():.4f}" for loss in mine) + " | " + " | ".join(cells) + " |", flush=True)
print(f"\n{len(bad)} of the comparisons are worse by more than one standard error{':' if bad else '.'}\n")
for line in bad:
    print("-", line)
sys.exit(1 if len(bad) else 0)
