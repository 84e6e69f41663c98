// Reads texts for nobody, so that nobody waits for the first one.
"use strict";
(() => {
  const doctor = globalThis.codegptDoctor;
  const ROUNDS = 2; // a browser compiles what is used again
  const WIDE = "\u2026"; // and patterns once more for texts of two bytes a character
  const UNKNOWN = "OpenAI, https://llm.example/v1: it failed";
  const LOG = [
    "2026-01-01 12:00:00 INFO GET https://api.github.com/user HTTP/1.1 200",
    "2026-01-01 12:00:01 ERROR POST https://api.openai.com/v1/chat/completions: HTTP 429",
    "Traceback (most recent call last):",
    '  File "chat.py", line 1, in <module>',
    "ConnectionError: timed out",
  ].join("\n");
  const BODY = '{"error": {"code": 401, "message": "Incorrect API key provided", "status": "UNAUTHENTICATED"}}';

  /**
   * Answer texts of all kinds, one at a time, so that the page never stops.
   *
   * @param {string[]} texts
   * @param {(explanation: Explanation) => void} draw
   */
  async function warmUp(texts, draw) {
    const kinds = [...texts, UNKNOWN, LOG, BODY].flatMap((text) => [text, text + WIDE]);
    for (let round = 0; round < ROUNDS; round++) {
      for (const text of kinds) {
        await new Promise((resolve) => setTimeout(resolve));
        const explanation = doctor.explain(doctor.scrub(text));
        if (explanation) draw(explanation);
        else doctor.nearest(text);
      }
    }
  }

  Object.assign(doctor, { warmUp });
})();
