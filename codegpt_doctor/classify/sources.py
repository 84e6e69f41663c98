"""Source code and tests: what names an error without one having happened."""

from codegpt_doctor.classify.rule import Rule, Table, compiled

# a line of a diff, of grep or of a listing has something before the source
_MARGIN = (
    r"^(?:[\w./-]{1,200}\.[a-z]{1,4}:\d{1,6}:)?[ \t]{0,60}"
    r"(?:[+<>-] {0,20}|\d{1,6}[:|] ?)?[ \t]{0,60}"
)
# the rest of a line, and the lines up to the bracket that ends what it begins
_WHOLE = (
    r"(?:[^\n]{0,600}[{\[(]\n(?:[ \t][^\n]{0,400}\n){1,12}?[ \t]{0,40}[}\])]{1,3}[;,]?"
    r"|[^\n]{0,600})$"
)

STATEMENTS = Table(
    before=_MARGIN,
    rules=(
        Rule(
            r"(?:except|elif|if|while|for|with|async with|async for)\b[^\n]{0,300}:"
            r"(?:[ \t]{0,9}|  # [^\n]{0,300})$",
            "a clause of Python",
            "except openai.RateLimitError:",
            "if you see this: call us",
        ),
        Rule(
            r"rescue [A-Z][\w:]{1,80}(?:, ?[A-Z][\w:]{1,80}){0,5}(?: => \w{1,40})?$",
            "Ruby rescues",
            "rescue Faraday::TooManyRequestsError => e",
            "rescue me from Error 429",
        ),
        Rule(
            r"raise [\w.]{1,80}(?:\((?![^\n]{0,300}(?:Error|Exception): )[^\n]{0,600})?$",
            "Python raises; in a mangled trace the message follows",
            "raise openai.RateLimitError('429', body={'code': 'insufficient_quota'})",
            "raise error.APIConnectionError(openai.error.APIConnectionError: Error",
        ),
        Rule(
            r"(?:assert(?!ion)|self\.assert\w{1,40}\(|(?:async )?def \w{1,80}\("
            r"|class \w{1,80}[(:]|@[\w.]{2,80}$"
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
            r"(?:case [^\n:]{1,120}|default):(?: {0,9}(?:return|throw"
            r"|\w{1,40}\()[^\n]{0,400})?[ \t]{0,9}$",
            "a branch of a switch",
            "case 401: return `authentication refused (HTTP 401).`;",
            "case closed: 429 Too Many Requests",
        ),
        Rule(
            r"(?:throw|return|await|yield|panic!?)(?: new)?[ (](?:[\w.:]{1,80}(?=\()"
            rf"|[\"'`{{\[]){_WHOLE}",
            "what a function gives or throws",
            "throw new Error('insufficient_quota')",
            "return code 429",
        ),
        Rule(
            r"(?:(?:export|public|private|protected|static|async|final|readonly|pub) ){0,4}"
            r"(?:const|let|var|function|class|interface|enum|func|fn|fun|val|struct|type) "
            rf"[\w$]{{1,80}} ?[=({{<:]{_WHOLE}",
            "a declaration, to its end",
            'const error = {\n  status: 503,\n  message: "Model unavailable",\n};',
            "let it be",
        ),
        Rule(
            r"(?:expect|it|test|describe|context|specify"
            r"|assert\w{0,30})(?:\.\w{1,40})?[ (]{1,2}[\"'`(\w]"
            r"[^\n]{0,600}(?:\)|\{|=>|do|,|;)[ \t]{0,9}$",
            "a test of JavaScript or Ruby",
            "it('retries after 429 Too Many Requests', async () => {",
            "it returns 429",
        ),
        Rule(
            r"(?!(?:\w{0,40}_)?(?:err|error|exc|exception|msg|message|status|code|reason"
            r"|details?|error_string"
            r"|response"
            r"|cause|output|result|type)\b)(?:self\."
            r"|this\.)?[a-zA-Z_]\w{0,60}(?:\[[^\]\n]{0,60}\])?"
            r"(?:: ?[\w\[\], |.]{1,60})? :?= (?:[\"'`{\[(]|[rbfu][\"']|[\w.]{1,60}\()[^\n]{0,600}$",
            "an assignment; what is called an error can be printed so",
            """body = '{"error":{"type":"insufficient_quota"}}'""",
            "message = 'You exceeded your current quota'",
        ),
        Rule(
            r"(?:print|echo|Write-(?:Host|Output|Error|Warning)|console\.\w{1,20}|log(?:ger"
            r"|ging)?\.\w{1,20}|puts|printf|println!?"
            r"|fmt\.\w{1,20})"
            r" ?\(?f?[\"'`][^\n]{0,600}\)?;?$"
            r"|(?:fprintf\(stderr, |std::c(?:out|err) << )\"[^\n]{0,600}$",
            "what a program prints",
            'print("A 429 status code was received; we should back off a bit.")',
            "printed: 429",
        ),
        Rule(
            r"(?:<key>[\w.]{1,80}</key>|<string name=|<data name=|<trans-unit |<source>|<target[ >]"
            r"|msgid |msgstr )"
            r"[^\n]{0,600}$",
            "the words of an app, to be translated",
            '<string name="no_key">Please enter your API key</string>',
        ),
        Rule(
            r"(?:#define \w{1,80} [\"'(\d]|\w{1,60} := [\"'`{\[(]|\((?:def|defn|let|setq"
            r"|define|defvar) )[^\n]{0,600}$",
            "a name and what it stands for, in C, Go and Lisp",
            '#define MESSAGE "429 Too Many Requests"',
            "message := 429",
        ),
        Rule(
            r"(?:alias [\w-]{1,30}=|Exec(?:Start|Stop)\w{0,8}=)[^\n]{0,600}$",
            "a command that is set for later",
            "alias check='curl localhost:11434 || echo \"connection refused\"'",
            "alias: 401",
        ),
        Rule(
            r"new [A-Z]\w{1,60}\([\"'`][^\n]{0,600}\)[;,)]{0,3}$",
            "an exception that is made",
            'new Error("429 Too Many Requests")',
            "new Error: 429",
        ),
        Rule(
            r"(?:INSERT INTO|UPDATE \w{1,60} SET|SELECT [^\n]{1,200} FROM|ALTER (?:TABLE|TYPE)"
            r"|CREATE TABLE)"
            r" [^\n]{0,600}$",
            "a statement of SQL",
            "INSERT INTO messages VALUES ('429 Too Many Requests');",
            "SELECT failed: 429",
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

# what gives an answer in place of a server, wherever it stands in a line
MOCKS = Table(
    rules=(
        Rule(
            r"^[^\n]{0,300}\.(?:reply(?:With\w{1,20})?|respond(?:With)?|to_return|fulfill"
            r"|mock(?:Return|Resolved"
            rf"|Rejected|Implementation)\w{{0,20}}|then(?:Return|Throw)|willReturn)\({_WHOLE}",
            "an answer that a test makes up",
            "nock('https://api.anthropic.com').post('/v1/messages').reply(529, { type: 'error' })",
            "reply (529)",
        ),
        Rule(
            r"^[^\n]{0,300}\b(?:RegisterResponder|NewStringResponder|requests_mock\.|stubFor|HttpResponse\.json|ctx\.(?:status|json)|responses"
            r"\.add)\(?[^\n]{0,600}$"
            r"|^[^\n]{0,100}\.(?:get|post|put)\([^\n]{0,200}\bstatus=\d{3}, [^\n]{0,600}$",
            "the same in Go, Java, JavaScript and Python",
            'httpmock.RegisterResponder("POST", url, NewStringResponder(429, `{"error": {}}`))',
            "no responder answers",
        ),
        Rule(
            r"^(?:--- Expected\n\+\+\+ Actual"
            r"|- Snapshot {1,9}- \d{1,3}\n\+ Received {1,9}\+ \d{1,3})"
            r"(?:\n(?:[-+ @][^\n]{0,2000})?){1,60}",
            "what a test compared, line by line",
            "--- Expected\n+++ Actual\n@@ @@\n-'Incorrect API key provided'\n+'Unauthorized'",
            "--- Expected: an answer",
        ),
    ),
)

TESTS = Table(
    before="^",
    after="[^\n]{0,2000}$",
    rules=(
        Rule(
            r"(?:FAILED|ERROR|PASSED|SKIPPED|XFAIL|XPASS) (?:\[\d{1,4}\] )?[\w./\\-]{1,300}:[:\d]",
            "a line of pytest's summary",
            "FAILED tests/test_a.py::test_b[You exceeded your current quota] - assert 1",
        ),
        Rule(
            r"[\w./\\-]{1,300}\.py::\w{1,200}",
            "a line of pytest that names a test",
            "tests/test_a.py::test_invalid_api_key PASSED",
        ),
        Rule(
            r"test_\w{1,200}(?:\[[^\n]{0,300}\])? (?:PASSED|FAILED|SKIPPED|XFAIL)\b",
            "the same without its file",
            "test_shows_message[429 Too Many Requests] PASSED",
            "test_a 429",
        ),
        Rule(r"_{3,60} \S", "the name of a test in pytest", "____ test_b[invalid_api_key] ____"),
        Rule(r"[-+?] [\w.]{1,80}$", "a line that unittest compares", "- insufficient_quota"),
        Rule(
            r"E {3,12}(?:AssertionError|assert |\+)",
            "an assertion that pytest explains",
            "E       AssertionError: assert 429 == 200",
            "E   openai.RateLimitError: 429",
        ),
        Rule(
            r">[ ]{7,19}(?:assert|raise|with|return|await|self\."
            r"|[a-z]\w{0,40}(?:\.\w{1,40}){0,4}(?: =|\())",
            "the line that pytest marks",
            ">       raise ApiError('429')",
            ">       code: 'x'",
        ),
        Rule(
            r"[ \t]{0,40}(?:=== RUN|--- (?:FAIL|PASS|SKIP):|FAIL\t|ok  \t|\w{1,100}_test\.go:\d)",
            "the tests of Go",
            "--- FAIL: Test429TooManyRequests (0.00s)",
        ),
        Rule(
            r"[ \t]{0,40}(?:\u00d7|\u2192|FAIL ) {1,3}\S",
            "the tests of Vitest and Jest",
            "   \u00d7 retries on 429 Too Many Requests 12ms",
        ),
        Rule(
            r"[ \t]{0,9}(?:PASS|FAIL|RUNS|SKIP|\u276f|\u2193) {1,4}"
            r"[\w./\\-]{1,200}\.(?:test|spec)\.\w{1,4}\b",
            "a file of their tests",
            "PASS  tests/client.test.ts > shows 429 Too Many Requests",
        ),
        Rule(
            r"[ \t]{0,12}(?:Expected|Received)(?: \w{1,20}){0,2}: {1,4}(?:[\"\[{<\d]|undefined"
            r"|null)",
            "what Jest compares",
            '    Expected: "Incorrect API key provided"',
            "Expected: a key",
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
            r"(?:[ \t]{2,40}\d{1,4}\) (?![^\n]{0,200}(?:Error|Exception): )[A-Za-z]"
            r"|\d{1,4}\) [\w\\]{1,200}::\w)",
            "a failure that Mocha or PHPUnit numbers; a person begins at the margin",
            "  1) retries after 429 Too Many Requests",
            "1) In the editor: 429 Too Many Requests",
        ),
    ),
)

SOURCE = compiled(STATEMENTS, TESTS, MOCKS)
