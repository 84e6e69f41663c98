"""The step `check` of the action: runs the command, and tells GitHub what it found."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

KEY = "DOCTOR_KEY"
MARKS = {"pass": "✅", "warn": "⚠️", "fail": "❌", "error": "❌", "skip": "⏭️"}
NEVER = "never"  # of fail-on; the other values are those of the option


def main() -> int:
    """Run the check, which prints annotations; the exit code decides whether the step fails."""
    file = Path(os.environ["RUNNER_TEMP"], "codegpt-doctor.json")
    file.unlink(missing_ok=True)
    command = (sys.executable, "-P", "-m", "codegpt_doctor", "check", "--format=github")
    done = subprocess.run((*command, f"--report={file}", *options(os.environ)), check=False)
    if not file.is_file():  # a usage error, which standard error has told
        return done.returncode or 3
    report = json.loads(file.read_text(encoding="utf-8"))
    append("GITHUB_STEP_SUMMARY", summary(report))
    found = (report["diagnosis"] or {}).get("id", "")
    append("GITHUB_OUTPUT", f"status={report['status']}\ndiagnosis={found}\nreport={file}\n")
    return 0 if os.environ.get("DOCTOR_FAIL_ON") == NEVER else done.returncode


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
    if environment.get("DOCTOR_FAIL_ON", NEVER) != NEVER:
        yield f"--fail-on={environment['DOCTOR_FAIL_ON']}"


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


if __name__ == "__main__":
    sys.exit(main())
