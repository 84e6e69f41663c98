"use strict";
// Conveniences; the pages say the same without them.

// A button that copies a code block.
function addCopyButton(code) {
  const text = code.textContent.trimEnd();
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "Copy";
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Not allowed";
    }
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  });
  code.prepend(button);
}

if (navigator.clipboard) {
  (globalThis.codegptDoctor ??= {}).addCopyButton = addCopyButton; // its answers come later
  document.querySelectorAll(".md-typeset pre > code").forEach(addCopyButton);
}

// The filter by HTTP status of the list of errors; ?status=429 in the address chooses one.
function addFilter(title) {
  const article = title.closest("article");
  const families = [...article.querySelectorAll("h2")];
  const tables = [...article.querySelectorAll("table")];
  const rows = tables.flatMap((table) => [...table.tBodies[0].rows]);
  const statuses = (row) => row.cells[1].textContent.trim().split(", ");
  const found = [...new Set(rows.flatMap(statuses))].sort();
  const count = document.createElement("output");
  const about = document.createElement("a");

  const show = (status) => {
    for (const row of rows) row.hidden = status !== "all" && !statuses(row).includes(status);
    tables.forEach((table, at) => {
      const empty = [...table.tBodies[0].rows].every((row) => row.hidden);
      (table.closest(".md-typeset__scrollwrap") ?? table).hidden = families[at].hidden = empty;
    });
    about.hidden = status === "all" || status === "none";
    about.href = location.pathname.endsWith(".html") ? `${status}.html` : `${status}/`;
    about.textContent = `${status}: which one is it?`;
    count.textContent = `${rows.filter((row) => !row.hidden).length} of ${rows.length} errors`;
  };

  const filter = document.createElement("label");
  const select = document.createElement("select");
  filter.className = "filter";
  for (const status of ["all", ...found]) select.add(new Option(status, status));
  const wanted = new URLSearchParams(location.search).get("status");
  select.value = found.includes(wanted) ? wanted : "all";
  select.addEventListener("change", () => {
    show(select.value);
    const query = select.value === "all" ? "" : `?status=${select.value}`;
    history.replaceState(null, "", location.pathname + query);
  });
  filter.append("HTTP status ", select, count);
  families[0].before(filter, about);
  show(select.value);
}

const title = document.querySelector("h1.error-list");
if (title) addFilter(title);

// What a link leads to is open, though it is in a part that is closed at first.
function openLinked() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const closed = target?.closest("details");
  if (!closed || closed.open) return;
  closed.open = true;
  target.scrollIntoView();
}
addEventListener("hashchange", openLinked);
openLinked();
