"""scikit-learn's LogisticRegression on the rows that `credence train --split-out` chose, with its best of C = 0.01, 0.1, 1, 10, 100.

usage: sklearn_tables.py DATA FOLDER
DATA is the folder of data sets, FOLDER one that holds what bench/peers/tables.sh leaves there: NAME.json of
each data set NAME, NAME.split and NAME.csv, the predictions. Prints a row a data set: both log losses, their paired difference and its 95 % interval.
"""
import gzip, json, os, re, sys, warnings
import numpy as np, pandas as pd
import scipy.sparse as sp
from sklearn.compose import ColumnTransformer
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion, make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from sklearn.impute import SimpleImputer

warnings.filterwarnings("ignore")
data, folder = sys.argv[1:3]


def path(name):
    return os.path.join(data, name)


def idx(name, header):
    return np.frombuffer(gzip.open(path(name)).read(), np.uint8, offset=header)


def table(file, label, drop=(), **options):
    options = {"skipinitialspace": True, "na_values": "?", **options}
    frame = pd.read_csv(path(file), **options)
    y = frame.pop(frame.columns[label])
    frame = frame.drop(columns=[frame.columns[i] for i in drop])
    frame.columns = frame.columns.astype(str)
    return frame, y.astype(str).to_numpy()


def lines(file, encoding="utf-8"):
    return open(path(file), encoding=encoding).read().splitlines()


def sets():
    yield "iris", table("iris/iris.data", -1, header=None)
    yield "wine", table("wine/wine.csv", -1, header=None)
    yield "wdbc", table("breast_cancer/wdbc.data", 1, drop=[0], header=None)
    yield "adult", table("adult/adult.txt", -1)
    yield "covtype", table("covtype_sample/covtype_sample.csv", -1)
    yield "letter", table("letter/letter-recognition.data", -1, sep="\t")
    yield "optdigits", table("optdigits/optdigits.tra", -1, header=None, comment="#"), table("optdigits/optdigits.tes", -1, header=None, comment="#")
    yield "satimage", table("satimage/sat.trn", -1, sep="\t", header=None), table("satimage/sat.tst", -1, sep="\t", header=None)
    sms = [line.split("\t", 1) for line in lines("sms_spam/SMSSpamCollection")[1:]]
    yield "sms", ([t for _, t in sms], np.array([l for l, _ in sms]))
    dair = [[row.rsplit(";", 1) for row in lines(f"dair_emotion/{part}.txt")[1:]] for part in ("train", "test")]
    yield "dair", *[([t for t, _ in part], np.array([l for _, l in part])) for part in dair]
    trec = [[row.split(" ", 1) for row in lines(f"trec/{part}.label", "latin-1")] for part in ("train_5500", "TREC_10")]
    yield "trec", *[([t for _, t in part], np.array([l for l, _ in part])) for part in trec]
    yield "mnist", *[(pd.DataFrame(idx(f"mnist/{part}-images-idx3-ubyte.gz", 16).reshape(-1, 784).astype(np.float32) / 255),
                      idx(f"mnist/{part}-labels-idx1-ubyte.gz", 8).astype(str)) for part in ("train", "t10k")]


def features(rows, name):
    if isinstance(rows, list):
        return FeatureUnion([
            ("word", TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2, token_pattern=r"\w+|[^\w\s]")),
            ("char", TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=2))])
    if name == "mnist":
        return "passthrough"
    texts = rows.select_dtypes(exclude="number").columns
    numbers = rows.columns.difference(texts)
    return ColumnTransformer([
        ("numbers", make_pipeline(SimpleImputer(add_indicator=True), StandardScaler()), numbers),
        ("categories", make_pipeline(SimpleImputer(strategy="constant", fill_value="missing"), OneHotEncoder(handle_unknown="ignore")), texts)])


def take(rows, chosen):
    return [rows[i] for i in chosen] if isinstance(rows, list) else rows.iloc[chosen]


print("| data | ours | scikit-learn, best C | difference | 95 % interval | ECE, calibrated point |")
print("|---|---:|---:|---:|---:|---:|")
for name, train, *test in sets():
    if not os.path.exists(os.path.join(folder, name + ".json")):
        continue
    if test:
        (rows, y), (held, truth) = train, test[0]
    else:
        parts = pd.read_csv(os.path.join(folder, name + ".split")).part.to_numpy()
        rows, y = take(train[0], np.flatnonzero(parts != "test")), train[1][parts != "test"]
        held, truth = take(train[0], np.flatnonzero(parts == "test")), train[1][parts == "test"]
    encoder = features(rows, name)
    x, xt = (rows, held) if encoder == "passthrough" else (encoder.fit_transform(rows), encoder.transform(held))
    best = None
    for c in (0.01, 0.1, 1, 10, 100):
        model = LogisticRegression(C=c, max_iter=300).fit(x, y)
        order = {k: i for i, k in enumerate(model.classes_)}
        p = model.predict_proba(xt)
        known = np.array([order.get(t, -1) for t in truth])
        loss = -np.log(np.where(known >= 0, p[np.arange(len(p)), np.maximum(known, 0)], 1e-12))
        if best is None or loss.mean() < best[0].mean():
            best = loss, c
    ours = json.load(open(os.path.join(folder, name + ".json")))
    own = pd.read_csv(os.path.join(folder, name + ".csv"), dtype={"label": str}, keep_default_na=False)
    if not test:
        own = own[parts == "test"]
    mine = np.full(len(truth), np.log(1e12))
    for rank in range(1, len(ours["classes"]) + 1):
        suffix = "" if rank == 1 else f"_{rank}"
        named = own["label" + suffix].astype(str).to_numpy() == truth
        mine[named] = -np.log(np.maximum(own["probability" + suffix].to_numpy(dtype=float)[named], 1e-12))
    d = mine - best[0]
    half = 1.96 * d.std() / np.sqrt(len(d))
    null = ours["test"]["calibrated_null"]["ece"]["p95"]
    print(f"| {name} | {mine.mean():.4f} | {best[0].mean():.4f} (C = {best[1]:g}) | {d.mean():+.4f} | {d.mean() - half:+.4f} to {d.mean() + half:+.4f} "
          f"| {ours['test']['ece']:.4f} {'inside' if ours['test']['ece'] <= null else 'outside'} {null:.4f} |", flush=True)
