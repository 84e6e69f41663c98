"""What names errors without one having happened here: logs of access, lists, settings."""

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
            r"[A-Z][a-z]{2} [ \d]\d [\d:]{8} \S{1,255} [\w.-]{1,99}(?:\[\d{1,9}\])?:",
            "syslog and journald put time, host and program",
            "Nov 23 08:00:00 host app[12]: Error: 401",
        ),
    ),
)

# lines that are left out as a whole
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
            r"data: .*chat\.completion\.chunk",
            "a piece of a model's good answer, whatever its words are about",
            'data: {"object":"chat.completion.chunk","choices":[]}',
            'data: {"error":{"code":"server_error"}}',
        ),
        Rule(
            r"[ \t]{1,40}(?:-\w, {1,4})?--[a-z][\w-]{1,60}"
            r"(?:[ =][<\[]?[\w:/.|-]{1,40}[>\]]?){0,3} {1,40}[A-Z(]",
            "an option of a command, explained",
            "     --retry-connrefused Retry on connection refused (use with --retry)",
            "  --header 'Authorization: Bearer x'",
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
            r"|(?:man curl: )?CURLE_[A-Z_]{3,60} \(\d{1,3}\) [A-Z])",
            "what a name of an error means, in the manuals of Node and curl",
            "ECONNREFUSED (Connection refused): No connection could be made",
            "ECONNREFUSED (127.0.0.1)",
        ),
    ),
)

