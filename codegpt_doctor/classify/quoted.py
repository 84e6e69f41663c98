"""Prose that quotes an error without having met it: it explains, compares, plans or names it."""

import re

from codegpt_doctor.classify.rule import Rule, Table

_QUOTED = r"(?:\"[^\"\n]{6,200}\"|\u201c[^\u201d\n]{6,200}\u201d|`[^`\n]{6,200}`)"
_REST = r"[^\n]{0,400}"

QUOTED = Table(
    flags=re.MULTILINE | re.ASCII | re.IGNORECASE,
    rules=(
        Rule(
            r"\b(?:called|titled|entitled|wording (?:than|of|for)|message for|the (?:text"
            r"|words?|phrase|string"
            r"|sentence)|instead of|rather than|unlike|(?:don.t|do not|not to) confuse"
            r"|confused? with"
            r"|search(?: the \w{1,20})? for|favorite (?:error|message)[^\n\"]{0,30} is"
            rf"|top \d{{1,3}} [^\n\"]{{1,30}}):? (?:#\d{{1,3}} )?{_QUOTED}{_REST}",
            "its words are named",
            'Don\'t confuse "Request timed out." with a refusal.',
            'I get the error "Request timed out."',
        ),
        Rule(
            rf"{_QUOTED} (?:means|indicates|refers to|tells (?:you|us|them)|stands for|(?:is"
            rf"|was) (?:confusing"
            r"|translated|misleading|unclear|documented|explained)|will be (?:replaced|shown"
            r"|translated|renamed"
            rf"|removed)|should (?:be|say|read)|becomes|better\b)(?! (?:for me|again)){_REST}",
            "something is said of its words",
            '"Insufficient Balance" means that the account is empty.',
            '"Insufficient Balance" although I paid',
        ),
        Rule(
            r"\b(?:you|users?|people|they|customers|those|anyone) (?:who |that )?(?:may|might"
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
            r"\bmock(?:ed)? (?:server|api|client|response|provider|backend)\b[^\n:]{0,200}",
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
            rf"^q: what (?:is|are|does|do)\b{_REST}\n+a: {_REST}",
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
