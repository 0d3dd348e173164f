"""The sets on which the default training is compared with scikit-learn; see README.md in this folder.

    python3 sets.py make FOLDER     writes the tables and the folds
    python3 sets.py score FOLDER    fits scikit-learn on the same folds and writes the report
"""
import csv
import math
import pathlib
import random
import sys
import time
import warnings

import numpy as np

FOLDS = 5
WORD_SEEDS = 5
TABLE_SEEDS = 2
HERE = pathlib.Path(__file__).parent


def sklearn_tables():
    from sklearn import datasets
    for name in ("iris", "wine", "breast_cancer", "digits"):
        data = getattr(datasets, "load_" + name)()
        names = ["x%d" % i for i in range(data.data.shape[1])]
        rows = [[repr(float(v)) for v in row] for row in data.data]
        yield name, names, rows, [str(data.target_names[t]) for t in data.target]


def departments():
    """Titles and cities that hint at one of six departments, and two numbers."""
    r = random.Random(11)
    titles = {"sales": ["agent", "account manager", "clerk"], "it": ["engineer", "administrator", "clerk"],
              "hr": ["recruiter", "clerk", "manager"], "finance": ["accountant", "controller", "clerk"],
              "legal": ["lawyer", "clerk", "manager"], "logistics": ["driver", "planner", "clerk"]}
    cities = ["Bonn", "Graz", "Lyon", "Oslo", "Porto", "Turin", "Utrecht", "York"]
    rows, labels = [], []
    for _ in range(420):
        name = r.choice(sorted(titles))
        at = sorted(titles).index(name)
        city = cities[(at + r.choice([0, 0, 1])) % 8] if r.random() < 0.6 else r.choice(cities)
        title = r.choice(titles[name]) if r.random() < 0.85 else r.choice(titles[r.choice(sorted(titles))])
        hours = round(32 + 4 * (at % 3) + r.gauss(0, 3), 1)
        salary = "" if r.random() < 0.06 else str(round(2400 + 350 * at + r.gauss(0, 500)))
        rows.append([title, city, repr(hours), salary])
        labels.append(name)
    return "departments", ["title", "city", "hours", "salary"], rows, labels


def churn():
    """Customers who leave or stay: contracts, payments, dates, blanks and an identifier."""
    r = random.Random(12)
    rows, labels = [], []
    for i in range(600):
        contract = r.choice(["monthly", "yearly", "two years"])
        payment = r.choice(["card", "invoice", "transfer", "cash"])
        tenure, calls = r.randrange(1, 72), min(9, int(r.expovariate(0.7)))
        charge = 20 + 60 * r.random() + (10 if payment == "invoice" else 0)
        day = 1 + r.randrange(28)
        month, year = 1 + r.randrange(12), r.choice([2022, 2023, 2024])
        z = {"monthly": 1.1, "yearly": -0.4, "two years": -1.6}[contract] + 0.5 * calls - 0.035 * tenure
        z += 0.7 * (payment == "cash") + 0.025 * (charge - 50) + 0.8 * (calls > 3 and contract == "monthly") - 0.6
        left = r.random() < 1 / (1 + math.exp(-1.6 * z))
        rows.append([str(10001 + i), contract if i and r.random() > 0.03 else "", payment, str(tenure), str(calls),
                     "" if i == 0 or r.random() < 0.05 else "%.2f" % charge,
                     "%d-%02d-%02d" % (year, month, day)])
        labels.append("yes" if left else "no")
    return "churn", ["customer_id", "contract", "payment", "tenure", "calls", "charge", "since"], rows, labels


