"""Source code, tests, manuals and prose: what names an error without one having happened."""

import re

from codegpt_doctor.classify.rule import Rule, Table, compiled

# a line of a diff, of grep or of a listing has something before the source
_MARGIN = r"^[ \t]{0,60}(?:[+>-] {0,20}|\d{1,6}[:|] ?)?[ \t]{0,60}"

STATEMENTS = Table(
    before=_MARGIN,
    rules=(
        Rule(
            r"(?:except|elif|if|while|for|with|async with|async for)\b[^\n]{0,300}:[ \t]{0,9}$",
            "a clause of Python",
            "except openai.RateLimitError:",
            "if you see this: call us",
        ),
        Rule(
            r"raise [\w.]{1,80}(?:\((?![^\n]{0,300}(?:Error|Exception): )[^\n]{0,600})?$",
            "Python raises; in a mangled trace the message follows",
            "raise openai.RateLimitError('429', body={'code': 'insufficient_quota'})",
            "raise error.APIConnectionError(openai.error.APIConnectionError: Error",
        ),
        Rule(
            r"(?:assert(?!ion)|self\.assert\w{1,40}\(|(?:async )?def \w{1,80}\(|class \w{1,80}[(:]|@[\w.]{2,80}$"
            r"|@[\w.]{2,80}\()[^\n]{0,600}$",
            "an assertion, a definition or a decorator",
            'assert error.code == "insufficient_quota"',
            "assertion failed",
        ),
        Rule(
            r"(?:\} ?)?(?:catch|else if|if|while|switch|for) ?\([^\n]{0,600}$",
            "a clause of JavaScript, Java, C or PHP",
            "if (error.status === 429) {",
        ),
        Rule(
            r"(?:case [^\n:]{1,120}|default):(?: {0,9}(?:return|throw|\w{1,40}\()[^\n]{0,400})?[ \t]{0,9}$",
            "a branch of a switch",
            "case 401: return `authentication refused (HTTP 401).`;",
            "case closed: 429 Too Many Requests",
        ),
        Rule(
            r"(?:throw|return|await|yield|panic!?)(?: new)?[ (](?:[\w.:]{1,80}\(|[\"'`{\[])[^\n]{0,600}$",
            "what a function gives or throws",
            "throw new Error('insufficient_quota')",
            "return code 429",
        ),
        Rule(
            r"(?:(?:export|public|private|protected|static|async|final|readonly|pub) ){0,4}"
            r"(?:const|let|var|function|class|interface|enum|func|fn|fun|val|struct|type) "
            r"[\w$]{1,80} ?[=({<:][^\n]{0,600}$",
            "a declaration",
            'const body = { error: { code: "insufficient_quota" } };',
            "let it be",
        ),
        Rule(
            r"(?:expect|it|test|describe|context|specify|assert\w{0,30})(?:\.\w{1,40})?[ (]{1,2}[\"'`(\w]"
            r"[^\n]{0,600}(?:\)|\{|=>|do|,|;)[ \t]{0,9}$",
            "a test of JavaScript or Ruby",
            "it('retries after 429 Too Many Requests', async () => {",
            "it returns 429",
        ),
        Rule(
            r"(?!(?:\w{0,40}_)?(?:err|error|exc|exception|msg|message|status|code|reason|detail|response"
            r"|cause|output|result|type)\b)(?:self\.|this\.)?[a-zA-Z_]\w{0,60}(?:\[[^\]\n]{0,60}\])?"
            r"(?:: ?[\w\[\], |.]{1,60})? :?= (?:[\"'`{\[(]|[rbfu][\"']|[\w.]{1,60}\()[^\n]{0,600}$",
            "an assignment; what is called an error can be printed so",
            """body = '{"error":{"type":"insufficient_quota"}}'""",
            "message = 'You exceeded your current quota'",
        ),
        Rule(r"(?://|/\*|\*/)[ *!/][^\n]{0,600}$", "a comment", "// 429 is retried twice"),
        Rule(
            r"[a-z][\w.]{1,80}\.[a-z]\w{1,40}\((?:[\w.]{1,40}, ?)?[\"'`][^\n]{0,600}\)[;,]?$",
            "a call of a method",
            "mock.respond_with('429 Too Many Requests')",
            "openai.APIConnectionError('Connection error.')",
        ),
    ),
)

