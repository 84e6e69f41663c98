"""Who speaks in a text: a client of an LLM provider, another program, another service."""

import re

from codegpt_doctor.classify.rule import Rule, Table, compiled

# looked for in the text in lower case without white space, beside the hosts of all providers
CLIENTS = Table(
    flags=re.ASCII,
    rules=(
        Rule(
            r"(?<!/simple/)openai(?!-)",
            "the client, the API or its host; not a package of that name on PyPI",
            "openai.ratelimiterror:429",
            "https://pypi.org/simple/openai-whisper",
        ),
        Rule(r"codegpt|chatgpt", "programs that talk to LLMs", "codegpt:error429"),
        Rule(r"anthropic|bedrock|dashscope", "names of providers", "anthropic.ratelimiterror"),
        Rule(r"ollama", "a local server of models", "ollama:connectionrefused"),
        Rule(r"langchain|litellm", "libraries for LLMs", "langchain_core"),
        Rule(
            r"chat/completions|/v1/(?:models|responses|embeddings|completions)",
            "paths of the API, whatever the host",
            "post/v1/embeddings",
        ),
        Rule(r"/api/(?:chat|generate|tags|embed)", "paths of Ollama's own API", "post/api/chat"),
        Rule(r"(?<![a-z])gpt-?[345]", "names of models", "model:gpt-4o", "autogpt-4"),
        Rule(
            r"api(?:connection(?:timeout)?|timeout|status)error",
            "exception classes that the official SDKs alone have",
            "apiconnectiontimeouterror:requesttimedout.",
        ),
        Rule(
            r"keyprovided:sk-|bearersk-",
            "a key of the shape that providers of LLMs use",
            "incorrectapikeyprovided:sk-proj-…",
            "invalidapikeyprovided:sk_test_…",
        ),
    ),
)

# programs that fetch packages, one of which may be called as a provider is
FETCHERS = Table(
    rules=(
        Rule(
            r": /simple/|/packages/\S{1,250}?\.(?:whl|gz|zip)"
            r"|Could not (?:install packages|GET ')",
            "pip and Gradle",
            "https://files.pythonhosted.org/packages/ab/cd/openai-1.0-py3-none-any.whl",
        ),
        Rule(r"\.tgz\b|/packages\.json", "npm and Composer", "GET https://npm.example/openai.tgz"),
        Rule(
            r"\.pom\b|/maven/|Could not transfer artifact",
            "Maven and Gradle",
            "https://repo.example/maven/com/openai",
        ),
        Rule(r"/@v/", "Go's proxy of modules", "proxy.example/openai/@v/list"),
        Rule(
            r"spurious network error", "Cargo of Rust", "warning: spurious network error (3 tries)"
        ),
    )
)

_ANY_CASE = re.IGNORECASE | re.MULTILINE | re.ASCII
_PORTS = "(?:1433|3306|5432|5672|6379|9092|9200|11211|27017)"  # databases, brokers, searches
_LOW_PORTS = "(?:22|25|143|389|465|587|993)"  # after a letter they may be the line of a file

# how lines of other programs begin
PROMPTS = Table(
    before="^",
    flags=_ANY_CASE,
    rules=(
        Rule(
            r"npm (?:error|err!)|yarn |pnpm |\[vite\] ",
            "package managers and bundlers of JavaScript",
            "npm error code ECONNREFUSED",
            "npm run start",
        ),
        Rule(
            r"psql:|pg_dump:|mysql|ERROR \d{4} \(|redis|mongo|elastic",
            "clients of databases",
            'psql: error: connection to server at "db" failed',
        ),
        Rule(
            r"ssh:|scp:|rsync:|ftp|ldap|make",
            "programs that connect or run others",
            "ssh: connect to host x port 22: Connection refused",
        ),
        Rule(
            r"fatal: |git |remote: ",
            "git, about its remote",
            "fatal: unable to access 'https://git.example/'",
        ),
        Rule(
            r"docker|cannot connect to the docker|error response from daemon|kubectl"
            r"|unable to connect to the server:",
            "Docker and Kubernetes",
            "Cannot connect to the Docker daemon",
        ),
        Rule(r"E: |W: |Err:|==> ", "apt and Homebrew", "E: Failed to fetch http://deb.example/x"),
        Rule(
            r"(?:\d{4}/\d\d/\d\d [\d:]{8} )?\[(?:error|crit|warn)\] \d{1,9}#\d{1,9}: ",
            "the error log of nginx, about whatever it stands in front of",
            "2026/11/23 08:00:00 [error] 31#31: *1 connect() failed",
            "[error] 401 Unauthorized",
        ),
        Rule(
            r"exception while exporting|error parsing HTTP ",
            "exporters of telemetry, and a registry of Docker",
            "Exception while exporting Span batch.",
        ),
    ),
)

