"""Writes scikit-learn-regression.jsonl: random predictions with the figures that scikit-learn 1.2.1 gives for them."""
import json
import warnings

import numpy as np
from sklearn.metrics import max_error, mean_absolute_error, mean_squared_error, median_absolute_error, r2_score

warnings.simplefilter("ignore")
random = np.random.RandomState(2026)


def case(number):
    rows = random.randint(1, 15)
    scale = 10.0 ** random.randint(-4, 8)
    actual = np.round(random.normal(random.choice([0, 5, -300]), 1, rows), random.randint(0, 5)) * scale
    if number % 7 == 0:
        actual[:] = scale * 8
    predicted = actual + np.round(random.normal(0, random.choice([0.1, 1, 5]), rows), 3) * scale
    if number % 14 == 0:
        predicted = actual.copy()
    r2 = float(r2_score(actual, predicted))
    return {
        "actual": actual.tolist(), "predicted": predicted.tolist(), "r2": None if np.isnan(r2) else r2,
        "mae": mean_absolute_error(actual, predicted), "mse": mean_squared_error(actual, predicted),
        "rmse": mean_squared_error(actual, predicted, squared=False),
        "median": median_absolute_error(actual, predicted), "max": max_error(actual, predicted),
    }


with open("scikit-learn-regression.jsonl", "w", encoding="utf-8") as file:
    for number in range(42):
        file.write(json.dumps(case(number), separators=(",", ":")) + "\n")
