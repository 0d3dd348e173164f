#!/bin/sh
# Wrote the vectors in this folder once, with Debian 12's fasttext 0.9.2, python3-fasttext 0.9.2, python3-gensim 4.2.0
# and python3-srsly 2.4.5. The tests compare with what these programs say, so nothing of this project takes part here.
set -e
cd "$(dirname "$0")"
options="-input text.txt -dim 6 -minn 2 -maxn 4 -bucket 300 -minCount 1 -epoch 5 -thread 1"
fasttext skipgram $options -output skipgram
fasttext supervised $options -output supervised
for kind in plain norms pruned; do
    cp supervised.bin "$kind.bin"
done

fasttext quantize -input text.txt -output plain
fasttext quantize -input text.txt -output norms -qnorm -dsub 4
fasttext quantize -input text.txt -output pruned -qnorm -cutoff 270 -retrain -epoch 1 -thread 1
rm -f supervised.vec plain.bin plain.vec norms.bin norms.vec pruned.bin pruned.vec
/usr/bin/python3 make.py

# With FASTTEXT_UNMARKED: fastText built from its commit of April 2017 before af68932, which gave models a mark and a
# version.
if [ -n "$FASTTEXT_UNMARKED" ]; then
    options="-dim 4 -minn 2 -maxn 4 -bucket 40 -minCount 1 -epoch 5 -thread 1"
    "$FASTTEXT_UNMARKED" skipgram -input text.txt -output unmarked $options
    iconv -c -t cp1251 text.txt > text.cp1251
    "$FASTTEXT_UNMARKED" skipgram -input text.cp1251 -output unmarked-1251 $options
    rm text.cp1251
fi
