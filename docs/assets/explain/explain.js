// The box of the explainer: what is typed or pasted into it is masked and answered at once.
"use strict";
(() => {
  const doctor = globalThis.codegptDoctor;
  const { make, nodes, step } = doctor;
  const found = document.querySelector("[data-explainer]");
  if (!(found instanceof HTMLElement)) return;
  const box = found;
  const { src } = /** @type {HTMLScriptElement} */ (document.currentScript);
  const site = new URL("../../", src);
  const own = address(box.dataset.explainer ?? "");
  const isOwnPage = own.pathname === location.pathname;
  const text = /** @type {HTMLTextAreaElement} */ (part("textarea"));
  const [status, answer] = [part(".explainer-status"), part(".explainer-answer")];
  const MAX_LISTED = 8; // errors of a status
  const PAUSE = 400; // ms after which a screen reader is told, so that not each letter speaks
  const EXAMPLE =
    "openai.RateLimitError: Error code: 429 - {'error': {'message': 'You exceeded your current quota, " +
    "please check your plan and billing details.', 'type': 'insufficient_quota', 'param': None, " +
    "'code': 'insufficient_quota'}}";

  /**
   * A page of the site; a folder without a server has no page for an address that ends in "/".
   *
   * @param {string} path
   */
  function address(path) {
    const isFolder = location.protocol === "file:" && path.endsWith("/");
    return new URL(isFolder ? `${path}index.html` : path, site);
  }

  /**
   * A part of the box, which has it.
   *
   * @param {string} selector
   */
  function part(selector) {
    return /** @type {HTMLElement} */ (box.querySelector(selector));
  }

  /**
   * @param {string} id
   * @param {string | null} provider
   */
  const pageOf = (id, provider = null) =>
    `${address((box.dataset.pages ?? "").replace("{id}", id))}${doctor.placeOf(id, provider)}`;
  /** @param {string} id */
  const answerOf = (id) => `${own}#${id}`;

  /** @type {Promise<void> | null} */
  let loading = null;

  /** Load what reads a text, once. */
  function load() {
    if (!loading) {
      loading = doctor.load();
      loading.then(warmUp, () => say("The explainer did not load. Reload the page."));
    }
    return loading;
  }

  async function warmUp() {
    await doctor.warmUp([EXAMPLE], draw);
    box.dataset.ready = "";
  }

  /**
   * Lay an answer out that is never painted, unless there is one.
   *
   * @param {Explanation} explanation
   */
  function draw(explanation) {
    if (!answer.hidden) return;
    const { first, rest } = content(explanation);
    answer.replaceChildren(...first);
    answer.hidden = false;
    answer.getBoundingClientRect();
    rest();
    answer.hidden = true;
    answer.replaceChildren();
  }

  /**
   * Do what needs the rest of the explainer, now where it is there.
   *
   * @param {() => void} act
   */
  function withData(act) {
    if (doctor.table) act();
    else load().then(act, () => {});
  }

  /** @param {string[]} ids */
  function links(ids) {
    const items = ids.map((id) =>
      make("li", {}, make("a", { href: pageOf(id) }, doctor.entries.get(id).title), " ", make("code", {}, id)),
    );
    return make("ul", {}, ...items);
  }

  /**
   * What is shown of an explanation: up to the first step, and what puts the rest below it.
   *
   * @param {Explanation} explanation
   * @returns {{ first: Node[], rest: () => void }}
   */
  function content({ id, provider, evidence, also, program }) {
    const entry = doctor.entryFor(id, provider);
    const { families, who, retry } = doctor.data;
    if (isStatus(evidence.quote) && also.length) {
      return { first: choice(evidence.quote, [...also, id]), rest: () => {} };
    }
    const heading = make("h2", {}, make("a", { href: pageOf(id, provider) }, entry.title));
    const facts = make("p", { class: "explainer-facts" }, make("code", {}, id), ` · ${families[entry.family]}`);
    const parts = [heading, facts, make("p", {}, ...nodes(entry.summary))];
    if (evidence.origin !== "id") {
      parts.splice(2, 0, make("p", {}, "Recognized by: ", make("code", {}, evidence.quote)));
    }
    parts.push(make("p", {}, make("strong", {}, "Fix"), ` (by ${who[entry.who]}). ${retry[entry.retry]}`));
    const steps = doctor.stepsOf(entry, provider, program);
    const list = make("ol", {}, ...steps.slice(0, 1).map(step));
    return { first: [...parts, list], rest };

    function rest() {
      list.append(...steps.slice(1).map(step));
      if (also.length) answer.append(make("p", {}, "Also possible:"), links(also));
      answer.append(footer(id, provider));
    }
  }

  /** @param {string} quote */
  function isStatus(quote) {
    return /^[45]\d\d$/.test(quote);
  }

  /**
   * What a bare status can be: the question that decides, and the most frequent errors.
   *
   * @param {string} status
   * @param {string[]} ids
   */
  function choice(status, ids) {
    const question = doctor.rules.everyday.questions[status];
    const all = make("a", { href: pageOf(status) }, `All ${ids.length} errors with the status ${status}`);
    return [
      make("h2", {}, `${status} ${question?.reason ?? ""}: which error is it?`.replace(" :", ":")),
      make("p", {}, question?.text ?? "The text of the response decides it."),
      make("p", {}, "Paste the whole message, or compare, most frequent first:"),
      links(ids.slice(0, MAX_LISTED)),
      make("p", {}, all),
    ];
  }

  /**
   * @param {string} id
   * @param {string | null} provider
   */
  function footer(id, provider) {
    const link = make("a", { href: answerOf(id) }, "Link to this answer");
    const paragraph = make("p", { class: "explainer-footer" });
    paragraph.append(make("a", { href: pageOf(id, provider) }, "All about this error"), link);
    if (navigator.clipboard) {
      const copy = make("button", { type: "button" }, "Copy the link");
      copy.addEventListener("click", () =>
        navigator.clipboard.writeText(answerOf(id)).then(() => say("The link is copied.")),
      );
      paragraph.append(copy);
    }
    return paragraph;
  }

  let unfinished = 0;

  /** @param {Explanation} explanation */
  function show(explanation) {
    const { first, rest } = content(explanation);
    answer.dataset.id = explanation.id;
    answer.replaceChildren(...first);
    answer.hidden = false;
    clearTimeout(unfinished);
    unfinished = setTimeout(() => {
      rest(); // nobody waits for that, nor for the address
      answer.querySelectorAll("pre > code").forEach((code) => doctor.addCopyButton?.(code));
      remember(explanation.id);
    });
  }

  /** @param {string} said */
  function showNone(said) {
    const isWord = !/\s/.test(said);
    const near = doctor.nearest(said);
    clearTimeout(unfinished);
    const head = isWord ? "Errors with this word, most frequent first:" : "The closest known errors:";
    answer.dataset.id = "none";
    const listed = near.length ? [make("p", {}, head), links(near)] : [];
    answer.replaceChildren(...listed, ...(said ? ways() : []));
    answer.hidden = !said;
    setTimeout(remember, 0, "");
  }

  /** Where to go on when nothing is recognized. */
  function ways() {
    const end = box.dataset.end ?? "/";
    const issue = "https://github.com/codegpt-doctor/codegpt-doctor/issues/new?title=Not%20recognized%3A%20";
    const items = [
      [`${address(`codegpt${end}`)}`, "Problems with CodeGPT", ", when no error is shown"],
      [`${address("errors/")}`, "All errors", ", by subject and by status"],
      [issue, "Report it", " so that it can be recognized; remove keys and names first"],
    ].map(([href, title, more]) => make("li", {}, make("a", { href }, title), more));
    return [make("p", {}, "You can also look here:"), make("ul", {}, ...items)];
  }

  /**
   * The address of the page names the answer, never the text.
   *
   * @param {string} id
   */
  function remember(id) {
    if (!isOwnPage || location.hash === (id && `#${id}`)) return;
    if (!id && !doctor.resolve(location.hash.slice(1))) return;
    history.replaceState(history.state, "", id ? `#${id}` : location.href.split("#")[0]);
  }

  /** @param {(string | Node)[]} words */
  function say(...words) {
    status.replaceChildren(...words);
  }

  let timer = 0;
  /** @param {(string | Node)[]} words */
  function saySoon(...words) {
    clearTimeout(timer);
    timer = setTimeout(say, PAUSE, ...words);
  }

  /** Mask the keys in the text box, with the caret where it was. */
  function hideKeys() {
    const pasted = text.value;
    const scrubbed = doctor.scrub(pasted);
    if (scrubbed === pasted) return false;
    const caret = doctor.scrub(pasted.slice(0, text.selectionStart)).length;
    text.value = scrubbed;
    text.setSelectionRange(caret, caret);
    return scrubbed !== doctor.clean(pasted);
  }

  function update(isPasted = false) {
    const masked = hideKeys() ? ["A key in the text was masked."] : [];
    if (!doctor.table) say("Loading …");
    withData(() => {
      const explanation = doctor.explain(text.value);
      if (explanation) show(explanation);
      else showNone(text.value.trim());
      say();
      if (isPasted) setTimeout(bringIntoView);
      saySoon(...said(explanation), ...masked);
    });
  }

  /** On a small screen the answer to what was pasted is below it. */
  function bringIntoView() {
    if (answer.hidden || answer.getBoundingClientRect().top < innerHeight / 2) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    status.scrollIntoView({ block: "start", behavior: calm ? "instant" : "smooth" });
  }

  /**
   * The answer in one line; who sees has the title right below.
   *
   * @param {Explanation | null} explanation
   * @returns {(string | Node)[]}
   */
  function said(explanation) {
    if (!text.value.trim()) return [];
    if (!explanation) return ["Not recognized. Paste more: the lines with an error, a code or a status. "];
    const { quote } = explanation.evidence;
    if (isStatus(quote) && explanation.also.length) return [`${quote} alone is not enough to tell. `];
    const start = explanation.confidence === "certain" ? "Recognized" : "Most likely";
    return [start, make("span", { class: "explainer-unseen" }, `: ${titleOf(explanation.id)}`), ". "];
  }

  function showLinked() {
    const word = location.hash.slice(1);
    const id = word ? doctor.resolve(word) : null;
    if (!id) return;
    text.value = "";
    const explanation = doctor.ofWord(word, id);
    show(explanation);
    saySoon("The answer to the link", make("span", { class: "explainer-unseen" }, `: ${titleOf(id)}`), ". ");
    if (isOwnPage) document.title = `${titleOf(id)} - codegpt-doctor`;
  }

  /** @param {string} id */
  function titleOf(id) {
    return doctor.entries.get(id).title;
  }

  /** What an address asks for as `?q=`: into the box, and out of the address. */
  function takeQuery() {
    const asked = new URLSearchParams(location.search).get("q");
    if (!asked) return false;
    history.replaceState(history.state, "", location.pathname + location.hash);
    text.value = asked;
    update();
    return true;
  }

  /** @param {string} value */
  function fill(value) {
    text.value = value;
    update();
    text.focus();
  }

  text.addEventListener("input", (event) => {
    const { isComposing = false, inputType = "" } = /** @type {InputEvent} */ (event);
    if (!isComposing) update(inputType.startsWith("insertFrom"));
  });
  text.addEventListener("compositionend", () => update());
  part("[data-action=example]").addEventListener("click", () => fill(EXAMPLE));
  part("[data-action=clear]").addEventListener("click", () => fill(""));
  addEventListener("hashchange", () => withData(showLinked));
  // until then the loader is not there
  addEventListener("DOMContentLoaded", () => {
    for (const sign of ["focusin", "pointerenter"]) box.addEventListener(sign, load, { once: true });
    if (!takeQuery() && location.hash && (isOwnPage || !document.getElementById(location.hash.slice(1)))) {
      withData(showLinked);
    }
  });
})();
