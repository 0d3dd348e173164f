import * as ort from './node_modules/onnxruntime-web/dist/ort.wasm.bundle.min.mjs';
import { WordClassifier, splitWords, toCsv } from './classifier.js';

// More rows would make typing slow, and nobody reads them. The CSV has all of them.
const MOST_ROWS = 500;
const EXAMPLE = 'Pancakes\nice cream\nice-cream\nNOODLES\nlemonade\nsoy sauce\ntofu\nlaptop\nviolin\nriver\nleather\npeanuts\nqwxzv';

const find = id => document.getElementById(id);
const words = find('words');
let classifier = null;
let answers = [];
let filter = 'all';
let isBusy = false;
let isStale = false;

async function start() {
  try {
    // More threads require headers that plain servers do not send, and one is enough for this model.
    ort.env.wasm.numThreads = 1;
    classifier = await WordClassifier.load(ort, '../../models/food-words.onnx');
    show('Ready.');
    await update();
  } catch (error) {
    show(`Cannot load the model: ${error.message ?? error}`, true);
  }
}

async function update() {
  isStale = true;
  if (!classifier || isBusy) {
    return;
  }

  isBusy = true;
  try {
    while (isStale) {
      isStale = false;
      const began = performance.now();
      const list = splitWords(words.value);
      answers = await classifier.classify(list);
      render();
      if (list.length > 0) {
        const time = Math.max(1, Math.round(performance.now() - began));
        show(`${count(list.length)} ${list.length === 1 ? 'word' : 'words'} in ${count(time)} ms.`);
      } else {
        show('Ready.');
      }
    }
  } catch (error) {
    show(`Cannot run the model: ${error.message ?? error}`, true);
  } finally {
    isBusy = false;
  }
}

function render() {
  const tally = { food: 0, other: 0, unknown: 0 };
  answers.forEach(answer => tally[kindOf(answer)]++);
  find('count-all').textContent = count(answers.length);
  find('count-food').textContent = count(tally.food);
  find('count-other').textContent = count(tally.other);
  find('count-unknown').textContent = count(tally.unknown);

  const shown = answers.filter(answer => filter === 'all' || answer.label === filter);
  find('answers').replaceChildren(...shown.slice(0, MOST_ROWS).map(createRow));
  find('empty').hidden = shown.length > 0;
  find('empty').textContent = answers.length > 0 ? 'No word has this label.' : 'Results appear here while you type.';
  find('more').hidden = shown.length <= MOST_ROWS;
  find('more').textContent = `${count(shown.length - MOST_ROWS)} more are not shown. Copy as CSV includes them all.`;
  find('copy').disabled = answers.length === 0;
}

function createRow(answer) {
  const row = document.createElement('tr');
  row.className = kindOf(answer);
  const chip = create('span', 'chip', answer.label);
  const probability = create('div', 'probability', answer.isKnown ? '' : '–');
  if (answer.isKnown) {
    const fill = create('div', 'fill');
    fill.style.width = `${answer.probability * 100}%`;
    const track = create('div', 'track');
    track.append(fill);
    probability.append(track, create('span', 'number', `${(answer.probability * 100).toFixed(1)}%`));
  }

  const word = answer.folded ? `${answer.word} (${answer.folded})` : answer.word;
  row.append(createCell('th', word), createCell('td', probability), createCell('td', chip));
  row.firstChild.scope = 'row';

  return row;
}

function createCell(name, content) {
  const cell = document.createElement(name);
  cell.append(content);
  return cell;
}

function create(name, className, text = '') {
  const element = document.createElement(name);
  element.className = className;
  element.textContent = text;
  return element;
}

function kindOf(answer) {
  return !answer.isKnown ? 'unknown' : answer.label === 'food' ? 'food' : 'other';
}

function count(number) {
  return number.toLocaleString('en');
}

function show(text, isFailed = false) {
  find('status').textContent = text;
  find('status').classList.toggle('failed', isFailed);
}

async function copy() {
  try {
    await navigator.clipboard.writeText(toCsv(answers));
    show(`Copied ${count(answers.length)} results to the clipboard.`);
  } catch {
    show('The browser does not allow this page to use the clipboard.', true);
  }
}

async function prepareOffline() {
  if (!('serviceWorker' in navigator)) {
    return;
  }

  try {
    const { installing } = await navigator.serviceWorker.register('sw.js');
    await Promise.race([navigator.serviceWorker.ready, rejectIfRedundant(installing)]);
    find('offline').textContent = 'Works offline now.';
  } catch {
    find('offline').textContent = 'Works online only: the browser does not keep a copy of this page.';
  }
}

// A worker that fails to store its files, such as on a full disk, never becomes ready.
function rejectIfRedundant(worker) {
  return new Promise((_, reject) => worker?.addEventListener('statechange', () => {
    if (worker.state === 'redundant') {
      reject(new Error('The service worker was not installed.'));
    }
  }));
}

words.addEventListener('input', update);
find('example').addEventListener('click', () => { words.value = EXAMPLE; update(); });
find('clear').addEventListener('click', () => { words.value = ''; update(); words.focus(); });
find('copy').addEventListener('click', copy);
document.querySelectorAll('[data-filter]').forEach(button => button.addEventListener('click', () => {
  filter = button.dataset.filter;
  document.querySelectorAll('[data-filter]').forEach(other => other.setAttribute('aria-pressed', String(other === button)));
  render();
}));
await start();
await prepareOffline();
