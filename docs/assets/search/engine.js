// The search of the site without a page: words in, pages out, the best first.
"use strict";
(() => {
  const doctor = (globalThis.codegptDoctor ??= {});
  const STOP = new Set(
    ("the and for are was has have you your with not but can how what why where when does did do is it its " +
      "to of in on at an or as by be my me we us from that this there any all get got need want " +
      "error errors message please de la el los las un una que en con por para mi su es no se como del al " +
      "o os as um uma do da em com meu minha nao me tu te lo he sin sem has hay esta ja " +
      "too very still just again muy muito mas se queda me fica").split(" "),
  );
  const CJK = /[\u3040-\u30ff\u3400-\u9fff]+/g;
  const WEIGHT = { keys: 10, title: 8, headings: 4, about: 3, body: 1 };
  const PREFIX = 0.7; // of the weight, where a word of the page only begins with what was typed
  const NEAR = 0.5; // where it differs by one letter
  const SAME = 0.9; // where it is another word for what was typed
  const MENTIONED = 0.6; // of a word, where only the text has it
  const MIN_NEAR = 5; // letters of a word that can be misspelled

  /** Words of a text: without accents and endings; of Chinese, each two characters that follow. */
  function words(text) {
    const said = plain(text);
    const pairs = (said.match(CJK) ?? []).flatMap((run) =>
      run.length < 2 ? [run] : Array.from({ length: run.length - 1 }, (_, at) => run.slice(at, at + 2)),
    );
    const found = said.match(/[a-z0-9]+/g) ?? [];
    return [...found.map(stem), ...pairs];
  }

  /** A text in small letters without accents. */
  function plain(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  }

  function stem(word) {
    if (word.length > 4) return word.replace(/(?:ing|ies|ed|es|s)$/, "");
    return word.length === 4 ? word.replace(/([^s])s$/, "$1") : word;
  }

  /**
   * What is asked for: the words that tell something, or all where none does; each with those that
   * mean the same.
   */
  function termsOf(query, synonyms) {
    const sentence = query.slice(0, 600).replace(/\S*(?:https?:\/\/|sk-\S{12}|\*\*|…)\S*/g, " ");
    const all = parted(sentence, synonyms);
    const telling = all.filter((word) => !STOP.has(plain(word)));
    const terms = new Map((telling.length ? telling : all).map((word) => [word, alike(word, synonyms)]));
    const long = [...terms.values()].filter((term) => term.some((word) => word.length > 1));
    return long.length ? long : [...terms.values()];
  }

  /** The words of a sentence; of Chinese, which has no spaces, those that are known and what is between. */
  function parted(sentence, { pattern }) {
    const spaced = plain(sentence).replace(CJK, (run) => run.replace(pattern, " $& "));
    return spaced.match(/[a-z0-9]+|[\u3040-\u30ff\u3400-\u9fff]+/g) ?? [];
  }

  /** A word as the index has it, and what means the same. */
  function alike(word, { meant }) {
    return [...new Set([...words(word), ...(meant.get(word) ?? meant.get(stem(word)) ?? [])])];
  }

  /** The words that mean the same, and a pattern for those without spaces between them. */
  function synonymsOf(found) {
    const known = Object.entries(found).map(([word, meant]) => [plain(word), meant.map(stem)]);
    const runs = known.map(([word]) => word).filter((word) => word.match(CJK));
    const longest = runs.sort((one, other) => other.length - one.length);
    return {
      meant: new Map(known.flatMap(([word, meant]) => [[stem(word), meant], [word, meant]])),
      pattern: new RegExp(longest.join("|"), "g"),
    };
  }

  /** The index that pages can be searched by, with the words that mean the same. */
  function indexOf(pages, synonyms) {
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
    return { entries, frequency, vocabulary: [...frequency.keys()], synonyms: synonymsOf(synonyms) };
  }

  /** The words of the site that a term can be, with how much each of them counts. */
  function meant([term, ...same], { frequency, vocabulary }, isLast) {
    const found = new Map(same.filter((word) => frequency.has(word)).map((word) => [word, SAME]));
    if (frequency.has(term)) found.set(term, 1);
    if (isLast && term.length > 1) {
      for (const word of vocabulary) if (!found.has(word) && word.startsWith(term)) found.set(word, PREFIX);
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
   * A page that has all of the words goes before one that has some of them, and what is named in a
   * title, a heading or a key before what is only mentioned.
   */
  function find(query, index, most = 10) {
    const terms = termsOf(query, index.synonyms);
    if (!terms.length) return [];
    const choices = terms.map((term, at) => choiceOf(term, index, at === terms.length - 1));
    const hits = [];
    for (const { page, weights } of index.entries) {
      let [score, matched] = [0, 0];
      for (const choice of choices) {
        const best = bestOf(choice, weights);
        score += best.score;
        matched += !best.score ? 0 : best.weight >= WEIGHT.about ? 1 : MENTIONED;
      }
      score *= (matched / terms.length) ** 2 * page.boost;
      if (score) hits.push({ page, score, heading: headingFor(page, terms) });
    }
    return hits.sort((one, other) => other.score - one.score).slice(0, most);
  }

  /** What a term can be, with how much each word tells: no more than the term itself does. */
  function choiceOf(term, index, isLast) {
    const rarity = (word) => Math.log(1 + index.entries.length / index.frequency.get(word));
    const most = Math.min(...term.filter((word) => index.frequency.has(word)).map(rarity));
    return [...meant(term, index, isLast)].map(([word, share]) => [word, share * Math.min(rarity(word), most)]);
  }

  /** How well a page has what a term can be. */
  function bestOf(choice, weights) {
    let best = { score: 0, weight: 0 };
    for (const [word, tells] of choice) {
      const weight = weights.get(word) ?? 0;
      if (tells * weight > best.score) best = { score: tells * weight, weight };
    }
    return best;
  }

  /** The heading that has all of the terms, where the title has not. */
  function headingFor({ title, headings }, terms) {
    const has = (text) => {
      const said = words(text);
      return terms.every((term) => said.some((word) => term.some((one) => word.startsWith(one))));
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
