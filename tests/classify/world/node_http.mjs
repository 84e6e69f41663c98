import http from "node:http";
const ask = (url) =>
  new Promise((resolve, reject) => {
    const request = http.request(`${url}/chat/completions`, { method: "POST", timeout: 3000 }, (response) => {
      let text = "";
      response.on("data", (piece) => (text += piece)).on("error", reject);
      response.on("end", () => resolve({ status: response.statusCode, data: text }));
    });
    request.on("timeout", () => request.destroy(new Error("timeout of 3000ms exceeded"))).on("error", reject);
    request.end('{"model": "gpt-9"}');
  });
for (const url of process.argv.slice(2)) {
  try {
    console.log("LLM call failed", await ask(url));
  } catch (error) {
    console.log("LLM call failed", error);
  }
  console.log("\x1e");
}
