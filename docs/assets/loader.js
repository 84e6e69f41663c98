// Loads the explainer, when somebody is about to use its box or the search.
"use strict";
(() => {
  const doctor = (globalThis.codegptDoctor ??= {});
  const site = new URL("../", document.currentScript.src);
  const isHere = (name) => document.querySelector(`script[src$="explain/${name}.js"]`) !== null;
  const names = document.querySelector("[data-scripts]").dataset.scripts.split(" ").filter((name) => !isHere(name));
  let loading = null;

  /** Load a script of the site; they run in the order in which they are asked for. */
  doctor.script = (path) =>
    new Promise((resolve, reject) => {
      const element = Object.assign(document.createElement("script"), { onload: resolve, onerror: reject, async: false });
      element.src = `${new URL(path, site)}`;
      document.head.append(element);
    });

  /** Load the explainer with its data, once, and take it into use. */
  doctor.load = () => {
    const loaded = () => Promise.all([...names, "data"].map((name) => doctor.script(`assets/explain/${name}.js`)));
    loading ??= loaded().then(() => doctor.use(doctor.data));
    return loading;
  };
})();
