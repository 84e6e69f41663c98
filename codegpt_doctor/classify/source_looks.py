"""What makes a piece of text source code: most of its lines look like it, and nothing ran."""

from collections.abc import Sequence

from codegpt_doctor.classify.rule import Rule, Table, compiled

# how the headings of reports begin, as trackers of bugs ask for them
_OF_A_REPORT = (
    r"#{0,5} \W{0,4}(?:Describe|Description|To Reproduce|Steps|Reproduc|Expected|Actual|Current"
    r"|Observed|What|Which|How to Reproduce|Is this|Is there|Are you|Logs?\b|Relevant|Environment"
    r"|My |Error (?:[Mm]essage|[Oo]utput|[Ll]og|[Dd]etails)|Screenshots?|Additional|Context"
    r"|Versions?\b|System|Operating|Platform|Bug|Issue|Details|Preflight|Checklist|Code of"
    r"|Plugin|Cline|Claude|CodeGPT|Provider/|Model Used|API (?:Provider|Request)|Your|Anything)"
)
# what a line of source looks like; a piece of which most lines do is source
LOOKS = Table(
    before=r"^[ \t]{0,80}",
    rules=(
        Rule(
            r"(?:#(?![\d>]|#\[|"
            + _OF_A_REPORT
            + r")[ !:#]|//|/\*|\*/|--[ \[]|\"\"\"|\x27{3}|<!--|;;)",
            "a comment or documentation",
            "# 429 is retried twice",
            "#9 0.329 Error: connect ECONNREFUSED",
        ),
        Rule(
            r"(?:\} ?)?(?:def|class|return|elif|else|try|finally|import|from|raise|assert|pass"
            r"|break|continue|const"
            r"|let|var|function|public|private|protected|static|void|package|use|my|sub|end"
            r"|switch|case"
            r"|default|throw|yield|await|async|func|fn|struct|impl|namespace|using|local|then"
            r"|fi|done|esac"
            r"|if|for|while|with|except|catch|do|unless|begin|rescue|when|elsif|module|require"
            r"|export"
            r"|describe|it|test|expect)\b(?:[^\n]{0,400}[:;{(,)\]}]|[ \t]{0,9}"
            r"|[^\n]{0,80}\bimport\b"
            r"[^\n]{0,200})$",
            "how statements begin, and how such lines end",
            "    return self.respond(429)",
            "it returns 429 from time to time",
        ),
        Rule(
            r"[$@%]?[A-Za-z_][\w.$\[\]'\"]{0,80}(?: ?: [\w\[\], |.]{1,40})? {0,20}(?:[-+*|.]"
            r"|\|\|)?= "
            r"[^\n]{0,400}$",
            "an assignment",
            "res.statusCode = 500;",
            "status == 500",
        ),
        Rule(
            r"[a-z_]\w{0,60}=[^\n]{1,300}, ?$|detail=\{[^\n]{0,300}\}$",
            "an argument by its name",
            "status_code=500,",
            "status_code=500",
        ),
        Rule(
            r"[A-Za-z_]\w{0,40}=\$[({\w][^\n]{0,400}$|if \[{1,2} [^\n]{1,400}$|[^\n]{1,300} ;;$"
            r"|[a-z]{2,20}: [|>][-+]?$",
            "a line of a shell, or of a workflow that has one",
            'if [ "$code" = "401" ]; then exit 1; fi',
            "status=401",
        ),
        Rule(
            r"\.[a-z_]\w{1,40}(?:\([^\n]{0,400}|[;,]?)$"
            r"|(?<=[ \t])[(\[][A-Za-z\"'][^\n]{1,300}[)\]],$"
            r"|(?:None|null|nil|undefined|true|false),?$|[A-Z]\w{2,40}::\w{2,40},?$"
            r"|(?<=[ \t])(?!Error|Message|Status|Reason|Code|Type|Detail)[A-Z]\w{1,40}: "
            r"[^\n]{1,300},$",
            "a link of a chain of calls, a row of a list of tuples, a constant, a field in Go",
            "    .respond_with(ResponseTemplate::new(401))",
            "(401, 'Unauthorized')",
        ),
        Rule(
            r"<%[=-]? [^\n]{0,200}%>$"
            r"|@(?:if|elseif|else|endif|foreach|end[a-z]{2,12})\b[^\n]{0,200}$"
            r"|[a-z][\w-]{1,40}(?:\.[\w-]{1,40}){1,5}=[A-Z][^\n]{1,300}$",
            "a line of a template, or of a file of properties",
            "<%= if @error == :insufficient_quota do %>",
            "status=401 Unauthorized",
        ),
        Rule(
            r"(?:is [A-Z][\w.]{2,60}|else|[A-Z][\w.]{2,60}(?:Error|Exception)) -> [^\n]{1,300}$",
            "a branch of Kotlin or Swift",
            'is UnknownHostException -> show("No internet connection")',
            "java.net.UnknownHostException: x -> retry",
        ),
        Rule(
            r"(?<=[ \t])(?:\d{3}|_|else|[A-Z]\w{2,40}(?:\.\w{2,40}){1,3}) (?:=>|->)"
            r" [\"'][^\n]{1,300}[\"'][,;)]{0,2}$"
            r"|when \d{3} then [\"'][^\n]{1,300}$|else [\"'][^\n]{1,300}$"
            r"|(?<=[ \t]{2})\d{3} \"[^\"\n]{1,300}\"\){0,4}$"
            r"|(?:Case (?:Else|\d{3})|Select Case|End (?:Select|If|Sub))\b[^\n]{0,200}$"
            r"|[^\n]{1,200}, do: [^\n]{1,200}$"
            r"|\((?:defn?-?|let|case|cond|when|fn) [^\n]{1,200}$"
            r"|\{[#:/@](?:if|each|else|await|html)\b[^\n]{0,200}\}$"
            r"|[.#&\w][^\n{}]{1,100}\{ [a-z-]{2,20}: [^\n{}]{1,200}; \}$",
            "a branch by its status, in many languages; Svelte, CSS",
            "  429 => 'Too Many Requests',",
            "429 Too Many Requests",
        ),
        Rule(
            r"(?:\w{1,40}\.){0,4}[A-Z]\w{2,60}(?:Error|Exception),$",
            "a name in a list",
            "    ProxyConnectionError,",
        ),
        Rule(
            r"(?<=[ \t])[a-z]\w{0,40}: \"[^\"'\n]{0,300}\",$",
            "a field of an object; Node prints strings in single quotes",
            '  code: "rate_limit_exceeded",',
            "  code: 'rate_limit_exceeded',",
        ),
        Rule(
            r"[^\n]{1,200}(?: (?:\|\||&&)$| = [^\n]{1,200};$)|\{ [a-z]\w{0,40}: [^\n]{1,200} \},$"
            r"|[A-Z]\w{2,40}: \d{1,4},$|[)\]}]{1,4}, [^\n]{1,200}\);$|(?<=[ \t])\{$",
            "an expression that goes on, or ends in a semicolon; an object among arguments",
            '        err.code === "ECONNREFUSED" ||',
            "  { message: 'x', code: 401 }",
        ),
        Rule(
            r"[a-z]\w{0,40}: (?:[A-Z][A-Z_]{3,60},$|\w[\w.]{0,60}\([^\n]{0,300}$|[^\n]{0,120}=>$)",
            "a property whose value is a constant, a call or a function",
            "    body: JSON.stringify({",
        ),
        Rule(
            r"\"[a-z]{2}(?:[_-][A-Z]{2})?\": \"[^\"\n]{1,600}\",?$"
            r"|[\"'][A-Z]\w{2,60}(?:Error|Exception)[\"']: \{$"
            r"|\"(?!(?:error|err|message|msg|detail|reason|status|description|cause|response|code|type"
            r"|title|body|raw|text|name|exception|stack|level|time|date)\w{0,30}\")"
            r"[A-Za-z][\w.-]{1,60}\": \"[A-Z][^\"\n]{2,40} [^\"\n]{1,40} [^\"\n]{1,600}\",?$",
            "a sentence of an app by its key, to be translated",
            '  "keyRequired": "OpenRouter API key is required for image generation",',
            '  "message": "Your API key is invalid",',
        ),
        Rule(
            r"(?!(?:error|err|message|msg|detail|reason|status|description|cause|response|code|type"
            r"|title|body|raw|text|name|exception|stack|level|timestamp|date)\w{0,30}:|time:)"
            r"[a-z][\w.-]{1,60}: \"[A-Z][^\"\n]{2,40} [^\"\n]{1,600}\"$",
            "the same in YAML",
            '  quota: "You exceeded your current quota"',
            '  message: "You exceeded your current quota"',
        ),
        Rule(
            r"(?<=[ \t]{8})(?:\"[^\"\n]{0,300}\"|'[^'\n]{0,300}')$",
            "the last piece of a string in several lines",
            '                "(connection timed out)."',
        ),
        Rule(
            r"(?<=[ \t])\*(?: [^\n]{0,600})?$",
            "a line of a comment in several lines",
            " * @throws {Error} on an invalid Authorization header.",
            "* connect to 127.0.0.1 port 443 failed",
        ),
        Rule(
            r"(?:[|&+?:]{1,2} )?(?:[\w.$]{1,80}(?:::|->|\.))?[\w$]{1,60}!?\("
            r"[^\n]{0,400}(?:[)\]}][;,:]?(?: // [^\n]{0,200})?|[,({\[]|=>) ?$",
            "a call",
            "self.send_response(401)",
            "openai.APIConnectionError('Connection error.') caused by ProxyError('407')x",
        ),
        Rule(
            r"[rbfuRBFU]{0,2}(?:\"[^\n]{0,300}\"|'[^\n]{0,300}')(?:[,);\]]{1,4}| [+%.])$",
            "a string among arguments",
            "b'500 Error: bad syntax\\r\\n')",
        ),
        Rule(
            r"(?:[)\]}]{1,4}(?:\.freeze)?[;,:]?|\d{3}[:,] {0,20}(?:[(\[\"'#]|//|[A-Z]\w{2,40}[,)])"
            r"[^\n]{0,200}|[(\[]\d{3}, ?[\"'][^\n]{1,200}[)\]][,;]?)$",
            "the end of a bracket, or a row of a table of statuses",
            '401: "Unauthorized",',
        ),
    ),
)
# what only a program that ran prints
RUNS = Table(
    before="^",
    rules=(
        Rule(
            r"[ \t]{0,40}(?:Traceback \(most|File \"[^\"\n]{1,300}\", line \d)",
            "a trace of Python",
            "Traceback (most recent call last):",
        ),
        Rule(r"[ \t]{1,40}at [\w.$<>\[\] /]{1,200}[(:]", "a frame", "    at main (app.js:1:2)"),
        Rule(
            r"[^\n]{0,200}\bof RPC that terminated with:",
            "an error of gRPC as Python prints it",
            "<_InactiveRpcError of RPC that terminated with:",
        ),
        Rule(
            r"(?![ \t]{0,40}(?:except|raise|catch|throw|class|import|export|declare|is)\b"
            r"|[^\n]{0,120}\bnew [A-Z])"
            r"[^\n\"'#]{0,120}"
            r"\b[A-Z][A-Za-z]{2,60}(?:Error|Exception)(?: \[\w{1,40}\]|\(['\"])?:? ?[^\s)(,:;=.}]",
            "an exception with its message",
            "openai.RateLimitError: Error code: 429",
            "except openai.RateLimitError:",
        ),
        Rule(
            r"(?:[A-Za-z_]\w{0,40}\.){0,4}Exception\([\"']",
            "an exception of no class of its own, as Python prints it",
            "Exception('Error 429: Too Many Requests')",
            "raise Exception('Error 429')",
        ),
        Rule(
            r"[^\n(]{0,80}\b[A-Z]\w{2,60}\([^()\n]{1,300}\): [A-Z][a-z]",
            "a printed object, then a sentence about it",
            "HTTPSConnectionPool(host='x', port=443): Read timed out. (read timeout=1)",
            "def f(a): Return",
        ),
        Rule(
            r"[^\n]{0,400}(?:\bobject at 0x[0-9a-f]{4}|\(Caused by [A-Z])",
            "an object's place in memory, or a cause: only what ran has them",
            "HTTPConnectionPool(host='x', port=80): x (Caused by NewConnectionError('x'))",
        ),
        Rule(
            r"(?![ \t]{0,40}(?:throw|return|raise|new|catch|case|let|val|var|final)\b)"
            r"[^\n\"'#]{0,120}\b[A-Za-z]{3,60}(?:Exception|Error|Unsuccessful|Failure|Failed)"
            r"\((?:message|description|statusCode|status|code|error|reason): ",
            "an error as Dart, Swift and Kotlin print it",
            "RequestFailedException(message: Rate limit reached, statusCode: 429)",
            'throw RequestFailedException(message: "x", statusCode: 429)',
        ),
        Rule(
            r"[ \t]{0,40}raise [^\n]{0,200}(?:Error|Exception): \S",
            "the same, after the line that raised it",
            "raise error.APIError(openai.error.APIError: Error communicating",
        ),
        Rule(
            r"(?:print_info|load_\w{3,40}|llm_load_\w{3,40}|llama_\w{3,40}|ggml_\w{3,40}): ",
            "what llama.cpp prints of a model",
            "print_info: n_vocab               = 49152",
            "vocab: int = 49152",
        ),
        Rule(r"(?:< )?HTTP/[\d.]{1,3} \d{3}", "the status line of a response", "HTTP/1.1 429 Too"),
        Rule(
            r"(?:\[?\d{4}[-/]\d\d[-/]\d\d[T ]|\[?\d\d:\d\d:\d\d|(?:ERROR|WARN(?:ING)?|INFO|DEBUG)\b"
            r"|curl: |[<>*] [A-Z]|\$ )",
            "a record of a log, or a command and what it said",
            "curl: (6) Could not resolve host: x",
        ),
        Rule(
            r"(?![ \t]{1,40}error: |[ \t]{0,40}[\"']errors[\"']: \{$"
            r"|[ \t]{0,40}[\"'][A-Z]\w{2,60}(?:Error|Exception)[\"']: \{$"
            r"|[ \t]{4,80}[a-z_]\w{0,40}=[{\[(][^\n]{0,600},$"
            r"|[ \t]{8,40}[\"'][\w.]{1,60}[\"']: \{$"
            r"|[ \t]{1,80}[\"'`][^\n]{0,600}[\"'`][;,)]{1,3}$"
            r"|[ \t]{8,80}[\"'][^\n]{0,600}[\"']$)"
            r"[^\n]{0,200}(?:[Ee]rror|[Ff]ailed|[Ee]xception|API)"
            r"[^\n(]{0,40}: ?"
            r"(?:\{(?=[\"' }]|$)|[1-5]\d\d\b)",
            "a client's message with a status or a body",
            "Error: 429 {'error': {}}",
            "  error: { message: 'Invalid API key', code: 401 },",
        ),
    ),
)
# a field of the body of an error, in several lines
ERROR_FIELDS = Table(
    before=r"^[ \t]{0,40}",
    rules=(
        Rule(
            r"[\"'](?:type|code|error|detail|msg|status|message)[\"']: ?"
            r"(?:[\"'][^\n]{0,2000}[\"'],?|[45]\d\d,?|[{\[])$",
            "one of those that errors have",
            '  "code": "wrong_api_key",',
            '  "name": "x",',
        ),
    ),
)
BODY_STARTS, BODY_ENDS = ("{", "[", "[{", "{{"), ("}", "]", "}]", "}}")
MIN_SOURCE = 0.5  # of the lines of a piece that look like source

LOOK = compiled(LOOKS)
RUN = compiled(RUNS)
ERROR_FIELD = compiled(ERROR_FIELDS)


def is_source(lines: Sequence[str]) -> bool:
    """Whether most lines of a piece look like source, and none was printed by what ran.

    The body of an error in several lines looks like source, and is none.
    """
    first, last = lines[0].strip(), lines[-1].strip()
    if first in BODY_STARTS and last in BODY_ENDS and any(map(ERROR_FIELD.search, lines)):
        return False
    looking = sum(1 for line in lines if LOOK.search(line))
    return looking > len(lines) * MIN_SOURCE and not any(map(RUN.search, lines))
