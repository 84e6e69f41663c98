"""Feeds runs with answers, headers, settings and files that nobody would think of.

    python tests/fuzz.py [RUNS]
    python tests/fuzz.py --guided [RUNS]

With --guided, atheris (``pip install atheris``) chooses by what of the program each run reached;
what does not hold is kept in a file crash-*, and ``--guided FILE`` runs it again.

No socket is opened: a whole run is that of ``check`` from the answers on, down to both outputs.
Exit codes: 0 every run held, 1 one did not; its seed is printed with what was wrong.
"""

import json
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from io import BytesIO
from math import inf
from pathlib import Path
from time import monotonic, process_time
from typing import Any

from codegpt_doctor import redact
from codegpt_doctor.checks.key import check_key
from codegpt_doctor.checks.plan import Plan
from codegpt_doctor.checks.route import Way
from codegpt_doctor.checks.settings import judge_settings
from codegpt_doctor.checks.target import target_of
from codegpt_doctor.doctor import path_checks
from codegpt_doctor.editor.jsonc import loads
from codegpt_doctor.engine.background import Background, Task
from codegpt_doctor.engine.check import Context
from codegpt_doctor.engine.runner import report_on, run_checks
from codegpt_doctor.model.observation import Exchange, Failure
from codegpt_doctor.model.report import Report, Stage, Status
from codegpt_doctor.output.report_data import report_data
from codegpt_doctor.output.report_text import report_text
from codegpt_doctor.output.style import Style
from codegpt_doctor.probes.inference import Inference
from codegpt_doctor.providers.provider import all_providers
from codegpt_doctor.providers.selection import SelectionError, selected
from codegpt_doctor.redact import Secret
from codegpt_doctor.settings.dotenv_file import near_misses, read_dotenv
from codegpt_doctor.settings.resolve import resolve
from codegpt_doctor.settings.values import Key, Options, SearchedKey, Settings, Value

SECRET = "sk-proj-" + "Fz7Qx2Lm9Rt4Zk" * 3
RUNS = 100_000
MAX_SECONDS = 2.0  # of the processor, for one run
STATUSES = (
    *(200, 200, 200, 201, 204, 301, 307, 400, 401, 402, 403, 404, 408, 409, 413, 418, 422, 429),
    *(500, 502, 503, 504, 511, 520, 529, 599, 999, 100, 103, 0),
)
WORDS = (
    *("error", "errors", "message", "type", "code", "status", "details", "detail", "param", "id"),
    *("choices", "delta", "content", "text", "data", "models", "name", "object", "list", "output"),
    *("response", "failed", "usage", "total_tokens", "finish_reason", "stop", "length", "@type"),
    *("insufficient_quota", "invalid_api_key", "RESOURCE_EXHAUSTED", "rate limit", "max_tokens"),
    *("model_not_found", "The model `x` does not exist", "quota", "credit balance is too low"),
    *("candidates", "parts", "reason", "API_KEY_INVALID", "overloaded_error", "No connected db."),
    *("<html>", "<title>", "<script>", "</style", "&#x1b;", "data: ", "[DONE]", "\n\n", "\x00"),
    *("\x1b[2J", "\x9b31m", "\u202e", "\ud800", "\U000e0041", "\ufeff", "é", "9" * 40, ""),
    *("https://evil.example/", "http://[", "{{base_url}}", "{{", "%s", "\\u001b", SECRET),
)
NUMBERS = (0, -1, 1, 1e308, float("nan"), float("inf"), 10**19, 10**400, 1.5, 4096, 1764300000)
NAMES = (
    *("content-type", "location", "retry-after", "retry-after-ms", "date", "www-authenticate"),
    *("server", "via", "x-request-id", "request-id", "cf-ray", "x-squid-error", "openai-version"),
    *("x-ratelimit-limit-requests", "x-ratelimit-remaining-tokens", "x-ratelimit-reset-tokens"),
    *("anthropic-ratelimit-tokens-remaining", "openai-organization", "x-amzn-errortype"),
)
CONTENTS = (
    *("text/html", "application/json", "text/event-stream", "", " ", "-1", "9" * 40, "nan", "6m0s"),
    *("1e999", "Basic realm=x", "Bearer", "/", "http://[", "https://127.0.0.1/v1/models", "//x"),
    *("Sat, 28 Nov 2026 05:00:00 GMT", "Fri, 20 Nov 2026 00:00:00", "Mon, 01 Jan 0001 00:00:00"),
    *("Sat, 28 Nov 2026 05:00:00 +99999999999999999999", "ThrottlingException:http://x", SECRET),
)
KINDS = ("ECONNRESET", "ETIMEDOUT", "EAI_NONAME", "ssl.CERT_HAS_EXPIRED", "407", "503", "Odd")
LINES = (
    *(f"OPENAI_API_KEY={SECRET}", "OPENAI_API_KEY: x", "set OPENAI_API_KEY=x", "export A=b", "="),
    *('OPENAI_API_KEY="x', "OPENAI_API_KEY=${X}", "OPENAI_BASE_URL=http://[", "# key", "\\", "'"),
    *("$env:OPENAI_API_KEY='x'", "OPENAI_KEY=x", "OPENAI_API_KEY", "A='b\nc'", "\x00", "\x1b[2J"),
)


