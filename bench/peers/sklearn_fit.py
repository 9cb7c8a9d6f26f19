"""Fits scikit-learn's LogisticRegression to what the training benchmark wrote, and prints what came of it as JSON.

usage: sklearn_fit.py set.json C ITERATIONS TOLERANCE
"""
import json, os, sys, time, warnings
import numpy as np
import scipy.sparse as sp
import sklearn
from sklearn.linear_model import LogisticRegression

warnings.filterwarnings("ignore")
folder, description = os.path.dirname(sys.argv[1]), json.load(open(sys.argv[1]))
c, iterations, tolerance = float(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])


def part(name):
    read = lambda what, kind: np.fromfile(os.path.join(folder, f"{name}.{what}"), kind)
    y = read("labels", np.int32)
    values = read("values", np.float32).astype(float)
    if description["sparse"]:
        return sp.csr_matrix((values, read("indices", np.int32), read("starts", np.int32)), shape=(len(y), description["columns"])), y
    return values.reshape(len(y), description["columns"]), y


def measure(x, y):
    z = x @ model.coef_.T + model.intercept_ if len(model.classes_) > 2 else np.hstack([-(x @ model.coef_.T + model.intercept_), x @ model.coef_.T + model.intercept_]) / 2
    z = z - z.max(1, keepdims=True)
    k = np.searchsorted(model.classes_, y)
    return np.log(np.exp(z).sum(1)) - z[np.arange(len(y)), k], (z.argmax(1) == k).mean()


x, y = part("train")
model = LogisticRegression(C=c, max_iter=iterations, tol=tolerance)
start = time.perf_counter()
model.fit(x, y)
seconds = time.perf_counter() - start
losses, _ = measure(x, y)
held, accuracy = measure(*part("test"))
print(json.dumps({"version": sklearn.__version__, "iterations": int(model.n_iter_.max()), "seconds": seconds,
                  "sum": losses.sum() + (model.coef_ ** 2).sum() / (2 * c), "log_loss": held.mean(), "accuracy": accuracy}))