def tickets():
    """Support tickets with a subject in words, a product and a number, for one of four teams."""
    r = random.Random(13)
    words = {"billing": "invoice refund charge payment price discount receipt credit bank cost",
             "network": "router cable wireless connection signal modem internet slow server outage",
             "account": "password login email name profile security registration access user code",
             "delivery": "parcel shipping address courier late package box damaged return truck"}
    common = "please help problem question today still not my the again with since order new need"
    rows, labels = [], []
    for _ in range(360):
        team = r.choice(sorted(words))
        text = [r.choice(words[team].split()) for _ in range(r.choice([1, 1, 2]))]
        if r.random() < 0.35:
            text.append(r.choice(words[r.choice(sorted(words))].split()))
        text += [r.choice(common.split()) for _ in range(r.randrange(2, 6))]
        r.shuffle(text)
        product = r.choice(["phone", "laptop", "tablet", "camera", "watch"])
        rows.append([" ".join(text), product if r.random() > 0.05 else "", str(int(r.expovariate(0.1)))])
        labels.append(team)
    return "tickets", ["subject", "product", "age"], rows, labels


def sensors():
    """Numbers with interactions: five states that no plane separates."""
    r = random.Random(14)
    rows, labels = [], []
    for _ in range(500):
        a, b, c, d = (r.gauss(0, 1) for _ in range(4))
        state = (1 if a * b > 0.2 else 0) + (2 if c + 0.5 * a > 0.4 else 0)
        if abs(d) > 1.4:
            state = 4
        rows.append(["%.4f" % (10 * a + 50), "%.4f" % (b + r.gauss(0, 0.1)), "%.4f" % (100 * c), "%.4f" % d,
                     "%.4f" % r.random()])
        labels.append("state %d" % state)
    return "sensors", ["temperature", "pressure", "flow", "tilt", "noise"], rows, labels


TABLES = [departments, churn, tickets, sensors]


