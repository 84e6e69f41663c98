// What a text says, taken apart: codegpt_doctor/classify/signals.py and speaking.py for the browser.
"use strict";
(() => {
  const doctor = globalThis.codegptDoctor;
  const rules = doctor.compiled(doctor.rules.signals);
  const heard = doctor.compiled(doctor.rules.speaking);

  /**
   * The text in lower case without white space; only A to Z have a lower case here, and all
   * quotation marks are alike.
   *
   * @param {string} text
   */
  function squeeze(text) {
    const squeezed = text.replace(/\s+/g, "").replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
    return squeezed.replace(/['\u2018\u2019\u201c\u201d]/g, '"');
  }

  /**
   * The signals of the words of events: see Signals in codegpt_doctor/classify/matching.py.
   *
   * @param {string} text
   * @returns {Signals}
   */
  function signalsOf(text) {
    const statuses = new Set(
      rules.status.flatMap((pattern) => [...all(pattern, text)].map(Number)),
    );
    const isTable = [...statuses].filter((status) => status >= 400).length > rules.max_statuses;
    return {
      squeezed: squeeze(text),
      codes: all(rules.code, text),
      types: all(rules.type, text),
      names: new Set(text.match(rules.name)),
      statuses: isTable ? new Set() : statuses,
      foreign: isTable,
      elsewhere: false,
      proven: new Set(),
    };
  }

  /**
   * The statuses in the words of a client of LLMs, where no stricter form of one is.
   *
   * @param {string} text
   */
  function nearClients(text) {
    const numbers = rules.near_clients.flatMap((pattern) => [...all(pattern, text)].map(Number));
    const words = [...all(rules.words, text)].map((reason) => rules.reasons[reason.toLowerCase()]);
    const found = new Set([...numbers, ...words]);
    return found.size > rules.max_statuses ? new Set() : found;
  }

  /**
   * @param {RegExp} pattern
   * @param {string} text
   */
  function all(pattern, text) {
    return new Set(Array.from(text.matchAll(pattern), (match) => match[1]));
  }

  /**
   * The words of a text that a phrase was found in, with what stands around them, on one line.
   *
   * @param {string[]} parts
   * @param {string} text
   */
  function quote(parts, text, most = 160) {
    const span = doctor.findPhrase(parts, squeeze(text));
    if (!span) return "";
    const kept = [];
    for (let at = 0; at < text.length; at++) if (!/\s/.test(text[at])) kept.push(at);
    const start = kept[span[0]];
    const end = kept[span[1] - 1] + 1;
    const lineStart = Math.max(text.slice(0, start).lastIndexOf("\n") + 1, start - rules.max_around);
    const lineEnd = text.slice(0, end + rules.max_around).indexOf("\n", end);
    // a key that was cut is not known as one any more, so both sides are scrubbed before
    const before = fromAWord(doctor.scrub(text.slice(lineStart, start)), most / 2);
    const after = text.slice(start, lineEnd === -1 ? end + rules.max_around : lineEnd);
    return (before + doctor.scrub(after)).trim().replace(/\s+/g, " ").slice(0, most);
  }

  /**
   * The end of a text, which begins with a word where it is cut.
   *
   * @param {string} text
   * @param {number} most
   */
  function fromAWord(text, most) {
    if (text.length <= most) return text;
    const cut = text.slice(-most);
    return text[text.length - most - 1] === " " ? cut : cut.slice(cut.indexOf(" ") + 1);
  }

  /**
   * The providers of what was heard: its words, and the events that count.
   *
   * @param {string} text
   * @param {DoctorEvent[]} events
   * @returns {Speaking}
   */
  function speakingIn(text, events) {
    const counting = events.filter(({ counts }) => counts);
    const failing = counting.filter((event) => event.text.search(heard.went_well) === -1);
    const found = failing.flatMap((event) => event.hosts);
    const hosts = found.length ? found : counting.flatMap((event) => event.hosts);
    const of = (/** @type {string} */ whose) =>
      hosts.flatMap((host) => (host.whose === whose && host.provider ? [host.provider] : []));
    const ends = text.length > heard.max ? `${text.slice(0, heard.max / 2)}\n${text.slice(-heard.max / 2)}` : text;
    const voices = heard.voices.filter(([, , pattern]) => ends.search(pattern) !== -1);
    const own = voices.filter(([, strength]) => strength === heard.proven).map(([provider]) => provider);
    const asked = new Set(of("provider"));
    const isCustom = !asked.size && hosts.some((host) => host.whose === "llm" || isServer(host));
    const proven = new Set([...own, ...of("site")]);
    if (isCustom) proven.delete(heard.default);
    return {
      asked,
      proven: proven.size ? proven : new Set(of("own")),
      named: new Set(voices.map(([provider]) => provider)),
      isCustom,
    };
  }

  /**
   * Whether it is a server of the user's own, and no proxy or other name of a public host.
   *
   * @param {Host} host
   */
  function isServer({ whose, port }) {
    return whose === "own" && !heard.public_ports.includes(port);
  }

  /**
   * Those whose words they are; none where nothing tells.
   *
   * @param {Speaking} speaking
   */
  function ownOf({ asked, proven, isCustom }) {
    if (asked.size) return asked;
    if (proven.size) return proven;
    return new Set(isCustom ? [heard.nobody] : []);
  }

  /**
   * The provider whose steps help, by whose signature matched.
   *
   * @param {Speaking} speaking
   * @param {string | undefined} whoseSignature
   * @returns {string | null}
   */
  function providerIn(speaking, whoseSignature) {
    const own = ownOf(speaking);
    if (own.size) return whoseSignature && own.has(whoseSignature) ? whoseSignature : only(own);
    const others = new Set(speaking.named);
    others.delete(heard.default);
    return whoseSignature ?? only(others) ?? only(speaking.named);
  }

  /** @param {Set<string>} ids */
  function only(ids) {
    const [first] = ids;
    return ids.size === 1 ? first : null;
  }

  Object.assign(doctor, { signalsOf, nearClients, squeeze, quote, speakingIn, ownOf, providerIn });
})();
