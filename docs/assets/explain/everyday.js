// What people type instead of an error: codegpt_doctor/catalogue/everyday.py for the browser.
"use strict";
(() => {
  const doctor = globalThis.codegptDoctor;
  const rules = doctor.compiled(doctor.rules.everyday);
  const reasons = new Map(Object.entries(rules.reasons));
  const small = new Set(rules.small);
  const vague = new Set(rules.vague);

  /**
   * The status, or the ids, that a text is searched for by; null where it is a message.
   *
   * @param {string} text
   * @returns {{ status: number } | { ids: string[] } | null}
   */
  function searched(text) {
    if (!isSearch(text)) return null;
    const status = statusOf(text);
    if (status && doctor.words.has(`status ${status}`)) return { status };
    const ids = meantBy(text);
    return ids.length ? { ids } : null;
  }

  /**
   * Whether a text can be a few words that a person typed: short, on one line, words alone.
   *
   * @param {string} text
   */
  function isSearch(text) {
    const isPlain = /^[\x20-\x7e\t\r\n]*$/.test(text); // what else is trimmed differs by language
    return isPlain && text.trim().search(rules.prose) !== -1;
  }

  /** @param {string} text */
  function wordsOf(text) {
    return text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  }

  /**
   * The HTTP status that a text is the number or the reason phrase of, and nothing more.
   *
   * @param {string} text
   */
  function statusOf(text) {
    const words = wordsOf(text).join(" ");
    const bare = rules.before.reduce((left, word) => (left.startsWith(word) ? left.slice(word.length) : left), words);
    if (/^[45]\d\d$/.test(bare)) return Number(bare);
    const [number, ...reason] = bare.split(" ");
    if (/^\d+$/.test(number) && reasons.get(reason.join(" ")) === Number(number)) return Number(number);
    return reasons.get(bare) ?? null;
  }

  /**
   * The ids of the entries that a few everyday words can mean, the most frequent first.
   *
   * What is searched by just these words goes before what has them among others. One word that tells
   * something means only the former, and one word alone only what it says alone.
   *
   * @param {string} text
   */
  function meantBy(text) {
    const words = wordsOf(text);
    const telling = keyOf(text);
    if ([...telling].every((word) => vague.has(word) || /^\d+$/.test(word)) || words.length > rules.max_words) return [];
    /** @type {string[][]} */
    const [exact, near] = [[], []];
    for (const { id } of doctor.data.entries) {
      const entry = doctor.entryFor(id, doctor.rules.matching.default);
      const phrases = [...(entry.words ?? []), entry.title];
      const keys = phrases.filter((phrase) => words.length > 1 || !phrase.includes(" ")).map(keyOf);
      const fitting = keys.filter((key) => hasAll(key, telling));
      if (fitting.some((key) => key.size === telling.size)) exact.push(id);
      else if (telling.size > 1 && fitting.some((key) => lacksNothing(key, telling))) near.push(id);
    }
    return [...byFrequency(exact), ...byFrequency(near)];
  }

  /**
   * @param {Set<string>} key
   * @param {Set<string>} telling
   */
  function hasAll(key, telling) {
    return [...telling].every((word) => key.has(word));
  }

  /**
   * Whether no negation of a key is missing.
   *
   * @param {Set<string>} key
   * @param {Set<string>} telling
   */
  function lacksNothing(key, telling) {
    return rules.negations.every((/** @type {string} */ word) => !key.has(word) || telling.has(word));
  }

  /**
   * The ids of the entries that have one word in title, id or everyday words, the most frequent first.
   *
   * @param {string} word
   */
  function havingWord(word, most = 6) {
    const [wanted] = keyOf(word);
    if (!wanted || !/^[a-z0-9]{3,40}$/.test(word.toLowerCase())) return [];
    const said = (/** @type {Entry} */ { id, title, words = [] }) =>
      [title, id.replaceAll("_", " "), ...words].join(" ");
    const found = doctor.data.entries.filter((entry) => keyOf(said(entry)).has(wanted));
    return byFrequency(found.map(({ id }) => id)).slice(0, most);
  }

  /**
   * The ids, those that people meet most first.
   *
   * @param {string[]} ids
   */
  function byFrequency(ids) {
    const place = (/** @type {string} */ id) => {
      const at = rules.frequent.indexOf(id);
      return at === -1 ? rules.frequent.length : at;
    };
    return [...ids].sort((one, other) => place(one) - place(other));
  }

  /** @param {string} phrase */
  function keyOf(phrase) {
    const whole = phrase.toLowerCase().replaceAll("can't", "cannot").replaceAll("n't", " not");
    return new Set(wordsOf(whole).filter((word) => !small.has(word)).map(stem));
  }

  /**
   * A word without the endings that people vary.
   *
   * @param {string} word
   */
  function stem(word) {
    const ending = rules.endings.find((one) => word.endsWith(one) && word.length - one.length >= rules.min_stem);
    return ending ? word.slice(0, -ending.length) : word;
  }

  Object.assign(doctor, { searched, byFrequency, havingWord });
})();
