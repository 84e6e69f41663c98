"""What clients and people say of an error in sentences of their own, beside a client of LLMs.

No API words it so; a program that knows what failed does, or a person who tells of it.  The text is
in lower case where it is of A to Z, and each run of white space in a line is one space.
"""

from codegpt_doctor.classify.rule import Rule
from codegpt_doctor.classify.saying import said

_KEY = r"(?:api[ _-]?|access )(?:keys?|tokens?)\b"  # OPENAI_API_KEY, too
_NAME = r"(?:[\w.-]{1,30} ){0,3}"  # words between, as the provider's name
_NOT = (
    r"(?:not|n.t|never) (?:been )?(?:set|found|provided|configured|defined|specified|given|present"
    r"|supplied|entered)"
)

SENTENCES = (
    said(
        "credit_balance_exhausted",
        Rule(
            rf"\b(?:out of|no(?: more)?|not enough|insufficient|low on) {_NAME}"
            r"(?:credits?|funds|balance)\b(?! cards?\b)",
            "there is none of the money, or too little",
            "you have run out of openai api credits",
            "no credit card is needed",
        ),
        Rule(
            r"\b(?:credits?|funds|balance) (?:[\w.-]{1,30} ){0,4}"
            r"(?:exhausted|depleted|used up|spent|insufficient|low|too low|ran out|expired"
            r"|negative)\b",
            "the same, the other way round",
            "your openai balance is insufficient",
        ),
    ),
    said(
        "insufficient_quota",
        Rule(
            rf"\b(?:insufficient|exc?ee?ded (?:your|the|its|my)(?: current)?"
            rf"|out of) {_NAME}quota\b",
            "there is too little of the allowance",
            "insufficient quota detected",
        ),
        Rule(
            rf"\bquota {_NAME}(?:exceeded|exhausted|depleted|used up|reached)\b"
            r"|\bmonthly (?:usage|spending|budget)[^\n]{0,20} (?:exceeded|reached|used up)\b",
            "the same, the other way round",
            "openai api quota exceeded",
        ),
    ),
    said(
        "missing_api_key",
        Rule(
            rf"\bno {_NAME}{_KEY}(?:s? |_)?(?:[\w.-]{{1,20}} ){{0,2}}"
            r"(?:found|provided|set|configured|given|specified|available|present|supplied)\b",
            "there is no key",
            "no api key found for provider openai",
        ),
        Rule(
            rf"{_KEY}[\"'`]?(?: environment)?(?: variable)?(?: for [^\n:]{{1,40}}?)?"
            rf" (?:(?:is|was|are|has|have|must|does|did) ?)?"
            rf"(?:{_NOT}(?! or (?:invalid|incorrect|wrong|expired))|missing\b|required\b|empty\b"
            r"|blank\b|unset\b|undefined\b|null\b"
            r"|be (?:set|provided|defined|configured|specified)\b|not exist\b)",
            "the key is not set",
            "the openai_api_key environment variable is empty",
            "the api key is set",
        ),
        Rule(
            rf"\bmissing(?: or \w{{1,12}})?(?: an?| the| your)? {_NAME}{_KEY}",
            "the key is missing",
            "missing api key. set openai_api_key",
        ),
        Rule(
            rf"\b(?:did ?n.t|could ?n.t|did not|could not|unable to|failed to|can ?not|can.t)"
            rf" (?:find|get|load|read|locate|retrieve|resolve) {_NAME}(?:[a-z]{{2,20}}_)?{_KEY}",
            "the key was not found",
            "didn't get openai_api_key set in variables/secrets",
        ),
        Rule(
            r"\bmissing (?:authentication|authorization)(?: header)?(?=[.!,;\"' ]{0,2}$)",
            "a request without a key, as a gateway says it",
            "openrouter: missing authentication header",
        ),
        Rule(
            r"\bset the [`'\"]?[a-z]{2,20}_api_key[`'\"]? environment variable or pass\b"
            r"|\bno key found\b|\bkeyerror: ['\"][a-z]{2,20}_api_key",
            "a client that looks a key up by its name",
            "no key found. please provide a key and try again.",
        ),
    ),
    said(
        "invalid_api_key",
        Rule(
            rf"\b(?:invalid|incorrect|wrong|bad) {_NAME}{_KEY}",
            "the key is wrong",
            "error: invalid anthropic api key",
        ),
        Rule(
            rf"{_KEY}[\"'`]?(?: for \w{{1,20}})?(?: you (?:entered|provided|gave))? "
            r"(?:(?:is|was|seems|appears)(?: to be)?(?: an?)?|not found or)"
            r" (?:invalid|incorrect|wrong|not valid|not correct|rejected|revoked)\b",
            "the same, the key first",
            "openai: the api key is not valid",
        ),
    ),
    said(
        "context_length_exceeded",
        Rule(
            r"\b(?:prompt|input|message|request|conversation|chat|context)s? (?:is|are|was|were)"
            r" too (?:long|large|big)\b",
            "what was sent is too long",
            "prompt is too long · claude",
        ),
        Rule(
            r"\bexceed(?:s|ed|ing)? (?:the |its |your |this |model.?s? |maximum |max "
            r"|available ){0,4}"
            r"(?:context|token) (?:limit|length|window|size)\b",
            "the same by the limit",
            "continue: error: message exceeds context limit",
        ),
    ),
    said(
        "forbidden_unspecified",
        Rule(
            r"\bforbidden - perhaps check your credentials\b",
            "a refusal in the words of n8n",
            "forbidden - perhaps check your credentials?",
        ),
    ),
    said(
        "model_not_found",
        Rule(
            r"\bmodel\b[^\n]{0,120}\bmay not exist\b",
            "the model may not be there, or not for this account",
            "there's an issue with the selected model (x). it may not exist",
        ),
        Rule(
            r"\bmodel:? (?:id |name )?[\"'`]?[\w./:-]{2,80}[\"'`]? (?:was |is |could |does |has )?"
            r"(?:not (?:be )?(?:found|available|exist|recognized)|does ?n.t exist|unavailable"
            r"|not appear in the list)\b",
            "the model is not there",
            "openai: model gpt-9 not found",
            "model not found",
        ),
        Rule(
            r"\b(?:requested|selected|specified|chosen|configured) model is (?:not|n.t) "
            r"(?:currently )?(?:supported|available|valid|found)\b",
            "the model that was asked for is not served",
            "ai_apicallerror: the requested model is not supported.",
        ),
        Rule(
            r"\b(?:unknown|invalid|unrecognized|no such) (?:language|chat|embedding"
            r"|image)? ?model(?: name| id)?\b|\bmodel ?not ?found"
            r"|modelnotfound",
            "the same, the other way round",
            "unknown model: gpt-9 (provider openai)",
        ),
        Rule(
            r"\b(?:not|n.t) have access to (?:this|the|that|any such) model\b",
            "the model is not open to the account",
            "you do not have access to this model",
        ),
    ),
    said(
        "endpoint_not_found",
        Rule(
            r"https?://[^\s\"'<>]{4,200} (?:was |is )?not found\b",
            "an address that is not there",
            "https://api.openai.com/v1/chat/completions not found, verify your api base.",
        ),
        Rule(
            r"\bfilenotfoundexception: https?://",
            "Java's old client for the status 404",
            "java.io.filenotfoundexception: https://api.openai.com/v1/v1/chat/completions",
        ),
    ),
    said(
        "rate_limit_unspecified",
        Rule(
            r"\brate[ _-]?limit(?:s|ed|ing)? (?:[\w.-]{1,30} ){0,3}"
            r"(?:exceeded|reached|hit|error|triggered)\b"
            r"|\b(?:being|been|was|were|got|are) rate[ -]?limited\b|\brate limited\b"
            r"|\b(?:hit|exceeded|reached) (?:[\w.-]{1,30} ){0,4}rate[ -]?limits?\b",
            "a rate limit was reached",
            "you are being rate limited by openai",
            "the rate limit is 500",
        ),
        Rule(
            r"\btoo many requests (?:to|from|were|have)\b|\breceiving too many requests\b"
            r"|报错[:： ]{0,3}too many requests\b",
            "too many requests, in a sentence",
            "too many requests to openai. try again later",
        ),
    ),
    said(
        "engine_overloaded",
        Rule(
            r"\b(?:model|engine|server|service|openai|claude|anthropic|gemini)s? (?:is |are )?"
            r"(?:currently |temporarily )?(?:overloaded|at capacity|(?:too )?busy)\b",
            "more requests than it can take",
            "the model is overloaded. please try again later.",
        ),
        Rule(
            r"(?:^|[:)\]] )(?:the )?(?:service |server |engine |model )?overloaded(?=[.!]{0,3} ?$)",
            "the same in a word, after a client's own",
            "something went wrong (anthropic): overloaded",
        ),
    ),
    said(
        "invalid_request",
        Rule(
            r"\bthere was an issue with your request\b|\bbad request error\b"
            r"|\bextra inputs are not permitted\b|\bmodel is required\b"
            r"|\bmax_(?:completion_|output_|new_)?tokens['\"`]{0,2} must be\b",
            "the request is wrong, and nothing more",
            "there was an issue with your request. please check your inputs",
        ),
    ),
    said(
        "invalid_authentication",
        Rule(
            r"\b(?:bad|(?:incorrect|invalid)(?: model)?) credentials\b"
            r"|\bauth(?:entication|orization) (?:has )?failed\b"
            r"|\b(?:message|detail)[\"']: ?[\"']unauthorized[\"']",
            "who one is was not accepted, and nothing more",
            "github models: bad credentials",
        ),
    ),
    said(
        "upload_too_large",
        Rule(
            r"\b(?:request entity|payload|content|request body) (?:is )?too large\b"
            r"|\brequest exceed(?:s|ed) the maximum (?:allowed )?size\b",
            "the reason of the status 413, without it",
            "openai: request entity too large",
        ),
    ),
)

# what asks a person to do something, and is an error only where it is all that is said
REQUESTS = (
    said(
        "missing_api_key",
        Rule(
            rf"\b(?:please|you (?:need to|must|have to)|first)(?: first)? (?:set|provide|enter|add"
            rf"|configure|input|supply|specify|export) {_NAME}{_KEY}"
            rf"|^(?:error: )?set (?:the )?(?:environment variable )?{_NAME}[a-z]{{2,20}}_api_key",
            "it asks for a key",
            "please enter your openai api key first",
        ),
    ),
)
