"use strict";
// The policy of a page with the explainer allows no connection, not even to its own site.  The index
// of the search, which the theme would ask for, comes as a script instead, once the search is used.
{
  const FIELD = "[data-md-component=search-query]";

  const used = new Promise((resolve) => {
    if (new URLSearchParams(location.search).has("q")) resolve();
    addEventListener("focusin", (event) => event.target.matches(FIELD) && resolve());
  });

  window.XMLHttpRequest = class extends XMLHttpRequest {
    open(method, address, ...more) {
      super.open(method, address, ...more);
      this.index = /search_index\.json$/.test(address) ? `${address}` : null;
    }

    get status() {
      return this.index ? 200 : super.status;
    }

    get response() {
      return this.index ? { text: async () => JSON.stringify(__index) } : super.response;
    }

    send(body) {
      if (!this.index) return super.send(body);
      const script = document.createElement("script");
      script.src = this.index.replace(/json$/, "js");
      script.addEventListener("load", () => this.dispatchEvent(new Event("load")));
      used.then(() => document.head.append(script));
    }
  };
}
