// A text as events: codegpt_doctor/classify/events.py, blocks.py, hosts.py and whose.py for the browser.
"use strict";
(() => {
  const doctor = globalThis.codegptDoctor;
  const rules = doctor.compiled(doctor.rules.events);
  const named = doctor.compiled(doctor.rules.hosts);
  // how hosts are named, telling where the groups of a pattern are
  const asking = [named.host, named.bare, named.of_apis, ...named.sites_of_pages].map(
    ({ source, flags }) => new RegExp(source, `${flags}d`),
  );
  const apis = new Map(Object.entries(named.apis));
  const sites = new Map(Object.entries(named.sites));
  const ports = new Map(Object.entries(named.ports).map(([port, provider]) => [Number(port), provider]));

  /**
   * Take a text apart: its pieces, whose each is, and how much of it counts.
   *
   * @param {string} text
   * @returns {DoctorEvent[]}
   */
  function read(text) {
    let said = withoutPrefixes(doctor.normalize(text));
    if (isExplanation(said)) return [];
    for (const pattern of rules.removed) said = said.replace(pattern, addresses);
    return events(said);
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
   * The addresses in what is taken out: they tell whose the rest of the piece is.
   *
   * @param {string} found
   */
  function addresses(found) {
    return (found.match(rules.address) ?? []).join(" ");
  }

  /**
   * @param {string} text
   * @returns {DoctorEvent[]}
   */
  function events(text) {
    const places = blocks(text);
    const starts = places.map(([start]) => start);
    /** @type {Host[][]} */
    const found = places.map(() => []);
    for (const host of hosts(text)) found[numberOf(starts, host.start)]?.push(host);
    const marks = found.map((all) => /** @type {Set<string>} */ (new Set(all.map(markOf).filter(Boolean))));
    for (const [mark, pattern] of rules.marks) {
      for (const { index } of text.matchAll(pattern)) marks[numberOf(starts, index)]?.add(mark);
    }
    places.forEach(([start, end], at) => {
      const words = text.slice(start, end);
      if (isSource(words)) marks[at].add("source");
      if (marks[at].has("elsewhere") && has(rules.own, words)) marks[at].add("own");
    });
    const verdicts = marks.map(verdict);
    const beside = inherited(new Set(verdicts));
    return places.map(([start, end], at) => ({
      text: text.slice(start, end),
      hosts: found[at],
      counts: verdicts[at] ?? beside,
    }));
  }

  /**
   * Where the pieces of a text are that were printed as one: start and end of each.
   *
   * @param {string} text
   */
  function blocks(text) {
    /** @type {[number, number][]} */
    const found = [];
    let [at, afterGap, inChain] = [0, true, false];
    for (const line of text.split("\n")) {
      const end = at + line.length;
      if (line.trim()) {
        const last = found[found.length - 1];
        if (!last || begins(line, afterGap, inChain)) found.push([at, end]);
        else last[1] = end;
        inChain = has(rules.blocks.chain, line);
        afterGap = false;
      } else afterGap = true;
      at = end + 1;
    }
    return found;
  }

  /**
   * @param {string} line
   * @param {boolean} afterGap
   * @param {boolean} inChain
   */
  function begins(line, afterGap, inChain) {
    if (inChain) return false;
    return has(rules.blocks.first, line) || (afterGap && !has(rules.blocks.rest, line));
  }

  /**
   * The number of the piece that a place is in.
   *
   * @param {number[]} starts
   * @param {number} at
   */
  function numberOf(starts, at) {
    let [low, high] = [0, starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= at) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low - 1);
  }

  /**
   * The mark that a host gives to its piece, if it gives one.
   *
   * @param {Host} host
   */
  function markOf({ whose, provider, port, hasPath }) {
    const isKnown = whose === "provider" || whose === "site";
    if (!isKnown && port !== null && named.other_ports.includes(port)) return "program";
    if (isKnown || whose === "llm" || whose === "other") return whose;
    if (provider) return "server";
    if (whose === "own" && port !== null && named.dev_ports.includes(port)) return "development";
    return hasPath ? "page" : "";
  }

  /** @param {string} text */
  function isSource(text) {
    const lines = text.split("\n").filter((line) => line.trim());
    const ends = rules.body_starts.includes(lines[0].trim()) && rules.body_ends.includes(lines[lines.length - 1].trim());
    if (ends && lines.some((line) => has(rules.error_field, line))) return false;
    const looking = lines.filter((line) => has(rules.look, line)).length;
    return looking > lines.length * rules.min_source && !lines.some((line) => has(rules.run, line));
  }

  /**
   * How much counts of a piece with such marks; null where they say nothing.
   *
   * @param {Set<string>} marks
   */
  function verdict(marks) {
    const row = rules.verdicts.find(([has]) => has.every((mark) => marks.has(mark)));
    return row ? row[1] : null;
  }

  /**
   * How much counts of a piece without marks, by what counts of the others.
   *
   * @param {Set<number | null>} counts
   */
  function inherited(counts) {
    const { nothing, codes, no_status, all, llm } = rules.counts;
    if (counts.has(llm)) return llm;
    if (counts.has(all)) return all;
    if (counts.has(nothing) || counts.has(codes)) return codes;
    return counts.has(no_status) ? no_status : all;
  }

  /**
   * The hosts that a text names, but for those of proxies and those that it only links to.
   *
   * @param {string} text
   */
  function hosts(text) {
    const ends = new Set();
    const found = [];
    for (const pattern of asking) {
      for (const match of text.matchAll(pattern)) {
        const [start, end] = /** @type {any} */ (match).indices[1];
        if (ends.has(end)) continue;
        ends.add(end);
        const host = hostOf(match, start, text);
        if (host) found.push(host);
      }
    }
    return found;
  }

  /**
   * @param {RegExpMatchArray} match
   * @param {number} start
   * @param {string} text
   * @returns {Host | null}
   */
  function hostOf(match, start, text) {
    const name = match[1].toLowerCase().replace(/^[[\]]+|[[\]]+$/g, "").replace(/\.+$/, "");
    const port = match[2] ? Number(match[2]) : null;
    const path = match[3] ?? "";
    const of = (/** @type {string} */ whose, /** @type {string | null} */ provider = null, hasPath = false) => ({
      start,
      name,
      port,
      whose,
      provider,
      hasPath,
    });
    const [provider, isApi] = providerOf(name);
    if (provider) return of(isApi ? "provider" : "site", provider);
    const before = text.slice(Math.max(0, start - named.max_before), start);
    const line = before.slice(before.lastIndexOf("\n") + 1);
    if (name.includes("proxy") || has(named.proxy, line)) return null;
    const [first, last] = named.codegpt_ports;
    if ((port !== null && port >= first && port < last) || has(named.codegpt, name)) return of("llm");
    const local = ports.get(port ?? 0);
    if (local) return of("own", local);
    const isLlm = has(named.llm_path, path);
    const isAddress = match[0].includes("://");
    if (has(named.own, name)) {
      if (!/[.:]/.test(name) && port === null && !isAddress) return name === "localhost" ? of("own") : null;
      const isPage = path.length > 1 && (isAddress || match[0].includes(" url: "));
      return of(isLlm ? "llm" : "own", null, isPage || match[3] === "");
    }
    const asked = line.slice(0, line.lastIndexOf("://") - 5);
    if (isLlm || (isAddress && has(named.base, asked))) return of("llm");
    if (has(named.numeric, name)) return of("address");
    if (!name.includes(".") || has(named.help, name)) return null;
    const isLink = isAddress && has(named.see, asked);
    return isLink ? null : of("other");
  }

  /**
   * The provider of a host, and whether the host is its API.
   *
   * @param {string} name
   * @returns {[string | undefined, boolean]}
   */
  function providerOf(name) {
    const api = apis.get(name);
    if (api) return [api, true];
    for (const [start, end, provider] of named.parts) {
      if (name.startsWith(start) && name.endsWith(end)) return [provider, true];
    }
    return [sites.get(name), false];
  }

  /**
   * @param {RegExp} pattern
   * @param {string} text
   */
  function has(pattern, text) {
    return text.search(pattern) !== -1;
  }

  Object.assign(doctor, { read });
})();