NAMES_OF_FILES = (".env", ".env.local")
VARIABLES = (
    *("OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID", "GROQ_API_KEY"),
    *(
        "OPENAI_ADMIN_KEY",
        "ANTHROPIC_API_KEY",
        "OLLAMA_HOST",
        "AZURE_OPENAI_ENDPOINT",
        "AWS_REGION",
    ),
    *("OPENAI_CUSTOM_HEADERS", "OPENAI_API_BASE", "HTTPS_PROXY", "NO_PROXY"),
)


class Given(random.Random):
    """Draws from bytes that somebody else has chosen, and nothing but zeros after their end."""

    def __init__(self, data: bytes) -> None:
        super().__init__(0)
        self._data = BytesIO(data)

    def random(self) -> float:
        """A number from 0 to 1, by two bytes."""
        return self.getrandbits(16) / 2**16

    def getrandbits(self, k: int) -> int:
        """A number of so many bits."""
        size = (k + 7) // 8
        return int.from_bytes(self._data.read(size).ljust(size, b"\0")) & ((1 << k) - 1)


class Maker:
    """Draws what a run is fed, all of it from one source."""

    def __init__(self, source: random.Random) -> None:
        self.random = source

    def text(self) -> str:
        """A word that means something, some of them, or noise."""
        draw = self.random
        if draw.random() < 0.8:
            return draw.choice(WORDS)
        if draw.random() < 0.5:
            return " ".join(draw.choices(WORDS, k=draw.randrange(6)))
        return "".join(chr(draw.randrange(1, 0x2FFF)) for _ in range(draw.randrange(30)))

    def value(self, depth: int = 4) -> Any:
        """Anything that JSON can hold, with the names of real answers."""
        kind = self.random.random()
        if depth == 0 or kind < 0.45:
            leaf = (self.text(), self.random.choice(NUMBERS), None, True, False)
            return self.random.choices(leaf, (6, 2, 1, 1, 1))[0]
        if kind < 0.6:
            return [self.value(depth - 1) for _ in range(self.random.randrange(4))]
        return {self.text(): self.value(depth - 1) for _ in range(self.random.randrange(5))}

    def body(self) -> str:
        """JSON, a stream, a page, or what was cut off in the middle."""
        made = json.dumps(self.value())
        kind = self.random.randrange(6)
        if kind == 0:
            return "".join(f"data: {json.dumps(self.value())}\n\n" for _ in range(3))
        if kind == 1:
            return f"<html><title>{self.text()}</title><body>{self.text()}{made}"
        if kind == 2:
            return made[: self.random.randrange(len(made) + 1)]
        return json.dumps({"error": self.value()}) if kind == 3 else made

    def exchange(self, operation: str, chosen: Settings) -> Exchange:
        """One request and what came back, if anything did."""
        draw = self.random
        status = draw.choice(STATUSES)
        failure = Failure(draw.choice(list(Stage)), draw.choice(KINDS), self.text())
        names = draw.sample(NAMES, draw.randrange(5))
        return Exchange(
            operation,
            draw.choice((0, 5, 20_000)),
            failure if not status or draw.random() < 0.1 else None,
            url=f"{chosen.url.text}/models",
            http_status=status,
            headers={name: draw.choice((*CONTENTS, self.text())) for name in names},
            body=self.body() if status else "",
            truncated=draw.random() < 0.05,
            provider=chosen.provider,
            base_url=chosen.url.text,
        )

    def settings(self) -> Settings:
        """Settings of any provider, with a key and perhaps more."""
        draw = self.random
        provider = draw.choice(all_providers())
        usual = provider.base_url.replace("{region}", "us-east-1") or "https://llm.example.net/v1"
        url = draw.choice((usual, usual, "https://llm.example.net/v1", f"{usual}/{self.text()}"))
        other = Key(Secret(SECRET[::-1]), "OPENAI_API_KEY in .env")
        return Settings(
            provider.id,
            Value(url, draw.choice(("--base-url", "OPENAI_BASE_URL", "default"))),
            Key(Secret(draw.choice((SECRET, SECRET, self.text()))), "OPENAI_API_KEY"),
            models=self._values("--model"),
            organization=next(iter(self._values("OPENAI_ORG_ID")), None),
            project=next(iter(self._values("--project")), None),
            direct=True,
            searched=SearchedKey(("OPENAI_API_KEY",), (other,) * draw.randrange(2)),
        )

    def setting(self) -> str:
        """What a variable may hold: a key, an address, some words."""
        draw = self.random
        usual = draw.choice(all_providers()).base_url
        pieces = (SECRET, usual, "127.0.0.1:11434/v1", f"http://bob:{SECRET}@x/v1", self.text())
        return draw.choice((*pieces, f"{usual}/{self.text()}", f"{self.text()} {usual}"))

    def file(self, folder: Path) -> None:
        """Leave one file of settings in the folder."""
        for name in NAMES_OF_FILES:
            (folder / name).unlink(missing_ok=True)
        lines = "\n".join(self.random.choices((*LINES, f"{self.text()}={self.setting()}"), k=4))
        coding = self.random.choice(("utf-8", "utf-8", "utf-16", "utf-8-sig", "latin-1"))
        data = lines.encode(coding, "replace" if coding == "latin-1" else "surrogatepass")
        (folder / self.random.choice(NAMES_OF_FILES)).write_bytes(data)

    def _values(self, source: str) -> tuple[Value, ...]:
        return (Value(self.text(), source),) if self.random.random() < 0.3 else ()