# what other services and libraries are known by, anywhere in a line
MARKS = Table(
    flags=_ANY_CASE,
    rules=(
        Rule(
            rf"unix:///|\bport (?:{_PORTS}|{_LOW_PORTS})\b|[A-Za-z]:{_PORTS}\b",
            "a socket of this machine, or the port of a database after its host's name",
            "connect to db:5432",
            "at okhttp3.Http2Stream.takeHeaders(Http2Stream.kt:143)",
        ),
        Rule(
            rf"(?:\]|\.\d{{1,3}}):(?:{_PORTS}|{_LOW_PORTS})\b",
            "the port of a database or of mail after an address",
            "connect ETIMEDOUT 10.0.0.5:1433",
            "connect ECONNREFUSED 127.0.0.1:443",
        ),
        Rule(
            r"\b(?:psycopg2?|pymongo|redis|kafka|elasticsearch|botocore|smtplib|paramiko|pymysql)\.",
            "modules of Python for databases, queues, mail, SSH",
            "redis.exceptions.ConnectionError: Error 111",
        ),
        Rule(
            r"\b[prs]k_(?:test|live)|\b(?:pi|tok)_[\w*]{12}",
            "keys and ids of Stripe",
            "Invalid API Key provided: sk_test_****1234",
        ),
        Rule(
            r"\b(?:smtp|imap|ldap|mysql|postgres|redis|mongo)\.[\w-]{1,63}\.\w",
            "hosts called by their service",
            "getaddrinfo ENOTFOUND smtp.mail.example",
        ),
        Rule(
            r"\b(?:postgres(?:ql)?|mysql|redis|mongodb(?:\+srv)?|amqps?|kafka|smtp|ldaps?|git)://",
            "addresses of other protocols",
            "mongodb+srv://cluster0.example",
        ),
    ),
)

# names of other services, at the start of a word that is no part of a path or an address
SERVICES = Table(
    before=r"(?:(?<![\w/@-])|(?<=//))",
    flags=_ANY_CASE,
    rules=(
        Rule(
            r"amazon(?!.?bedrock)|x-amzn|dynamodb",
            "Amazon's services but the one that has LLMs",
            "AmazonS3Exception: The token has expired.",
            "Amazon Bedrock: Too many requests",
        ),
        Rule(
            r"stripe|paypal|shopify|salesforce|zendesk",
            "payments, shops and their customers",
            "StripeAuthenticationError: 401",
            "src/stripe.ts",
        ),
        Rule(
            r"twilio|sendgrid|mailgun|slack|discord|telegram|twitter|tweepy|mqtt|javax\.mail",
            "messages and mail",
            "discord.errors.HTTPException: 429",
        ),
        Rule(
            r"spotify|spotipy|openweathermap|firebase|googleapi: |GitHub Support"
            r"|microsoft\.graph|graph\.microsoft|innerError",
            "other public APIs; the last one is in the errors of Microsoft Graph",
            "googleapi: Error 403: Quota exceeded",
        ),
        Rule(
            r"terraform|hashicorp|main\.tf|kubelet|circuit_breaking|http\.log\.",
            "infrastructure: Terraform, Kubernetes, Elasticsearch, Caddy",
            "kubelet: Failed to pull image",
        ),
        Rule(
            r"com\.mysql|com\.mongodb|hikaripool|sqlexception|sqlclient|jdbc",
            "databases of Java and .NET",
            "com.mysql.cj.jdbc.exceptions.CommunicationsException",
        ),
    ),
)

# hosts that a message sends its reader to, not those that it asked
_HELP = r"curl\.|developer\.|docs\.|github\.com|go\.microsoft|aka\.ms|nodejs\.org|stackoverflow\."
_OWN_CLASSES = "requests|urllib|httpx|httpcore|aiohttp|http\\b|groq|mistralai|cohere|google"

# a host, a body or an exception class of something that is no LLM provider's
ELSEWHERE_MARKS = Table(
    rules=(
        Rule(
            rf"\bhttps?://(?!{_HELP})(?![^\s\"'<>]{{0,200}}/v1\b)",
            "an address that is no base URL of an API of this kind",
            "GET https://shop.example/x: 429",
            "POST http://gateway.example/v1/chat: 429",
        ),
        Rule(
            rf"(?<![\w@/.-])(?!{_HELP})"
            r"(?:[A-Za-z0-9-]{1,63}\.){1,9}"
            r"(?:com|org|net|io|dev|co|app|cloud|gov|edu)(?!\.?\w)",
            "the name of a host",
            "registry.things.io/vendor: 403 Forbidden",
            "see docs.things.io",
        ),
        Rule(
            r"\"path\"\s{0,4}:\s{0,4}\"/(?!v1/)",
            "the body of an error of Spring",
            '{"status": 404, "error": "Not Found", "path": "/users/1"}',
            '{"status": 404, "path": "/v1/models"}',
        ),
        Rule(
            r"\"ok\"\s{0,4}:\s{0,4}false",
            "the body of an error of Telegram or Slack",
            '{"ok": false, "error_code": 429}',
        ),
        Rule(
            r"\"object\"\s{0,4}:\s{0,4}\"error\",\s{0,40}\"status\"",
            "the body of an error of Notion",
            '{"object": "error", "status": 401}',
            '{"object": "error", "message": "no such model"}',
        ),
        Rule(
            r"[Uu]nable to download", "yt-dlp and package managers", "ERROR: Unable to download x"
        ),
        Rule(
            rf"(?<![\w.])(?!{_OWN_CLASSES})"
            r"[a-z_]\w{0,60}\.(?:\w{1,60}\.)?(?:errors?|exceptions?)\.[A-Z]",
            "an exception class of a library that is no HTTP client and no LLM's",
            "tweets.errors.TweetError: status code = 429",
            "requests.exceptions.HTTPError: 429 Client Error",
        ),
    )
)

PACKAGES = compiled(FETCHERS)
FOREIGN = compiled(PROMPTS, MARKS, SERVICES)
ELSEWHERE = compiled(ELSEWHERE_MARKS)
