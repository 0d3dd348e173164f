"""Writes numpy.jsonl: arrays as NumPy prints them, and what the notebook's cell prints after np.random.seed."""
import json

import numpy as np

random = np.random.RandomState(7)


def cell(seed):
    np.random.seed(seed)
    inputs = np.random.uniform(-100., 100., [3])
    hidden_bias = np.random.rand(5)
    output_bias = np.random.rand(1)
    hidden_weights = np.random.uniform(-1., 1., [15])
    output_weights = np.random.uniform(-1., 1., [5])
    activation = lambda value: 1 / (1 + np.exp(-value))
    signal = np.array([inputs[i] * hidden_weights[5 * i:5 * i + 5] for i in range(3)])
    hidden = signal.sum(axis=0) + hidden_bias
    active = activation(hidden)
    z = np.sum(output_weights * active) + output_bias
    output = activation(z)
    arrays = [inputs, hidden_weights, signal, hidden_bias, hidden, active, output_bias, z, output]
    return {"seed": seed, "text": [str(a) for a in arrays], "z": z.tolist(), "output": output.tolist(),
            "class": int(output[0] > 0.5)}


def arrays():
    yield np.array([0.1, 0.25, 100]), 1000
    yield np.array([0.0, -0.0, 1]), 1000
    yield np.array([1e8, 1.5, -2]), 1000
    yield np.array([1e-5, 1]), 1000
    yield np.array([1e100, 1e-100]), 1000
    yield np.array([np.inf, -np.inf, np.nan, 2.5]), 1000
    yield np.array([12345.678, 99.5]), 1000
    yield np.arange(120.0), 100
    yield random.rand(40, 5), 100
    yield random.rand(3, 40), 1000
    yield random.rand(30, 30), 100
    for _ in range(40):
        scale = 10.0 ** random.randint(-6, 9)
        shape = (random.randint(1, 12),) if random.rand() < 0.5 else (random.randint(1, 5), random.randint(1, 12))
        yield np.round(random.normal(size=shape) * scale, random.randint(0, 12)), 1000


with open("numpy.jsonl", "w", encoding="utf-8") as file:
    for array, limit in arrays():
        values = [[repr(float(x)) for x in row] for row in np.atleast_2d(array)]
        text = np.array2string(array, threshold=limit)
        file.write(json.dumps({"vector": array.ndim == 1, "limit": limit, "values": values, "text": text},
                              separators=(",", ":")) + "\n")
    for seed in [0, 1, 2, 3, 4, 5, 6, 7, 42, 2026, 4294967295]:
        file.write(json.dumps(cell(seed), separators=(",", ":")) + "\n")
