"""Writes what the Python libraries say of the fastText models, and files of gensim and of spaCy's serialiser."""
import hashlib
import json
import random

import fasttext
import numpy as np
import srsly
from gensim.models import KeyedVectors

MODELS = ["skipgram.bin", "supervised.bin", "plain.ftz", "norms.ftz", "pruned.ftz"]

with open("words.txt", encoding="utf-8") as file:
    words = file.read().split()
with open("library.jsonl", "w", encoding="utf-8") as file:
    for name in MODELS:
        model = fasttext.load_model(name)
        for word in words:
            vector = [float(value) for value in model.get_word_vector(word)]
            case = {"model": name, "word": word, "known": model.get_word_id(word) >= 0, "vector": vector}
            file.write(json.dumps(case, ensure_ascii=False) + "\n")

keys = ["the", "ö", "日本", "don't", ".", "...", "1/2", "New_York", "naïve", "</s>", "🍵", "e\u0301", "-0.5", "Ω"]
vectors = KeyedVectors(7)
vectors.add_vectors(keys, np.random.RandomState(5).standard_normal((len(keys), 7)).astype(np.float32) * 1e-3)
vectors.save_word2vec_format("glove.txt", write_header=False)
vectors.save_word2vec_format("word2vec.txt")
vectors.save_word2vec_format("word2vec.bin", binary=True)

# Keys and rows of every width that MessagePack has; spaCy itself calls srsly for this file.
edges = [0, 1, 127, 128, 255, 256, 65535, 65536, 2**32 - 1, 2**32, 2**63 - 1, 2**63, 2**64 - 1]
source = random.Random(5)
rows = [0, 127, 128, 255, 256, 65535, 65536, 99999, -1, 31, 32, 33, 34]
table = dict(zip(edges, rows))
while len(table) < 600:
    table[source.getrandbits(64)] = source.randrange(100_000)
with open("srsly.key2row", "wb") as file:
    file.write(srsly.msgpack_dumps(table))
digest = hashlib.sha256("".join(f"{key} {row}\n" for key, row in table.items()).encode()).hexdigest()
print(f"srsly.key2row: {len(table)} keys, largest row {max(table.values())}, SHA-256 of its lines {digest}")
