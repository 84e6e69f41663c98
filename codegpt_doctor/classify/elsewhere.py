"""What shows that something else than an API of models is meant: hosts, bodies, classes, tests."""

import re

from codegpt_doctor.classify.rule import Rule, Table, compiled

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
            r"\"statusCode\"\s{0,4}:\s{0,4}[45]\d\d,\s{0,40}\"(?:message|error"
            r"|code)\"\s{0,4}:\s{0,4}"
            r"\"[^\"\n]{0,300}\",\s{0,40}\"(?:error|message)\"",
            "the body of an error of NestJS or Fastify",
            '{"statusCode":404,"message":"Cannot GET /foo","error":"Not Found"}',
            '{"statusCode":429,"message":"Rate limit is exceeded."}',
        ),
        Rule(
            r"\b(?:url|path)[\"']?: ?[\"']?/(?!v\d|api/(?:chat|generate|tags|embed|v1|paas)"
            r"|openai|chat|completions"
            r"|responses|models|messages|engines|inference|compatible|ollama|llm|ai\b)[a-z]",
            "a path that no API of models has",
            "config.url: /api/v2/bookings",
            "url: '/chat/completions'",
        ),
        Rule(
            r"\"error\"\s{0,4}:\s{0,4}\{\s{0,40}\"status\"\s{0,4}:\s{0,4}[45]\d\d"
            r"|\"serviceErrorCode\"|\"root_cause\""
            r"|\"code\"\s{0,4}:\s{0,4}(?:0\b(?!\.)|\"rest_)|\"errorMessages?\"\s{0,4}:\s{0,4}\["
            r"|\"title\"\s{0,4}:\s{0,4}\""
            r"[^\"\n]{1,80}\",\s{0,40}\"detail\"\s{0,4}:\s{0,4}\""
            r"[^\"\n]{1,300}\",\s{0,40}\"status\""
            r"|\"message\"\s{0,4}:\s{0,4}\""
            r"[^\"\n]{1,80}\",\s{0,40}\"error\"\s{0,4}:\s{0,4}[45]\d\d\b",
            "bodies of Spotify, LinkedIn, Elastic, Discord, WordPress, Jira, Reddit, Replicate",
            '{"error": {"status": 429, "message": "API rate limit exceeded"}}',
            '{"error": {"code": 429, "message": "x", "status": "RESOURCE_EXHAUSTED"}}',
        ),
        Rule(
            r"\bx-(?:github-request-id|shopify-|amz-request-id|twilio-|slack-|stripe-|wix-"
            r"|zendesk-|goog-upload)",
            "headers of other services",
            "x-github-request-id: ABCD",
            "x-request-id: ABCD",
        ),
        Rule(
            r"urn:ietf:params:|webpack(?:://| dev)",
            "the type of an error of ACME, or a bundler",
            '{"type": "urn:ietf:params:acme:error:unauthorized", "status": 403}',
        ),
        Rule(
            r"\"ok\"\s{0,4}:\s{0,4}false",
            "the body of an error of Telegram or Slack",
            '{"ok": false, "error_code": 429}',
        ),
        Rule(
            r"(?:^|[>:|\]] )(?!(?:The|An?|My|Our|Your|This|That|Any|No|Some|Chat|Base|Error"
            r"|Invalid|Missing"
            r"|Wrong|Your|New|Old|Custom|Local|Cloud|Main|Test|Bad|Unknown|Model|Models|LLM|AI"
            r"|REST|HTTP"
            r"|Remote|Upstream|Provider|External|Inference|Completions?|Responses|Messages"
            r"|Embeddings?)\b)"
            r"[A-Z][A-Za-z]{2,20} API(?: error| said| returned| replied)?(?:\]|:| \{| [45]\d\d\b)",
            "the API that is named is of something else, where no client of LLMs is named",
            'Acme API {"status":403,"err":"Invalid token"}',
            "The API: 401",
        ),
        Rule(
            r"Failed to load resource|Invoke-(?:RestMethod|WebRequest)|\bFaraday::|\bOpenURI::"
            r"|\bthe server responded with status\b",
            "tools that ask whatever server they are told to",
            "Invoke-RestMethod : 401: Unauthorized",
        ),
        Rule(
            r"\b50[0-4] [A-Z][A-Za-z -]{3,30}\s{1,4}(?:nginx|openresty|Apache|Microsoft-IIS)\b"
            r"|\btornado\.web\.|\bweb app (?:you have attempted|is stopped)\b",
            "the page of a web server, as a browser shows it, or of a framework for servers",
            "502 Bad Gateway nginx/1.22.1",
            "<title>502 Bad Gateway</title>",
        ),
        Rule(
            r"\b(?:[Mm]y|[Oo]ur) (?:own )?(?:\w{2,20} )?(?:app|application|backend|web ?site"
            r"|web ?server|web ?app|login|form)\b"
            r"|\b[Ll]og-?[ ]?in (?:form|page|endpoint|route)\b|/wp-(?:admin|login|json)\b",
            "a program of one's own",
            "The server returned 401 for my own app's login form",
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

# what a test says that failed
ASSERTIONS = Table(
    flags=re.MULTILINE | re.ASCII,
    rules=(
        Rule(
            r"\bAssertionError\b|\bERR_ASSERTION\b|\bassertion (?:`[^`\n]{1,80}` )?failed\b"
            r"|\bFailed asserting that\b|\bAssert\.\w{3,30}\(\) Failure\b"
            r"|\bAssertionFailedError\b|\bXCTAssert\w{2,40} failed"
            r"|\bexpected ?:? ?<[^\n]{0,300}> but was ?:? ?<|\bexpect\(received\)",
            "an assertion, in any language",
            "AssertionError [ERR_ASSERTION]: 1 == 2",
        ),
    ),
)

ELSEWHERE = compiled(ELSEWHERE_MARKS)
ASSERTION = compiled(ASSERTIONS)
