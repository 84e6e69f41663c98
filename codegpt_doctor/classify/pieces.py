"""What names errors in the middle of a text: lists, tables, dumps of options, diffs, searches."""

from codegpt_doctor.classify.rule import Rule, Table

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
            r"^\d{1,6} {2,40}[^\n]{1,300}\n[ ]{2,99}~{2,99}$",
            "the line that the compiler of TypeScript marks",
            '12     code: "insufficient_quota",\n       ~~~~',
            "12  code: x",
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
            r"|Dialog|Modal|Snackbar|ng-\w{3,12}|template(?= [#v:]))\b"
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
            r"(?:\"[a-z]\w{0,30}\.[\w.]{1,60}\" ?: ?(?:\{ ?\"string\" ?: ?)?"
            r"\"[^\"\n]{0,300}\"(?: ?\})?,?\s?){2,}",
            "the words of an app by their keys",
            '{"toast.key":"Incorrect API key provided","toast.quota":"You exceeded your quota"}',
            '{"message": "You exceeded your quota", "code": "x"}',
        ),
        Rule(
            r"(?:^[45]\d\d,[a-z_]{3,40},[^\n]{1,200}(?:\n|$)){2,}",
            "rows of a file of errors, separated by commas",
            "401,invalid_api_key,Incorrect API key provided\n429,insufficient_quota,No quota\n",
            "401,invalid_api_key,Incorrect API key provided",
        ),
        Rule(
            r"\b(?:retry|fallback|give_?up|ignore|on)[\w-]{0,20}[\"']? ?[:=] ?\[[\d, ]{3,80}\]",
            "the statuses to retry on",
            "retry: { on_status: [429, 529], max: 5 }",
            "retry: [Error 429]",
        ),
        Rule(
            r"\[[^\]\n]{1,80}\]\((?:[\w./-]{1,80}\.md|/docs/[\w./-]{0,80})(?:#[\w-]{1,80})?\)"
            r"|<meta name=[^\n]{0,600}",
            "a link to a page of documentation, or what such a page is about",
            "[401 Unauthorized](errors/401.md)",
            "[401 Unauthorized](https://api.openai.com/v1)",
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
