"""Prose that names or quotes an error without having met it: it explains, compares or plans."""

import re

from codegpt_doctor.classify.rule import Rule, Table

_QUOTED = r"(?:\"[^\"\n]{6,200}\"|\u201c[^\u201d\n]{6,200}\u201d|`[^`\n]{6,200}`)"
_REST = r"[^\n]{0,400}"
# not where the line goes on to what somebody met
_NOT_MET = (
    r"(?![^\n]{0,300}\b(?:but|instead|however|still|now|actual|got|(?:i|we|it) (?:get|gets|see"
    r"|says))\b)"
)

QUOTED = Table(
    flags=re.MULTILINE | re.ASCII | re.IGNORECASE,
    rules=(
        Rule(
            r"\b(?:(?:is|was|are) called|titled|entitled|wording (?:than|of|for)|message for"
            r"|the (?:text"
            r"|words?|phrase|string"
            r"|sentence)|instead of|rather than|unlike|(?:don.t|do not|not to) confuse"
            r"|confused? with"
            r"|(?:results for|see (?:chapter|section|page|article))"
            r"|search(?: the \w{1,20})? for|favorite (?:error|message)[^\n\"]{0,30} is"
            rf"|top \d{{1,3}} [^\n\"]{{1,30}}):? (?:#\d{{1,3}} )?{_QUOTED}",
            "its words are named",
            'Don\'t confuse "Request timed out." with a refusal.',
            'I get the error "Request timed out."',
        ),
        Rule(
            rf"{_QUOTED} (?:(?:usually |typically |often |just )?means|indicates"
            rf"|refers to|tells (?:you|us|them)|stands for|(?:is"
            rf"|was) (?:confusing"
            r"|translated|misleading|unclear|documented|explained|(?:thrown|raised|emitted|logged)"
            r" (?:by|when|if))|will be (?:replaced|shown"
            r"|translated|renamed"
            rf"|removed)|should (?:be|say|read)|becomes|better\b)(?! (?:for me|again)){_REST}",
            "something is said of its words",
            '"Insufficient Balance" means that the account is empty.',
            '"Insufficient Balance" although I paid',
        ),
        Rule(
            rf"\byou.ll (?:see|get|receive) {_QUOTED}{_REST}"
            r"|\b(?:you|users?|people|they|customers|those|anyone) (?:who |that )?(?:may|might"
            r"|can|will|could"
            rf"|(?<=who )|(?<=that )) ?(?:see|sees|get|gets|receive|encounter)s? {_QUOTED}{_REST}",
            "who may meet it",
            'Users who see "Insufficient Balance" should check their plan.',
            'you see "Insufficient Balance" in the picture',
        ),
        Rule(
            r"\b(?:when|if|whenever|once) (?!i\b|we\b|my\b|our\b)(?:the "
            r"|an? )?\w{2,20}(?: \w{2,20})?"
            r" (?:answers|returns|says|responds|replies|shows|sees|gets|receives|throws"
            r"|reports)(?: with)?"
            rf" {_QUOTED},? (?!i\b|what\b){_REST}",
            "what is done where somebody says it",
            'When the API answers "Insufficient Balance", a banner is shown.',
            'When I ask, it says "Insufficient Balance"',
        ),
        Rule(
            r"\b(?:shows?|displays?|prints?|handles?|maps?|translates?|converts?|treats?"
            r"|renames?|explains?)"
            rf" {_QUOTED} (?:(?:if|unless|in case)(?! i\b| we\b| my\b)|in (?:an?|the) (?:banner"
            rf"|toast|dialog|popup)"
            rf"|twice|to|into|as|better)\b{_REST}",
            "what a program does with it",
            'The extension shows "Insufficient Balance" if the request is refused.',
            'CodeGPT shows "Insufficient Balance" if I ask something',
        ),
        Rule(
            r"[\"\u201c]what (?:is|are|does|do) [^\"\u201d\n?]{2,80}\?[\"\u201d]",
            "what somebody asked",
            'I asked "what is ECONNREFUSED?" and got an answer.',
            'I asked "what now?"',
        ),
        Rule(
            r"\b(?:mocks? (?:returns?|answers?|throws?|sends?)"
            r"|mock(?:ed)? (?:server|api|client|response|provider|backend)"
            r"|wiremock|mockserver|httpretty|respx)\b[^\n]{0,200}",
            "a server that a test makes up",
            'The mock server answers with "Insufficient Balance".',
            "a mockup: 402",
        ),
        Rule(
            r"^[ \t]{0,9}(?:[-*] \[[ xX]\] |\* @(?:example|throws|returns?|param|deprecated)\b"
            r"|(?:closes|fixes"
            rf"|resolves|refs) #\d{{1,7}}:? |commit message: ){_REST}",
            "a task, an issue that is closed, a comment for documentation",
            '- [ ] show "Insufficient Balance" in a banner',
            "- Error: Insufficient Balance",
        ),
        Rule(
            rf"^q: (?:what|which|is|are|does|do|can|how|will|when|where)\b{_REST}\n+a: {_REST}",
            "a question and its answer",
            'Q: What is "Insufficient Balance"?\nA: The account is empty.',
            "Q: what now?",
        ),
        Rule(
            r"^[ \t]{0,9}\| ?`[^`\n|]{2,200}` ?\| [A-Za-z][^|\n]{5,200}\|[ \t]{0,9}$",
            "a row of a table that explains its words",
            "| `Insufficient Balance` | Add credit |",
            "| Error | `Insufficient Balance` |",
        ),
    ),
)