TESTS = Table(
    before="^",
    after="[^\n]{0,2000}$",
    rules=(
        Rule(
            r"(?:FAILED|ERROR|PASSED|SKIPPED|XFAIL|XPASS) [\w./\\-]{1,300}::",
            "a line of pytest's summary",
            "FAILED tests/test_a.py::test_b[You exceeded your current quota] - assert 1",
        ),
        Rule(
            r"[\w./\\-]{1,300}\.py::\w{1,200}",
            "a line of pytest that names a test",
            "tests/test_a.py::test_invalid_api_key PASSED",
        ),
        Rule(r">[ ]{3,12}\S", "the line that pytest marks", ">       raise ApiError('429')"),
        Rule(
            r"[ \t]{0,40}(?:=== RUN|--- (?:FAIL|PASS|SKIP):|FAIL\t|ok  \t)",
            "the tests of Go",
            "--- FAIL: Test429TooManyRequests (0.00s)",
        ),
        Rule(
            r"test [\w:]{1,200} \.\.\. (?:ok|FAILED|ignored)",
            "the tests of Rust",
            "test client::retries_429 ... ok",
        ),
        Rule(
            r"rspec \S{1,200}:\d{1,6} # ",
            "the tests of Ruby",
            "rspec ./spec/a_spec.rb:3 # retries after 429",
        ),
        Rule(
            r"[ \t]{0,40}\d{1,4}\) (?![^\n]{0,200}(?:Error|Exception): )[A-Za-z]",
            "a failure that Mocha or PHPUnit numbers",
            "  1) retries after 429 Too Many Requests",
        ),
    ),
)

_ABOUT = (
    r"(?:\b[45]\d\d\b|\bE[A-Z]{5,20}\b|`[a-z]{2,30}(?:_[a-z]{2,30}){1,5}`|\b[A-Z]\w{3,40}Error\b)"
)

PROSE = Table(
    before=r"^[ \t]{0,40}",
    flags=re.MULTILINE | re.ASCII | re.IGNORECASE,
    rules=(
        Rule(
            r"(?:[-*+] |[0-9a-f]{7,12} )?(?:feat|fix|docs?|chore|refactor|tests?|perf|ci|build|style)"
            r"(?:\([\w/,. -]{1,40}\))?!?: [^\n]{0,600}$",
            "the first line of a commit, or of a list of changes",
            "fix(openai): retry on 429 Too Many Requests",
        ),
        Rule(
            r"(?:[-*+#\u2022]{1,6} |\d{1,3}[.)] )?\**(?:add|fix|handle|support|improve|update|retry"
            r"|retrie|avoid|prevent|treat|map|return|raise|throw|catch|ensure|allow|detect|implement"
            r"|remove|surface|document|expose|propagate|ignore|convert|translate|distinguish|classif"
            r"|recogni[sz]e|test)(?:s|es|ed|ing|y|ies)?\b(?:(?!fail|error|unable|could|cannot|Error)[^\n(:])"
            r"{0,160}" + _ABOUT + r"[^\n]{0,600}$",
            "a sentence that tells what a program does, or shall do",
            "Add retry logic for HTTP 429 responses",
            "Add credits to go on",
        ),
        Rule(
            r"\|(?:[^|\n]{0,400}\|){3,20}[ \t]{0,9}$",
            "a row of a table with three columns or more",
            '| "Model not found" | Wrong model | Check its name |',
            "| Status | 429 |",
        ),
        Rule(
            r"\| ?[`*]{0,3}[45]\d\d[`*]{0,3}[^|\n]{0,60}\|[^\n]{0,600}$",
            "a row of a table of statuses",
            "| `429` | Too many requests |",
        ),
        Rule(
            r"[-*+\u2022] [`*\"]{0,3}(?:HTTP )?[45]\d\d\b[^\n]{0,600}$",
            "an item of a list of statuses",
            "- **429 Too Many Requests**: wait, then try again",
        ),
        Rule(
            r"(?::raises? |@throws |@exception |\\throws |Raises: |Throws: |returns? HTTP )[^\n]{0,600}$",
            "documentation of a function",
            ":raises RateLimitError: status 429",
        ),
    ),
)

