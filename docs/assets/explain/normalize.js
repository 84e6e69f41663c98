// A text without what hides its words: codegpt_doctor/classify/normalize.py and answers.py for the browser.
"use strict";
(() => {
  const doctor = globalThis.codegptDoctor;
  const rules = doctor.compiled(doctor.rules.normalize);
  const parts = doctor.compiled(doctor.rules.answers);
  const failing = new Set(parts.failed);
  const known = new Set(parts.known);

  /**
   * The text without colors, control characters, escapes, hard line wraps and good answers.
   *
   * @param {string} text
   */
  function normalize(text) {
    text = text.replace(/[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]/g, " ");
    text = unwrap(plain(shortened(text)).replace(rules.box, ""));
    for (let round = 0; round < rules.rounds; round++) {
      text = without(text, answers(text));
      const unescaped = plain(withoutEntities(text.replace(rules.glued, "").replace(rules.escape, unescape)));
      if (unescaped === text) break;
      text = unescaped;
    }
    return unwrap(text);
  }

  /**
   * What can tell of a fault in a long text: its ends, and lines that do, with their neighbors.
   *
   * @param {string} text
   */
  function shortened(text) {
    if (text.length <= rules.whole) return text;
    if (text.length > rules.max) {
      text = `${text.slice(0, rules.max / 4)}\n${text.slice(1 - (3 * rules.max) / 4)}`;
    }
    const lines = eachOnce(text.split("\n")).map(bothEnds);
    const telling = lines.map(isTelling);
    const kept = [];
    let left = rules.max_lines;
    for (let at = lines.length - 1; at >= 0 && left >= 0; at--) {
      const isNearEnd = left > rules.max_lines - rules.max_end || at < rules.first_lines;
      if (isNearEnd || telling.slice(Math.max(at - 1, 0), at + 2).some(Boolean)) {
        left -= lines[at].length + 1;
        kept.push(lines[at]);
      }
    }
    return kept.reverse().join("\n");
  }

  /**
   * The lines in order, of those that are alike but for their numbers the last one.
   *
   * @param {string[]} lines
   */
  function eachOnce(lines) {
    const once = new Map(lines.map((line, at) => [line, at]));
    const place = (/** @type {string} */ line) => once.get(line) ?? 0;
    const inOrder = [...once.keys()].sort((one, other) => place(one) - place(other));
    const last = new Map(inOrder.map((line) => [line.replace(rules.number, ""), line]));
    return [...last.values()].sort((one, other) => place(one) - place(other));
  }

  /** @param {string} line */
  function bothEnds(line) {
    if (line.length <= rules.max_line) return line;
    return `${line.slice(0, rules.max_line / 2)} ${line.slice(-rules.max_line / 2)}`;
  }

  /** @param {string} line */
  function isTelling(line) {
    const lowered = line.toLowerCase();
    return rules.telling.some((word) => lowered.includes(word));
  }

  /** @param {string} text */
  function plain(text) {
    return text
      .replace(/\r\n?/g, "\n")
      .replace(rules.ansi, "")
      .replace(rules.control, "")
      .replace(rules.space, " ")
      .replace(rules.typed, (character) => rules.typography[character]);
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
   * Lines that are alike but for their numbers count once: what was tried again says the same again,
   * and is no wrapped text.
   *
   * @param {string} text
   */
  function unwrap(text) {
    const lines = text.split("\n");
    const width = lines.reduce((most, line) => Math.max(most, line.length), 0);
    if (width < 60) return text;
    const full = lines.filter((line) => line.length === width);
    const kinds = new Set(full.map((line) => line.replace(rules.number, "")));
    const isScreen = rules.screens.includes(width);
    if (kinds.size < (isScreen ? 1 : 2)) return text;
    const joins = (/** @type {string} */ line, after = "") =>
      line.length === width && goesOn(line, after, isScreen);
    return lines.map((line, at) => (joins(line, lines[at + 1]) ? line : `${line}\n`)).join("");
  }

  /**
   * Whether the next line is the rest of a full one.
   *
   * @param {string} line
   * @param {string} after
   * @param {boolean} isScreen
   */
  function goesOn(line, after, isScreen) {
    if (begins(rules.record, after) || begins(rules.ruled, line) || begins(rules.ruled, after)) return false;
    const first = firstWord(line);
    if (first && first === firstWord(after)) return false;
    return isScreen || !(begins(rules.sentence, after) && line.search(rules.ends) !== -1);
  }

  /**
   * @param {RegExp} pattern
   * @param {string} line
   */
  function begins(pattern, line) {
    return line.search(pattern) === 0;
  }

  /** @param {string} line */
  function firstWord(line) {
    for (const [, word] of line.matchAll(rules.first_word)) return word;
    return "";
  }

  /**
   * What stands between two brackets.
   *
   * @typedef {{ start: number, end: number, names: Set<string>, within: Set<string>, failed: boolean, parts: Part[] }} Part
   */

  /**
   * @param {number} start
   * @returns {Part}
   */
  function part(start) {
    return { start, end: -1, names: new Set(), within: new Set(), failed: false, parts: [] };
  }

  /**
   * Where the good answers of models stand in a text: start and end of each, in order.
   *
   * @param {string} text
   */
  function answers(text) {
    const found = [];
    const begin = new RegExp(parts.start.source, parts.start.flags);
    for (let start = begin.exec(text); start; start = begin.exec(text)) {
      const last = start.index + start[0].length - 1;
      const whole = objectAt(text, "[(".includes(text[last]) ? last : start.index);
      if (start[1]) whole.names.add(start[1]);
      if (whole.end === -1) {
        found.push(...whole.parts.flatMap(outermost));
        break;
      }
      found.push(...outermost(whole));
      begin.lastIndex = whole.end;
    }
    return found;
  }

  /**
   * The text without what stands at some places, which are in order.
   *
   * @param {string} text
   * @param {[number, number][]} spans
   */
  function without(text, spans) {
    let [left, at] = ["", 0];
    for (const [start, end] of spans) {
      left += text.slice(at, start);
      at = end;
    }
    return left + text.slice(at);
  }

  /**
   * The object that begins at a place, with the objects in it.
   *
   * @param {string} text
   * @param {number} start
   */
  function objectAt(text, start) {
    const whole = part(start);
    const stack = [whole];
    const tokens = new RegExp(parts.token.source, parts.token.flags);
    tokens.lastIndex = start + 1;
    for (let token = tokens.exec(text); token && stack.length; token = tokens.exec(text)) {
      const name = token[1] || token[2] || token[3];
      if (known.has(name)) note(stack[stack.length - 1], name, token[0]);
      else if ("{[(".includes(token[0][0])) {
        const inner = part(token.index);
        stack[stack.length - 1].parts.push(inner);
        stack.push(inner);
      } else if ("}])".includes(token[0][0])) close(stack, token.index + token[0].length);
    }
    return whole;
  }

  /**
   * @param {Part} thing
   * @param {string} name
   * @param {string} token
   */
  function note(thing, name, token) {
    if (!failing.has(name)) thing.names.add(name);
    else if (":=>".includes(token.slice(-1))) thing.failed = true;
  }

  /**
   * @param {Part[]} stack
   * @param {number} end
   */
  function close(stack, end) {
    const closed = /** @type {Part} */ (stack.pop());
    closed.end = end;
    const outer = stack[stack.length - 1];
    if (!outer) return;
    for (const name of [...closed.within, ...closed.names]) outer.within.add(name);
    outer.failed ||= closed.failed;
  }

  /**
   * The outermost objects within one, itself included, that are good answers.
   *
   * @param {Part} thing
   * @returns {[number, number][]}
   */
  function outermost(thing) {
    const waiting = [thing];
    /** @type {[number, number][]} */
    const found = [];
    for (let one = waiting.pop(); one; one = waiting.pop()) {
      if (one.end !== -1 && isAnswer(one)) found.push([one.start, one.end]);
      else waiting.push(...one.parts);
    }
    return found.sort(([one], [other]) => one - other);
  }

  /** @param {Part} thing */
  function isAnswer(thing) {
    const fits = (/** @type {{ fields: string[], within: string[] }} */ { fields, within }) =>
      fields.every((name) => thing.names.has(name)) && within.every((name) => thing.within.has(name));
    return !thing.failed && parts.shapes.some(fits);
  }

  Object.assign(doctor, { normalize });
})();
