"""Prose: pieces of sentences that speak of errors in general, wherever they stand."""

import re

from codegpt_doctor.classify.rule import Rule, Table

# a status, an errno, a code in code style, or a class: what such prose is about
ABOUT = (
    r"(?:\b[45]\d\d\b|\bE[A-Z]{5,20}\b|[`\"][a-z]{2,30}(?:_[a-z]{2,30}){1,5}[`\"]"
    r"|\b[A-Z]\w{3,40}Error\b)"
)
_SAYS = r"(?:says|answers|replies|returns|sends|uses|reports|prints|gives|writes)"
_QUOTED = r"\"(?=[^\"\n ]{1,60} )[^\"\n]{8,200}\""

# pieces of sentences that speak of errors in general
SENTENCES = Table(
    flags=re.MULTILINE | re.ASCII | re.IGNORECASE,
    rules=(
        Rule(
            r"\b(?:when|if|whether|whenever|in case|unless|such as|e\.g\.|like|for|on|handles?"
            r"|retries"
            r"|returns?|with|treats?)\b[^\n.:!?;\"'{]{0,60}\b[45]\d\d (?:\w{1,12} )?(?:errors?"
            r"|response"
            r"|responses|status|statuses|codes?)\b",
            "a condition",
            "whether the model falls back when a 429 error occurs",
            "I get this error: 429 status code",
        ),
        Rule(
            r"\b(?:will|would|should|may|might|must|never|always)(?: \w{1,12}){0,2}"
            r" (?:return|respond|raise|throw|give|answer|send|reply|result)(?:s|ed|ing)?\b"
            r"[^\n.!?;:=,{\"']{0,80}[\"'`]?\b[45]\d\d\b[^\n]{0,300}",
            "what may come, not what came",
            "without a header it will always return HTTP 401",
            "it returned 401",
        ),
        Rule(
            r"[\"'(:.!] ?(?:if|when|whenever) you (?:ever |then |still |also )?(?:see|get|receive"
            r"|encounter|run into|hit)\b(?! (?:a chance|time|the time|some time|home))[^\n]{0,600}",
            "advice for a case, behind something else or quoted",
            'The model said: "If you see HTTP 429, wait a moment."',
            "See the log, if you get a chance: Error 429",
        ),
        Rule(
            rf"(?:^|[:.] )to (?:fix|solve|resolve|avoid|handle|prevent|debug|reproduce)"
            rf"(?: an?| the| your| this)? {ABOUT}[^\n]{{0,600}}",
            "advice about an error",
            "Answer: To fix ECONNREFUSED, start the server first.",
            "To fix this, add credits",
        ),
        Rule(
            rf"{_QUOTED},? (?:while|whereas|vs\.?|versus|differs? from|becomes?"
            rf"|instead of|rather than|is not|means)\b[^\"\n]{{0,80}}{_QUOTED}",
            "a sentence beside another one, each quoted",
            '"Resource has been exhausted" differs from "You exceeded your quota"',
            'two errors "No key is set" and "No model is set"',
        ),
        Rule(
            r"\b(?:e\.g\.|for example|for instance),? (?:when|if|whenever) [^\n]{0,600}",
            "an example of what may come",
            'Change the provider, e.g. when Gemini says "The model is overloaded".',
            'for example: "The model is overloaded"',
        ),
        Rule(
            r"\byou (?:will|may|might|could) (?:get|see|receive|encounter) (?:errors?|(?:error )?"
            r"messages?) (?:that|which|like|such as)\b(?! i\b| we\b)[^\n]{0,400}",
            "what may come, to a reader",
            "you may encounter error messages that say `429: 'Too Many Requests'`",
            "you may see errors that I cannot explain: 429",
        ),
        Rule(
            r"\byou (?:will|may|might|would|could) (?:\w{1,12} )?(?:get|see|receive|encounter)"
            r" (?:an?|the)"
            r" [`\"]?(?:[\w.]{2,60}(?:error|exception)|(?:http )?[45]\d\d(?: \w{1,12}){0,3}"
            r" (?:error|response|status))\b[^\n]{0,300}",
            "the same of one error",
            "If it breaks, you will get a `ReadError`.",
            "You may see this because you exceeded your current quota",
        ),
        Rule(
            r"\b(?:past|beyond|above|over|after) (?:the|this|your|that) (?:limit|quota)\b,? "
            r"(?:you|clients|callers|users|requests|the (?:api|server)) [^\n.:;]{0,40}"
            r"\b[45]\d\d\b[^\n]{0,300}",
            "what is answered beyond a limit",
            "Past the limit you get 429 Too Many Requests.",
            "I am over the limit: 429",
        ),
        Rule(
            r"^(?=[^\n]{0,430} the same\b)(?![^\n]{0,300}\b(?:i|we) (?:get|got|see|keep)\b)"
            r"[^\n]{0,400}\b(?:both|they|these)(?: \w{1,12})? mean(?: \w{1,12})? the same\b"
            r"[^\n]{0,300}",
            "two errors, compared",
            '"Too many requests" and "Error 429": both mean essentially the same thing',
            "I get 429 and 402, and both mean the same",
        ),
        Rule(
            rf"\b(?:if|when) (?!i\b|we\b)[^\n.:]{{3,120}}, (?:then )?(?:return|respond|answer|reply"
            rf"|raise|throw)\b(?: with)? (?:an? |http )?{ABOUT}[^\n]{{0,200}}",
            "what a program shall do in a case",
            "If the container is unavailable, return 503 Service Unavailable.",
            "When I ask, it returns 503",
        ),
        Rule(
            rf"\bcauses? (?:of|for) (?:an? |the )?{ABOUT}[^\n]{{0,400}}"
            r"|`E[A-Z]{4,20}` (?:is|means) (?:an?|the|not)\b[^\n]{0,300}",
            "what is behind an error in general",
            "The most common causes of ECONNREFUSED are: nothing listens, or a firewall",
            "the cause: ECONNREFUSED",
        ),
        Rule(
            rf"\bwhat (?:an? |the )?(?:error |status |code ){{0,2}}{ABOUT}[^\n.?!]{{0,80}}\b"
            r"(?:means?|is|are|stands? for|looks? like)\b",
            "what was explained",
            "it explained what ETIMEDOUT and ECONNRESET mean",
            "what I get: 429",
        ),
        Rule(
            rf"\b\w{{3,20}} {_SAYS} [^\n\"]{{0,80}}?(?:\"|{ABOUT})[^\n]{{1,200}}?"
            r"(?:[,;.]|\bwhile|\bwhereas|\bbut|\band)"
            rf" \w{{3,20}} {_SAYS} [^\n]{{1,400}}",
            "what each of several says, in one line",
            'OpenAI says "quota exceeded", Anthropic says "Overloaded".',
            "CodeGPT sends a request and OpenAI returns 429",
        ),
        Rule(
            r"\bif the (?:model|service|request|call|client)(?: \w{1,20}){0,3} (?:return"
            r"|answer|give|raise|throw)(?:s|ed) [45]\d\d\b[^\n]{0,300}",
            "what somebody wishes",
            "it would be nice if the model returned 429 instead",
        ),
        Rule(
            r"\b(?:answers?|returns?|responds?|replies|sends?|gives?)(?: \w{1,12}){0,3} [45]\d\d"
            r"(?: \w{1,12}){0,3} (?:when|if|whenever|unless)\b[^\n]{0,300}",
            "what a server does in a case",
            "The API answers with status 429 when a rate limit is reached.",
            "the API returns 429",
        ),
        Rule(
            r"\b(?:when|whenever|if|once|unless|in case) (?:(?:an?|any|each|every|your)\b"
            r"|the (?:(?:model |api )?provider|api|server|upstream|backend|endpoint|gateway)\b)"
            r"(?: \w{1,20}){0,4} (?:returns?|answers?|responds?|replies|sends?|throws?|gets?"
            r"|receives?|hits?)(?: \w{1,12}){0,3} (?:\*\*http )?[45]\d\d\b[^\n]{0,300}",
            "what is done where somebody refuses",
            "when a provider returns 429 Too Many Requests, the next one is asked",
            "when I ask, the API returns 429",
        ),
        Rule(
            r"\b[45]\d\d(?: - |: | = | \u2013 )[^,;\n]{2,40}[,;] [45]\d\d(?: - |: | = | \u2013 )"
            r"[^\n]{2,300}",
            "a list of statuses and what they mean",
            "401 - invalid key, 404 - model not found",
            "401 - invalid key",
        ),
        Rule(
            r"\b[45]\d\d(?: (?:and|or) [45]\d\d)? \([^()\n]{3,120}\)[,;]?(?: and"
            r"| or)? [45]\d\d\b[^\n]{0,600}",
            "the same with the meaning in brackets",
            "The most common ones are 401 (invalid key), 429 (rate limit) and 500.",
            "Error 429 (Too Many Requests), 3 tries left",
        ),
        Rule(
            r"\b(?:explains|describes|discusses|covers"
            r"|documents) (?:how|what|why|when)"
            r" [^\n]{0,600}",
            "what a text is about",
            "The post explains how rate limiting works: tokens per minute (TPM) and 429 errors.",
            "this explains it: 429",
        ),
        Rule(
            r"(?<!my )(?<!our )\brequests (?:above|over|beyond|exceeding|without|that)\b"
            r"[^\n.:;]{0,80}\b(?:are|is|be|get) (?:rejected|refused|answered|blocked|throttled"
            r"|declined)\b[^\n.:;]{0,40}\b[45]\d\d\b[^\n]{0,300}",
            "what is answered to some requests",
            "Requests above the limit are rejected with `429 Too Many Requests`.",
            "my requests without a proxy fail: 429",
        ),
        Rule(
            r"\b[a-z]{2,30}(?:_[a-z]{2,30}){1,5} (?:becomes?|turns into|maps? to|is mapped to"
            r") [^\n]{0,600}",
            "what a gateway makes of a code",
            "invalid_api_key becomes 502, insufficient_quota becomes 503",
            "insufficient_quota: 429",
        ),
        Rule(
            r"\b(?:expect|(?:make sure|verify|ensure) that\b[^\n\"]{0,80}\b(?:shows?|says?|prints?"
            r"|displays?|reads?|contains?)) \"[^\n]{0,300}",
            "what somebody who tests shall see",
            'Enter a wrong key, expect "Incorrect API key provided"',
            'I expected an answer, and it says "Incorrect API key provided"',
        ),
        Rule(
            r"\b(?:[45]\d\d|E(?:CONN\w{5,9}|NOTFOUND|TIMEDOUT|AI_AGAIN|PIPE|PROTO)) "
            r"(?:\([^()\n]{1,60}\) )?(?:status code )?(?:is|are|was)"
            r" (?:defined|raised|thrown|described|emitted|reserved|introduced)\b[^\n]{0,600}",
            "where an error comes from",
            "ENOTFOUND is raised by Node.js when the lookup fails.",
            "429 is all I get",
        ),
        Rule(
            r"\b[45]\d\d (?:\w{1,12} ){0,2}in (?:such|these|that) (?:cases?|situations?)\b"
            r"[^\n]{0,300}",
            "what a server does in a case",
            "the server returns HTTP 400 in such cases",
        ),
        Rule(
            r"\babout (?:an? |the )?(?:error|status|http|code)(?: code)? [45]\d\d\b",
            "what somebody asked or wrote about",
            "I asked about error 404",
        ),
        Rule(
            r"\b(?:defines?|describes?|documents?|specif(?:y|ies)|explains?)(?! (?:why|me"
            r"|to me)\b)(?: \w{1,12}){0,5}"
            r" [45]\d\d\b",
            "what a document is about",
            "RFC 6585 defines the status code 429 Too Many Requests.",
            "it failed with the status code 429",
        ),
        Rule(
            r"^(?:user|human): (?:[^\n]{1,600}\?|(?:write|translate|explain|summari[sz]e|generate"
            r"|describe)\b[^\n]{1,600})[ \t]{0,9}\n"
            r"(?:assistant|ai): (?![^\n]{0,80}\bError: )[^\n]{0,600}$",
            "a question to a model, and its answer",
            "user: why do I get error 429?\nassistant: You sent too many requests.",
            "user: hi\nassistant: Error: 429",
        ),
        Rule(
            r"\b(?:code )?[45]\d\d (?:[A-Z][a-z]{2,15} ){0,3}(?:means?|indicates?"
            r"|stands for|is(?: called)?(?= [\"`][a-z_]{4,40}[\"`])) [^\n]{0,300}"
            r"|\bwhat to do (?:when|if) you (?:get|see|receive|hit)\b[^\n]{0,300}"
            r"|\b(?:when|if) (?:an?|any|the) tool (?:call )?(?:returns?|fails|gives)\b[^\n]{0,300}",
            "what a status means",
            "Error code 401 means that the key is wrong",
        ),
        Rule(
            r"\b(?:an? )?[45]\d\d (?:errors?|status(?: codes?)?|responses?)"
            r"(?: (?:usually|typically|often|generally|normally|commonly|can|may)){0,2}"
            r" (?:means?|indicates?|tells|occurs?|happens?|mean)\b[^\n]{0,300}",
            "an explanation",
            "a 401 error means Invalid Authentication",
        ),
        Rule(
            r"(?<=[\w*(+,] )`[a-z]{2,30}(?:_[a-z]{2,30}){1,5}`"
            r"(?= (?:type|code|error|status|means|is|and|or|as|which|when|for|from)\b|\)|,)",
            "a code in a sentence",
            "a 429 + `insufficient_quota` code",
            "`insufficient_quota`",
        ),
        Rule(
            r"\b(?:like|such as|e\.g\.|or|and) `e[a-z]{4,20}`",
            "an errno in a sentence",
            "with an error code, like `ECONNREFUSED`.",
            "it failed: `ECONNREFUSED`",
        ),
        Rule(
            r"\(`(?:[a-z]{2,30}(?:_[a-z]{2,30}){1,5}|e[a-z]{3,20})`[^)\n]{0,60}\)",
            "a code in brackets",
            "Permanent quota exhaustion (`insufficient_quota` type)",
        ),
    ),
)
