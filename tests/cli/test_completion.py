"""What a shell completes, and that each shell takes what is printed for it."""

import subprocess
from shutil import which

import pytest
from helpers.command import FOLDER, environment, run

pytestmark = pytest.mark.slow

COMPLETED = {
    "ex": {"explain"},
    "explain insufficient_q": {"insufficient_quota"},
    "explain --provider anth": {"anthropic"},
    "explain 429 --provider anth": {"anthropic"},
    "docs dns": {"dns_failure"},
    "simulate invalid_api_k": {"invalid_api_key"},
    "simulate --provider mist": {"mistral"},
    "check --simulate hea": {"healthy"},
    "check --simulate dns_": {"dns_failure"},
    "check --provider anth": {"anthropic"},
    "check --provider anthropic --model claude-h": {"claude-haiku-5-5"},
    "check --format prom": {"prometheus"},
    "check --skip bil": {"billing"},
    "check --fail-on p": {"permanent"},
    "check --template code": {"codegpt"},
    "errors --family quo": {"quota"},
    "billing --provider anth": {"anthropic"},
    "completion z": {"zsh"},
}


def completed(line: str) -> set[str]:
    words = ["codegpt-doctor", *line.split(" ")]
    variables = {
        "_CODEGPT_DOCTOR_COMPLETE": "bash_complete",
        "COMP_WORDS": " ".join(words),
        "COMP_CWORD": str(len(words) - 1),
    }
    script = (
        "import sys; sys.argv[0] = 'codegpt-doctor'; from codegpt_doctor.cli import main; main()"
    )
    done = run(variables=variables, script=script)
    return {word.partition(",")[2] for word in done.stdout.decode().split()}


@pytest.mark.sampled(6)
@pytest.mark.parametrize(("line", "words"), COMPLETED.items(), ids=COMPLETED)
def test_a_line_is_completed(line: str, words: set[str]) -> None:
    assert words <= completed(line)


def test_a_model_is_of_the_chosen_provider() -> None:
    every, own = completed("check --model "), completed("check --provider anthropic --model ")
    assert own
    assert own < every


SHELLS = {
    "bash": ("-c", 'eval "$SOURCE"; complete -p codegpt-doctor'),
    "zsh": ("-f", "-c", 'autoload -U compinit; compinit -u -D; eval "$SOURCE"; print $_comps'),
    "fish": ("-N", "-c", "echo $SOURCE | source; complete -c codegpt-doctor"),
}


@pytest.mark.sampled(2)
@pytest.mark.parametrize("shell", SHELLS)
def test_a_shell_takes_it(shell: str) -> None:
    if not which(shell):
        pytest.skip(f"no {shell}")
    source = run("completion", shell).stdout.decode()
    done = subprocess.run(
        (shell, *SHELLS[shell]),
        env=environment(SOURCE=source),
        cwd=FOLDER,
        capture_output=True,
        check=False,
        timeout=30,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"codegpt" in done.stdout
