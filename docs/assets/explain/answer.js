// From a text or a word to its answer: `explain` of the Python package for the browser.
"use strict";
(() => {
  const doctor = globalThis.codegptDoctor;
  // what Python takes for white space
  const SPACE = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

  /**
   * Take the data of the catalogue into use.
   *
   * @param {Data} data
   */
  function use(data) {
    doctor.data = data;
    const entries = new Map(data.entries.map((entry) => [entry.id, entry]));
    doctor.entries = /** @type {Entries} */ (entries);
    doctor.table = doctor.makeTable(data);
    doctor.words = words(doctor.table);
  }

  /**
   * The id by each code, type, name or status that is enough to say it; the first one counts.
   *
   * @param {Row[]} table
   */
  function words(table) {
    const found = new Map();
    for (const { id, ...conditions } of table) {
      const [[key, value], ...more] = Object.entries(conditions);
      const word = `${key} ${value}`;
      if (!more.length && key !== "phrase" && !found.has(word)) found.set(word, id);
    }
    return found;
  }

  /**
   * The error that a text, an id, an API code or a status is; null when none is recognized.
   *
   * @param {string} text
   */
  function explain(text) {
    const word = stripped(text);
    const id = resolve(word);
    return id ? ofWord(word, id) : classify(text);
  }

  /**
   * The text without white space at its ends; a pattern for the end begins at every space.
   *
   * @param {string} text
   */
  function stripped(text) {
    let [start, end] = [0, text.length];
    while (start < end && SPACE.test(text[start])) start++;
    while (start < end && SPACE.test(text[end - 1])) end--;
    return text.slice(start, end);
  }

  /**
   * The id that a word stands for: an id, an API code or type, an errno name, a status.
   *
   * @param {string} word
   */
  function resolve(word) {
    if (doctor.entries.has(word)) return word;
    const wanted = [`code ${word}`, `type ${word}`, `name ${word.toUpperCase()}`, `status ${word}`];
    return wanted.map((one) => doctor.words.get(one)).find(Boolean) ?? null;
  }

  /**
   * The explanation of a word; of a status, also what else it can be.
   *
   * @param {string} word
   * @param {string} id
   * @returns {Explanation}
   */
  function ofWord(word, id) {
    const evidence = { origin: word === id ? "id" : "code", quote: word };
    if (!/^\d+$/.test(word)) return { id, confidence: "certain", evidence, also: [] };
    const fits = (/** @type {Entry} */ entry) => entry.statuses?.includes(Number(word)) && entry.id !== id;
    const also = doctor.data.entries.filter(fits).map((entry) => entry.id);
    return { id, confidence: "likely", evidence, also };
  }

  /**
   * The error that a text of any shape is about.
   *
   * @param {string} text
   * @returns {Explanation | null}
   */
  function classify(text) {
    const [best, ...rest] = doctor.candidates(doctor.textSignals(text));
    if (!best) return null;
    const isWeak = doctor.tier(best) === "status" || doctor.entries.get(best.id).generic;
    return {
      id: best.id,
      confidence: isWeak ? "likely" : "certain",
      evidence: evidenceOf(best, text),
      also: others(best, rest),
    };
  }

  /**
   * @param {Candidate} candidate
   * @param {string} text
   */
  function evidenceOf(candidate, text) {
    const row = candidate.evidence;
    if (row.phrase) return { origin: "text", quote: doctor.quote(row.phrase, text) };
    const key = /** @type {keyof Conditions} */ (doctor.tier(candidate));
    return { origin: key, quote: String(row[key]) };
  }

  /**
   * Other problems in the same text: not the weaker names of the same one.
   *
   * @param {Candidate} best
   * @param {Candidate[]} rest
   */
  function others(best, rest) {
    const { confusedWith = [], beats = [] } = doctor.entries.get(best.id);
    const related = new Set([...confusedWith, ...beats]);
    const isOther = (/** @type {Candidate} */ candidate) =>
      doctor.tier(candidate) !== "status" &&
      !related.has(candidate.id) &&
      !doctor.entries.get(candidate.id).confusedWith?.includes(best.id);
    return rest.filter(isOther).map((candidate) => candidate.id);
  }

  /**
   * The entries that have a word in their id or title, for a word that stands for none.
   *
   * @param {string} word
   */
  function mentioning(word, most = 6) {
    const wanted = word.toLowerCase();
    if (wanted.length < 3) return [];
    const named = doctor.data.entries.filter(({ id, title }) =>
      `${id} ${title}`.toLowerCase().includes(wanted),
    );
    return named.slice(0, most);
  }

  Object.assign(doctor, { use, explain, resolve, ofWord, mentioning });
})();
