"""scikit-learn's HistGradientBoostingClassifier on raw arrays: log loss of the test rows, and seconds of the fit.

usage: sklearn_trees.py FOLDER COLUMNS CATEGORIES ROUNDS
FOLDER holds train, test (float32, row-major), labels and test_labels (int32); CATEGORIES are columns that hold codes, separated by commas; ROUNDS of 0 stops early,
any other number are the rounds of a learning rate of .1 and 31 leaves.
"""
import os, sys, time
import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import log_loss

folder, columns, categories = sys.argv[1], int(sys.argv[2]), [int(c) for c in sys.argv[3].split(",") if c]
read = lambda name, kind: np.fromfile(os.path.join(folder, name), kind)
x, test = read("train", np.float32).reshape(-1, columns), read("test", np.float32).reshape(-1, columns)
y, z = read("labels", np.int32), read("test_labels", np.int32)
rounds = int(sys.argv[4])
settings = dict(learning_rate=.1, max_iter=rounds, early_stopping=False, max_leaf_nodes=31, max_depth=12, min_samples_leaf=20,
                l2_regularization=1) if rounds else \
    dict(learning_rate=.06, max_iter=2000, early_stopping=True, validation_fraction=.1, n_iter_no_change=50)
model = HistGradientBoostingClassifier(random_state=1, categorical_features=categories or None, **settings)
start = time.time()
model.fit(x, y)
seconds = time.time() - start
print(log_loss(z, model.predict_proba(test), labels=model.classes_), seconds)
