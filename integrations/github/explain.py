"""The step `explain` of the action: answers an issue or comment that shows an error.

There is one comment an issue, which is changed when there is something new to say.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import requests

MARK = "<!-- codegpt-doctor explain -->"
MAX_TEXT = 200_000  # characters; GitHub takes 65,536 for a body
MAX_PAGES = 30  # of 100 comments each
MAX_QUOTE = 100  # characters
TIMEOUT = 20.0  # seconds a request


def main() -> int:
    """Read the event, and comment where it shows an error or a key."""
    event = json.loads(Path(os.environ["GITHUB_EVENT_PATH"]).read_text(encoding="utf-8"))
    text = text_of(event)
    if not text:
        return 0
    said = answer(explained(text), leaked(text))
    if not said:
        print("No error of a provider is recognized.")
        return 0
    issues = Issues(os.environ["GITHUB_API_URL"], os.environ["GITHUB_REPOSITORY"])
    print(issues.say(int(event["issue"]["number"]), said))
    return 0


def text_of(event: Mapping[str, Any]) -> str:
    """What a person wrote; empty for what a program wrote, and for pull requests."""
    issue = event.get("issue") or {}
    written = event.get("comment") or issue
    is_ours = MARK in (written.get("body") or "")
    if not issue or is_ours or "pull_request" in issue:
        return ""
    if (written.get("user") or {}).get("type") == "Bot":
        return ""
    title = "" if event.get("comment") else issue.get("title") or ""
    return f"{title}\n\n{written.get('body') or ''}"[:MAX_TEXT]


def doctor(command: str, text: str) -> dict[str, Any]:
    """What a command says of a text, as JSON."""
    done = subprocess.run(
        (sys.executable, "-P", "-m", "codegpt_doctor", command, "--json", "-"),
        input=text.encode("utf-8", "replace"),
        stdout=subprocess.PIPE,
        check=False,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def explained(text: str) -> Mapping[str, Any] | None:
    """The error in a text; words that people also write without an error are no sign of one."""
    match: Mapping[str, Any] | None = doctor("explain", text)["match"]
    if match is None:
        return None
    signs = [one for one in match["evidence"] if one["signal"] != "words"]
    return match if any(not one["quote"].isdigit() for one in signs) else None


def leaked(text: str) -> Sequence[Mapping[str, Any]]:
    """The keys in a text, masked."""
    found: Sequence[Mapping[str, Any]] = doctor("leaks", text)["leaks"]
    return found


def answer(match: Mapping[str, Any] | None, leaks: Sequence[Mapping[str, Any]]) -> str:
    """The comment as Markdown; empty where there is nothing to say."""
    parts = [*_error(match), *_warning(leaks)] if match else [*_warning(leaks)]
    if not parts:
        return ""
    last = "<sub>Written by codegpt-doctor from the text above alone. A person may know more.</sub>"
    return "\n\n".join([MARK, *parts, last])


def _error(match: Mapping[str, Any]) -> Iterator[str]:
    sure = match["confidence"] == "certain"
    yield f"**{'' if sure else 'Probably: '}{match['title']}** (`{match['id']}`)"
    yield str(match["summary"])
    steps = [step.split("\n")[0] for step in match["remediation"]["steps"]]
    yield "\n".join(f"{number}. {step}" for number, step in enumerate(steps, 1))
    quote = next((one["quote"] for one in match["evidence"]), "")
    said = f", recognized by {_code(quote)}" if quote else ""
    yield f"[Causes, and every step in detail]({match['docs_url']}){said}."


def _code(text: str) -> str:
    """A quotation of what somebody wrote, in which nothing is markup or mentions a person."""
    line = " ".join(text.replace("`", "'").split())[:MAX_QUOTE]
    return f"`{line}`"


def _warning(leaks: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    shown = dict.fromkeys(f"{leak['kind']} `{leak['hint']}`" for leak in leaks)
    if not shown:
        return
    yield (
        f"> [!WARNING]\n> The text shows a key: {', '.join(shown)}. Everyone can read it here and "
        "use it. Delete the key where it was made, create another, and then remove it from the "
        "text, whose earlier versions stay readable."
    )


class Issues:
    """The comments of a repository's issues."""

    def __init__(self, api: str, repository: str) -> None:
        self._address = f"{api.rstrip('/')}/repos/{repository}/issues"
        self._session = requests.Session()
        self._session.headers.update(
            {
                "Accept": "application/vnd.github+json",
                "Authorization": f"Bearer {os.environ['GITHUB_TOKEN']}",
                "X-GitHub-Api-Version": "2022-11-28",
            }
        )

    def say(self, issue: int, text: str) -> str:
        """Make the comment or change the one that is there; what was done, in words."""
        ours = next(self._ours(issue), None)
        if ours is None:
            self._send("POST", f"{self._address}/{issue}/comments", text)
            return "The issue has a comment now."
        if ours["body"].replace("\r\n", "\n") == text:
            return "The comment says so already."
        self._send("PATCH", f"{self._address}/comments/{ours['id']}", text)
        return "The comment was changed."

    def _ours(self, issue: int) -> Iterator[Mapping[str, Any]]:
        for page in range(1, MAX_PAGES + 1):
            address = f"{self._address}/{issue}/comments?per_page=100&page={page}"
            comments = self._send("GET", address)
            yield from (one for one in comments if _is_ours(one))
            if len(comments) < 100:
                return

    def _send(self, method: str, address: str, text: str | None = None) -> Any:
        body = None if text is None else {"body": text}
        response = self._session.request(
            method, address, json=body, timeout=TIMEOUT, allow_redirects=False
        )
        response.raise_for_status()
        return response.json()


def _is_ours(comment: Mapping[str, Any]) -> bool:
    """Whether this action wrote a comment; a person can write its mark too."""
    is_program = (comment.get("user") or {}).get("type") == "Bot"
    return is_program and bool(re.match(re.escape(MARK), comment.get("body") or ""))


if __name__ == "__main__":
    sys.exit(main())
