"""What names clients of LLMs and errors without one having happened: forms times sentences.

A form is a line of a manual, of source, of a log of a program at work, of a test; a sentence is one
by which an error would be recognized where a client prints it.
"""

import json
from collections.abc import Iterator
from pathlib import Path

MORE = Path(__file__).with_name("nothing.jsonl")  # of other programs and services
SENTENCES = (
    "OpenAI API key is missing",
    "Invalid OpenAI API key",
    "429 Too Many Requests",
    "OpenAI rate limit exceeded",
    "OpenAI quota exceeded",
    "insufficient_quota",
    "OpenAI request timed out",
    "Model not found: gpt-4o",
    "ECONNREFUSED 127.0.0.1:11434",
    "OpenAI: 401 Unauthorized",
    "Ollama is not running",
    "Failed to connect to OpenAI",
)
# where the sentence stands in what is no error
FORMS = (
    "# Shows a message when {}",
    "- Fixed: the panel stayed empty when {}",
    "* feat(openai): retry when {}",
    "fix: handle `{}` in the OpenAI client",
    "    it('shows a hint when {}', async () => {{",
    'def test_message():\n    assert render(error) == "{}"',
    "const MESSAGES = {{ hint: '{}' }};",
    '// the OpenAI client says "{}" here',
    'If you see "{}", open Settings and check the key of OpenAI.',
    "| `{}` | OpenAI | Check the settings | see the guide |",
    '  ✓ explains "{}" (12 ms)',
    "PASS  tests/openai.test.ts > shows {}",
    "tests/test_openai.py::test_says[{}] PASSED [ 12%]",
    "commit 1801d72f0e9f0f03d5cee65fd7e56f7a9890cd55\nAuthor: A <a@example.org>\n\n    OpenAI: {}",
    '+        return "{}"  # of the OpenAI client',
    "src/openai.ts:18:  throw new Error('{}');",
    "Feature request: a banner in place of {}",
    'Users who see "{}" should check their plan.',
    'When OpenAI answers "{}", the extension shows a banner.',
    'The extension shows "{}" if the request is refused.',
    'Don\'t confuse "{}" with a refusal of the proxy.',
    '"{}" means that the request was refused.',
    'The mock server of OpenAI answers with "{}".',
    '- [ ] show "{}" in a banner',
    'Closes #12: "{}" is confusing',
    "nock('https://api.openai.com').post('/v1/responses').reply(429, \"{}\")",
    "INSERT INTO messages VALUES ('{}');",
    "Understanding {}",
    "{}: causes and fixes",
    "Our docs list {} among the common errors of OpenAI.",
    '$ cat app.log | grep "{}"',
    '<Alert severity="error">{}</Alert>',
    "@@ -1,3 +1,5 @@\n+## {}\n+Wait a minute. OpenAI limits the requests.",
    'Scenario: a refusal\n  Given OpenAI refuses\n  Then I see "{}"',
    "Merge pull request #88 from acme/openai\n\n{}",
)
# whole texts, by what they are
TEXTS = {
    "a client at work": (
        "INFO openai: POST https://api.openai.com/v1/chat/completions 200 OK in 429 ms",
        'INFO httpx: HTTP Request: POST https://api.openai.com/v1/responses "HTTP/1.1 200 OK"',
        "DEBUG openai._base_client: HTTP Response: POST https://api.openai.com/v1/responses 200",
        "[codegpt] connected to OpenAI, model gpt-5.4-mini, 401 tokens used",
        "OpenAI usage: prompt 500, completion 429, total 929 tokens",
        "ollama: loaded llama3.2 in 502 ms",
        'time=2026-11-28T08:00:00Z level=INFO source=routes.go:1234 msg="Listening on '
        '127.0.0.1:11434 (version 0.9.0)"',
        '[GIN] 2026/11/28 - 08:00:00 | 200 |  1.2s | 127.0.0.1 | POST     "/api/chat"',
        "x-ratelimit-limit-requests: 500\nx-ratelimit-remaining-requests: 499\n"
        "openai-processing-ms: 429",
        "LiteLLM: Proxy initialized with Config, Set models: gpt-4o, claude-sonnet-4-5",
        "codex: session saved, 429 lines changed, tokens used: 50,300",
        "[aider] Tokens: 4.1k sent, 503 received. Cost: $0.02 message, $0.50 session.",
        "claude> Done. I fixed 3 of 404 warnings.",
        "OpenAI(timeout=600, max_retries=2)",
        "Retrying is switched on for OpenAI: max_retries=2, timeout=60s",
        "openai.Model(id='gpt-4o', object='model', owned_by='system')",
        "Open WebUI started, http://localhost:8080, Ollama at http://localhost:11434",
        "Your OpenAI API key is set.",
        "OpenAI API key found, using gpt-5.4-mini",
        "The API key of Anthropic is valid.",
        "OpenAI connection OK (200)",
        "Rate limit of OpenAI: 500 requests per minute, 499 left",
        "Quota: 80% of the monthly OpenAI budget is left",
        "Model gpt-4o is available.",
        "Test connection to OpenAI: success",
        '{"level":"info","msg":"openai request done","status":200,"duration_ms":502}',
        "openai: chat completion finished, finish_reason=stop, total_tokens=404",
    ),
    "instructions": (
        "## Installation\n\n1. Run `pip install openai`.\n2. Set the environment variable "
        "OPENAI_API_KEY to your key.\n3. Run `python app.py`.\n\nThe program needs Python 3.11 or "
        "newer. See the documentation for the settings of other providers, such as Anthropic and "
        "Mistral, and for use behind a proxy.",
        "export OPENAI_API_KEY=sk-...\nexport OPENAI_BASE_URL=http://localhost:11434/v1",
        "Create an API key on the API keys page of OpenAI, copy it, and paste it into the box.",
        "The OpenAI API answers with status 429 when a rate limit is reached.",
        "Error code 401 means that the key is wrong; error code 429 that there is a rate limit.",
        "OpenAI limits how many requests an organization may send per minute (RPM).",
        "Common errors: 401 - invalid key, 404 - model not found, 429 - rate limit, 500 - server.",
        "To avoid rate limits, wait between the requests to OpenAI and retry with backoff.",
        "openai.RateLimitError is raised if the quota is used up.",
        "The client retries on connection errors, 408, 409, 429 and 5xx of OpenAI.",
        "Set `timeout` if requests to OpenAI time out.",
        "What is a quota? A quota is how much of the OpenAI API your plan lets you use.",
        "usage: llm [OPTIONS] PROMPT\n\nOptions:\n  --key TEXT  API key to use (OPENAI_API_KEY)",
        "Options:\n  --timeout SECONDS  how long a request to OpenAI may take (default: 60)\n"
        "  --retries N        how often it is tried again after 429 or 503",
        "You can change the model of ChatGPT in the settings. If a model is not found, update.",
        "Le quota d'OpenAI est indiqué sur la page des limites.",
        "La clave de API de OpenAI se crea en la página de claves.",
        "OpenAI 的速率限制按每分钟请求数计算。",
    ),
    "source": (
        "match err.status_code {\n    401 => Error::InvalidKey,\n    429 => Error::RateLimit,\n"
        "    _ => Error::Other,\n}",
        "if (error instanceof OpenAI.RateLimitError) {\n  await sleep(1000);\n}",
        "except openai.APITimeoutError:\n    logger.warning('OpenAI timed out')\n    raise",
        "const OPENAI_ERRORS = {\n  401: 'Invalid key',\n  429: 'Rate limit exceeded',\n"
        "  500: 'Server error',\n};",
        '<string name="no_key">Please enter your OpenAI API key</string>',
        '"error.noKey": "OpenAI API key is missing",\n"error.quota": "OpenAI quota exceeded",',
        'msgid "Rate limit exceeded"\nmsgstr "Límite de velocidad excedido"',
        "raise HTTPException(status_code=429, detail='OpenAI rate limit exceeded')",
        "when 429 then raise OpenAI::RateLimited, 'rate limit'",
        "    if resp.StatusCode == http.StatusTooManyRequests { return ErrRateLimit } // openai",
        "mock.onPost('https://api.openai.com/v1/chat/completions').reply(429, { error: 'x' })",
        "responses.add(responses.POST, 'https://api.openai.com/v1/responses', status=503)",
    ),
    "another program": (
        "curl: (7) Failed to connect to shop.example.com port 443: Connection refused",
        "GET https://api.github.com/user 401 Unauthorized",
        "jira: 429 Too Many Requests",
        "HTTPSConnectionPool(host='hub.docker.com', port=443): Read timed out.",
        "Connexion refusée : https://intranet.example.com/",
        "El servidor remoto devolvió un error: (404) No se encontró. https://tienda.example.com",
        "Der Remoteserver hat einen Fehler zurückgegeben: (401) Nicht autorisiert. "
        "https://wetter.example.de/api",
        "Es konnte keine Verbindung hergestellt werden, da der Zielcomputer die Verbindung "
        "verweigerte. (db.example.de:5432)",
        "由于目标计算机积极拒绝，无法连接。 (redis.example.cn:6379)",
        "The remote name could not be resolved: 'updates.example.com'",
        "ssh: connect to host example.com port 22: Connection timed out",
        "psql: Fehler: Verbindung zum Server auf »localhost«, Port 5432 fehlgeschlagen: "
        "Verbindungsaufbau abgelehnt",
        "git: Verbindung zu github.com: Zeitüberschreitung",
        'docker: Error response from daemon: Get "https://registry-1.docker.io/v2/": dial tcp: '
        "lookup registry-1.docker.io: no such host.",
        "kubectl: Unable to connect to the server: x509: certificate signed by unknown authority",
        "mail: SMTP error 535 authentication failed (smtp.example.com)",
        "Stripe: No such customer: cus_123",
        "ERROR (MainThread) [homeassistant.components.mqtt.client] Unable to connect to the MQTT "
        "broker: Not authorized (401)",
        "[homeassistant.components.rest] Error fetching data: https://meter.example/api failed "
        "with 429 Too Many Requests",
        "DioException [bad response]: status code of 404 https://shop.example/api/items",
        "System.Net.Http.HttpRequestException: Connection refused (build.example.com:8080)",
        "java.net.UnknownHostException: repo.example.com",
        "urllib.error.HTTPError: HTTP Error 403: Forbidden\nhttps://weather.example/api",
        "Faraday::ConnectionFailed (Failed to open TCP connection to search.example:9200)",
        '{:error, %Postgrex.Error{message: "connection refused"}}',
        "Quota exceeded for quota metric 'Read requests' of service 'sheets.googleapis.com'",
        "Disk quota exceeded",
        "rsync: connection unexpectedly closed (0 bytes received so far)",
        "Twitter API: 429 rate limit exceeded https://api.twitter.com/2/tweets",
        "slack_sdk.errors.SlackApiError: ratelimited",
        "pip: Could not find a version that satisfies the requirement openai-agents==99",
        "npm error 404 Not Found - GET https://registry.example/@openai%2fnothing",
        "ModuleNotFoundError: No module named 'openai'",
        "ImportError: cannot import name 'OpenAI' from 'openai'",
        "AttributeError: module 'openai' has no attribute 'ChatCompletion'",
        "error TS2307: Cannot find module 'openai' or its corresponding type declarations.",
        "warning: unused import: `async_openai::Client`",
        "SyntaxError: invalid syntax (openai_client.py, line 3)",
        "TypeError: unsupported operand type(s) for +: 'int' and 'str'\n  File \"openai_app.py\"",
        "fatal: repository 'https://github.com/openai/nothing.git/' not found",
        "ERROR: failed to solve: python:3.99: not found\n# COPY openai.py .",
    ),
    "what people write": (
        "Show HN: I built a ChatGPT client that handles rate limits gracefully",
        "How do I set the timeout of the OpenAI client?",
        "The OpenAI status page is at https://status.openai.com",
        'INFO:     127.0.0.1:53124 - "POST /v1/chat/completions HTTP/1.1" 200 OK',
        "[2026-11-28 08:00:00] litellm INFO: cost=0.00042 model=gpt-4o tokens=401",
        "llama_model_loader: loaded meta data with 29 key-value pairs and 429 tensors",
        "ollama run llama3.2\npulling manifest\npulling dde5aa3fc5ff... 100% 2.0 GB\nsuccess",
        "AttributeError: 'ChatCompletion' object has no attribute 'get'\n  openai",
        "error[E0432]: unresolved import `async_openai`",
        "warning: `openai` crate has 404 warnings",
        "CUDA out of memory. Tried to allocate 502.00 MiB (GPU 0; 8.00 GiB total capacity)",
        "vite v5.0 ready in 429 ms\n➜  Local: http://localhost:5173/",
        "PR #429: Add OpenAI provider. Closes #401.",
        "Please add support for Anthropic. Currently only OpenAI works.",
        "I asked ChatGPT about error 404 and it said the page does not exist.",
        "ChatGPT says: A 503 error means that the server is temporarily unavailable.",
        "Our monthly OpenAI bill is $503 and we used 401 requests.",
        "The tokenizer of GPT-4 splits 'insufficient' into 3 tokens.",
        "expected 429 to equal 200 (openai.test.ts)",
        "npm warn deprecated openai-api@1.3.1: Package no longer supported.",
        "env:\n  OPENAI_API_KEY: ${{ secrets.OPENAI_API_KEY }}\n  TIMEOUT: 500",
        'openai:\n  api_key: ""\n  timeout: 504\n  max_retries: 5',
        "| Provider | Rate limit | Timeout |\n| OpenAI | 500 RPM | 600 s |",
        'raise ValueError("OPENAI_API_KEY environment variable not set")',
        'log.error("OpenAI rate limit exceeded, retrying in %s s", delay)',
        "Failed to connect to bus: No such file or directory",
        'Failed to load module "canberra-gtk-module"',
        "postgres: FATAL: remaining connection slots are reserved",
        "HTTP 429 from https://api.coingecko.com/api/v3/ping",
        "Sentry: Event dropped due to rate limit (429)",
        "E  assert response.status_code == 401\nE  +  where 200 = <Response [200]>.status_code",
        "WARN deprecated: OpenAI engine parameter is ignored",
        "Cursor: indexing 429 files",
        "API usage: OpenAI 92%, quota resets on December 1",
        "Release notes: CodeGPT 3.24 shows a better message when the OpenAI quota is exceeded.",
        "Feature request: retry automatically on OpenAI 429 errors",
        "docs: explain how to get an OpenAI API key",
        "I can't decide between Claude and GPT-5. Which has higher rate limits?",
        "Ollama requires 8 GB of memory to run 7B models.",
        "El modelo GPT-4 está disponible en el plan Plus.",
        "OpenAI 发布了新的速率限制说明。",
        "如何设置 OpenAI API 密钥？",
        "¿Cómo obtengo una clave de API de OpenAI?",
        "Comment obtenir une clé API OpenAI ?",
    ),
}


def texts() -> Iterator[tuple[str, str]]:
    """The texts, each with what it is."""
    for form in FORMS:
        for sentence in SENTENCES:
            yield "a form", form.format(sentence)
    for kind, found in TEXTS.items():
        for text in found:
            yield kind, text
    for line in MORE.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield row["kind"], row["text"]
