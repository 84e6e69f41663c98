// The search of the site without a page: words in, pages out, the best first.
"use strict";
(() => {
  const doctor = (globalThis.codegptDoctor ??= {});
  const STOP = new Set(
    ("the and for are was has have you your with not but can how what why where when does did do is it its " +
      "to of in on at an or as by be my me we us from that this there any all get got need want " +
      "error errors message please de la el los las un una que en con por para mi su es no se como del al " +
      "o os as um uma do da em com meu minha nao me tu te lo").split(" "),
  );
  const CJK = /[\u3040-\u30ff\u3400-\u9fff]+/g;
  const WEIGHT = { keys: 10, title: 8, headings: 4, about: 3, body: 1 };
  const PREFIX = 0.7; // of the weight, where a word of the page only begins with what was typed
  const NEAR = 0.5; // where it differs by one letter
  const MIN_NEAR = 5; // letters of a word that can be misspelled

  /** Words of a text: without accents and endings; of Chinese, each two characters that follow. */
  function words(text) {
    const plain = text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
    const pairs = (plain.match(CJK) ?? []).flatMap((run) =>
      run.length < 2 ? [run] : Array.from({ length: run.length - 1 }, (_, at) => run.slice(at, at + 2)),
    );
    const found = plain.match(/[a-z0-9]+/g) ?? [];
    return [...found.map(stem), ...pairs];
  }

  function stem(word) {
    return word.length > 4 ? word.replace(/(?:ing|ies|ed|es|s)$/, "") : word;
  }

  /** What is asked for: the words that tell something, or all where none does. */
  function termsOf(query) {
    const sentence = query.slice(0, 600).replace(/\S*(?:https?:\/\/|sk-|\*\*|…)\S*/g, " ");
    const plain = sentence.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
    const telling = plain.split(/[^a-z0-9\u3040-\u30ff\u3400-\u9fff]+/).filter((word) => !STOP.has(word));
    const terms = new Set(words(telling.join(" ")).filter((word) => word.length > 1));
    return [...(terms.size ? terms : new Set(words(plain)))];
  }

  /** The index that pages can be searched by. */
  function indexOf(pages) {
    const entries = pages.map((page) => {
      const weights = new Map();
      for (const [field, weight] of Object.entries(WEIGHT)) {
        const text = field === "headings" ? page.headings.map(([, name]) => name).join(" ") : page[field];
        for (const word of words(text ?? "")) {
          weights.set(word, Math.max(weights.get(word) ?? 0, weight));
        }
      }
      return { page, weights };
    });
    const frequency = new Map();
    for (const { weights } of entries) {
      for (const word of weights.keys()) frequency.set(word, (frequency.get(word) ?? 0) + 1);
    }
    return { entries, frequency, vocabulary: [...frequency.keys()] };
  }

  /** The words of the site that a term can be, with how much each of them counts. */
  function meant(term, { frequency, vocabulary }, isLast) {
    const found = new Map(frequency.has(term) ? [[term, 1]] : []);
    if (isLast && term.length > 1) {
      for (const word of vocabulary) if (word !== term && word.startsWith(term)) found.set(word, PREFIX);
    }
    if (!found.size && term.length >= MIN_NEAR) {
      for (const word of vocabulary) if (isNear(term, word)) found.set(word, NEAR);
    }
    return found;
  }

  /** Whether two words differ by one letter, or by two that changed places. */
  function isNear(one, other) {
    if (Math.abs(one.length - other.length) > 1) return false;
    let start = 0;
    while (start < one.length && one[start] === other[start]) start++;
    const [left, right] = [one.slice(start), other.slice(start)];
    const swapped = left[0] === right[1] && left[1] === right[0] && left.slice(2) === right.slice(2);
    return (
      swapped ||
      left.slice(1) === right.slice(1) ||
      left.slice(1) === right ||
      left === right.slice(1)
    );
  }

  /**
   * The pages that fit a query, the best first: each a page with the heading that fits, if one does.
   *
   * A page that has all of the words goes before one that has some of them.
   */
  function find(query, index, most = 10) {
    const terms = termsOf(query);
    if (!terms.length) return [];
    const choices = terms.map((term, at) => meant(term, index, at === terms.length - 1));
    const total = index.entries.length;
    const rarity = (word) => Math.log(1 + total / index.frequency.get(word));
    const mostRare = terms.map((term) => (index.frequency.has(term) ? rarity(term) : Infinity));
    const hits = [];
    for (const { page, weights } of index.entries) {
      let [score, matched] = [0, 0];
      for (const [at, choice] of choices.entries()) {
        let best = 0;
        for (const [word, share] of choice) {
          const rare = Math.min(rarity(word), mostRare[at]); // a longer word tells no more
          best = Math.max(best, share * rare * (weights.get(word) ?? 0));
        }
        if (best) matched++;
        score += best;
      }
      score *= (matched / terms.length) ** 2 * page.boost;
      if (score) hits.push({ page, score, heading: headingFor(page, terms) });
    }
    return hits.sort((one, other) => other.score - one.score).slice(0, most);
  }

  /** The heading that has all of the terms, where the title has not. */
  function headingFor({ title, headings }, terms) {
    const has = (text) => {
      const said = words(text);
      return terms.every((term) => said.some((word) => word.startsWith(term)));
    };
    return has(title) ? null : (headings.find(([, name]) => has(name)) ?? null);
  }

  /**
   * What an error is, as the first hit; null where nothing is recognized.
   *
   * A bare status is many errors, and leads to the page with the question that decides.
   */
  function explained(query, { entries }) {
    const found = doctor.explain(query);
    if (!found) return null;
    const { id, provider, also } = found;
    const number = query.trim().match(/^(?:error |http |status )*([45]\d\d)$/i)?.[1];
    const status = also.length && entries.find(({ page }) => page.path === `errors/${number}`);
    if (status) return { path: status.page.path, title: status.page.title, about: status.page.about };
    const { title, summary } = doctor.entryFor(id, provider);
    return { path: `errors/${id}`, place: doctor.placeOf(id, provider), title, about: summary, code: id };
  }

  doctor.search = { indexOf, find, explained };
})();
