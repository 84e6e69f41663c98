"""The codes of the APIs as a person tells of them in a sentence, beside a client of LLMs.

The text is in lower case where it is of A to Z, with single blanks.
"""

from codegpt_doctor.classify.rule import Rule
from codegpt_doctor.classify.saying import Said, said

# what stands before a code that somebody has met: the word for an error, or how one came by it
_MET = (
    r"(?:\[(?:error|err|fatal)\]|\b(?:error|erro|fehler|erreur|errore|c[oó]digo"
    r"|get|gets|getting|got|receive|received|receiving"
    r"|says?|said|shows?|keeps? saying|recibo|recebo|sale|aparece|bekomme|erhalte|reçois|ricevo))"
    r"(?: (?:an?|the|this|el|un|una|o|um|de|den|die|l.|with)){0,2}(?: error| erro| code| código)?"
    r"[ :]{1,3}[`\"'\u201c\u201e\u00ab]?"
)


def _met(entry_id: str, codes: str, example: str) -> Said:
    """An error by its codes, which are told of as met."""
    return said(
        entry_id,
        Rule(rf"{_MET}(?:{codes})\b(?!_| errors\b)", "a person has met this code", example),
    )


SENTENCES = (
    _met("insufficient_quota", "insufficient_quota", "i'm getting `insufficient_quota` in codegpt"),
    _met("invalid_api_key", "invalid_api_key", 'me sale el error "invalid_api_key" en codegpt'),
    _met("account_deactivated", "account_deactivated", "openai says account_deactivated"),
    _met("billing_not_active", "billing_not_active", "openai error: billing_not_active"),
    _met("model_not_found", "model_not_found", "recebo o erro model_not_found no codegpt"),
    _met(
        "context_length_exceeded",
        "context_length_exceeded",
        "codegpt shows the error context_length_exceeded",
    ),
    _met(
        "rate_limit_unspecified",
        "rate_limit_exceeded|rate_limit_error",
        "claude says rate_limit_error",
    ),
    _met("engine_overloaded", "overloaded_error", "getting overloaded_error from claude"),
)
