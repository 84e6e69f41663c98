"""What clients and people say of servers that serve models, and of answers that are none.

It stands beside a client of LLMs.  The text is in lower case where it is of A to Z, with single
blanks.
"""

from codegpt_doctor.classify.rule import Rule
from codegpt_doctor.classify.saying import said

SENTENCES = (
    said(
        "wrong_endpoint_for_model",
        Rule(
            r"\bdoes not support (?:chat|generate|embeddings?)\b(?! mode)",
            "the model has another use, as Ollama says it",
            "ollama: llama3:latest does not support generate",
        ),
    ),
    said(
        "local_model_crashed",
        Rule(
            r"\bllama-server (?:process )?(?:exited|crashed|stopped) (?:with|unexpectedly)\b",
            "the program that runs the model ended",
            "failed to load model: llama-server exited with code 1",
        ),
    ),
    said(
        "model_not_pulled",
        Rule(
            r"\bmodel not installed\b",
            "a local server does not have the model, as GPT4All says it",
            "gpt4all: model not installed: mistral",
        ),
    ),
    said(
        "model_not_loaded",
        Rule(
            r"\bno models? (?:is |are )?(?:currently )?loaded\b",
            "a local server has no model in memory",
            "lm studio says no models loaded",
        ),
    ),
    said(
        "local_out_of_memory",
        Rule(
            r"\bcuda (?:error: )?out of memory\b",
            "the card has too little memory for the model",
            "ollama: cuda error: out of memory",
        ),
    ),
    said(
        "upstream_error",
        Rule(
            r"\bupstream (?:api |model |provider )?request failed\b",
            "a gateway tells that whoever it asked failed",
            "stream disconnected before completion: upstream request failed",
        ),
    ),
    said(
        "malformed_response",
        Rule(
            r"\b(?:no|without|missing) choices\b|\bno output generated\b"
            r"|\bempty (?:model |llm )?(?:response|reply|completion|answer)\b"
            r"|\breturned (?:nothing|no content)\b|\binvalid response from llm call\b"
            r"|\bno response body (?:for|from|received|was)\b"
            r"|\bstream ended (?:without|before) \w"
            r"|\bmodel did(?: not|n.t) (?:provide|return|produce|generate) any \w",
            "an answer with nothing in it",
            "response contained no choices.",
        ),
        Rule(
            r"\bunexpected content type ['\"]text/|\bexpecting value: line \d"
            r"|\bunterminated string (?:starting at|in json)\b"
            r"|\beof while parsing\b|\bexpected json data\b|\bresponse validation failed\b"
            r"|\berror converting to valid response\b|\binvalid json response\b"
            r"|\bunable to (?:get|parse|decode|read) json\b|\bempty or invalid response\b",
            "the same, as parsers and libraries say it",
            "openai: jsonerror: unterminated string in json at position 30",
        ),
        Rule(
            r"\bdid not match any variant of untagged enum\b|\b(?:after|in) json at position \d"
            r"|\bdata couldn.t be read because\b|\bjsondecodeerror\b|\bunexpected end of json\b"
            r"|\bswift\.decodingerror\b|\bjsondeserialize\(error\("
            r"|\bunable to parse (?:[\w-]{1,20} ){1,4}(?:listing|response|reply|answer)\b"
            r"|\b(?:invalid|malformed|unparsable) json\b[^\n]{0,20} (?:response|from|received)",
            "an answer that is no JSON",
            "the data couldn’t be read because it isn’t in the correct format.",
        ),
    ),
)