def word_sets():
    sets = {}
    with open(HERE / "words.csv", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            rows, labels = sets.setdefault(row["set"], ([], []))
            rows.append([row["word"]])
            labels.append(row["label"])
    for name in sorted(sets):
        yield "words-" + name, ["word"], *sets[name]


def all_sets():
    yield from sklearn_tables()
    for table in TABLES:
        yield table()
    yield from word_sets()


def assign_folds(labels, seed):
    """Deals the shuffled rows of each class to the folds like cards."""
    r = random.Random(1000 + seed)
    order = list(range(len(labels)))
    r.shuffle(order)
    order.sort(key=lambda i: labels[i])
    folds = [0] * len(labels)
    for place, row in enumerate(order):
        folds[row] = place % FOLDS
    return folds


def make(folder):
    folder.mkdir(parents=True, exist_ok=True)
    for name, columns, rows, labels in all_sets():
        seeds = WORD_SEEDS if name.startswith("words-") else TABLE_SEEDS
        folds = [assign_folds(labels, seed) for seed in range(seeds)]
        with open(folder / (name + ".csv"), "w", newline="", encoding="utf-8") as file:
            out = csv.writer(file, lineterminator="\n")
            out.writerow(columns + ["label"] + ["fold%d" % s for s in range(seeds)])
            for i, row in enumerate(rows):
                out.writerow(row + [labels[i]] + [f[i] for f in folds])
        print(name, len(rows), "rows,", len(set(labels)), "classes")


def read(path):
    with open(path, encoding="utf-8") as file:
        table = list(csv.reader(file))
    header = table[0]
    at = header.index("label")
    columns = {n: [row[i] for row in table[1:]] for i, n in enumerate(header[:at])}
    labels = np.array([row[at] for row in table[1:]])
    folds = [[int(row[i]) for row in table[1:]] for i in range(at + 1, len(header))]
    return columns, labels, np.array(folds)


def is_number(values):
    def ok(v):
        try:
            float(v)
            return True
        except ValueError:
            return False
    return all(v == "" or ok(v) for v in values)


def encode(columns, train, test):
    """StandardScaler with medians for numbers, one-hot for categories, parts of dates, TF-IDF for texts."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.impute import SimpleImputer
    from sklearn.preprocessing import OneHotEncoder, StandardScaler
    parts = [[], []]
    for name, values in columns.items():
        if name == "customer_id":
            continue
        values = np.array(values, dtype=object)
        if name == "since":
            days = [tuple(int(x) for x in v.split("-")) for v in values]
            numbers = np.array([[y * 372 + m * 31 + d, math.sin(m * math.pi / 6), math.cos(m * math.pi / 6)]
                                for y, m, d in days], dtype=float)
        elif is_number(values):
            numbers = np.array([[float(v) if v else math.nan] for v in values])
        elif name == "subject":
            text = TfidfVectorizer().fit(values[train])
            for part, rows in zip(parts, (train, test)):
                part.append(text.transform(values[rows]).toarray())
            continue
        else:
            hot = OneHotEncoder(handle_unknown="ignore", sparse_output=False).fit(values[train].reshape(-1, 1))
            for part, rows in zip(parts, (train, test)):
                part.append(hot.transform(values[rows].reshape(-1, 1)))
            continue
        filler = SimpleImputer(strategy="median").fit(numbers[train])
        scaler = StandardScaler().fit(filler.transform(numbers[train]))
        for part, rows in zip(parts, (train, test)):
            part.append(scaler.transform(filler.transform(numbers[rows])))
    return np.hstack(parts[0]), np.hstack(parts[1])


def score(folder):
    from sklearn.linear_model import LogisticRegression
    from sklearn.neural_network import MLPClassifier
    from sklearn.preprocessing import StandardScaler
    warnings.filterwarnings("ignore")
    models = [("linear", lambda s: LogisticRegression(max_iter=1000)),
              ("MLP(32)", lambda s: MLPClassifier((32,), random_state=s)),
              ("MLP(100)", lambda s: MLPClassifier((100,), random_state=s))]
    out = open(folder / "sklearn.csv", "w", newline="\n")
    print("set,seed,fold,model,accuracy,seconds", file=out)
    for path in sorted(folder.glob("*.csv")):
        if path.stem in ("sklearn", "ours") or path.stem.endswith(".vectors"):
            continue
        columns, labels, folds = read(path)
        vectors = folder / (path.stem + ".vectors.csv")
        matrix = np.loadtxt(vectors, delimiter=",") if path.stem.startswith("words-") else None
        for seed in range(len(folds)):
            for fold in range(FOLDS):
                train, test = np.where(folds[seed] != fold)[0], np.where(folds[seed] == fold)[0]
                if matrix is None:
                    x, t = encode(columns, train, test)
                else:
                    scaler = StandardScaler().fit(matrix[train])
                    x, t = scaler.transform(matrix[train]), scaler.transform(matrix[test])
                for name, create in models:
                    start = time.process_time()
                    model = create(seed).fit(x, labels[train])
                    seconds = time.process_time() - start
                    score = model.score(t, labels[test])
                    print(path.stem, seed, fold, name, score, "%.4f" % seconds, sep=",", file=out)
        out.flush()
        print(path.stem, flush=True)


def report(folder):
    """Writes the table of report.md from sklearn.csv and ours.csv."""
    figures = {}
    for file, of in (("sklearn.csv", "model"), ("ours.csv", None)):
        with open(folder / file) as lines:
            for row in csv.DictReader(lines):
                figures.setdefault(row["set"], {}).setdefault(row[of] if of else "ours", []).append(
                    (float(row["accuracy"]), float(row["seconds"])))
    names = ["linear", "MLP(32)", "MLP(100)", "ours"]
    print("| Set | " + " | ".join(names) + " | Gap | MLP(100), s | Ours, s |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    gaps = []
    for name, of in figures.items():
        if "ours" not in of:
            continue
        mean = [100 * np.mean([a for a, _ in of[n]]) for n in names]
        gaps.append((mean[3] - max(mean[:3]), name))
        times = [np.mean([s for _, s in of[n]]) for n in ("MLP(100)", "ours")]
        print("| %s | %s | %+.1f | %.2f | %.2f |" % (
            name, " | ".join("%.1f" % m for m in mean), gaps[-1][0], *times))
    print("\nMean gap %+.2f points over %d sets; the worst is %s with %+.1f." % (
        np.mean([g for g, _ in gaps]), len(gaps), min(gaps)[1], min(gaps)[0]))


if __name__ == "__main__":
    {"make": make, "score": score, "report": report}[sys.argv[1]](pathlib.Path(sys.argv[2]))