# pieces of sentences that speak of errors in general
SENTENCES = Table(
    flags=re.MULTILINE | re.ASCII | re.IGNORECASE,
    rules=(
        Rule(
            r"\b(?:when|if|whether|whenever|in case|unless|such as|e\.g\.|like|for|on|handles?|retries"
            r"|returns?|with|treats?)\b[^\n.:!?;\"'{]{0,60}\b[45]\d\d (?:\w{1,12} )?(?:errors?|response"
            r"|responses|status|statuses|codes?)\b",
            "a condition",
            "whether the model falls back when a 429 error occurs",
            "I get this error: 429 status code",
        ),
        Rule(
            r"(?<=[\w*(+,] )`[a-z]{2,30}(?:_[a-z]{2,30}){1,5}`"
            r"(?= (?:type|code|error|status|means|is|and|or|as|which|when|for|from)\b|\)|,)",
            "a code in a sentence",
            "a 429 + `insufficient_quota` code",
            "`insufficient_quota`",
        ),
        Rule(
            r"\(`[a-z]{2,30}(?:_[a-z]{2,30}){1,5}`[^)\n]{0,60}\)",
            "a code in brackets",
            "Permanent quota exhaustion (`insufficient_quota` type)",
        ),
    ),
)

MANUALS = Table(
    before="^",
    rules=(
        Rule(
            r"(?:NAME|SYNOPSIS|DESCRIPTION|EXIT (?:CODES|STATUS)|RETURN VALUE|ERRORS|SEE ALSO)$",
            "the headings of a manual page",
            "RETURN VALUE",
            "ERRORS: 3",
        ),
        Rule(
            r"commit [0-9a-f]{40}$",
            "the log of git, whose messages name errors",
            "commit 1801d72f0e9f0f03d5cee65fd7e56f7a9890cd55",
        ),
        Rule(
            r"Help on (?:class|function|module|package|method|built-in)\b",
            "what Python's help prints",
            "Help on class RateLimitError in module openai:",
        ),
    ),
)

CODE = Table(
    before="^",
    rules=(
        Rule(
            r"import |from \S{1,255} import |(?:async )?def |class |\"use strict\"|module\.exports"
            r"|export |const |function |#include|interface |package |public ",
            "how lines of Python, JavaScript, C, Java and Go begin",
            "from openai import APIStatusError",
            "from here on",
        ),
        Rule(
            r"[\w./-]{1,255}\.[a-z]{1,4}:\d{1,9}:(?!in |\d)",
            "what grep prints before a line; a trace goes on with the column or with `in`",
            "src/retry.ts:18: 'ECONNRESET'",
            "app/retry.rb:18:in `call'",
        ),
    ),
)

TRACES = Table(
    before="^",
    rules=(
        Rule(r"Traceback", "the first line of one of Python", "Traceback (most recent call last):"),
        Rule(r"[ \t]{1,99}at ", "a frame of JavaScript or Java", "    at main (app.js:1:2)"),
        Rule(
            r"[\w.]{0,200}(?:Error|Exception)(?::|$| [\[(])",
            "an exception with its message",
            "openai.RateLimitError: 429",
            "Errors are raised",
        ),
    ),
)

SOURCE = compiled(STATEMENTS, TESTS)
SAID = compiled(PROSE, SENTENCES)
MANUAL = compiled(MANUALS)
CODE_LINE = compiled(CODE)
TRACE = compiled(TRACES)
