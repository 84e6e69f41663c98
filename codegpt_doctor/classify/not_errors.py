"""What names errors without one having happened here: logs of access, lists, settings."""

from codegpt_doctor.classify.labels import DAEMONS
from codegpt_doctor.classify.pieces import PIECES
from codegpt_doctor.classify.rule import Rule, Table, compiled

# what collectors of logs put before each line
COLLECTORS = Table(
    before="^",
    after="(?: |$)",
    rules=(
        Rule(
            r"[A-Za-z][\w.-]{0,99} {1,40}\|",
            "Docker Compose puts the container's name before each line",
            "worker-1  | Error: 401",
            "| a cell of a table |",
        ),
        Rule(
            r"\[(?!error|crit|warn|info|debug|notice)[A-Za-z][\w.-]{0,99}\](?! =>)",
            "runners put the task's name in brackets; a level is no name, nor is a PHP array's key",
            "[app] Error: 401",
            "[error] 401",
        ),
        Rule(
            r"\d{4}-\d\d-\d\dT[\d:.]{1,30}Z?(?: \[\w{1,20}\])?",
            "Kubernetes and Vercel put the time, then the stream",
            "2026-11-23T08:00:00.000Z [err] Error: 401",
            "2026-11-23 08:00:00 Error: 401",
        ),
        Rule(
            r"[A-Z][a-z]{2} [ \d]\d [\d:]{8} \S{1,255} "
            rf"(?!{DAEMONS})"
            r"[\w.-]{1,99}(?:\[\d{1,9}\])?:",
            "syslog and journald put time, host and program; not a daemon that is no client",
            "Nov 23 08:00:00 host app[12]: Error: 401",
            "Nov 23 08:00:00 host sshd[12]: error: Connection reset by peer",
        ),
    ),
)

# lines that are left out as a whole
# with what it is given
_OPTION = r"(?:-\w, {1,4})?--[a-z][\w-]{1,60}(?:[ =][<\[]?[\w:/.|-]{1,40}[>\]]?){0,3}"

