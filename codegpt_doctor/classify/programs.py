"""In which program an error was met, so that its own steps come first and those of others go."""

import re
from typing import Any

from codegpt_doctor.classify.rule import Rule, Table

# the program that a row tells of, in the order in which they are asked; `catalogue.steps` has them
PROGRAMS: tuple[tuple[str, Table], ...] = tuple(
    (program, Table((rule,)))
    for program, rule in (
        (
            "Codex",
            Rule(
                r"\bcodex(?:-cli)?\b|stream disconnected before completion",
                "OpenAI's agent for the terminal",
                "codex-cli 0.104.0",
            ),
        ),
        (
            "JetBrains",
            Rule(
                r"JetBrains|IntelliJ|PyCharm|WebStorm|PhpStorm|GoLand|RubyMine|ProxyAI"
                r"|\bcom\.intellij\.|Android Studio",
                "an editor of JetBrains, or a plugin of one",
                "com.intellij.openapi.progress",
            ),
        ),
        (
            "VS Code",
            Rule(
                r"VS ?Code|\bvscode\b|Extension Host|dscodegpt|CodeGPT",
                "the editor, or the extension in it",
                "[Extension Host] TypeError: fetch failed",
            ),
        ),
        (
            "Java",
            Rule(
                r"\b(?:javax?|okhttp3|retrofit2|io\.ktor|org\.springframework|dev\.langchain4j)\.[a-z]"
                r"|PKIX path building|\([A-Z]\w{1,60}\.(?:java|kt):\d",
                "Java or Kotlin, by a class, a frame or its words about certificates",
                "javax.net.ssl.SSLHandshakeException: x",
            ),
        ),
        (
            "PHP",
            Rule(
                r"\bcURL error \d|GuzzleHttp|\.php\b|\bPHP (?:Fatal|Warning)|Illuminate\\",
                "PHP, by its curl, its files or its libraries",
                "cURL error 60: SSL certificate problem",
            ),
        ),
        (
            ".NET",
            Rule(
                r"\bSystem\.(?:Net|IO|Threading|Security|Aggregate)|\bSystem\.ClientModel"
                r"|Invoke-(?:RestMethod|WebRequest)|Unhandled exception\. ",
                ".NET or PowerShell",
                "System.Net.Http.HttpRequestException: x",
            ),
        ),
        (
            "Go",
            Rule(
                r"\bdial tcp\b|\bx509: |net/http: |\b(?:Get|Post) \"https?://",
                "Go, by the words of its network",
                'Post "https://api.example.com/v1": EOF',
            ),
        ),
        (
            "Node.js",
            Rule(
                r"node_modules|\(node:|\bat node:|\bundici\b|\bUND_ERR_\w|\bAxiosError\b",
                "Node.js, by a frame or a library",
                "at process.processTicksAndRejections (node:internal)",
            ),
        ),
        (
            "Python",
            Rule(
                r"Traceback \(most recent|site-packages|\.py\", line \d|\burllib3\b|\bhttpx\.",
                "Python, by a trace or a library",
                "Traceback (most recent call last):",
            ),
        ),
    )
)
_PATTERNS = tuple((program, table.source()) for program, table in PROGRAMS)
MAX = 32 * 1024  # characters of a text that are looked at


def program_in(text: str) -> str | None:
    """The program that a text shows, None where it shows none."""
    for program, source in _PATTERNS:
        if re.search(source, text[:MAX], re.MULTILINE | re.ASCII):
            return program
    return None


def rules() -> dict[str, Any]:
    """The tables by which the browser tells the same."""
    flags = re.MULTILINE | re.ASCII
    return {
        "max": MAX,
        "programs": [[program, re.compile(source, flags)] for program, source in _PATTERNS],
    }
