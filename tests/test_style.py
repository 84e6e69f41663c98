"""The style of all that a person reads: rules in words, held by patterns.

CONTRIBUTING.md shows the same words in a table, which is tested here too.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import click
import pytest
from helpers.each import each

from codegpt_doctor.cli import COMMANDS, group

ROOT = Path(__file__).parents[1]
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")


class Rule(NamedTuple):
    """What is not written: a pattern (case does not count), why, what to write, and an example.

    ``better`` is what the example becomes.
    """

    pattern: str
    why: str
    better: str
    example: str


PAGES = "(?:API )?(?:keys|plans|limits|billing|usage)"
OURS = "(?:the|a|an|any|no|this|that|its) (?:other )?(?:API|server|host|model|endpoint|port)s?"
VERBS = (
    "recogn|organ|normal|author|initial|summar|minim|maxim|categor|custom|optim|real|util|apolog"
    "|emphas|serial|synchron|capital|final|local|special|visual|general|priorit|standard|central"
)
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"

RULES = (
    # one name for one thing
    Rule(
        rf"\b(?:pages? of (?:the |your )?{PAGES}|list of (?:the |your )?keys)\b",
        "one name for one thing: API keys page, plans page, limits page, billing page",
        "Create one on the API keys page.",
        "Make one on the page of keys.",
    ),
    Rule(r"\btime-outs?\b", "one spelling", "the request timed out", "there was a time-out"),
    Rule(
        r"\b(?:automatic(?:ally)? |auto[- ]?)recharg\w*",
        "one name for one thing: auto-reload",
        "Turn on auto-reload.",
        "Turn on automatic recharge.",
    ),
    Rule(
        r"(?<!the )(?<!a )(?<!each )\blog(?:s|ged|ging)? (?:in|into|on)\b",
        "one name for one thing: sign in",
        "Sign in again.",
        "Log in again.",
    ),
    Rule(
        r"\b(?:a|an|the|no|without|with|any|each|other) blanks?\b"
        r"(?! (?:lines?|panel|page|screen|window|field))|\bblanks\b",
        "a blank is a space",
        "Paste the key again, without spaces or line breaks.",
        "Paste the key again, without a blank or a line break.",
    ),
    # the words that a native writer would choose
    Rule(
        r"\bas a rule\b",
        "usually",
        "Credit is usually not refunded.",
        "Credit is as a rule not refunded.",
    ),
    Rule(
        r"\b(?:stands?|stood) (?:in|on|at|behind|below|above|there)\b",
        "texts appear, they do not stand",
        "The message appears when the panel opens.",
        "The message stands in the panel.",
    ),
    Rule(
        r"\brather points? to\b",
        "say what it probably is",
        "it is probably billing",
        "this rather points to money",
    ),
    Rule(r"\bsuch as it is\b", "as it is", "Paste the text as it is.", "Paste it such as it is."),
    Rule(
        r"\b(?:limits?|quotas?|allowances?|budgets?|ones?|use|usage|costs?) of (?:a|one|the|each) "
        r"(?:second|minute|hour|day|week|month)\b",
        "daily limit, monthly budget",
        "It shows the daily limit for each model.",
        "It shows whether there is a limit of a day.",
    ),
    Rule(
        r"\bin the way of\b",
        "like, or in the path of",
        "fails like an error",
        "failing in the way of an error",
    ),
    Rule(r"\b(?:and|or) the like\b", "name the things", "proxies and VPNs", "proxies and the like"),
    Rule(
        r"\bby (?:itself|themselves|yourself)\b",
        "on its own, where nobody helps",
        "The limit resets on its own.",
        "The limit passes by itself.",
    ),
    Rule(
        r"\b(?:an)?other (?:\w+ ){1,6}than\b|\bother than the one\b|\belse than\b",
        "different from",
        "The credit is in a different organization from the key.",
        "The credit is in another organization than the key.",
    ),
    Rule(
        r"\bby (?:its|their) looks\b",
        "say what is looked at",
        "Checks the key's format.",
        "Judges the key by its looks.",
    ),
    Rule(
        r"\b(?:API|server|provider|OpenAI|it|they) told\b(?! (?:you|us|the|everybody))",
        "programs report",
        "if the API reports it",
        "if the API told",
    ),
    Rule(
        rf"\bask(?:s|ed|ing)? (?:only )?(?:{OURS})\b|\bports? (?:is|are) asked\b",
        "programs send requests and probe ports; people ask",
        "Contact only the target host.",
        "Ask no other host.",
    ),
    Rule(r"\b(?:hidden|exact) words\b", "a message", "the hidden message", "the hidden words"),
    Rule(
        r"\ban answer was due\b|\bno answer at all\b",
        "an API response",
        "HTML instead of an API response",
        "HTML where an answer was due",
    ),
    Rule(r"(?<!-)\bin in\b", "say on the web", "signed in on the web", "signed in in the browser"),
    Rule(
        r"\b(?:in|inside) the company\b",
        "at work",
        "It works at home, but not at work.",
        "It works at home, but not in the company.",
    ),
    Rule(
        r"\bpeople who looked\b",
        "in most reports",
        "In most reports the port was free.",
        "People who looked found the port free.",
    ),
    Rule(
        r"\bmailbox\b|\be-mails?\b",
        "inbox, email",
        "Check the owner's inbox for an email.",
        "Look into the owner's mailbox.",
    ),
    Rule(
        r"\bsafety catch\b|\bpurse\b",
        "no pictures in words",
        "a safety cap; credit may be left",
        "a safety catch, not an empty purse",
    ),
    Rule(r"\bwhich of the two it\b", "name both", "quota or rate limit", "which of the two it is"),
    Rule(r"\bin order to\b", "to", "to test it", "in order to test it"),
    Rule(r"\b(?:e\.g\.|i\.e\.|etc\.)", "for example, that is", "for example", "e.g."),
    Rule(
        r"\bat (?:the|CodeGPT's) message box\b|\bat the foot\b",
        "by the message box, at the bottom",
        "Click the model's name by the message box.",
        "Click the model's name at the message box.",
    ),
    Rule(
        r"\b(?:has|have) (?:ended|expired|closed) on (?-i:\d|[A-Z]\w+ \d)",
        "the past tense, with a date",
        "The service ended on July 30, 2026.",
        "The service has ended on July 30, 2026.",
    ),
    Rule(
        r"\b(?:its|their|whose|that) time is over\b",
        "it has expired",
        "The trial key has expired.",
        "It was a trial key, and its time is over.",
    ),
    Rule(
        r"\b(?:has|have) not (?:the|a|an)\b",
        "does not have",
        "It does not have the form of a key.",
        "It has not the form of a key.",
    ),
    Rule(
        r"\badvis(?:e|es) to\b",
        "advises repeating",
        "Mistral advises repeating the request.",
        "Mistral advises to repeat the request.",
    ),
    Rule(
        r"(?-i:\bOf) (?!these)\S+ (?:it|that) is\b",
        "in a program",
        "In vLLM, it is an option.",
        "Of vLLM it is an option.",
    ),
    Rule(
        r"\bif it stays(?=[,.;:])",
        "if it persists",
        "If it persists, restart the server.",
        "If it stays, restart the server.",
    ),
    Rule(
        r"\bthe provider behind(?! (?:the|it|this|that|your|them|(?-i:[A-Z])))\b",
        "say behind what",
        "The provider behind the gateway failed.",
        "The provider behind failed.",
    ),
    Rule(
        r"\bthis very\b",
        "this particular",
        "Ask for this particular model.",
        "Ask for this very model.",
    ),
    Rule(
        r"\bmake (?:a|one) (?:new )?key\b(?! un)|\bkeys? (?:was|were|is|are) made\b",
        "keys are created",
        "The key was created for a test.",
        "The key was made for a test.",
    ),
    Rule(
        r"\bat times\b",
        "sometimes",
        "Sometimes the status is 401.",
        "At times the status is 401.",
    ),
    Rule(
        r"\b(?:does|do) not count for\b",
        "say what is included",
        "A subscription does not include API credit.",
        "A subscription does not count for the API.",
    ),
    Rule(
        r"\b(?:the way to the (?:API|server|provider)|on the way)\b",
        "the path, in transit",
        "the whole path to the API",
        "everything on the way to the API",
    ),
    Rule(
        r"\b(?:is|are|was|were|be) told\b(?! apart)",
        "programs show and report",
        "Ended models are shown too.",
        "Ended models are told as well.",
    ),
    Rule(
        r"\bpassing (?:fault|delay)s?\b",
        "temporary",
        "a temporary fault at the provider",
        "a passing fault of the provider",
    ),
    Rule(
        r"^(?:\d+\. |- )?See (?:if|whether|which|what)\b",
        "check",
        "Check whether the server replies.",
        "See whether it replies.",
    ),
    Rule(
        r"\b(?:models?|keys?|pages?|lists?) of "
        r"(?:Amazon|OpenAI|Bedrock|Groq|OpenRouter|Codestral|tokens)\b",
        "the owner comes first",
        "Amazon's models need no agreement.",
        "Models of Amazon need no agreement.",
    ),
    # tone
    Rule(r"\bplease\b", "steps are plain", "Send the report.", "Please send the report."),
    Rule(
        r"\b(?:simply|easily|obviously|of course|just(?! (?:now|met|made|\w+ed)\b))\b",
        "what is easy for one is not for another",
        "Restart the editor.",
        "Just restart the editor.",
    ),
    Rule(r"\w!(?=\s|$)", "calm", "It works.", "It works!"),
    Rule(
        r"\byou (?:failed|forgot|neglected)\b|\byour (?:own )?(?:fault|mistake)\b",
        "no blame",
        "The key is missing.",
        "You forgot the key.",
    ),
    Rule(
        r"\b(?:hack(?:er|ed)?s?|man[- ]in[- ]the[- ]middle|attackers?)\b",
        "no guess at attacks",
        "The key may have become public.",
        "A hacker has the key.",
    ),
    # American spelling, and names as their owners write them
    Rule(
        rf"\b(?:{VERBS})is(?:e|es|ed|er|ers|ing|ation|ations)\b",
        "American spelling",
        "The organization is not recognized.",
        "The organisation is not recognised.",
    ),
    Rule(
        r"\b(?:colou?r(?<=our)|behaviour|favour|honour|neighbour|centre|licence|grey|whilst|learnt|"
        r"artefact|judgement|fulfil(?!l)|programme|(?:cancel|label|travel|model|signal)l(?:ed|ing))\w*\b",
        "American spelling",
        "The request was canceled.",
        "The request was cancelled.",
    ),
    Rule(
        r"(?-i:\b(?:VSCode|VS code|Github|Mac ?OS|OpenAi|Openai|Javascript|Internet)\b)",
        "names as their owners write them; the internet is no name",
        "VS Code on the internet",
        "VSCode on the Internet",
    ),
    Rule(
        rf"\b\d\d?(?:st|nd|rd|th)? (?:of )?(?-i:{MONTHS})\b|\b\d{{1,2}}[./]\d{{1,2}}[./]\d{{4}}\b",
        "dates are 2026-11-28 or November 28, 2026",
        "since November 28, 2026",
        "since 28 November 2026",
    ),
)
COMPILED = [(rule, re.compile(rule.pattern, re.IGNORECASE | re.MULTILINE)) for rule in RULES]


def broken(text: str) -> list[tuple[str, str]]:
    """The places of a text that break a rule, and why."""
    return [
        (text[max(0, found.start() - 30) : found.end() + 30], rule.why)
        for rule, pattern in COMPILED
        for found in pattern.finditer(text)
    ]


FRONT = re.compile(r"\A(\+\+\+|---)\n(.*?)^\1\n", re.DOTALL | re.MULTILINE)
FIELDS = re.compile(r'^(?:title|summary|description)\s*[=:]\s*"*(.*?)"*$', re.MULTILINE)
GAP = "_"  # what is left of something that is not prose
OF_OTHERS = (
    re.compile(r"^ *(```+).*?^ *\1$", re.DOTALL | re.MULTILINE),  # commands and output
    re.compile(r"<!--.*?-->|<[^>\n]+>", re.DOTALL),
    re.compile(r"^ *>.*$", re.MULTILINE),  # quotations
    re.compile(r"`[^`\n]+`"),
    re.compile(r"\]\([^)\s]*\)|\{[^}\n]*\}"),  # addresses, attributes and placeholders
    re.compile(r"(?<![\w*])\*(?![*\s])(?:[^*\n]|\n(?!\n))+\*(?![\w*])"),  # controls and messages
    re.compile(r'"[^"\n]+(?:\n[^"\n]+){0,3}"'),  # messages
    re.compile(r"^!!! \w+", re.MULTILINE),
)


def prose(text: str) -> str:
    """What the author of a page wrote: no code, no names of controls, no words of others."""
    front = FRONT.match(text)
    fields = FIELDS.findall(front[2]) if front else []
    body = text[front.end() :] if front else text
    for pattern in OF_OTHERS:
        body = pattern.sub(GAP, body)
    blocks = re.split(r"\n\s*\n|\n(?=[#|]| *[-*] | *\d+\. )", body)
    return "\n".join(" ".join(block.split()) for block in (*fields, *blocks) if block.strip())


def pages() -> Iterator[Path]:
    """Every page that is written by hand."""
    yield from (ROOT / name for name in DOCUMENTS)
    yield from sorted((ROOT / "docs").rglob("*.md"))
    yield from sorted((ROOT / "codegpt_doctor").rglob("*.md"))


@cache
def helps() -> dict[str, str]:
    """What `--help` says of each command and of each option."""
    found = {"codegpt-doctor": str(group.help)}
    context = click.Context(group)
    for name in COMMANDS:
        command = group.get_command(context, name)
        assert command
        found[name] = f"{COMMANDS[name]}\n\n{command.help}"
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                found[f"{name} {parameter.opts[0]}"] = str(parameter.help)
    return found


@each(pages(), lambda page: str(page.relative_to(ROOT)))
def test_a_page_follows_the_style(page: Path) -> None:
    assert broken(prose(page.read_text(encoding="utf-8"))) == []


def test_the_help_of_the_command_follows_the_style() -> None:
    found = {name: broken(prose(text)) for name, text in helps().items()}
    assert {name: places for name, places in found.items() if places} == {}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.better)
class TestARule:
    def test_finds_its_example(self, rule: Rule) -> None:
        assert rule.why in [why for _, why in broken(rule.example)]

    def test_leaves_what_is_better(self, rule: Rule) -> None:
        assert broken(rule.better) == []


def test_prose_is_what_the_author_wrote() -> None:
    page = (
        '+++\ntitle = "A title"\ncodes = ["x"]\n+++\n## Fix\n1. Click *Log in* at the\n   top.\n\n'
        '   ```sh\n   colour\n   ```\n> Please!\n\nIt says `time-out` and "as a rule".\n'
    )
    assert prose(page) == "A title\n## Fix\n1. Click _ at the top.\n_ _\nIt says _ and _."


def test_contributing_shows_every_rule() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    shown = re.findall(r'^\| "(.+)" \| (.+) \|$', text, re.MULTILINE)
    assert shown == [(rule.example, rule.better) for rule in RULES]
