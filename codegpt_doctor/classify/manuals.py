"""Manuals and source code as a whole, and the traces of errors, which neither has."""

from codegpt_doctor.classify.rule import Rule, Table, compiled

MANUALS = Table(
    before="^",
    rules=(
        Rule(
            r"(?:NAME|SYNOPSIS|DESCRIPTION|EXIT (?:CODES|STATUS)|RETURN VALUE|ERRORS|SEE ALSO)$",
            "the headings of a manual page",
            "RETURN VALUE",
            "ERRORS: 3",
        ),
        Rule(
            r"(?:commit [0-9a-f]{40}$|Merge (?:pull request #\d|branch '|remote-tracking )"
            r"|Revert \""
            r"|This reverts commit )",
            "the log of git, and what git writes into it, whose messages name errors",
            "commit 1801d72f0e9f0f03d5cee65fd7e56f7a9890cd55",
        ),
        Rule(
            r"#{1,3} \[?v?\d{1,4}\.\d{1,4}\.\d{1,4}\]?(?:[ (:-]|$)",
            "a list of changes, version by version",
            "## [1.4.2] - 2026-11-28",
            "## 1.2 Error",
        ),
        Rule(
            r"[ \t-]{0,60}[\"']?\$ref[\"']?: ?[\"']#/components/",
            "a description of an API for programs",
            "                $ref: '#/components/schemas/UnauthorizedResponse'",
        ),
        Rule(
            r"[ \t]{0,8}(?:Scenario(?: Outline)?|Feature|Background): [^\n]{1,200}\n"
            r"[ \t]{1,8}(?:Given|When|And|As) "
            r"|Given [^\n]{1,200}\n[ \t]{0,8}(?:When|And|Then) "
            r"|-- [\w./-]{3,100} --$|recorded_with: VCR ",
            "a scenario for Cucumber, or what a test replays",
            "Scenario: invalid key\n  Given the server answers with 401",
            "Feature: chat\nError: 401",
        ),
        Rule(
            r"[{ \t]{0,9}[\"']?(?:openapi|swagger|asyncapi)[\"']?: ?[\"']?[1-4]\.\d",
            "the version of such a description",
            "openapi: 3.1.0",
            "openapi: Error 401",
        ),
        Rule(
            r"[ \t-]{0,20}(?:alert: \w{1,80}$|expr: [\w(])",
            "a rule of Prometheus",
            '  expr: rate(requests_total{status="429"}[5m]) > 0.1',
            "alert: Error 429",
        ),
        Rule(
            r"(?:[Vv]ersion )?v?\d{1,4}\.\d{1,4}(?:\.\d{1,4})?(?: \(| - | \u2013 | )"
            r"\d{4}-\d\d-\d\d\)?[ \t]{0,9}$",
            "a version with its day, above what was changed",
            "v2.3.1 (2026-11-02)",
            "1.2.3 2026-11-02 Error",
        ),
        Rule(
            r"#{1,4} (?:Example Usage|Installation|API Reference|Parameters|Getting Started"
            r"|Quick ?[Ss]tart|Prerequisites|License|Table of Contents|Best Practices"
            r"|Known [Ii]ssues"
            r"|Troubleshooting|FAQ|Error (?:[Cc]odes|[Hh]andling|[Mm]essages)|Rate [Ll]imits"
            r"|(?:Known )?[Ll]imitations"
            r"|Features|Roadmap|Contributing|Common (?:[A-Z]\w{1,20} ){0,3}(?:[Ee]rrors|[Ii]ssues"
            r"|[Pp]roblems)|(?:[\w.-]{1,20} ){1,6}Guide)[ \t]{0,9}$",
            "the headings of documentation",
            "## Example Usage",
            "## Steps to reproduce",
        ),
        Rule(
            r"#{1,6} (?:For|On|About|Handling) [^\n]{0,60}(?:[Ee]rrors?|[Rr]esponses?):?$"
            r"|#{1,4} Error Messages\b[^\n]{0,40}$"
            r"|#{1,3} (?:ADR|RFC|PEP)[ -]?\d{1,5}\b[^\n]{0,200}$"
            r"|(?:\*\*(?:Solutions?|Resolution):?\*\*:?|#{2,5} (?:Solutions?|Causes?)):?$"
            r"|#{2,4} (?:Issue|Problem) \d{1,2}[:.] [^\n]{1,200}$"
            r"|\*\*(?:解决方案|解決方法|解决方法|Çözüm|Solución|Solução|Lösung|Решение)[:\uff1a]?\*\*[:\uff1a]?$"
            r"|[^\n]{0,60}(?:以下格式|错误响应规范)[^\n]{0,40}$",
            "the headings of a guide to errors, or of a decision about them",
            "## Handling rate limit errors",
            "## Error",
        ),
        Rule(
            r"#{2,4} (?:Added|Changed|Fixed|Removed|Deprecated|Enhanced|Bug [Ff]ixes)$",
            "the headings in a list of changes",
            "### Fixed",
            "### Fixed my key",
        ),
        Rule(
            r"(?:#{1,4} )?(?:Test [Pp]lan|Acceptance [Cc]riteria|[Ee]xit (?:codes|status)):?$"
            r"|\d{1,2}\. \*\*(?:Wait|Check|Verify|Restart|Upgrade|Ensure)\b[^*\n]{0,60}\*\*:?"
            r"\n{1,2} {2,4}[`-]",
            "what is to be done or tested, step by step; how a command ends",
            "Acceptance criteria:",
            "1. **Check the logs**",
        ),
        Rule(
            r"(?:HTTP )?(?:[Ss]tatus|[Ee]rror)(?: [Cc]ode)?[ \t|]{1,9}"
            r"(?:Error [Tt]ype|Description|Meaning|Overview)\b[^\n]{0,60}$",
            "the head of a table of errors",
            "Error Code | Meaning",
            "Error Code: 401",
        ),
        Rule(
            r"slug: [\w-]{3,100}$",
            "the address of a page of a blog, above it",
            "slug: fix-openai-error-429",
            "slug: Error 429",
        ),
        Rule(
            r"(?:All |Every |Each )?(?:\w{2,12} )?[Ee]rrors? (?:\w{2,12} ){0,4}(?:follow|share|use"
            r"|has|have) (?:an?|the|one) (?:\w{2,10} )?(?:JSON|same|uniform|common|standard)\b"
            r"[^\n]{0,80}[:.]$",
            "how an API words its errors",
            "All errors follow a uniform JSON structure:",
            "All errors have the same text: x",
        ),
        Rule(
            r"[#*= ]{0,6}Changes (?:since|in) v?\d[\d.]{0,9}:?$"
            r"|[#*= ]{0,6}(?:Release [Nn]otes|CHANGELOG|Change ?[Ll]og|What.s [Nn]ew)\b"
            r"[^\n:]{0,40}$",
            "the heading of a list of changes",
            "Release notes 2.4",
            "Release notes: see below",
        ),
        Rule(
            r"\*{0,2}(?:Is your feature request related|Describe the solution you.d like)\b",
            "the questions of GitHub to who wishes something",
            "**Describe the solution you'd like**",
        ),
        Rule(
            r"Help on (?:class|function|module|package|method|built-in)\b",
            "what Python's help prints",
            "Help on class RateLimitError in module openai:",
        ),
    ),
)

