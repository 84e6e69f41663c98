// Ordinary text search over the entries: codegpt_doctor/catalogue/text_search.py for the browser.
"use strict";
(() => {
  const doctor = globalThis.codegptDoctor;
  const rules = doctor.compiled(doctor.rules.nearest);

  /** @type {Index | null} */
  let known = null; // made when it is first asked for

  /**
   * The ids of the entries most like a text, the likest first; none where too little is alike.
   *
   * Of a single word, those that have it, the most frequent first.
   *
   * @param {string} text
   */
  function nearest(text, count = 3) {
    const [word, ...more] = text.split(/\s+/).filter(Boolean);
    if (word && !more.length) return doctor.havingWord(word);
    const asked = new Set(wordsOf(Array.from(text).slice(-rules.max_text).join("")));
    const index = (known ??= indexOf(doctor.data.entries));
    const scored = index.documents.flatMap((document) => {
      const shared = [...asked].filter((word) => document.words.has(word)).sort();
      const score = shared.reduce((sum, word) => sum + weight(word, document, index), 0);
      const isNear = shared.length >= rules.min_words && score >= rules.min_score;
      return isNear ? [{ id: document.id, score: Math.round(score * 1e6) / 1e6 }] : [];
    });
    scored.sort((one, other) => other.score - one.score || (one.id < other.id ? -1 : 1));
    return scored.slice(0, count).map(({ id }) => id);
  }

  /**
   * @typedef {{ id: string, words: Map<string, number>, total: number }} Words
   * @typedef {{ documents: Words[], average: number, frequency: Map<string, number> }} Index
   */

  /**
   * The words of the entries, and in how many of them each is.
   *
   * @param {Entry[]} entries
   * @returns {Index}
   */
  function indexOf(entries) {
    const documents = entries.map((entry) => {
      const words = wordsOf(said(entry));
      return { id: entry.id, words: counted(words), total: words.length };
    });
    const average = documents.reduce((sum, { total }) => sum + total, 0) / Math.max(1, documents.length);
    return { documents, average, frequency: counted(documents.flatMap(({ words }) => [...words.keys()])) };
  }

  /**
   * How much a word tells for an entry, which has it: BM25.
   *
   * @param {string} word
   * @param {Words} document
   * @param {Index} index
   */
  function weight(word, { words, total }, { documents, average, frequency }) {
    const often = frequency.get(word) ?? 0;
    const here = words.get(word) ?? 0;
    const rare = Math.log(1 + (documents.length - often + 0.5) / (often + 0.5));
    const length = 1 - rules.length + (rules.length * total) / average;
    return rare * ((here * (rules.saturation + 1)) / (here + rules.saturation * length));
  }

  /**
   * What is searched of an entry: its title twice, as it tells most; words, summary, codes.
   *
   * @param {Entry} entry
   */
  function said({ id, title, summary, words = [], codes = [] }) {
    return [title, title, ...words, summary, ...codes, id].join(" ").replaceAll("_", " ");
  }

  /**
   * The words of a text that tell something, without their endings.
   *
   * @param {string} text
   */
  function wordsOf(text) {
    const found = text.toLowerCase().match(rules.word) ?? [];
    return found
      .filter((word) => !rules.common.includes(word))
      .map((word) => (word.length > 4 ? word.replace(rules.ending, "") : word));
  }

  /** @param {string[]} words */
  function counted(words) {
    /** @type {Map<string, number>} */
    const found = new Map();
    for (const word of words) found.set(word, (found.get(word) ?? 0) + 1);
    return found;
  }

  Object.assign(doctor, { nearest });
})();
