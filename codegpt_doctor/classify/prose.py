"""Prose: lines that speak of errors in general."""

import re

from codegpt_doctor.classify.prose_abroad import ABROAD
from codegpt_doctor.classify.prose_pieces import ABOUT, SENTENCES
from codegpt_doctor.classify.quoted import QUOTED, TITLES
from codegpt_doctor.classify.rule import Rule, Table, compiled

PROSE = Table(
    before=r"^[ \t]{0,40}",
    flags=re.MULTILINE | re.ASCII | re.IGNORECASE,
    rules=(
        Rule(
            r"(?:[-+*] |[0-9a-f]{7,12} |(?:commit(?: message)?|subject|title|pr): )?\**(?:feat"
            r"|fix(?:ed)?|docs?|chore|refactor|tests?|perf|ci|build|style|added|changed|improved"
            r"|removed|security|new|breaking|deprecated)"
            r"(?:\([\w/,. -]{1,40}\))?!?\**: ?\**[^\n]{0,600}$",
            "the first line of a commit, or of a list of changes",
            "fix(openai): retry on 429 Too Many Requests",
        ),
        Rule(
            r"(?:[-+*#\u2022]{1,6} |\d{1,3}[.)] )?(?:v?\d{1,3}\.\d{1,3}(?:\.\d{1,4})? [-:] )?"
            r"\**(?:add|fix|handle|support|improve|update|retry"
            r"|retrie|avoid|prevent|treat|map|return|raise|throw|catch|ensure|allow|detect"
            r"|implement"
            r"|remove|surface|document|expose|propagate|ignore|convert|translate|distinguish"
            r"|classif"
            r"|recogni[sz]e|test|refactor|rewrite|rename|replace|generate)(?:s|es|ed|ing|y|ies)?\b(?:(?!fail|error|unable|could|cannot"
            r"|still |getting |got "
            r"|Error|raised)[^\n(:])"
            r"{0,160}" + ABOUT + r"[^\n]{0,600}$",
            "a sentence that tells what a program does, or shall do",
            "Add retry logic for HTTP 429 responses",
            "Add credits to go on",
        ),
        Rule(
            r"(?:[-*\u2022#]{1,4} )?\**(?:(?:pro )?tips?|(?:system |user )?prompt|(?:our )?faq"
            r"|feature (?:request|idea)"
            r"|suggestion|proposal|enhancement|idea|todo|fixme|rfc|lgtm[.!]?|nit|changelog"
            r"|interview question|acceptance criteria|user story|test plan|poll|newsletter"
            r"|blog(?: post)?|(?:u[xi] )?copy|(?:support )?macro(?: \"[^\"\n]{1,30}\")?"
            r"|tweet|meme|quiz|vocabulary|decision"
            r"|table of contents|related (?:articles|posts|questions)"
            r"|postmortem(?: [\d-]{10})?|runbook|design review|sprint goal|localization note"
            r"|onboarding(?: step \d)?|steps for qa|release blockers?|new in v?\d[\d.]{0,9}"
            r"|(?:slide|chapter|lesson|section|exercise|exam)(?: question)?(?: \d{1,4})?"
            r"|homework|regexp?|storybook|release v?\d[\d.]{0,9})\**[:.!] [^\n]{0,600}$"
            r"|(?:resolved|investigating|identified|monitoring|postmortem|scheduled"
            r"|update(?= . (?:we|the|this|our)\b))"
            r" [-\u2013\u2014] [^\n]{0,600}$",
            "what a line is, said at its start: advice, a wish, news, the state of a service",
            "Feature request: when the model is overloaded (529), switch to another one",
            "Error: when the model is overloaded (529)",
        ),
        Rule(
            r"(?=(?:how|what|which|is|are|does|do|can|will|should|when|where)\b)"
            r"(?![^\n]{0,300}\b(?:why|fix|solve|resolve|help|wrong|problem|issue|outage|down"
            r"|bug|anyone"
            r"|anybody|everyone|else|(?:i|we"
            r"|my) (?:\w{1,12} )?(?:get|got|gets"
            r"|getting|keep|see|seeing|receive|says|shows|error))\b)(?:how (?:do|does|can"
            r"|could|would|should|to"
            r"|long|many|much)|what(?:.s| is) the (?:best|right|recommended|limit|maximum)"
            r"|which|is (?:there"
            r"|it possible)|are there|does|do (?!i\b)|can (?:i|you|we|one)|will|should (?:i"
            r"|we)|when (?:is|does"
            r"|do|will)|where (?:is|can|do))\b[^\n?:\"`{]{5,300}\?[ \t]{0,9}$",
            "a question about how things are; one who asks why, or for help, has met the error",
            "Which status does DeepSeek use for insufficient balance, 402 or 429?",
            "Does anybody know why I get 429 Too Many Requests?",
        ),
        Rule(
            r"(?=[^\n]{0,400}\b(?:has been (?:\w{1,12} )?(?:resolved|fixed)"
            r"|(?:is|are) now (?:treated"
            r"|mapped|handled|reported|classified|retried)"
            r"|all systems operational|(?:everything|all|it) (?:has (?:since )?recovered|(?:is"
            r"|was) (?:back to normal|fine again|working again|resolved))"
            r"|(?:got|getting) rid of|(?:error|problem|issue|message|[45]\d\d(?: \w{1,40})?) (?:is"
            r"|are) gone(?= and\b|[.!])|(?:solved|fixed) it(?=[.!,])"
            r"|works (?:now|again)(?=[.!]))(?!\w))"
            r"(?![^\n]{0,400}\b(?:but|until|still|however"
            r"|now i|(?:i|we) (?:get|got (?!rid)|see|keep))\b)[^\n]{0,600}$",
            "a failure that is over",
            "Users got 503s for two hours. Everything has recovered now.",
            "Users get 503s. Nothing has recovered.",
        ),
        Rule(
            r"\w{2,40}(?:Error|Exception): (?:(?:if|when) (?:the|an?|no|it)|raised|thrown)\b"
            r"[^\n]{0,600}$",
            "when an exception is raised, in the documentation of a function",
            "RateLimitError: If the rate limit is exceeded (429).",
            "RateLimitError: 429",
        ),
        Rule(
            r"(?:add|show|display|print|give|return) an? (?:[\w,-]{1,15} ){0,4}(?:message|banner"
            r"|hint|toast|warning|notification)\b[^\n]{0,600}$",
            "what a program shall say",
            'Add a clear message like: "Cannot connect to Ollama"',
            "Add credit",
        ),
        Rule(
            r"(?:when|if) (?:ollama|lm studio|the (?:server|daemon)) (?:isn.t|is not) (?:running"
            r"|reachable|installed)\b(?![^\n]{0,300}\b(?:i|we|my) )[^\n]{0,600}$",
            "what is said or done where a server does not run",
            'When Ollama isn\'t running, the panel says "connection refused".',
            "When I ask, Ollama is not running",
        ),
        Rule(
            r"(?:[-*\u2022] [`*]{0,3}|`)(?:\w{1,20}\.)?\w{2,40}(?:Error|Exception)[`*]{0,3}: "
            r"(?:check|wait|retry|verify|make sure|slow down|add|increase|reduce|lower|raised"
            r"|happens"
            r"|occurs|means)\b[^\n]{0,600}$",
            "the class of an exception and what to do then",
            "- APIConnectionError: check the network",
            "APIConnectionError: Connection error.",
        ),
        Rule(
            r"\*\*[^*\n]{0,10}[45]\d\d [^*\n]{1,60}\*\*: [a-z][^\n]{0,600}$",
            "a status and what it means",
            "**404 Not Found**: The model does not exist.",
            "**404 Not Found**",
        ),
        Rule(
            r"(?=[^\n]{0,306}`[45]\d\d\b)"
            r"(?![^\n]{0,400}\b(?:i|we|my|me|our|getting|got|keeps?|now|today|but|help)\b)"
            r"(?![^\n]{0,400}\bresulted in an? `\d{3} [^`\n]{2,40}` response)"
            r"[^\n]{0,300}\b(?:an?|the|http) `[45]\d\d\b[^\n]{0,600}$",
            "documentation of what a server answers; a person tells what happened to oneself",
            "the request returns a `502 Bad Gateway` rather than a part",
            "I get a `401 Unauthorized` error",
        ),
        Rule(
            r"\*\*[^*\"\n]{0,80}\"[^*\n]{1,80}\*\*[ \t]{0,9}$",
            "the heading of an error in a list of many",
            '**"Permission denied" or "403 Forbidden"**',
            "**Error: 403 Forbidden**",
        ),
        Rule(
            r"\*\*[^*\n]{1,160}\*\*:?[ \t]{0,9}(?=\n{1,2}(?:[-*] |\d\. )[^\n])",
            "the heading of a list of what to do",
            '**"403 Forbidden"**\n- Check the role',
            "**Error: 403 Forbidden**",
        ),
        Rule(
            r"(?:if|when|whenever|should) you (?:see|get|receive|encounter|run into|have|hit|are)\b"
            r"[^\n]{0,600}$",
            "what to do in a case",
            'If you see "429 Too Many Requests", wait a minute.',
            "If you believe this is an error",
        ),
        Rule(
            r"[-+*\u2022] [`*]{0,3}[\w/. -]{1,40}[`*]{0,3}: \**(?:add|fix|handle|show"
            r"|support|improve|update|retry|retries|avoid|prevent|treat|map|return|raise|throw"
            r"|catch|ensure|allow|detect|surface|document|expose|ignore|log|tell|explain|display"
            r"|use|stop|do not|don't)"
            r"(?:s|es|d|ed|ing)?\b[^\n]{0,600}$",
            "an item of a list of changes: what was changed, after its part of the program",
            "- anthropic: show the sentence about the credit balance as a banner",
            "- anthropic: Your credit balance is too low",
        ),
        Rule(
            r"(?:(?:[-*\u2022] )?[`*]{0,3}\w[\w.]{1,20}(?: \w{1,12}){0,2}[`*]{0,3}:? "
            r"(?:says|said|answers|replies|returns|sends|uses|reports|prints|gives|writes"
            r"|speaks of|calls it) [^\n]{1,400}"
            r"(?:\n|$)){3,20}",
            "what each of several says, line by line",
            'OpenAI says "quota exceeded".\nAnthropic says "Overloaded".\nGroq says "Rate limit".',
            'CodeGPT says "Connection error".\nThe log says "ECONNREFUSED".',
        ),
        Rule(
            r"(?:[-*\u2022] [`*]{0,3}\w[\w. ]{1,30}[`*]{0,3}: ?"
            r"(?:\"[^\"\n]{1,300}\"|`[^`\n]{1,300}`"
            r"|'[^'\n]{1,300}')[.,;]?[ \t]{0,9}(?:\n|$)){3,20}",
            "a list of sentences, each with who says it",
            '- Groq: "Rate limit reached"\n- Mistral: "Rate limit exceeded"\n- Cohere: "Wait"',
            '- Chat: "Connection error"\n- Completion: "401 Unauthorized"',
        ),
        Rule(
            r"(?:this|that|it|which|(?:this|the) (?:code|function|helper|client|snippet|example"
            r"|handler|wrapper|script|release|version|patch|update|commit|pull request))"
            r"(?: \w{1,12})? (?:adds|fixes|brings|introduces|removes|improves|handles"
            r"|catches|covers|retries|deals with"
            r"|takes care of|maps"
            r"|converts|translates|treats|shows how)\b[^\n]{0,600}$",
            "what a piece of code is for",
            "This handles HTTP 429 from the API.",
            "This is what I get: 429",
        ),
        Rule(
            r"[^\n]{0,400}\b(?:are all retried\b|retried by default\b)[^\n]{0,200}",
            "what a client tries again",
            "429 Rate Limit, and >=500 Internal errors are all retried by default.",
            "429 Rate Limit: the request will be retried in 5 s",
        ),
        Rule(
            r"[^\n]{0,200}(?:\u5e94\u8be5?\u8fd4\u56de|\u61c9\u8a72?\u8fd4\u56de)[^\n]{0,300}",
            "what a server should answer, in Chinese",
            "\u6a21\u578b\u65e0\u53ef\u7528\u6e20\u9053\u65f6\u5e94\u8fd4\u56de404",
            "\u6a21\u578b\u65e0\u53ef\u7528\u6e20\u9053",
        ),
        Rule(
            r"(?:could|should|can)"
            r" (?:we|you) (?:also |please |maybe ){0,2}(?:cover|handle|add|treat|map|test|log"
            r"|rename|move|document|extract|assert)\b"
            r"(?![^\n]{0,400}\b(?:i|we) (?:get|got|see|receive|keep)\b)[^\n]{0,600}$",
            "what a reviewer asks for",
            'Could we also cover the case where the toast says "Connection error."?',
            "Could you help? I get a 429",
        ),
        Rule(
            r"(?:when|whenever|if)(?! (?:i|we|trying)\b) [^\n]{1,300}"
            r"\b(?:an?|subclass of) `[\w.]{2,60}`"
            r" (?:is|will be) (?:raised|thrown)\b[^\n]{0,300}$",
            "documentation: what a library does in a case",
            "When the library is unable to connect, an `APIConnectionError` is raised.",
            "When I ask, an error is raised: 429",
        ),
        Rule(
            r"\|[^|\n]{1,60}\| {0,9}`[^`\n|]{1,80}` {0,40}\|[ \t]{0,9}$"
            r"|\| ?[\w.`]{2,60}(?:error|exception)`? {0,40}\| (?:an?|any|the|when|if|raised"
            r"|thrown)\b[^|\n]{10,400}\|[ \t]{0,9}$",
            "a row of a table that explains a word of code",
            "| N/A         | `APIConnectionError`       |",
            "| Status | 429 |",
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
            r"[-+*\u2022] (?:[`*\"]{0,3}(?:HTTP )?[45]\d\d\b|`E[A-Z]{4,20}`(?::| (?:is|are|was) ))"
            r"[^\n]{0,600}$",
            "an item of a list of statuses, or of errno names",
            "- **429 Too Many Requests**: wait, then try again",
        ),
        Rule(
            r"[^\n]{0,300}:(?:exc|class|meth|func|attr|mod):`[^\n]{0,600}$",
            "documentation of Python",
            ":exc:`~ssl.SSLEOFError` may be raised during reads",
        ),
        Rule(
            r"(?::raises? |@throws |@exception |\\throws |Raises: |Throws: "
            r"|returns? HTTP )[^\n]{0,600}$",
            "documentation of a function",
            ":raises RateLimitError: status 429",
        ),
    ),
)

SAID = compiled(PROSE, SENTENCES, QUOTED, TITLES, ABROAD)