CODE = Table(
    before="^",
    rules=(
        Rule(
            r"import |from \S{1,255} import |(?:async )?def |class |\"use strict\"|module\.exports"
            r"|export |const |function |#include|interface |package |public ",
            "how lines of Python, JavaScript, C, Java and Go begin",
            "from openai import APIStatusError",
            "from here on",
        ),
        Rule(
            r"[\w./-]{1,255}\.[a-z]{1,4}:\d{1,9}:(?!in |\d)",
            "what grep prints before a line; a trace goes on with the column or with `in`",
            "src/retry.ts:18: 'ECONNRESET'",
            "app/retry.rb:18:in `call'",
        ),
    ),
)

TRACES = Table(
    before="^",
    rules=(
        Rule(r"Traceback", "the first line of one of Python", "Traceback (most recent call last):"),
        Rule(r"[ \t]{1,99}at ", "a frame of JavaScript or Java", "    at main (app.js:1:2)"),
        Rule(
            r"[A-Z][^\n={}()]{0,200}: ?\{[\"'](?:error|detail|message)[\"']: ?[{\"']",
            "a sentence, then the body of an error",
            'Tracing client error 403: {"error": {"code": "x"}}',
            'const body = {"error": {"code": "x"}}',
        ),
        Rule(
            r"[\w.]{0,200}(?:Error|Exception)(?::|$| [\[(])",
            "an exception with its message",
            "openai.RateLimitError: 429",
            "Errors are raised",
        ),
    ),
)

MANUAL = compiled(MANUALS)
CODE_LINE = compiled(CODE)
TRACE = compiled(TRACES)
