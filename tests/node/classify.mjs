// node classify.mjs <onnxruntime-node|onnxruntime-web> <model>: reads a JSON list of words, writes the outputs as JSON.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const [runtime, model] = process.argv.slice(2);

// The build for browsers is installed with the example that uses it.
const home = runtime === 'onnxruntime-web' ? '../../examples/browser/package.json' : './package.json';
const ort = createRequire(new URL(home, import.meta.url))(runtime);
ort.env.wasm.numThreads = 1;

const began = performance.now();
const session = await ort.InferenceSession.create(runtime === 'onnxruntime-web' ? readFileSync(model) : model);
console.error(`${runtime} ${ort.env.versions[runtime.slice(12)]} loaded the model in ${Math.round(performance.now() - began)} ms.`);

const words = JSON.parse(readFileSync(0, 'utf8'));
const outputs = await session.run({ word: new ort.Tensor('string', words, [words.length]) });
process.stdout.write(JSON.stringify({
  probability: Array.from(outputs.probability.data),
  label: outputs.label.data,
  isKnown: Array.from(outputs.is_known.data, value => value === 1),
}));
