"""Golden figures of rows with several labels, by scikit-learn: the probabilities and sets are those that the test draws from the same rule.

Prints macro F1, micro F1, the share of rows that are right as a whole, mean log loss, mean AUROC and mean average precision.
"""
import numpy as np
from sklearn import metrics

ROWS, CLASSES = 60, 4
P = np.array([[((row * 37 + k * 53) % 101 + 1) / 103 for k in range(CLASSES)] for row in range(ROWS)])
TRUTH = np.array([[int((row * 29 + k * 71) % 97 < 60 * P[row, k] + 15) for k in range(CLASSES)] for row in range(ROWS)])
SAID = (P >= np.array([0.5, 0.3, 0.62, 0.4])).astype(int)

print("macro_f1", repr(metrics.f1_score(TRUTH, SAID, average="macro")))
print("micro_f1", repr(metrics.f1_score(TRUTH, SAID, average="micro")))
print("accuracy", repr(metrics.accuracy_score(TRUTH, SAID)))
print("log_loss", repr(np.mean([metrics.log_loss(TRUTH[:, k], P[:, k]) for k in range(CLASSES)])))
print("brier", repr(np.mean(np.sum((P - TRUTH) ** 2, axis=1))))
print("auroc", repr(metrics.roc_auc_score(TRUTH, P, average="macro")))
print("average_precision", repr(metrics.average_precision_score(TRUTH, P, average="macro")))
