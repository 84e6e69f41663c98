// What a text says, taken apart: codegpt_doctor/classify/signals.py for the browser, with its patterns.
"use strict";
(() => {
  const doctor = globalThis.codegptDoctor;
  const rules = doctor.compiled(doctor.rules.signals);

  /**
   * The text without colors, control characters, escapes and hard line wraps.
   *
   * @param {string} text
   */
  function normalize(text) {
    text = text.replace(/[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]/g, " ");
    if (text.length > rules.max) {
      text = `${text.slice(0, rules.max / 4)}\n${text.slice(1 - (3 * rules.max) / 4)}`;
    }
    text = unwrap(plain(text));
    for (let round = 0; round < rules.rounds; round++) {
      const unescaped = plain(withoutEntities(text.replace(rules.escape, unescape)));
      if (unescaped === text) break;
      text = unescaped;
    }
    return unwrap(text);
  }

  /** @param {string} text */
  function plain(text) {
    return text
      .replace(/\r\n?/g, "\n")
      .replace(rules.ansi, "")
      .replace(rules.control, "")
      .replace(rules.space, " ");
  }

  /**
   * @param {string} _
   * @param {string} escape
   */
  function unescape(_, escape) {
    if (escape.length === 1) return rules.escapes[escape] ?? escape;
    const code = parseInt(escape.slice(1), 16);
    return code >= 0xd800 && code <= 0xdfff ? " " : String.fromCharCode(code);
  }

  /** @param {string} text */
  function withoutEntities(text) {
    for (const [entity, character] of rules.entities) text = text.replaceAll(entity, character);
    return text;
  }

  /**
   * Join the lines that a program broke at a fixed column, in the middle of words too.
   *
   * Equal lines count once: what was tried again says the same again, and is no wrapped text.
   *
   * @param {string} text
   */
  function unwrap(text) {
    const lines = text.split("\n");
    const width = lines.reduce((most, line) => Math.max(most, line.length), 0);
    const full = new Set(lines.filter((line) => line.length === width));
    if (width < 60 || full.size < (rules.screens.includes(width) ? 1 : 2)) return text;
    const joins = (/** @type {string} */ line, after = "") => line.length === width && !startsRecord(after);
    return lines.map((line, at) => (joins(line, lines[at + 1]) ? line : `${line}\n`)).join("");
  }

  /** @param {string} line */
  function startsRecord(line) {
    return line.search(rules.record) === 0;
  }

  /**
   * The text in lower case without white space; only A to Z have a lower case here.
   *
   * @param {string} text
   */
  function squeeze(text) {
    return text.replace(/\s+/g, "").replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
  }

  /**
   * The signals of a text: see Signals in codegpt_doctor/classify/matching.py.
   *
   * @param {string} text
   * @returns {Signals}
   */
  function textSignals(text) {
    let said = withoutPrefixes(normalize(text));
    if (isSuccess(said) || isExplanation(said)) said = "";
    said = said.replace(rules.not_an_error, "");
    const codes = all(rules.code, said);
    const types = all(rules.type, said);
    const known = has(rules.provider, squeeze(said));
    const packages = has(rules.packages, said) && !said.includes("://api.");
    const foreign = packages || (!known && has(rules.foreign, said));
    const elsewhere = !known && has(rules.elsewhere, said);
    if (foreign && !known) said = ownLines(said);
    const statuses = new Set(
      rules.status.flatMap((pattern) => [...all(pattern, said)].map(Number)),
    );
    const isTable = [...statuses].filter((status) => status >= 400).length > rules.max_statuses;
    return {
      squeezed: squeeze(said),
      codes,
      types,
      names: new Set(said.match(rules.name)),
      statuses: isTable ? new Set() : statuses,
      foreign: foreign || isTable,
      elsewhere,
    };
  }

  /**
   * The text without what a collector of logs put before each of several lines.
   *
   * @param {string} text
   */
  function withoutPrefixes(text) {
    const lines = text.split("\n").filter(Boolean);
    const all = lines.length > 1 && lines.every((line) => line.search(rules.prefix) === 0);
    return all ? text.replace(rules.prefix, "") : text;
  }

  /**
   * Whether it is a page of a manual, or source code without a trace of an error.
   *
   * @param {string} text
   */
  function isExplanation(text) {
    if (has(rules.manual, text)) return true;
    return (text.match(rules.code_line) ?? []).length > rules.max_code && !has(rules.trace, text);
  }

  /**
   * The lines that no other program or service printed.
   *
   * @param {string} text
   */
  function ownLines(text) {
    return text.split("\n").filter((line) => !has(rules.foreign, line)).join("\n");
  }

  /**
   * @param {RegExp} pattern
   * @param {string} text
   */
  function has(pattern, text) {
    return text.search(pattern) !== -1;
  }

  /**
   * @param {RegExp} pattern
   * @param {string} text
   */
  function all(pattern, text) {
    return new Set(Array.from(text.matchAll(pattern), (match) => match[1]));
  }

  /**
   * Whether the text is the whole JSON body of a request that worked, whatever its words say.
   *
   * @param {string} said
   */
  function isSuccess(said) {
    if (!said.trimStart().startsWith("{")) return false;
    try {
      const body = JSON.parse(said);
      const failed = body.object === "error" || rules.unsuccessful.includes(body.status);
      return typeof body.object === "string" && !failed && isEmpty(body.error);
    } catch {
      return false;
    }
  }

  /** @param {unknown} value */
  function isEmpty(value) {
    return !value || (typeof value === "object" && Object.keys(value).length === 0);
  }

  /**
   * The words that a phrase was found in, with what stands around them, on one line.
   *
   * @param {string[]} parts
   * @param {string} text
   */
  function quote(parts, text, most = 160) {
    const said = withoutPrefixes(normalize(text));
    const span = doctor.findPhrase(parts, squeeze(said));
    if (!span) return "";
    const kept = [];
    for (let at = 0; at < said.length; at++) if (!/\s/.test(said[at])) kept.push(at);
    const start = kept[span[0]];
    const end = kept[span[1] - 1] + 1;
    const lineStart = Math.max(said.slice(0, start).lastIndexOf("\n") + 1, start - rules.max_around);
    const lineEnd = said.slice(0, end + rules.max_around).indexOf("\n", end);
    // a key that was cut is not known as one any more, so both sides are scrubbed before
    const before = doctor.scrub(said.slice(lineStart, start)).slice(-most / 2);
    const after = said.slice(start, lineEnd === -1 ? end + rules.max_around : lineEnd);
    return (before + doctor.scrub(after)).trim().replace(/\s+/g, " ").slice(0, most);
  }

  Object.assign(doctor, { textSignals, quote });
})();
