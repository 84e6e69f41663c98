// From a text or a word to its answer: `explain` of the Python package for the browser.
"use strict";
(() => {
  const doctor = globalThis.codegptDoctor;
  const programs = doctor.compiled(doctor.rules.programs);
  const ofPrograms = doctor.compiled(doctor.rules.steps);
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
    views.clear();
  }

  /** @type {Map<string, Entry>} */
  const views = new Map();

  /**
   * The entry of an id with the words of a provider in place, where it has some.
   *
   * @param {string} id
   * @param {string | null} provider
   */
  function entryFor(id, provider) {
    const key = `${id} ${provider}`;
    let entry = views.get(key);
    if (!entry) {
      const own = provider ? doctor.data.variants[id]?.[provider] : null;
      entry = { ...doctor.entries.get(id), ...own };
      views.set(key, entry);
    }
    return entry;
  }

  /**
   * The id by each code, type, name or status that is enough to say it; the first one counts.
   *
   * @param {Row[]} table
   */
  function words(table) {
    const found = new Map();
    for (const { id, provider: _, ...conditions } of table) {
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
    return id ? ofWord(word, id) : (ofSearch(text) ?? classify(text));
  }

  /**
   * The explanation of a reason phrase or of everyday words; null where a text is neither.
   *
   * @param {string} text
   * @returns {Explanation | null}
   */
  function ofSearch(text) {
    const found = doctor.searched(text);
    if (!found) return null;
    if ("status" in found) {
      const word = String(found.status);
      return ofWord(word, resolve(word) ?? "");
    }
    const [id, ...also] = found.ids;
    const provider = doctor.rules.matching.default;
    return { id, provider, confidence: "likely", evidence: { origin: "words", quote: stripped(text) }, also, program: null };
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
    const found = { id, provider: doctor.rules.matching.default, evidence, program: null };
    if (!/^\d+$/.test(word)) return { ...found, confidence: "certain", also: [] };
    const fits = (/** @type {Entry} */ entry) =>
      entryFor(entry.id, found.provider).statuses?.includes(Number(word)) && entry.id !== id;
    const also = doctor.data.entries.filter(fits).map((entry) => entry.id);
    return { ...found, confidence: "likely", also: doctor.byFrequency(also) };
  }

  /**
   * The error that a text of any shape is about.
   *
   * @param {string} text
   * @returns {Explanation | null}
   */
  function classify(text) {
    const events = doctor.read(text);
    const { found, heard, speaking } = candidatesIn(events);
    const hosts = events.filter(({ counts }) => counts).flatMap((event) => event.hosts);
    const [best, ...rest] = moved(found, speaking, hosts);
    if (!best) return null;
    const isWeak = doctor.tier(best) === "status" || doctor.entryOf(best).generic;
    return {
      id: best.id,
      provider: doctor.providerIn(speaking, best.owner),
      confidence: isWeak ? "likely" : "certain",
      evidence: evidenceOf(best, heard),
      also: others(best, rest),
      program: programIn(heard),
    };
  }

  /**
   * The program that a text shows, null where it shows none.
   *
   * @param {string} text
   */
  function programIn(text) {
    const said = text.slice(0, programs.max);
    return programs.programs.find(([, pattern]) => said.search(pattern) !== -1)?.[0] ?? null;
  }

  /**
   * What a text can be, the words in which that was found, and who speaks there.
   *
   * What another program or service says, too, is looked at only where nobody else says anything.
   *
   * @param {DoctorEvent[]} events
   */
  function candidatesIn(events) {
    const { codes, no_status, all, llm } = doctor.rules.events.counts;
    const heard = heardIn(events, all);
    const speaking = doctor.speakingIn(heard, events);
    const signals = { ...doctor.signalsOf(heard), proven: doctor.ownOf(speaking) };
    if (!signals.statuses.size && !signals.foreign) {
      signals.statuses = doctor.nearClients(heardIn(events, llm));
    }
    const found = doctor.withSentences(heard ? doctor.candidates(signals) : [], events);
    if (found.length) return { found, heard, speaking };
    const counts = new Set(events.map((event) => event.counts));
    const others = heardIn(events, codes);
    if (!counts.has(codes) && !counts.has(no_status)) return { found: [], heard: others, speaking };
    const beside = doctor.speakingIn(others, events);
    const said = doctor.signalsOf(others);
    const foreign = said.foreign || counts.has(codes);
    const left = { ...said, proven: doctor.ownOf(beside), foreign, elsewhere: true };
    return { found: doctor.candidates(left), heard: others, speaking: beside };
  }

  /**
   * The words of the events of which so much counts, or more.
   *
   * @param {DoctorEvent[]} events
   * @param {number} least
   */
  function heardIn(events, least) {
    return events.filter(({ counts }) => counts >= least).map((event) => event.text).join("\n");
  }

  /**
   * The candidates with what the first one is more exactly in front, where a row tells it.
   *
   * @param {Candidate[]} found
   * @param {Speaking} speaking
   * @param {Host[]} hosts
   */
  function moved(found, speaking, hosts) {
    const [best] = found;
    if (!best) return found;
    const where = whereOf(speaking, hosts);
    const row = doctor.rules.roots.moves.find(
      (move) =>
        where.has(move.where) &&
        move.found.includes(best.id) &&
        (!move.tiers.length || move.tiers.includes(doctor.tier(best))),
    );
    return row ? [{ ...best, id: row.meant }, ...found] : found;
  }

  /**
   * @param {Speaking} speaking
   * @param {Host[]} hosts
   */
  function whereOf(speaking, hosts) {
    const [first, last] = doctor.rules.hosts.codegpt_ports;
    const where = new Set();
    if (hosts.some(({ port }) => port !== null && port >= first && port < last)) where.add("codegpt");
    const isRemote = hosts.some(({ whose }) => whose === "provider" || whose === "address");
    const own = doctor.ownOf(speaking);
    const meant = own.size ? own : speaking.named;
    if (!isRemote && doctor.rules.roots.local.some((id) => meant.has(id))) where.add("local");
    return where;
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
    const { confusedWith = [], beats = [] } = doctor.entryOf(best);
    const related = new Set([...confusedWith, ...beats]);
    const isOther = (/** @type {Candidate} */ candidate) =>
      doctor.tier(candidate) !== "status" &&
      !related.has(candidate.id) &&
      !doctor.entryOf(candidate).confusedWith?.includes(best.id);
    return rest.filter(isOther).map((candidate) => candidate.id);
  }

  /**
   * The place on the page of an error where a provider's own words are; empty for its main part.
   *
   * @param {string} id
   * @param {string | null} provider
   */
  function placeOf(id, provider) {
    if (!provider || !doctor.data.variants[id]?.[provider]) return "";
    const isMain = provider === doctor.rules.matching.default || provider === doctor.entries.get(id).provider;
    return isMain ? "" : `#${provider}`;
  }

  /**
   * The steps of an entry with the provider's names and pages in place of the placeholders.
   *
   * @param {Entry} entry
   * @param {string | null} provider
   * @param {string | null} program
   */
  function stepsOf(entry, provider, program = null) {
    const values = doctor.data.values[provider ?? entry.provider ?? ""] ?? doctor.data.values[""];
    return inProgram(entry.steps, program).map((step) => filled(step, values));
  }

  /**
   * The steps for who met the error in a program: in_program of codegpt_doctor/catalogue/steps.py.
   *
   * @param {string[]} steps
   * @param {string | null} program
   */
  function inProgram(steps, program) {
    const { usual, known } = ofPrograms;
    const programOf = (/** @type {string} */ step) => {
      const name = step.slice(0, step.indexOf(": "));
      return known.includes(name) ? name : null;
    };
    if (program === null) return steps;
    if (program === usual) return steps.filter((step) => [null, usual].includes(programOf(step)));
    const own = steps.filter((step) => programOf(step) === program);
    return [...own, ...steps.filter((step) => programOf(step) === null).map(elsewhere)];
  }

  /**
   * A step without what only the usual program has.
   *
   * @param {string} step
   */
  function elsewhere(step) {
    const [said] = step.split(/\n|```/);
    const rest = step.slice(said.length);
    const line = ofPrograms.elsewhere.reduce(
      (left, [pattern, put]) => left.replace(pattern, (_, group) => put.replace("{}", group)),
      said,
    );
    if (line === said) return step;
    const [detail] = rest.split("```");
    const left = detail.search(ofPrograms.its_own) === -1 ? rest : rest.slice(detail.length);
    return line.slice(0, 1).toUpperCase() + line.slice(1) + left;
  }

  /**
   * The text with the value of each placeholder; a link to a page that is not there is its text.
   *
   * @param {string} text
   * @param {Record<string, string>} values
   */
  function filled(text, values) {
    const linked = text.replace(/\[([^\]]+)\]\(\{\{(\w+)\}\}\)/g, (_, said, page) =>
      values[page] ? `[${said}](${values[page]})` : `${said} (ask whoever runs {{host}})`,
    );
    return linked.replace(/\{\{(.*?)\}\}/g, (_, name, at) => {
      const value = values[name].trim().replace(/\s+/g, " ");
      const starts = doctor.data.phrases.includes(name) && startsSentence(linked.slice(0, at));
      return starts ? value.slice(0, 1).toUpperCase() + value.slice(1) : value;
    });
  }

  /** @param {string} before */
  function startsSentence(before) {
    return /(?:[.!?]["”)*`]*\s+|\n\s*\n\s*|\n *(?:[-*]|\d+\.) +|\n)["“(*[]*$/.test(`\n\n${before}`.slice(-40));
  }

  Object.assign(doctor, { use, explain, heardIn, resolve, ofWord, entryFor, placeOf, stepsOf });
})();
