// Errors that only a sentence tells: codegpt_doctor/classify/sentences.py for the browser.
"use strict";
(() => {
  const doctor = globalThis.codegptDoctor;
  const tiers = doctor.rules.matching.tiers;
  /** @type {Compiled<SentenceRules> | null} */
  let compiled = null;
  /** They are many, and come with the data, as they are asked last. */
  const rulesOf = () => (compiled ??= doctor.compiled(doctor.data.sentences));

  /**
   * The candidates, after those that sentences tell where these say more.
   *
   * @param {Candidate[]} found
   * @param {DoctorEvent[]} events
   */
  function withSentences(found, events) {
    const [best] = found;
    if (best && doctor.tier(best) !== "status" && !doctor.entryOf(best).generic) return found;
    const told = toldIn(events).filter((candidate) => !best || saysMore(candidate, best));
    // what else is said tells more
    told.sort((one, other) => Number(one.id === rulesOf().vague) - Number(other.id === rulesOf().vague));
    const ids = new Set(told.map(({ id }) => id));
    return [...told, ...found.filter(({ id }) => !ids.has(id))];
  }

  /**
   * Whether a sentence tells more than a kind of error, of which there is other evidence.
   *
   * @param {Candidate} told
   * @param {Candidate} best
   */
  function saysMore(told, best) {
    const entry = doctor.entryOf(told);
    if (entry.generic) return false;
    const { unsure } = rulesOf();
    const { shared_types } = doctor.rules.matching;
    if (doctor.tier(best) === "status" || shared_types.includes(best.evidence.type ?? "")) {
      return !unsure.includes(entry.family);
    }
    return told.rank[1] >= best.rank[1];
  }

  /**
   * @param {DoctorEvent[]} events
   * @returns {Candidate[]}
   */
  function toldIn(events) {
    /** @type {Map<string, Candidate>} */
    const told = new Map();
    for (const { least, tier, most, said } of rulesOf().groups) {
      const text = read(doctor.heardIn(events, least));
      if (text.length > most) continue;
      for (const [id, pattern] of said) {
        const words = told.has(id) ? null : saidIn(pattern, text);
        if (!words) continue;
        const rank = [0, tiers.indexOf(tier), 1, words.length];
        told.set(id, { id, rank, evidence: { id, phrase: [doctor.squeeze(words)] } });
      }
    }
    return [...told.values()];
  }

  /**
   * The ends of a text in lower case, which only A to Z have, with single blanks.
   *
   * @param {string} text
   */
  function read(text) {
    const half = rulesOf().max / 2;
    const ends = text.length > rulesOf().max ? `${text.slice(0, half)}\n${text.slice(1 - half)}` : text;
    return ends.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()).replace(/[ \t]+/g, " ");
  }

  /**
   * The first words that a pattern finds, where they are no condition.
   *
   * @param {RegExp} pattern
   * @param {string} text
   */
  function saidIn(pattern, text) {
    for (const match of text.matchAll(pattern)) {
      const before = text.slice(0, match.index);
      if (before.slice(before.lastIndexOf("\n") + 1).search(rulesOf().condition) === -1) return match[0];
    }
    return null;
  }

  Object.assign(doctor, { withSentences });
})();
