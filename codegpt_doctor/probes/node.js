// Sends one request as the extensions of VS Code do, and tells what comes of it, an event a line.
// What to send comes on standard input, since it holds the key; the end of that input ends this.
"use strict";

const fs = require("fs");
const http = require("http");
const https = require("https");
const net = require("net");
const tls = require("tls");

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^]+?-----END CERTIFICATE-----/g;

const tell = (event) => process.stdout.write(JSON.stringify(event) + "\n");

/** The certificates of the first of some files that is there; null where none is. */
function certificatesIn(files) {
  for (const file of files) {
    try {
      return fs.readFileSync(file, "utf8").match(CERTIFICATE);
    } catch {} // the next one may be there
  }
  return null;
}

/** The certificates of the operating system; null where this runtime cannot read them. */
function systemCertificates(files) {
  if (files.length) return certificatesIn(files);
  return tls.getCACertificates ? tls.getCACertificates("system") : null;
}

/** What VS Code trusts: the roots of Node.js, NODE_EXTRA_CA_CERTS, and those of the system. */
function trusted(asked) {
  const context = tls.createSecureContext();
  const system = asked.system ? systemCertificates(asked.files) : [];
  const extra = asked.extra ? certificatesIn([asked.extra]) : [];
  for (const one of [...(system || []), ...(extra || [])]) {
    try {
      context.context.addCACert(one);
    } catch {} // one that cannot be read vouches for nobody
  }
  tell({ system: system !== null });
  return context;
}

/** Waits until something is open; what fails meanwhile is marked with the stage. */
function opened(stage, emitter, event) {
  return new Promise((resolve, reject) => {
    emitter.once(event, (...given) => resolve(given));
    emitter.once("error", (error) => {
      error.stage = error.syscall === "getaddrinfo" && stage === "tcp" ? "dns" : stage;
      reject(error);
    });
  });
}

async function tunnel(proxy, place, secureContext) {
  const request = (proxy.encrypted ? https : http).request({
    host: proxy.host,
    port: proxy.port,
    method: "CONNECT",
    path: place,
    headers: { ...proxy.headers, Host: place },
    agent: false,
    secureContext,
  });
  request.end();
  const [response, socket] = await opened("proxy", request, "connect");
  if (response.statusCode !== 200) {
    const error = new Error(`the proxy says ${response.statusCode} ${response.statusMessage}`);
    throw Object.assign(error, { stage: "proxy", code: String(response.statusCode) });
  }
  return socket;
}

/** A connection to the target, through the proxy if there is one. */
async function dial(asked, secureContext, target) {
  const encrypted = target.protocol === "https:";
  const host = target.hostname.replace(/^\[|\]$/g, "");
  const port = Number(target.port) || (encrypted ? 443 : 80);
  let socket;
  if (asked.proxy) {
    socket = await tunnel(asked.proxy, `${target.hostname}:${port}`, secureContext);
  } else {
    socket = net.connect({ host, port });
    await opened("tcp", socket, "connect");
  }
  if (!encrypted) return socket;
  const servername = net.isIP(host) ? "" : host;
  const settings = { socket, host, servername, secureContext, ALPNProtocols: ["http/1.1"] };
  const secure = tls.connect(settings);
  await opened("tls", secure, "secureConnect");
  return secure;
}

/** The class behind fetch that opens its connections, which Node.js has no name for. */
async function agentClass() {
  await fetch("data:,");
  return globalThis[Symbol.for("undici.globalDispatcher.1")].constructor;
}

async function send(asked) {
  const secureContext = trusted(asked);
  const Agent = await agentClass();
  const connect = (target, done) =>
    dial(asked, secureContext, target).then((socket) => done(null, socket), done);
  const response = await fetch(asked.url, {
    method: asked.method,
    headers: asked.headers,
    body: asked.body,
    redirect: "manual",
    dispatcher: new Agent({ connect }),
  });
  tell({ status: response.status, headers: Object.fromEntries(response.headers) });
  for await (const piece of response.body || []) {
    tell({ data: Buffer.from(piece).toString("base64") });
  }
  tell({ end: true });
}

function fail(error) {
  while (error.cause) error = error.cause;
  const code = String(error.code || error.name);
  tell({ error: { stage: error.stage || "http", code, text: error.message || code } });
}

tell({ version: process.versions.node });
let input = "";
process.stdin.setEncoding("utf8");
process.stdin.on("data", (piece) => {
  input += piece;
  if (input.endsWith("\n")) send(JSON.parse(input)).catch(fail);
});
process.stdin.on("end", () => process.exit());
