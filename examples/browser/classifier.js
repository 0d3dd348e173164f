// Classifies words with any build of ONNX Runtime for JavaScript, such as onnxruntime-web or onnxruntime-node.

import { openRows } from './rows.js';
import { spellingsOf, wordsOf } from './spelling.js';

export class WordClassifier {
  #ort;
  #model;
  #session;
  #rows;

  constructor(ort, model, session) {
    this.#ort = ort;
    this.#model = model;
    this.#session = session;
  }

  /** Loads the model from an address, a path or bytes. */
  static async load(ort, model) {
    return new WordClassifier(ort, model, await create(ort, model));
  }

  /**
   * Returns { word, probability, label, isKnown, folded } for each word, in order. The probability is that of food,
   * whatever the label; it is NaN for unknown words. A word that is only known without accents or compatibility forms
   * has this spelling as folded. A term of several words that the model does not know is classified by their mean.
   */
  async classify(words) {
    const answers = await this.#find(words);
    const terms = answers.filter(({ isKnown }) => !isKnown)
      .map(answer => ({ answer, parts: wordsOf(answer.word) }))
      .filter(({ parts }) => parts.length > 1);
    if (terms.length > 0) {
      await this.#findMeans(terms);
    }

    return answers.map(({ text, ...answer }) => answer);
  }

  // Classifies each word as a whole; its text is the spelling that was found.
  async #find(words) {
    const answers = words.map(word =>
      ({ word, probability: NaN, label: 'unknown', isKnown: false, folded: null, text: word }));
    await this.#run(answers.map(answer => ({ answer, text: answer.word, folded: null })));

    // The graph cannot spell the other words differently, so they are tried one spelling after the other.
    let others = answers.map(answer => ({ answer, spellings: spellingsOf(answer.word) }));
    while ((others = others.filter(({ answer }) => !answer.isKnown)).length > 0) {
      const next = others.map(({ answer, spellings }) => ({ answer, ...spellings.next().value }));
      others = others.filter((_, i) => next[i].text !== undefined);
      await this.#run(next.filter(({ answer, text }) => text !== undefined && text !== answer.word));
    }

    return answers;
  }

  async #run(spellings) {
    if (spellings.length === 0) {
      return;
    }

    const outputs = await this.#session.run({ word: this.#strings(spellings.map(({ text }) => text)) });
    spellings.forEach(({ answer, text, folded }, i) => {
      if (outputs.is_known.data[i] === 1) {
        Object.assign(answer, answerOf(outputs, i), { text, folded });
      }
    });
    Object.values(outputs).forEach(output => output.dispose());
  }

  // Classifies terms by the mean of what the first layer makes of their words, where an unknown word counts as zeros.
  async #findMeans(terms) {
    this.#rows ??= openRows(await bytesOf(this.#model));
    const found = await this.#find([...new Set(terms.flatMap(({ parts }) => parts))]);
    const places = new Map(found.map(({ word }, place) => [word, place]));
    const known = terms.filter(({ parts }) => parts.some(part => found[places.get(part)].isKnown));
    if (known.length === 0 || !this.#rows) {
      return;
    }

    const { bytes, input, output, units } = this.#rows;
    this.#rows.session ??= await create(this.#ort, bytes);
    const floats = (data, count) => new this.#ort.Tensor('float32', data, [count, units]);
    const nothing = floats(new Float32Array(found.length * units), found.length);
    const words = this.#strings(found.map(({ text }) => text));
    const rows = (await this.#rows.session.run({ word: words, [input]: nothing }, [output]))[output].data;

    const means = new Float32Array(known.length * units);
    known.forEach(({ parts }, term) => parts.forEach(part => {
      for (let unit = 0; unit < units; unit++) {
        means[term * units + unit] += rows[places.get(part) * units + unit] / parts.length;
      }
    }));
    const first = known.map(({ parts }) =>
      parts.map(part => found[places.get(part)]).find(({ isKnown }) => isKnown).text);
    const outputs = await this.#rows.session.run({ word: this.#strings(first), [input]: floats(means, known.length) });
    known.forEach(({ answer, parts }, i) => {
      const spelled = parts.map(part => found[places.get(part)].folded ?? part);
      const isFolded = parts.some(part => found[places.get(part)].folded);
      Object.assign(answer, answerOf(outputs, i), { folded: isFolded ? spelled.join(' ') : null });
    });
  }

  #strings(texts) {
    return new this.#ort.Tensor('string', texts, [texts.length]);
  }
}

const create = (ort, model) => ort.InferenceSession.create(model, { logSeverityLevel: 3 });

const answerOf = (outputs, i) =>
  ({ probability: outputs.probability.data[i], label: outputs.label.data[i], isKnown: true });

async function bytesOf(model) {
  if (typeof model !== 'string') {
    return new Uint8Array(model);
  }

  return new Uint8Array(globalThis.document
    ? await (await fetch(model)).arrayBuffer()
    : await (await import('node:fs/promises')).readFile(model));
}

/** Splits a text into words: one per line, or separated by commas, semicolons or tabs. */
export function splitWords(text) {
  return text.split(/[\t-\r\u0085\u2028\u2029,;，、；]+/u).map(word => word.trim()).filter(word => word.length > 0);
}

/**
 * Formats results as comma-separated values, quoted, with a header: the columns of Test-FoodWord, whose probability is
 * that of food.
 */
export function toCsv(answers) {
  const quote = text => `"${text.replaceAll('"', '""')}"`;
  const rows = answers.map(({ word, label, probability, isKnown }) =>
    [quote(word), quote(label), isKnown ? probability : '', isKnown ? `"${isFood(label)}"` : ''].join(','));
  return ['"Word","Label","Probability","IsFood"', ...rows].join('\r\n') + '\r\n';
}

function isFood(label) {
  return label === 'food' ? 'True' : 'False';
}

