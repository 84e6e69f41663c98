// The explainer of the site without a browser: reads scripts and jobs, writes what it answers.
"use strict";
const { readFileSync } = require("node:fs");
const { runInThisContext } = require("node:vm");

const { scripts, jobs } = JSON.parse(readFileSync(0, "utf8"));
for (const [filename, source] of scripts) runInThisContext(source, { filename });
const doctor = globalThis.codegptDoctor;
doctor.use(doctor.data);

/** What `signalsOf` says of all events, in the order and the form of the tests. */
function signals(text) {
  const heard = doctor.read(text).map((event) => event.text).join("\n");
  const { codes, types, names, statuses, squeezed, foreign } = doctor.signalsOf(heard);
  const words = [codes, types, names].map((all) => [...all].sort());
  return [...words, [...statuses].sort((one, other) => one - other), squeezed, foreign];
}

/** What `read` says, in the form of the tests. */
function events(text) {
  return doctor.read(text).map((event) => [
    event.text,
    event.counts,
    event.hosts.map(({ name, port, whose }) => [name, port, whose]),
  ]);
}

/** The steps of an entry as a provider has them, for who met it in a program. */
function steps([id, provider, program]) {
  return doctor.stepsOf(doctor.entryFor(id, provider), provider, program ?? null);
}

/** Whether the pattern finds something in the text. */
function finds([source, flags, text]) {
  return new RegExp(source, flags).test(text);
}

/** Milliseconds of the processor that a step takes on a text of each of the sizes. */
function times({ step, head, pump, tail, sizes }) {
  const act = stepOf(step);
  act(head + pump.repeat(20) + tail); // what runs first is compiled first
  return sizes.map((size) => {
    const text = head + pump.repeat(Math.max(1, Math.floor(size / pump.length))) + tail;
    const before = process.cpuUsage();
    act(text);
    return process.cpuUsage(before).user / 1000;
  });
}

/** A function of the explainer by its name, or the search for all that one of its patterns finds. */
function stepOf(path) {
  if (path in doctor) return doctor[path];
  const { source, flags } = path.split(".").reduce((value, key) => value[key], { ...doctor.rules, redact: doctor.masks });
  const pattern = new RegExp(source, flags);
  return (text) => text.replace(pattern, "");
}

const ACTS = {
  explain: doctor.explain,
  scrub: doctor.scrub,
  nearest: (text) => doctor.nearest(text),
  signals,
  events,
  steps,
  finds,
  times,
};
const answers = Object.fromEntries(
  Object.entries(jobs).map(([job, given]) => [job, given.map((one) => ACTS[job](one))]),
);
process.stdout.write(JSON.stringify(answers));
