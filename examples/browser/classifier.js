// Classifies words with any build of ONNX Runtime for JavaScript, such as onnxruntime-web or onnxruntime-node.

export class WordClassifier {
  #ort;
  #session;

  constructor(ort, session) {
    this.#ort = ort;
    this.#session = session;
  }

  /** Loads the model from an address, a path or bytes. */
  static async load(ort, model) {
    return new WordClassifier(ort, await ort.InferenceSession.create(model, { logSeverityLevel: 3 }));
  }

  /**
   * Returns { word, probability, label, isKnown } for each word, in order. The probability is that of food, whatever the
   * label; it is NaN for unknown words.
   */
  async classify(words) {
    const answers = words.map(word => ({ word, probability: NaN, label: 'unknown', isKnown: false }));
    const spellings = words.slice();

    // The model folds case itself. These steps try the other spellings for words that it does not know.
    for (const step of [null, clean, trim, separate]) {
      const places = [];
      for (let i = 0; i < answers.length; i++) {
        const spelling = step ? step(spellings[i]) : spellings[i];
        if (!answers[i].isKnown && (!step || spelling !== spellings[i])) {
          places.push(i);
        }
        spellings[i] = spelling;
      }

      await this.#run(spellings, places, answers);
    }

    return answers;
  }

  async #run(spellings, places, answers) {
    if (places.length === 0) {
      return;
    }

    const words = places.map(place => spellings[place]);
    const outputs = await this.#session.run({ word: new this.#ort.Tensor('string', words, [words.length]) });
    places.forEach((place, i) => {
      answers[place].probability = outputs.probability.data[i];
      answers[place].label = outputs.label.data[i];
      answers[place].isKnown = outputs.is_known.data[i] === 1;
    });
    Object.values(outputs).forEach(output => output.dispose());
  }
}

/** Splits a text into words: one per line, or separated by commas, semicolons or tabs. */
export function splitWords(text) {
  return text.split(/[\r\n,;\t]+/u).map(word => word.trim()).filter(word => word.length > 0);
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

function clean(word) {
  return word.normalize('NFC').trim().replace(/\s+/gu, ' ');
}

function trim(word) {
  return word.replace(/^[\p{P}\s]+|[\p{P}\s]+$/gu, '');
}

function separate(word) {
  return word.replace(/[-_/]/gu, ' ');
}