# pieces that are left out wherever they stand
PIECES = Table(
    rules=(
        Rule(
            r"(?:\b\d{1,9}, {0,4}){6,}(?:\d{1,9}\b)?",
            "a row of numbers",
            "502, 634,5639,5640,1204,4762,3649,1575",
            "429, 500, 502",
        ),
        Rule(
            r"(?:[\"']?[1-5]\d\d[\"']?: (?:'[^'\n]{0,300}'|\"[^\"\n]{0,300}\"),?\s{0,40}){4,}",
            "the table of reasons that a dump of an HTTP module shows",
            "'403': 'Forbidden', '404': 'Not Found', '418': \"I'm a Teapot\", '500': 'Oh'",
            "429: 'Too Many Requests', 'url': 'x'",
        ),
        Rule(
            r"(?:[\"'](?:UND_)?E[A-Z_]{3,40}[\"'](?:,| \|)?\s{0,40}){3,}",
            "a list of names in a dump of retry options, or a type of TypeScript",
            "[ 'ETIMEDOUT', 'ECONNRESET', 'EADDRINUSE' ]",
            "code: 'ECONNRESET', errno: -104",
        ),
        Rule(
            r"(?:\bE[A-Z0-9]{3,40},?\s{1,40}){4,}",
            "the same without quotes, as in a manual",
            "EACCES, ECONNREFUSED, ENETUNREACH, ETIMEDOUT, or",
            "EACCES or ECONNREFUSED or so",
        ),
        Rule(
            r"(?:[\"'][A-Za-z_]{3,40}[\"'] \| ){1,20}[\"'][A-Za-z_]{3,40}[\"']",
            "a type of TypeScript that names codes",
            "code: 'server_error' | 'rate_limit_exceeded';",
            "code: 'server_error'",
        ),
        Rule(
            r"\[[\"']?E[A-Z]{1,40}[\"']?(?:, ?[\"']?E[A-Z]{1,40}[\"']?){1,40}\]",
            "the same in brackets",
            "retries on [ECONNRESET, ETIMEDOUT]",
            "[ECONNRESET]",
        ),
        Rule(
            r"\"[1-5]\d\d\"\s{0,4}:\s{0,4}\{\s{0,40}\"description\".*$",
            "what an OpenAPI document says an endpoint may answer",
            '"429": { "description": "Too many requests" }',
        ),
        Rule(
            r"(?<=OpenAI)ModelNotFoundError\b|\bModelNotFoundError(?=: status_code: )",
            "the class in which LangChain and Pydantic AI raise any 404, whatever was not found",
            "OpenAIModelNotFoundError: Error code: 404",
            "ModelNotFoundError: gpt-9",
        ),
        Rule(
            r"\b500 (?=Can't connect to |Server closed connection|read timeout)",
            "the status that LWP of Perl gives where there was no response",
            "500 Server closed connection without sending any data back",
            "500 Internal Server Error",
        ),
        Rule(
            r"\b[Ee]rror: cannot [A-Z]{3,7} /\S{0,300} (?=\([45]\d\d\))",
            "the sentence of SuperAgent for any refusal; a server says the same of a path it lacks",
            "Error: cannot POST /v1/chat/completions (400)",
            "Cannot POST /chat/completions",
        ),
        Rule(
            r"(?:\bE[A-Z0-9]{2,20}: -?\d{1,5},?\s{1,40}){4,}",
            "a table of errno numbers",
            "ECONNABORTED: 103,\n  ECONNREFUSED: 111,\n  ECONNRESET: 104,\n  EDEADLK: 35,\n",
            "code: ECONNREFUSED, errno: -111",
        ),
        Rule(
            r"(?:^[ \t]{0,8}[1-5]\d\d[ :\t-]{1,3}[A-Z][A-Za-z' -]{1,40}(?:\n|$)){4,}",
            "a list of statuses with their reasons",
            "412 Precondition Failed\n413 Request Entity Too Large\n414 URI Too Long\n416 Range",
            "413 Request Entity Too Large",
        ),
        Rule(
            r"^@@ -\d{1,7}(?:,\d{1,7})? \+\d{1,7}(?:,\d{1,7})? @@[^\n]{0,200}"
            r"(?:\n[-+ \\][^\n]{0,2000}){1,400}",
            "a piece of a diff",
            "@@ -1,3 +1,5 @@\n+## 429 Too Many Requests\n+Wait a minute.",
            "@@ 429",
        ),
        Rule(
            r"\"default\" ?: ?[^,\n]{1,60}, ?\"description\" ?: ?\"[^\"\n]{0,400}\"",
            "a setting that a program describes",
            '"default": true, "description": "Retry on 429 Too Many Requests."',
            '"code": 429, "description": "Too Many Requests"',
        ),
        Rule(
            r"^[^\n]{0,400}\| (?:timechart|stats|summarize|extend|where|wc|sort|uniq"
            r"|jq)\b[^\n]{0,400}$",
            "a question to a store of logs, or a pipe of a shell",
            'index=prod "openai" status=429 | timechart count',
            "| status | 429 |",
        ),
        Rule(
            r"^[$%] (?:git )?(?:grep|rg"
            r"|ag) [^\n]{0,400}(?:\n[\w./-]{1,255}:\d{1,7}:[^\n]{0,600}){0,200}",
            "what a search in files found",
            '$ grep -rn "429" src/\nsrc/errors.ts:12: msg = "429"',
            "$ grep",
        ),
        Rule(
            r"^[^\n]{0,300}\b(?:[ez]?grep|rg|ag"
            r"|ack)(?: -{1,2}[\w=-]{1,30}){0,4} [\"'][^\n]{0,400}$",
            "a search in files",
            "cat app.log | grep '429 Too Many Requests'",
            "grep: 429",
        ),
        Rule(
            r"<(?:Trans|Alert|Toast|Text|Banner|Typography|FormattedMessage|Button|Label"
            r"|Dialog|Modal|Snackbar)\b"
            r"[^\n]{0,600}$|\{\{ ?[\"'][^\n]{0,300}\| ?(?:translate|t|i18n)\b[^\n]{0,100}",
            "a piece of a page in source",
            '<Alert severity="error">429 Too Many Requests</Alert>',
            "<Error>429</Error>",
        ),
        Rule(
            r"<td[^>\n]{0,80}>\s{0,9}(?:<\w{1,9}>)?[45]\d\d(?:</\w{1,9}>)?\s{0,9}</td>[^\n]{0,600}",
            "a row of a table of statuses in HTML",
            "<tr><td>429</td><td>Rate limit reached for requests</td></tr>",
            "<td>Error 429</td>",
        ),
        Rule(
            r"\b\w{3,200}\{\w{1,40}=\"[^}\n]{0,300}\} [\d.e+]{1,40}",
            "a sample of Prometheus behind something else",
            'METRICS errors_total{code="429"} 0 errors_total{code="500"} 0',
            'Error {code="429"}',
        ),
        Rule(
            r"\b[Cc]ommit [0-9a-f]{7,12} \w[^\n]{0,300}",
            "a commit that a program tells of",
            "Commit 9ab12cd fix: handle openai.RateLimitError (429)",
            "commit the file",
        ),
        Rule(
            r"(?:\"[a-z]\w{0,30}\.[\w.]{1,60}\" ?: ?\"[^\"\n]{0,300}\",?\s?){2,}",
            "the words of an app by their keys",
            '{"toast.key":"Incorrect API key provided","toast.quota":"You exceeded your quota"}',
            '{"message": "You exceeded your quota", "code": "x"}',
        ),
        Rule(
            r"<!--(?:(?!<!--)[^>]){0,600}-->",
            "what a form asks for, in a comment",
            "<!-- paste the error, such as 401 Unauthorized -->",
            "<-- 401 https://api.example.com",
        ),
        Rule(r"\berror_page .*$", "a setting of nginx", "error_page 502 503 /50x.html;"),
        Rule(r"_status \d{3};", "a setting of nginx", "limit_req_status 429;"),
        Rule(
            r"\b[1-5]\d\d(?:[\"']?\s{0,8}[,|/]\s{0,8}[\"']?[1-5]\d\d\b){2,}",
            "a list of statuses, such as those to retry on",
            "retry_on_status: [429, 500, 502]",
            "Error code: 429, 500 tokens",
        ),
    ),
)

PREFIX = compiled(COLLECTORS)
NOT_AN_ERROR = compiled(LINES, PIECES)
