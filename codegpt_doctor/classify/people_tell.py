"""What a person tells of a refusal in the first person, beside a client of LLMs.

The text is in lower case where it is of A to Z, with single blanks.
"""

from codegpt_doctor.classify.rule import Rule
from codegpt_doctor.classify.saying import said

_SAYS = r"\b(?:says?|saying|said|claims?|tells? me|told me|complains?)(?: that)? "

SENTENCES = (
    said(
        "invalid_api_key",
        Rule(
            rf"{_SAYS}(?:the|my|this|your)(?: \w{{1,15}})? key is (?:incorrect|invalid|wrong|bad"
            r"|not (?:valid|correct))\b",
            "a key that is not accepted",
            "i pasted my openai key and it says the key is incorrect",
            "the guide explains which key is wrong",
        ),
    ),
    said(
        "account_deactivated",
        Rule(
            r"\b(?:my|our|this|your) (?:openai |chatgpt |api |claude |anthropic )?account"
            r" (?:has been|was|is|got) (?:deactivated|disabled|suspended|banned|terminated)\b",
            "an account that was closed",
            "openai says my account has been deactivated",
        ),
    ),
    said(
        "unsupported_country",
        Rule(
            r"\bnot (?:available|supported|accessible|offered) in (?:my|your|our|this)"
            r" (?:country|region|location|territory)\b"
            r"|\bcountry,?(?: region,? or territory)? (?:is )?not supported\b",
            "the service is closed where the person is",
            "openai says it is not available in my country",
        ),
    ),
    said(
        "credit_balance_exhausted",
        Rule(
            r"\b(?:asks?|asking|tells?|telling|told|wants|wanting)(?: (?:me|us|you))? to"
            r" (?:add|buy|purchase|top up)(?: more| some)? (?:credits?|funds|balance|money)\b",
            "there is none of the money left",
            "openrouter tells me to add credits",
        ),
    ),
    said(
        "request_timeout",
        Rule(
            r"\b(?:and|then|always|keeps?|just|it) (?:then )?(?:times|timing|timed) out\b",
            "no answer came in time",
            "codegpt thinks for minutes and then times out",
        ),
    ),
    said(
        "engine_overloaded",
        Rule(
            rf"{_SAYS}(?:it is |it's )?overloaded\b",
            "more requests than it can take",
            "anthropic says overloaded all day",
        ),
    ),
    said(
        "insufficient_quota",
        Rule(
            r"(?:excedí|superé|agoté|he (?:superado|excedido|agotado)) (?:mi|la|el)\b[^\n]{0,20}"
            r" ?cuota|(?:excedi|esgotei|ultrapassei) (?:a )?(?:minha )?cota"
            r"|dépassé mon quota|mein(?:e|en)? (?:kontingent|quota)[^\n]{0,30} (?:überschritten"
            r"|erschöpft|aufgebraucht)",
            "the allowance is used up, in four languages",
            "openai me dice que excedí mi cuota actual",
        ),
    ),
)
