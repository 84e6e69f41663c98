// Clients from npm, each as a program prints what it catches.
const path = require("node:path");
const installed = path.join(__dirname, "../../../build/clients/");
const load = require("node:module").createRequire(installed);
const [, , name, ...urls] = process.argv;
const [apiKey, timeout] = ["sk-x", 3000];
const body = { model: "gpt-9", messages: [{ role: "user", content: "hi" }] };

const CLIENTS = {
  openai(url) {
    const OpenAI = load("openai");
    return new OpenAI({ baseURL: url, apiKey, timeout, maxRetries: 0 }).chat.completions.create(body);
  },
  axios: (url) => load("axios").post(`${url}/chat/completions`, body, { timeout, proxy: false }),
  superagent: (url) => load("superagent").post(`${url}/chat/completions`).timeout(timeout).send(body),
  langchain(url) {
    const { ChatOpenAI } = load("@langchain/openai");
    const model = new ChatOpenAI({ model: "gpt-9", apiKey, timeout, maxRetries: 0, configuration: { baseURL: url } });
    return model.invoke("hi");
  },
  ai(url) {
    const model = load("@ai-sdk/openai").createOpenAI({ baseURL: url, apiKey }).chat("gpt-9");
    return load("ai").generateText({ model, prompt: "hi", maxRetries: 0, abortSignal: AbortSignal.timeout(timeout) });
  },
};

(async () => {
  for (const url of urls) {
    try {
      await CLIENTS[name](url);
    } catch (error) {
      console.log(error);
    }
    console.log("\x1e");
  }
})();
