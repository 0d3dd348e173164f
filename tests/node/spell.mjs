// node spell.mjs: reads a JSON list of texts and writes how the page of examples/browser spells each.

import { readFileSync } from 'node:fs';
import { clean, fold, lower, trim } from '../../examples/browser/spelling.js';

const texts = JSON.parse(readFileSync(0, 'utf8'));
process.stdout.write(JSON.stringify(texts.map(text => [clean(text), trim(text), fold(text), lower(text)])));