# titles and labels of what is written about errors, which may not be quoted there
TITLES = Table(
    flags=re.MULTILINE | re.ASCII | re.IGNORECASE,
    rules=(
        Rule(
            r"^[ \t#*]{0,9}(?:meaning of"
            r"|(?:an? |the )?guide to"
            r"|how (?:we|i) (?:fixed|solved|handled?)|what to do about|causes of|understanding"
            r"|handling|explanation of"
            rf"|everything about|introduction to|dealing with|avoiding|preventing|simulat(?:e"
            r"|ing)) (?![^\n]{0,300}(?:\b(?:request|call|message|it|which|that"
            rf"|and) failed\b|error: |exception)){_REST}",
            "the title of a text about an error",
            "Understanding 429 Too Many Requests",
            "Handling the request failed: 429 Too Many Requests",
        ),
        Rule(
            r"^[ \t#*]{0,9}(?:see also|related (?:errors|issues|topics)|reference"
            rf"|glossary"
            r"|known issue|assertion"
            r"|simulated error|test case #?\d{1,4}|expected (?:result|output|response|error"
            r"|behavior)"
            rf"|(?:pr|mr|pull request|solved|resolved)(?: #\d{{1,6}})?)(?=:){_NOT_MET}:\** {_REST}",
            "what a line is, said at its start: it names an error that is not there",
            "See also: 429 Too Many Requests",
            "Actual result: 429 Too Many Requests",
        ),
        Rule(
            r"^[ \t#*]{0,9}(?:example|sample) (?:log |api |error )?(?:response|output|error|answer"
            r"|body)s?:?\**\n{1,2}(?:```\w{0,9}\n)?"
            r"[^\n]{1,2000}",
            "an example in documentation",
            'Example response:\n\n```json\n{"error": {"message": "429"}}',
            "The response:\n429",
        ),
        Rule(
            r"^[^\n]{1,200}(?: explained|[:-] how to fix(?: it| this)?| \(documentation\)"
            r"|: causes(?: and (?:fixes|solutions))?|: what it means[^\n]{0,40}"
            r"| \| docs)[ \t]{0,9}$",
            "the same title, the other way round",
            "429 Too Many Requests: causes and fixes",
            "It was explained: 429",
        ),
        Rule(
            rf"^{_NOT_MET}[^\n]{{0,300}}\bno longer (?:appears?|shown|happens?|occurs?|shows?"
            rf"|raised|thrown)\b" + _REST,
            "what was changed",
            "v1.2: 429 Too Many Requests no longer appears",
            "the model is no longer available",
        ),
        Rule(
            r"\b(?:docs?|documentation|manual|guide|readme|wiki) (?:lists?|mentions?"
            rf"|describes?|explains?|shows?)\b{_NOT_MET}{_REST}",
            "what documentation says",
            "Our docs list 429 Too Many Requests among the common errors.",
            "the docs: 429",
        ),
        Rule(
            r"\b(?:(?:may|might) (?:answer|return|respond|reply)|should (?:show|say|display"
            r"|print))\b" + _NOT_MET + r"[^\n.]{0,300}",
            "what may or shall be",
            "The server may answer 429 Too Many Requests.",
            "It should show the answer, but it says 429",
        ),
        Rule(
            rf"^[ \t]{{0,9}}(?:@returns?|\* returns?|throws \w{{3,60}} (?:if|when)) {_REST}",
            "documentation of a function",
            "* Returns 429 Too Many Requests if there are many",
            "it returns 429",
        ),
        Rule(
            r"^[ \t]{0,12}Expected: [^\n]{1,300}\n[ \t]{0,12}Received: " + _REST,
            "what a test compared",
            "Expected: 429 Too Many Requests\nReceived: undefined",
            "Expected: an answer\nActual: 429",
        ),
    ),
)
