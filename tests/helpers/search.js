// The search of the site without a browser: reads scripts and queries, writes the paths that it finds.
"use strict";
const { readFileSync } = require("node:fs");
const { runInThisContext } = require("node:vm");

const { scripts, queries } = JSON.parse(readFileSync(0, "utf8"));
for (const [filename, source] of scripts) runInThisContext(source, { filename });
const doctor = globalThis.codegptDoctor;
doctor.use(doctor.data);
const index = doctor.search.indexOf(doctor.pages, doctor.synonyms);

/** What the box shows first: what an error is, then the pages. */
function found(query) {
  const hits = doctor.search.find(query, index).map(({ page }) => page.path);
  const explained = doctor.search.explained(query, index);
  return [...new Set(explained ? [explained.path, ...hits] : hits)];
}

process.stdout.write(JSON.stringify(queries.map((query) => found(query).slice(0, 6))));
