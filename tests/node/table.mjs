// node table.mjs <model>: reads rows of a table as JSON, with numbers as text, writes the outputs as JSON.

import { readFileSync } from 'node:fs';
import * as ort from 'onnxruntime-node';

const session = await ort.InferenceSession.create(process.argv[2]);
const { features, texts, type } = JSON.parse(readFileSync(0, 'utf8'));
const numbers = features.flat().map(Number);
const array = type === 'float64' ? Float64Array.from(numbers) : Float32Array.from(numbers);
const outputs = await session.run({
  features: new ort.Tensor(type, array, [features.length, features[0].length]),
  texts: new ort.Tensor('string', texts.flat(), [texts.length, texts[0].length]),
});
process.stdout.write(JSON.stringify({
  probability: Array.from(outputs.probability.data),
  label: outputs.label.data,
}));