def whole(maker: Maker, folder: Path) -> list[str]:
    """One run from its answers on: what is wrong with it, nothing where it holds."""
    chosen = maker.settings()
    background = Background(monotonic() + 20)
    way = Way(chosen, background)
    plan = Plan(way)
    if judge_settings(way).status is not Status.FAIL:
        listed = maker.exchange("GET /models", chosen)
        answers = [maker.exchange("POST /chat/completions", chosen) for _ in range(2)]
        if maker.random.random() < 0.1:
            listed = listed._replace(first_attempt=answers[0])
        asked = Task.done(Inference(maker.text(), answers))
        plan = Plan(way, models=Task.done(listed), inference=asked)
    spend = maker.random.random() < 0.7
    context: Context[Plan] = Context(chosen, background, spend, False, Task.done(plan))
    results = run_checks(path_checks(), context)
    target = partial(target_of, context)
    return judge(report_on(results, background, lambda _: None, target, "inference"))


def judge(report: Report) -> list[str]:
    """What is wrong with a report."""
    wrong = [f"{one.id}: {one.summary}" for one in report.checks if one.status is Status.ERROR]
    data = report_data(report)
    printed = json.dumps(data, ensure_ascii=False, allow_nan=False).encode().decode()
    return wrong + shown(printed) + shown(report_text(data, Style(color=False, width=80)))


def shown(said: str) -> list[str]:
    """What may not be in an output, and is."""
    wrong = ["the key is shown"] if SECRET in said else []
    return wrong + (["a control character"] if {"\x1b", "\x9b", "\u202e"} & set(said) else [])


def sources(maker: Maker, folder: Path) -> list[str]:
    """Variables, options and a ``.env`` of any kind, judged before anything is sent."""
    draw = maker.random
    maker.file(folder)
    variables = {name: maker.setting() for name in draw.sample(VARIABLES, draw.randrange(6))}
    options = Options(
        base_url=maker.setting() if draw.random() < 0.3 else None,
        models=(maker.text(),),
        key_env=draw.choice((None, None, "OPENAI_API_KEY", maker.text() or "X")),
        allow_http=draw.random() < 0.2,
    )
    try:
        chosen = resolve(options, variables, str(folder), selected)
    except SelectionError:
        return []
    way = Way(replace(chosen, direct=True), Background(monotonic()))
    context: Context[Plan] = Context(way.settings, Background(monotonic()), planned=None)
    outcomes = (judge_settings(way), check_key(context))
    details = (one.finding.detail for one in outcomes if one.finding)
    return [one for said in (*(one.summary for one in outcomes), *details) for one in _key_in(said)]


def _key_in(said: str) -> list[str]:
    return ["the key is shown"] if SECRET in redact.scrub(said) else []


