"""Writes Decompositions.txt from Unicode's UnicodeData.txt and CompositionExclusions.txt.

python3 Decompositions.py /usr/share/unicode > Decompositions.txt    (Debian's package unicode-data)

A line is a range of code points and what they have in common, in hexadecimal:
  0300-0314 #E6      their canonical combining class
  00C0 0041 0300     their canonical decomposition, which composes again
  0340!0300          the same, but it does not compose again
  FF01-FF5E~0021     their compatibility decomposition
If a range decomposes to single code points, these count up with it.
"""

import sys

folder = sys.argv[1]
with open(f"{folder}/CompositionExclusions.txt") as file:
    excluded = {int(line.split("#")[0], 16) for line in file if line.split("#")[0].strip()}

classes, decompositions = {}, {}
with open(f"{folder}/UnicodeData.txt") as file:
    for line in file:
        code, _, _, combining, _, decomposition = line.split(";")[:6]
        if combining != "0":
            classes[int(code, 16)] = int(combining)
        if decomposition:
            parts = decomposition.split()
            kind = "~" if parts[0].startswith("<") else " "
            decompositions[int(code, 16)] = kind, [int(part, 16) for part in parts if part[0] != "<"]


def find_mark(code):
    kind, parts = decompositions[code]
    # A decomposition does not compose again if it is single, excluded, or begins with a combining character.
    composes = len(parts) == 2 and code not in excluded and code not in classes and parts[0] not in classes
    return kind if kind == "~" or composes else "!"


def write(ranges):
    for first, last, text in ranges:
        print(f"{first:04X}{f'-{last:04X}' if last > first else ''}{text}")


ranges = []
for code in sorted(classes):
    text = f" #{classes[code]:X}"
    if ranges and ranges[-1][1] == code - 1 and ranges[-1][2] == text:
        ranges[-1][1] = code
    else:
        ranges.append([code, code, text])
write(ranges)

ranges, expected = [], None
for code in sorted(decompositions):
    mark, parts = find_mark(code), decompositions[code][1]
    if expected == (code, mark, parts):
        ranges[-1][1] = code
    else:
        ranges.append([code, code, mark + " ".join(f"{part:04X}" for part in parts)])
    expected = (code + 1, mark, [parts[0] + 1]) if len(parts) == 1 else None
write(ranges)
