// The little Markdown of the catalogue as elements of a page; text is only ever text.
"use strict";
(() => {
  const doctor = globalThis.codegptDoctor;

  /**
   * An element with attributes and content; text is only ever text.
   *
   * @param {string} name
   * @param {Record<string, string>} attributes
   * @param {(string | Node)[]} content
   */
  function make(name, attributes, ...content) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...content);
    return element;
  }

  /**
   * The little Markdown of the catalogue as nodes.
   *
   * @param {string} markdown
   * @returns {(string | Node)[]}
   */
  function nodes(markdown) {
    const marks = /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*]+)\*|\[([^\]]+)\]\((https:\/\/[^)\s]+)\)/g;
    const found = [];
    let end = 0;
    for (const [all, code, strong, emphasis, title, url, at] of withIndex(markdown, marks)) {
      found.push(markdown.slice(end, at));
      if (code) found.push(make("code", {}, code));
      else if (title) found.push(make("a", { href: url }, ...nodes(title)));
      else found.push(make(strong ? "strong" : "em", {}, ...nodes(strong ?? emphasis)));
      end = at + all.length;
    }
    return [...found, markdown.slice(end)];
  }

  /**
   * @param {string} markdown
   * @param {RegExp} marks
   * @returns {any[][]}
   */
  function withIndex(markdown, marks) {
    return Array.from(markdown.matchAll(marks), (match) => [...match, match.index]);
  }

  /**
   * A step: every second piece is code.
   *
   * @param {string} markdown
   */
  function step(markdown) {
    const pieces = markdown.split("```").map((piece, at) =>
      at % 2 ? [make("pre", {}, make("code", {}, piece))] : nodes(piece),
    );
    return make("li", {}, ...pieces.flat());
  }

  Object.assign(doctor, { make, nodes, step });
})();