LINES = Table(
    before="^",
    after=".*$",
    rules=(
        Rule(
            r"\S{1,255} - [^\s\[]{0,99} ?\[[^\]\n]{1,99}\] (?:\"|code \d)",
            "an access log tells what others were answered; Python's http.server writes alike",
            '10.0.0.1 - - [23/Nov/2026:08:00:00 +0000] "GET /v1/models HTTP/1.1" 401 512',
            "bot - [ERROR] 401 Unauthorized",
        ),
        Rule(
            r" {1,2}\| ",
            "a line of source below a compiler's or a linter's message",
            " | case 401:",
        ),
        Rule(r"Completed \d{3} ", "Rails tells what it answered itself", "Completed 401 in 3ms"),
        Rule(
            r" {0,99}[\u2713\u2714\u221a\u2715\u2717\u2716\u00d7\u25b6\u25cf] "
            r"(?![^\n\u203a>]{0,200}(?:(?:Error|Exception|rror): |https?://|\{[\"']))",
            "a test runner's mark, then the name of the test; a client puts an error there",
            "  \u2713 retries after 429 Too Many Requests",
            "\u2716 API Error: 402 This request requires more credits",
        ),
        Rule(
            r"(?:(?!://)[^\"\n]){0,500}\"(?:GET|POST|HEAD|PUT) /"
            r"(?!\S{0,500}(?:completions|responses))\S{0,2000} HTTP/[\d.]{1,5}\" \d{3}",
            "an access log of another form; an address before it is a client's own log",
            'INFO: 127.0.0.1:5000 - "GET /health HTTP/1.1" 404 Not Found',
            'DEBUG:urllib3:https://api.openai.com:443 "POST /v1/embeddings HTTP/1.1" 429 337',
        ),
        Rule(
            r"\w{1,200}\{[^}\n]{0,2000}\} [\d.e+]{1,40}$",
            "a sample of Prometheus counts errors of the past",
            'http_requests_total{code="429",method="post"} 17',
        ),
        Rule(
            r"\{(?:(?=[^\n]{0,2000}\"status(?:_code)?\": ?200\b)(?![^\n]{0,2000}\"error\")"
            r"|(?=[^\n]{0,2000}\"(?:result|outcome)\": ?\"(?:ok|success|recovered)\"))\"",
            "a record of what went well, perhaps at the second try",
            '{"msg": "request", "status": 200, "first_status": 429}',
            '{"status": 200, "error": {"code": "invalid_api_key"}}',
        ),
        Rule(
            r"data: .*chat\.completion\.chunk",
            "a piece of a model's good answer, whatever its words are about",
            'data: {"object":"chat.completion.chunk","choices":[]}',
            'data: {"error":{"code":"server_error"}}',
        ),
        Rule(
            rf"[ \t]{{1,40}}{_OPTION} {{1,40}}[A-Z(]|{_OPTION} {{2,40}}[A-Za-z(]",
            "an option of a command, explained",
            "     --retry-connrefused Retry on connection refused (use with --retry)",
            "  --header 'Authorization: Bearer x'",
        ),
        Rule(
            r"(?:labels|tags|keywords): \[?[\w:.-]{1,40}, ?[\w:.-]{1,40}",
            "the labels of an issue, or of a page",
            "labels: bug, provider:anthropic, error:529",
            "labels are wrong: 529",
        ),
        Rule(r"[Uu]sage: ", "how a command is called", "usage: w.py [--status 429] FILE"),
        Rule(
            r".*\bRaised (?:when|if)\b",
            "documentation of an exception class",
            "Raised when a limit is exceeded (status code: 429).",
        ),
        Rule(
            r" {0,99}[-*] \[?`[^`\n]{1,120}`\]? ?\(",
            "an item of a list in Markdown that explains the word of code it begins with",
            "- `timeout` (float, optional): Request timeout",
            "- `gpt-4o`: Error 404",
        ),
        Rule(
            r" {0,99}[-*] (?!(?:[Ee]rror|[Mm]essage|[Oo]utput|[Ll]og|[Rr]esponse): )"
            r"[A-Za-z]{1,99}:? [^\n`]{0,2000}`",
            "an item of a list in Markdown that explains a word of code",
            "- Return `insufficient_quota` as it is",
            "- 429: `insufficient_quota`",
        ),
        Rule(
            r" {0,99}(?:(?:not )?ok \d{1,9} - |# Subtest: |test_\w{1,200} \("
            r"|(?:PASS|FAIL|ERROR): test_)",
            "the name of a test, in TAP or of unittest",
            "not ok 12 - 502 from a gateway is retried",
            "token 12 - 502",
        ),
        Rule(
            r" {0,16}(?:> {0,8})?\d{1,9} \| ",
            "a numbered line of source, with or without the mark of the one that is meant",
            "  > 17 |     if (status === 429) retry()",
        ),
        Rule(
            r"[0-9a-f]{7,12} [A-Za-z]",
            "a commit in the short log of git",
            "3f2a1bc Explain insufficient_quota better",
        ),
        Rule(
            r" {0,99}(?:\d{1,3} E[A-Z]{1,30}|E[A-Z]{1,30} \d{1,3}) [A-Z]",
            "a row of a table of errno names",
            " 111 ECONNREFUSED Connection refused",
            "connect ECONNREFUSED 127.0.0.1",
        ),
        Rule(
            r"(?:E[A-Z]{4,20} \([A-Z][a-z ]{3,40}\): [A-Z]"
            r"|(?:man curl: )?CURLE_[A-Z_]{3,60} \(\d{1,3}\) [A-Z])"
            r"|(?:- )?(?:net::)?ERR_[A-Z_]{4,40}(?: \([^()\n]{1,60}\))?\. [A-Z]",
            "what a name of an error means, in the manuals of Node and curl, and of browsers",
            "ECONNREFUSED (Connection refused): No connection could be made",
            "ECONNREFUSED (127.0.0.1)",
        ),
    ),
)

PREFIX = compiled(COLLECTORS)
NOT_AN_ERROR = compiled(LINES, PIECES)
