// The box of the search: loads what it needs when it is used, and shows what an error is first.
"use strict";
(() => {
  const box = document.querySelector("[data-search]");
  if (!box) return;
  const doctor = (globalThis.codegptDoctor ??= {});
  const site = new URL("../../", document.currentScript.src);
  const { end } = box.dataset;
  const input = box.querySelector("input");
  const list = box.querySelector("ol");
  const status = box.querySelector("[aria-live]");
  const toggle = document.querySelector("#__search");
  const PAUSE = 300; // ms after which a screen reader is told
  const MAX_WORDS = 12; // beyond which a text is an error, not a search

  const address = (path) => {
    const isFolder = location.protocol === "file:" && (path === "" || path.endsWith("/"));
    return `${new URL(isFolder ? `${path}index.html` : path, site)}`;
  };

  let loading = null;
  /** Load the index and the explainer, once. */
  function load() {
    loading ??= (async () => {
      await Promise.all([doctor.script("assets/search/engine.js"), doctor.script("assets/search/index.js"), doctor.load()]);
      doctor.index = doctor.search.indexOf(doctor.pages, doctor.synonyms);
    })();
    return loading;
  }

  const pageOf = (path) => address(path.endsWith("index") ? path.slice(0, -5) : `${path}${end}`);

  function hitsOf(query) {
    const told = doctor.search.explained(query, doctor.index);
    const first = told ? [{ ...told, href: pageOf(told.path) + (told.place ?? "") }] : [];
    const known = new Set(first.map(({ href }) => href.split("#")[0]));
    const isText = query.trim().split(/\s+/).length > MAX_WORDS && told;
    const found = doctor.search.find(query, doctor.index, isText ? 4 : 10).map(({ page, heading }) => ({
      href: pageOf(page.path) + (heading ? `#${heading[0]}` : ""),
      title: heading ? `${page.title}: ${heading[1]}` : page.title,
      about: page.about,
    }));
    return [...first, ...found.filter(({ href }) => !known.has(href.split("#")[0]))];
  }

  /** Where to go on when nothing is found. */
  const WAYS = [
    ["explain", "Explain an error", "Paste the whole message and read what it means."],
    ["codegpt", "Problems with CodeGPT", "Problems without an error message, most common first."],
    ["errors/index", "All errors", "By subject and by HTTP status."],
  ].map(([path, title, about]) => ({ href: pageOf(path), title, about }));

  function make(name, className, ...content) {
    const element = document.createElement(name);
    element.className = className;
    element.append(...content);
    return element;
  }

  function item({ href, title, about, code }) {
    const heading = make("h2", "", title);
    if (code) heading.append(" ", make("code", "", code));
    const text = make("div", "md-search-result__article md-typeset", heading, make("p", "", about));
    const link = make("a", "md-search-result__link", text);
    link.href = href;
    return make("li", "md-search-result__item", link);
  }

  let timer = 0;
  function say(text) {
    clearTimeout(timer);
    timer = setTimeout(() => { status.textContent = text; }, PAUSE);
  }

  async function show() {
    const query = input.value;
    if (!query.trim()) {
      list.replaceChildren();
      say("Type, or paste an error");
      return;
    }
    try {
      await load();
    } catch {
      say("The search did not load. Reload the page.");
      return;
    }
    if (query !== input.value) return;
    const masked = doctor.scrub(query);
    if (masked !== query) input.value = masked;
    const hits = hitsOf(masked);
    list.replaceChildren(...(hits.length ? hits : WAYS).map(item));
    say(hits.length ? `${hits.length} results` : "Nothing found. These may help:");
  }

  /** Show or hide the results; what is hidden cannot be reached with the keyboard. */
  function open(isOpen) {
    toggle.checked = isOpen;
    box.querySelector(".md-search__output").hidden = !isOpen;
    if (!isOpen && box.contains(document.activeElement)) document.activeElement.blur();
  }

  /** Move the focus among the box and the hits. */
  function move(step) {
    const stops = [input, ...list.querySelectorAll("a")];
    const at = stops.indexOf(document.activeElement);
    stops[(at + step + stops.length) % stops.length].focus();
  }

  input.addEventListener("focus", () => {
    open(true);
    load().catch(() => {});
  });
  input.addEventListener("input", show);
  box.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    list.querySelector("a")?.click();
  });
  box.querySelector("form").addEventListener("reset", () => setTimeout(() => { show(); input.focus(); }));
  toggle.addEventListener("change", () => { if (toggle.checked) input.focus(); else open(false); });
  list.addEventListener("click", () => open(false));
  addEventListener("keydown", (event) => {
    const typing = /^(?:INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName);
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (!toggle.checked && !typing && ["/", "s", "f"].includes(event.key)) {
      event.preventDefault();
      input.focus();
    } else if (toggle.checked && event.key === "Escape") open(false);
    else if (toggle.checked && ["ArrowDown", "ArrowUp"].includes(event.key)) {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    }
  });
  box.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !box.contains(relatedTarget)) open(false);
  });
})();
