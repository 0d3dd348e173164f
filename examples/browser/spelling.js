// How a word is spelled for the look-up, as Test-FoodWord does it; a test compares both on every character.

const BLANK = '[\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const BLANKS = new RegExp(`${BLANK}+`, 'u');

// Without the punctuation beyond U+FFFF, that of dead scripts.
const MARGIN = `(?:(?![\\u{10000}-\\u{10ffff}])\\p{P}|${BLANK})+`;
const MARGINS = new RegExp(`^${MARGIN}|${MARGIN}$`, 'gu');
const SEPARATORS = /[-_/,‐‑‒–—―−﹘﹣－＿／⁄∕，﹐、﹑،]/gu;

// Soft hyphens, joiners, directions and variants, which come with copied text.
const INVISIBLE = /[\u00ad\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff]/gu;

// Cyrillic letters keep their marks, except е, which stands for ё.
const MARKS = /([\u0400-\u0414\u0416-\u0434\u0436-\u052f][\u0300-\u036f]*)|[\u0300-\u036f]/gu;

// The letters that Unicode does not decompose, and the punctuation inside words that keyboards lack.
const LETTERS = new Map([
  'ÆAE', 'æae', 'ŒOE', 'œoe', 'ØO', 'øo', 'ĐD', 'đd', 'ÐD', 'ðd', 'ÞTH', 'þth', 'ßss', 'ẞSS', 'ŁL', 'łl',
  'ĦH', 'ħh', 'ŦT', 'ŧt', 'ıi', "‘'", "’'", "‛'", "ʼ'", "ʻ'", "′'", '‐-', '‒-', '–-', '—-', '―-', '−-',
  '⁄/', '∕/', '、,', '،,',
].map(pair => [pair[0], pair.slice(1)]));

/** Yields { text, folded } for each spelling of a word in turn; folded is null for those before the folded form. */
export function* spellingsOf(word) {
  const cleaned = clean(word);
  const trimmed = trim(cleaned);
  for (const text of variantsOf(cleaned, trimmed)) {
    yield { text, folded: null };
  }

  let folded = fold(trimmed);
  if (folded !== trimmed) {
    folded = trim(singleBlanks(folded));
    for (const text of variantsOf(folded, folded)) {
      yield { text, folded };
    }
  }
}

/** Splits a term at blanks, hyphens, underscores, slashes and commas. */
export const wordsOf = term => trim(clean(term)).replace(SEPARATORS, ' ').split(' ').filter(word => word);

/** Unicode NFC with single blanks. */
export const clean = word => singleBlanks(word.normalize('NFC'));

/** Removes punctuation and blanks at both ends. */
export const trim = word => word.replace(MARGINS, '');

/** Removes accents and compatibility forms. */
export const fold = word => word.normalize('NFKD')
  .replace(MARKS, (_, kept) => kept ?? '')
  .replace(INVISIBLE, '')
  .replace(/[^\0-\x7f]/gu, letter => LETTERS.get(letter) ?? letter)
  .normalize('NFC');

/** Lower case of each character alone: as a letter of one, whatever stands beside it. */
export const lower = word => Array.from(word, letter => {
  const small = letter.toLowerCase();
  return small.length === letter.length ? small : letter;
}).join('');

const singleBlanks = word => word.split(BLANKS).filter(part => part).join(' ');

function* variantsOf(cleaned, trimmed) {
  const separated = trimmed.replace(SEPARATORS, ' ');
  for (const text of new Set([cleaned, trimmed, separated, separated.replaceAll(' ', '_')])) {
    yield text;
    if (lower(text) !== text) {
      yield lower(text);
    }
  }
}
