"""Writes scikit-learn.jsonl: random predictions with the figures that scikit-learn 1.2.1 gives for them."""
import json
import warnings

import numpy as np
from scipy.optimize import minimize_scalar
from sklearn.calibration import _sigmoid_calibration, calibration_curve
from sklearn.metrics import (accuracy_score, classification_report, confusion_matrix, log_loss,
                             precision_recall_curve, precision_recall_fscore_support, roc_auc_score, roc_curve)
from sklearn.utils.class_weight import compute_class_weight

warnings.simplefilter("ignore")
random = np.random.RandomState(2026)
pairs = [["food", "not food"], ["0", "1"], ["False", "True"], ["no", "yes"], ["a very long label that widens it", "b"]]
many = [["a", "b", "c"], ["0", "1", "2", "10"], ["ant", "Bee", "cat", "dog", "eel"], ["\U0001f355 pizza", "é", "z"]]


def figures(truth, predicted, labels):
    names = sorted(set(truth) | set(predicted), key=order) if labels is None else labels
    p, r, f, s = precision_recall_fscore_support(truth, predicted, labels=names)
    macro = precision_recall_fscore_support(truth, predicted, labels=names, average="macro")[:3]
    weighted = precision_recall_fscore_support(truth, predicted, labels=names, average="weighted")[:3]
    return {
        "labels": labels, "names": names, "truth": truth, "predicted": predicted,
        "report": classification_report(truth, predicted, labels=names),
        "accuracy": accuracy_score(truth, predicted),
        "confusion": confusion_matrix(truth, predicted, labels=names).tolist(),
        "precision": p.tolist(), "recall": r.tolist(), "f1": f.tolist(), "support": s.tolist(),
        "macro": list(map(float, macro)), "weighted": list(map(float, weighted)),
    }


def reliability(hits, p):
    share, mean = calibration_curve(hits, p, n_bins=10) if len(set(hits)) > 1 else ([], [])
    return [list(map(float, share)), list(map(float, mean))]


def weights(y):
    return {str(c): float(w) for c, w in zip(np.unique(y), compute_class_weight("balanced", classes=np.unique(y), y=y))}


def temperature(z, y):
    def loss(log_slope):
        scaled = z * np.exp(log_slope)
        return float(np.mean(np.log(np.exp(scaled - scaled.max(1, keepdims=True)).sum(1))
                             + scaled.max(1) - scaled[np.arange(len(y)), y]))
    best = minimize_scalar(loss, bounds=(np.log(1 / 20), np.log(20)), method="bounded", options={"xatol": 1e-12})
    return float(np.exp(-best.x)), loss(0), float(best.fun)


def order(label):
    return (0, float(label), "") if label.isdigit() else (1, 0, label)


def binary(case):
    names = pairs[case % len(pairs)]
    rows = random.randint(1, 40)
    y = random.randint(0, 2, rows) if case % 9 else np.ones(rows, int)
    digits = random.choice([1, 2, 6])
    p = np.round(np.clip(random.normal(0.35 + 0.3 * y, random.choice([0.1, 0.3, 0.6])), 0, 1), digits)
    result = figures([names[i] for i in y], [names[int(x >= 0.5)] for x in p], None if case % 4 else names)
    result["positive"] = names[1]
    result["probability"] = p.tolist()
    result["logloss"] = float(log_loss(y, p, labels=[0, 1]))
    result["auc"] = None if len(set(y)) < 2 else float(roc_auc_score(y, p))
    result["reliability"] = reliability(y, p)
    result["weights"] = weights(y)
    if len(set(y)) > 1:
        wrong, right, thresholds = roc_curve(y, p, drop_intermediate=False)
        best = int(np.argmax((right - wrong)[1:])) + 1
        result["youden"] = [float(thresholds[best]), float(right[best] - wrong[best])]
        slope, intercept = _sigmoid_calibration(p, y)
        result["platt"] = [-float(slope), -float(intercept)]
    if y.any():
        precision, recall, thresholds = precision_recall_curve(y, p)
        total = precision + recall
        f1 = np.where(total > 0, 2 * precision * recall / np.where(total > 0, total, 1), 0)[:-1]
        best = int(np.argmax(f1))
        result["threshold"], result["bestf1"] = float(thresholds[best]), float(f1[best])
    return result


def multiclass(case):
    names = sorted(many[case % len(many)], key=order)
    rows = random.randint(len(names), 40)
    y = random.randint(0, len(names), rows)
    if case % 3:
        y[:len(names)] = range(len(names))
    scores = np.round(random.dirichlet(np.ones(len(names)), rows) * 0.6 + 0.4 * np.eye(len(names))[y]
                      * random.randint(0, 2, (rows, 1)), 3)
    scores[:, -1] += 0.05
    scores /= scores.sum(axis=1, keepdims=True)
    guess = scores.argmax(axis=1)
    result = figures([names[i] for i in y], [names[i] for i in guess], None if case % 2 else names)
    result["scores"] = [dict(zip(names, row)) for row in scores.tolist()]
    result["logloss"] = float(log_loss(y, scores, labels=range(len(names))))
    result["reliability"] = reliability((guess == y).astype(int), scores.max(axis=1))
    result["weights"] = weights(y)
    result["temperature"] = temperature(np.log(np.maximum(scores, 1e-4)), y)
    everyone = len(set(y)) == len(names)
    result["auc"] = float(roc_auc_score(y, scores, multi_class="ovr")) if everyone else None
    return result


with open("scikit-learn.jsonl", "w", encoding="utf-8") as file:
    for case in [binary(i) for i in range(45)] + [multiclass(i) for i in range(24)]:
        file.write(json.dumps(case, ensure_ascii=False, separators=(",", ":")) + "\n")
