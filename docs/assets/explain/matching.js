// Signals against signatures: codegpt_doctor/classify/matching.py for the browser.
"use strict";
(() => {
  const doctor = globalThis.codegptDoctor;
  const rules = doctor.rules.matching;
  const LENGTHS = [12, 4]; // of the first characters of phrases, by which they are looked up
  const BITS = 24;

  /** @type {Map<string | number, number[]>} */
  const places = new Map(); // in the table, by what a text must have to fit the row

  /**
   * Note what a text must have to fit each row of the table.
   *
   * @param {Row[]} table
   */
  function index(table) {
    places.clear();
    table.forEach((row, place) => {
      const need = needOf(row);
      const known = places.get(need);
      if (known) known.push(place);
      else places.set(need, [place]);
    });
  }

  /**
   * One thing without which no text fits a row: a word, or the first characters of its phrase.
   *
   * @param {Row} row
   */
  function needOf({ code, type, name, status, phrase: [first] = [""] }) {
    if (code !== undefined) return `code ${code}`;
    if (type !== undefined) return `type ${type}`;
    if (name !== undefined) return `name ${name}`;
    const length = LENGTHS.find((one) => first.length >= one);
    if (length) return startOf(first, length);
    return status === undefined ? "" : `status ${status}`;
  }

  /**
   * @param {string} phrase
   * @param {number} length
   */
  function startOf(phrase, length) {
    let piece = 0;
    for (let at = 0; at < length; at++) piece = next(piece, phrase, at, length);
    return piece;
  }

  /**
   * A number for the last characters of a text, one further; that of others can be the same.
   *
   * @param {number} piece
   * @param {string} text
   * @param {number} at
   * @param {number} length
   */
  function next(piece, text, at, length) {
    const rest = (piece << (BITS / length)) & ((1 << BITS) - 1);
    return (rest ^ text.charCodeAt(at)) | (length << BITS);
  }

  /**
   * The rows that a text can fit, in the order of the table.
   *
   * @param {Signals} signals
   */
  function possible({ codes, types, names, statuses, squeezed }) {
    const found = new Set([places.get("")]);
    const said = { code: codes, type: types, name: names, status: statuses };
    for (const [key, values] of Object.entries(said)) {
      for (const value of values) found.add(places.get(`${key} ${value}`));
    }
    for (const length of LENGTHS) {
      let piece = 0;
      for (let at = 0; at < squeezed.length; at++) {
        piece = next(piece, squeezed, at, length);
        const known = places.get(piece);
        if (known) found.add(known);
      }
    }
    const rows = [...found].flatMap((known) => known ?? []).sort((one, other) => one - other);
    return rows.map((place) => doctor.table[place]);
  }

  /**
   * The rows of the table, one a signature, with the phrases cut at their wildcards.
   *
   * @param {Data} data
   */
  function table({ signatures }) {
    const rows = Object.entries(signatures).flatMap(([id, all]) => all.map((one) => row(id, one)));
    index(rows);
    return rows;
  }

  /**
   * @param {string} id
   * @param {Data["signatures"][string][number]} signature
   * @returns {Row}
   */
  function row(id, signature) {
    if (typeof signature === "string") return { id, phrase: signature.split("*") };
    const { phrase, ...conditions } = signature;
    return phrase === undefined
      ? { id, ...conditions }
      : { id, ...conditions, phrase: phrase.split("*") };
  }

  /**
   * The entries that the signals fit, the best first; what another one explains is left out.
   *
   * A provider's signature never speaks for another provider. Only where nothing else says more than
   * a kind of error, those of the default provider count for those who speak its dialect.
   *
   * @param {Signals} signals
   */
  function candidates(signals) {
    // a server that is nobody's may hand on what the default provider says
    const isNobody = signals.proven.size === 1 && signals.proven.has(rules.nobody);
    const speaking = new Set([...signals.proven, ...(isNobody ? [rules.default] : [])]);
    const rows = possible(signals);
    const found = candidatesOf(rows, signals, speaking);
    if (!signals.proven.size || (found.length && !entryOf(found[0]).generic)) return found;
    // and what any provider says, whose gateway it may be
    const wider = new Set(isNobody ? [] : [...signals.proven, rules.default]);
    const widened = candidatesOf(rows, signals, wider);
    return widened.length && isTelling(widened[0]) ? widened : found;
  }

  /** @param {Candidate} candidate */
  function isTelling(candidate) {
    return tier(candidate) !== "status" && !entryOf(candidate).generic;
  }

  /**
   * @param {Row[]} rows
   * @param {Signals} signals
   * @param {Set<string>} speaking
   */
  function candidatesOf(rows, signals, speaking) {
    const best = new Map();
    /** @type {Map<string, Candidate[]>} */
    const owned = new Map();
    for (const row of rows) {
      if (!holds(row, signals, speaking)) continue;
      const candidate = { id: row.id, rank: rank(row, signals), evidence: row };
      if (isMeaningless(candidate, signals)) continue;
      owned.set(row.id, [...(owned.get(row.id) ?? []), candidate]);
      const known = best.get(row.id);
      if (!known || compare(known.rank, candidate.rank) < 0) best.set(row.id, candidate);
    }
    const named = [...best.values()].map((one) => ({ ...one, owner: ownerOf(owned.get(one.id) ?? [], one) }));
    const found = unexplained(named).sort((one, other) => compare(other.rank, one.rank));
    return rootFirst(found, signals.squeezed);
  }

  /**
   * Of several refusals by their codes, money before speed, else the one that came last.
   *
   * @param {Candidate[]} found
   * @param {string} text
   */
  function rootFirst(found, text) {
    const coded = found.filter((one) => tier(one) === "code");
    if (coded.length < 2) return found;
    const isAboutMoney = coded.some(isMoney);
    const isLater = (/** @type {Candidate} */ one) => Number(isAboutMoney && isSpeed(one));
    const at = (/** @type {Candidate} */ one) => text.lastIndexOf((one.evidence.code ?? "").toLowerCase());
    coded.sort((one, other) => isLater(one) - isLater(other) || at(other) - at(one));
    return [...coded, ...found.filter((one) => tier(one) !== "code")];
  }

  /** @param {Candidate} candidate */
  function isSpeed({ id }) {
    return rules.speed.some((start) => id.startsWith(start));
  }

  /** @param {Candidate} candidate */
  function isMoney(candidate) {
    return entryOf(candidate).family === "quota" && !isSpeed(candidate);
  }

  /**
   * The provider whose own words are the most telling; what two have alike is nobody's.
   *
   * What the default provider says, others say as well: it is the default one's where nothing general
   * tells more.
   *
   * @param {Candidate[]} found
   * @param {Candidate} best
   */
  function ownerOf(found, best) {
    const own = found.filter((one) => one.evidence.provider !== undefined && tier(one) !== "status");
    const [most] = own.map(({ rank }) => rank).sort((one, other) => compare(other, one));
    const alike = own.filter(({ rank }) => compare(rank, most) === 0);
    const providers = new Set(alike.map(({ evidence }) => evidence.provider));
    if (providers.has(rules.default)) return best.evidence.provider && rules.default;
    if (!providers.size) return best.evidence.provider;
    return providers.size === 1 ? [...providers][0] : undefined;
  }

  /**
   * @param {Row} row
   * @param {Signals} signals
   * @param {Set<string>} speaking
   */
  function holds(row, signals, speaking) {
    return (
      !isVague(row, signals) &&
      (row.code === undefined || signals.codes.has(row.code)) &&
      (row.type === undefined || signals.types.has(row.type)) &&
      (row.name === undefined || signals.names.has(row.name)) &&
      (row.status === undefined || signals.statuses.has(row.status)) &&
      (!speaking.size || row.provider === undefined || speaking.has(row.provider)) &&
      (row.phrase === undefined || findPhrase(row.phrase, signals.squeezed) !== null)
    );
  }

  /**
   * Whether it is no more than a type that is said of anything, where a status tells more.
   *
   * @param {Row} row
   * @param {Signals} signals
   */
  function isVague(row, { statuses, foreign, elsewhere }) {
    if (row.type !== rules.vague_type || conditions(row).length > 1) return false;
    const tells = !statuses.has(400) && rules.telling.some((/** @type {number} */ status) => statuses.has(status));
    return !foreign && !elsewhere && tells;
  }

  /** @param {Row} row */
  function conditions(row) {
    return Object.keys(row).filter((key) => key !== "id" && key !== "provider");
  }

  /**
   * Where the parts of a phrase stand in order, at most `gap` characters apart: start, end.
   *
   * @param {string[]} parts
   * @param {string} text
   * @returns {[number, number] | null}
   */
  function findPhrase([first, ...rest], text) {
    for (let start = text.indexOf(first); start !== -1; start = text.indexOf(first, start + 1)) {
      const end = rest.reduce((from, part) => after(part, text, from), start + first.length);
      if (end !== -1) return [start, end];
    }
    return null;
  }

  /**
   * @param {string} part
   * @param {string} text
   * @param {number} from
   */
  function after(part, text, from) {
    if (from === -1) return -1;
    const at = text.slice(from, from + rules.gap + part.length).indexOf(part);
    return at === -1 ? -1 : from + at + part.length;
  }

  /**
   * @param {Row} row
   * @param {Signals} signals
   */
  function rank(row, signals) {
    const keys = conditions(row);
    const tier = Math.max(...keys.map((key) => rules.tiers.indexOf(key)));
    const isOwn = tier > 0 && row.provider !== undefined && signals.proven.has(row.provider);
    return [Number(isOwn), tier, keys.length, (row.phrase ?? []).join("").length];
  }

  /**
   * The entry of a candidate, with the words of the provider whose signature matched.
   *
   * @param {Candidate} candidate
   */
  function entryOf({ id, evidence }) {
    return doctor.entryFor(id, evidence.provider ?? rules.default);
  }

  /**
   * @param {number[]} one
   * @param {number[]} other
   */
  function compare(one, other) {
    const at = one.findIndex((value, index) => value !== other[index]);
    return at === -1 ? 0 : one[at] - other[at];
  }

  /**
   * The strongest kind of evidence of a candidate.
   *
   * @param {Candidate} candidate
   */
  function tier(candidate) {
    return rules.tiers[candidate.rank[1]];
  }

  /**
   * @param {Candidate} candidate
   * @param {Signals} signals
   */
  function isMeaningless(candidate, signals) {
    const kind = tier(candidate);
    if (kind === "status") return signals.foreign || signals.elsewhere;
    const { family } = entryOf(candidate);
    if (kind === "phrase" && family === "server") return signals.foreign || signals.elsewhere;
    if (kind === "code" || !signals.foreign) return false;
    if (kind === "type") return rules.shared_types.includes(candidate.evidence.type ?? "");
    return rules.shared.includes(family);
  }

  /** @param {Candidate[]} found */
  function unexplained(found) {
    const beaten = new Set(found.flatMap((candidate) => entryOf(candidate).beats ?? []));
    const free = found.filter(({ id }) => !beaten.has(id));
    const left = free.length ? free : found;
    const specific = left.filter((candidate) => !entryOf(candidate).generic);
    if (specific.length && specific.every(isSpeed)) {
      return left.filter((one) => specific.includes(one) || (tier(one) === "code" && isMoney(one)));
    }
    if (specific.length) return specific;
    // who refused was reached, so what says no more than that there was no connection is no root
    const answered = left.filter((candidate) => rules.refusing.includes(entryOf(candidate).family));
    return answered.length ? answered : left;
  }

  Object.assign(doctor, { makeTable: table, candidates, findPhrase, tier, entryOf });
})();