def files(maker: Maker, folder: Path) -> list[str]:
    """Files of a folder and of an editor, as they come."""
    maker.file(folder)
    dotenv = read_dotenv(str(folder))
    near_misses(str(folder), dotenv, {})
    pieces = ("//", "/*", "*/", '"', "{", "}", ",", maker.body())
    with suppress(ValueError):
        loads("".join(maker.random.choices(pieces, k=6)))
    return []


KINDS_OF_RUN = (whole, sources, files, sources, files)


def fuzz(runs: int, seed: int, seconds: float = inf) -> tuple[int, str]:
    """Run so many times or so long: how often it was, and what did not hold first."""
    started = monotonic()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(seed, seed + runs):
            if monotonic() - started > seconds:
                return number - seed, ""
            kind = KINDS_OF_RUN[number % len(KINDS_OF_RUN)]
            wrong = _once(kind, Maker(random.Random(number)), Path(folder))
            if wrong:
                return number - seed, "\n".join((f"seed {number}:", *wrong))
    return runs, ""


def guided(arguments: list[str]) -> None:
    """Fuzz with what atheris chooses, so many times or with what is in a file; it ends the program.

    Raises:
        AssertionError: a run did not hold; atheris keeps what it was fed.
    """
    import atheris  # type: ignore[import-untyped]

    def run(data: bytes) -> None:
        source = Given(data)
        wrong = _once(source.choice(KINDS_OF_RUN), Maker(source), Path(folder))
        assert not wrong, "\n".join(wrong)

    told = [f"-runs={one}" if one.isdecimal() else one for one in arguments or [str(RUNS)]]
    with tempfile.TemporaryDirectory() as folder:
        atheris.instrument_all()
        atheris.Setup([sys.argv[0], "-max_len=2048", "-len_control=0", *told], run)
        atheris.Fuzz()


def _once(kind: Callable[[Maker, Path], list[str]], maker: Maker, folder: Path) -> list[str]:
    started = process_time()
    redact._process = redact.Scrubber()  # what one run knows is nothing to the next
    try:
        wrong = kind(maker, folder)
    except Exception:  # noqa: BLE001 - whatever it is, it is what was looked for
        wrong = [traceback.format_exc()]
    took = process_time() - started
    return [*wrong, f"it took {took:.1f} s"] if took > MAX_SECONDS else wrong


def shares(runs: int, seconds: float, processes: int) -> tuple[int, int, str]:
    """Fuzz in several processes: how many runs held, in how many MB each, and what did not."""
    each = runs // processes
    command = (sys.executable, __file__, "--alone", str(seconds))
    # the time and the memory are the program's, not those of what measures how much of it is run
    environment = {**os.environ, "COVERAGE_PROCESS_CONFIG": ""}
    started = [
        subprocess.Popen(
            (*command, str(each), str(at * each)),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
        )
        for at in range(processes)
    ]
    outputs = [one.communicate() for one in started]
    told = [json.loads(out) for out, _ in outputs]
    wrong = "\n".join(err.decode("utf-8", "replace") for _, err in outputs if err)
    return sum(one["runs"] for one in told), max(one["mb"] for one in told), wrong


def peak_mb() -> int:
    """The most memory that this program has held, in MB.

    ``ru_maxrss`` is not that on Linux: it keeps what the parent held when it started this one.
    """
    try:
        status = Path("/proc/self/status").read_text("utf-8")
    except OSError:
        unit = 1024 if sys.platform == "linux" else 1024 * 1024
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // unit
    (peak,) = re.findall(r"^VmHWM:\s*(\d+) kB$", status, re.MULTILINE)
    return int(peak) // 1024


def alone(arguments: list[str]) -> int:
    """Fuzz in this process."""
    seconds, runs, seed = float(arguments[0]), int(arguments[1]), int(arguments[2])
    done, wrong = fuzz(runs, seed, seconds)
    print(json.dumps({"runs": done, "mb": peak_mb()}))
    print(wrong, end="", file=sys.stderr)
    return 1 if wrong else 0


def main(arguments: list[str]) -> int:
    """Fuzz, and print how many runs held in which memory."""
    if arguments[:1] == ["--alone"]:
        return alone(arguments[1:])
    if arguments[:1] == ["--guided"]:
        guided(arguments[1:])
    runs = int(arguments[0]) if arguments else RUNS
    done, peak, wrong = shares(runs, inf, os.cpu_count() or 1)
    print(f"{done} runs held, in {peak} MB.", wrong, sep="\n" if wrong else "")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
