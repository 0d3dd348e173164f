// node terms.mjs <model>: reads a JSON list of terms and writes how the classifier of examples/browser answers each.

import { readFileSync } from 'node:fs';
import * as ort from 'onnxruntime-node';
import { WordClassifier } from '../../examples/browser/classifier.js';

const classifier = await WordClassifier.load(ort, process.argv[2]);
process.stdout.write(JSON.stringify(await classifier.classify(JSON.parse(readFileSync(0, 'utf8')))));
