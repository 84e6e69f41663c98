"""The step `check` of the action: runs the command, and tells GitHub what it found."""

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

KEY = "DOCTOR_KEY"
MARKS = {"pass": "✅", "warn": "⚠️", "fail": "❌", "error": "❌", "skip": "⏭️"}
FAIL_ON = ("any", "permanent", "never")


def main() -> int:
    """Run the check; the exit code decides whether the step fails."""
    fail_on = os.environ.get("DOCTOR_FAIL_ON", "any")
    if fail_on not in FAIL_ON:
        print(annotation("error", "codegpt-doctor", f"fail-on is one of {', '.join(FAIL_ON)}."))
        return 2
    command = (
        sys.executable,
        "-P",
        "-m",
        "codegpt_doctor",
        "check",
        "--json",
        *options(os.environ),
    )
    done = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    if not done.stdout:  # a usage error, which standard error has told
        return done.returncode or 3
    report = json.loads(done.stdout)
    show(report)
    append("GITHUB_STEP_SUMMARY", summary(report))
    file = Path(os.environ["RUNNER_TEMP"], "codegpt-doctor.json")
    file.write_bytes(done.stdout)
    found = (report["diagnosis"] or {}).get("id", "")
    append("GITHUB_OUTPUT", f"status={report['status']}\ndiagnosis={found}\nreport={file}\n")
    return 1 if fails(report, fail_on) else 0


def options(environment: Mapping[str, str]) -> Iterator[str]:
    """The inputs of the action as options of the command."""
    for name in ("provider", "base-url", "timeout"):
        value = environment.get(f"DOCTOR_{name.upper().replace('-', '_')}", "")
        if value:
            yield f"--{name}={value}"
    yield from (f"--model={name}" for name in environment.get("DOCTOR_MODEL", "").split())
    if environment.get(KEY):
        yield f"--key-env={KEY}"
    if environment.get("DOCTOR_SPEND", "true").lower() == "false":
        yield "--no-spend"


def show(report: Mapping[str, Any]) -> None:
    """Print the annotations, and the report, in which nothing is a command to the runner."""
    for line in annotations(report):
        print(line)
    token = secrets.token_hex(16)
    text = json.dumps(report, indent=2)
    print(f"::group::Report\n::stop-commands::{token}\n{text}\n::{token}::\n::endgroup::")


def annotations(report: Mapping[str, Any]) -> Iterator[str]:
    """The root cause as an error, and each warning as one."""
    found = report["diagnosis"]
    if found:
        steps = [step.split("\n")[0] for step in found["remediation"]["steps"]]
        numbered = [f"{number}. {step}" for number, step in enumerate(steps, 1)]
        words = "\n".join([found["summary"], *numbered, found["docs_url"]])
        yield annotation("error", found["title"], words)
    elif report["status"] == "inconclusive":
        yield annotation("warning", "Inconclusive", "The check could not tell; see the report.")
    for check in report["checks"]:
        if check["status"] == "warn":
            yield annotation("warning", check["title"], check["summary"])


def annotation(level: str, title: str, words: str) -> str:
    """One annotation as the runner reads it."""
    title = escaped(title).replace(":", "%3A").replace(",", "%2C")
    return f"::{level} title={title}::{escaped(words)}"


def escaped(text: str) -> str:
    """A text on one line, as commands to the runner have it."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def summary(report: Mapping[str, Any]) -> str:
    """The job summary as Markdown: the cause with its fix, then every check."""
    found = report["diagnosis"]
    lines = [f"## {found['title'] if found else 'The connection is ' + report['status']}", ""]
    if found:
        steps = [step.split("\n")[0] for step in found["remediation"]["steps"]]
        numbered = [f"{number}. {plain(step)}" for number, step in enumerate(steps, 1)]
        more = f"[{found['id']}]({found['docs_url']})"
        lines += [plain(found["summary"]), "", *numbered, "", more, ""]
    lines += ["| | Check | What was seen |", "| --- | --- | --- |"]
    for check in report["checks"]:
        lines.append(f"| {MARKS[check['status']]} | {check['title']} | {plain(check['summary'])} |")
    return "\n".join([*lines, ""])


def plain(text: str) -> str:
    """Text from a server or a setting, in which nothing is markup."""
    line = " ".join(text.split())
    return "".join(f"&#{ord(one)};" if one in "<>&|`*_[]@#~\\!" else one for one in line)


def append(variable: str, text: str) -> None:
    """Add to a file that the runner reads, where there is one."""
    if os.environ.get(variable):
        with Path(os.environ[variable]).open("a", encoding="utf-8") as file:
            file.write(text)


def fails(report: Mapping[str, Any], fail_on: str) -> bool:
    """Whether the step fails."""
    if fail_on == "permanent":
        return bool(report["diagnosis"]) and report["diagnosis"]["retry"] == "no"
    return fail_on == "any" and report["status"] != "healthy"


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.exit(main())
