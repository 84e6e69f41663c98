// Masks what has the shape of a key: codegpt_doctor/redact for the browser.
"use strict";
(() => {
  const doctor = globalThis.codegptDoctor;
  const rules = compiled(doctor.masks);

  /**
   * The rules with their patterns as regular expressions.
   *
   * @param {any} value
   * @returns {any}
   */
  function compiled(value) {
    if (value?.source) return new RegExp(value.source, value.flags);
    if (Array.isArray(value)) return value.map(compiled);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, compiled(item)]));
  }

  /**
   * The prefix of the key's kind and the last four characters.
   *
   * @param {string} value
   */
  function mask(value) {
    const key = value.replace(/^[ "'\n\t]+|[ "'\n\t]+$/g, "");
    const [head = ""] = key.match(rules.head) ?? [];
    return key.length - head.length < 12 ? `${head}…` : `${head}…${key.slice(-4)}`;
  }

  /**
   * The text without colors and control characters.
   *
   * @param {string} text
   */
  function clean(text) {
    return text
      .replace(/\r\n?/g, "\n")
      .replace(rules.ansi, "")
      .replace(rules.surrogate, "\ufffd")
      .replace(rules.control, "");
  }

  /**
   * The text without keys as well.
   *
   * @param {string} text
   */
  function scrub(text) {
    const masked = clean(text)
      .replace(rules.keys, (key) => mask(key))
      .replace(rules.bearer, (_, scheme, space, token) => scheme + space + mask(token));
    const lower = masked.toLowerCase();
    const canStand = (/** @type {string} */ mark) => lower.includes(mark);
    return rules.hidden.reduce(
      (/** @type {string} */ left, /** @type {[RegExp, string[]]} */ [hidden, marks]) =>
        marks.some(canStand) ? left.replace(hidden, "$1…") : left,
      masked,
    );
  }

  Object.assign(doctor, { compiled, clean, scrub });
})();
