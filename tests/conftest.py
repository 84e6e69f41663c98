"""What holds for every test: no person's environment, no skip in CI, and who runs beside whom."""

import gc
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

from codegpt_doctor import redact

# a network and a mount namespace of one's own, without being root too
NAMESPACES = (
    *("unshare", "--net", "--mount"),
    *(() if os.name == "posix" and os.geteuid() == 0 else ("--map-root-user",)),
)


def refusal_of_namespaces() -> str:
    """Why this machine gives a process no network of its own; empty when it does."""
    try:
        subprocess.run((*NAMESPACES, "true"), capture_output=True, text=True, check=True)
    except OSError:
        return "no command unshare, which only Linux has"
    except subprocess.CalledProcessError as error:
        return str(error.stderr).strip()
    return ""


# thousands of tests stay in memory until the end: looking through them for garbage at the usual
# pace takes a quarter of the time in which they are collected
gc.set_threshold(100_000, 20, 50)

# node id prefix -> why the test may be skipped where CI is true
ALLOWED_SKIPS: dict[str, str] = {}
NO_NAMESPACES = refusal_of_namespaces()
if NO_NAMESPACES:
    for tests in ("tests/scenarios/", "tests/editor/test_run.py::TestInANamespace::"):
        ALLOWED_SKIPS[tests] = f"no namespaces: {NO_NAMESPACES}"
ROUND_TRIP = "tests/classify/test_round_trip.py::test_what_a_client_prints_is_explained"
for program, scripts in (
    ("go", ("client.go",)),
    ("java", ("HttpClientMain.java", "UrlConnection.java")),
    ("php", ("client.php",)),
    ("ruby", ("client.rb",)),
):
    if not shutil.which(program):
        ALLOWED_SKIPS |= {f"{ROUND_TRIP}[{script}]": f"no {program}" for script in scripts}
if not shutil.which("npm"):
    ALLOWED_SKIPS[f"{ROUND_TRIP}[npm.cjs "] = "no npm"
if not (shutil.which("node") or shutil.which("nodejs")):
    for tests in (
        *("tests/builder/test_javascript.py::", "tests/redact/test_browser.py::"),
        "tests/cli/test_node.py::",
    ):
        ALLOWED_SKIPS[tests] = "no node"
for program, test in (
    ("ruby", "test_the_formula_is_ruby"),
    ("dpkg-deb", "TestTheDebianPackage::"),
    ("lintian", "TestTheDebianPackage::test_lintian_finds_no_error"),
):
    if not shutil.which(program):
        ALLOWED_SKIPS[f"tests/places/test_packages.py::{test}"] = f"no {program}"
if not shutil.which("promtool"):
    ALLOWED_SKIPS["tests/output/test_formats.py::TestPrometheus::"] = "no promtool"
for shell in ("zsh", "fish"):
    if not shutil.which(shell):
        ALLOWED_SKIPS[f"tests/cli/test_completion.py::test_a_shell_takes_it[{shell}]"] = "no shell"

PERSONAL = {
    "COLUMNS",
    "CURL_CA_BUNDLE",
    "NO_COLOR",
    "REQUESTS_CA_BUNDLE",
    "SSL_CERT_DIR",
    "SSL_CERT_FILE",
}


@pytest.fixture(autouse=True)
def nobodys_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No key, proxy, trust store, keyring, home or ``.env`` of the person who runs the tests."""
    for name in os.environ:
        if name in PERSONAL or name.startswith("OPENAI_") or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    monkeypatch.chdir(home)
    # what a test makes a secret is none to the next one
    monkeypatch.setattr(redact, "_process", redact.Scrubber())


def _forbidden_skips(config: pytest.Config) -> list[str]:
    if os.environ.get("CI") != "true":
        return []
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None:
        return []  # one of several processes: the one that started them counts
    assert isinstance(reporter, pytest.TerminalReporter)
    skipped = [report.nodeid for report in reporter.stats.get("skipped", [])]
    return [nodeid for nodeid in skipped if not nodeid.startswith(tuple(ALLOWED_SKIPS))]


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """A skipped test is no evidence: where CI is true, the run fails."""
    if session.exitstatus == pytest.ExitCode.OK and _forbidden_skips(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Say which skips made the run fail."""
    for nodeid in _forbidden_skips(config):
        terminalreporter.write_line(f"SKIPPED, which CI does not allow: {nodeid}", red=True)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave most rows of a long table that is marked `sampled` to the run of every test."""
    tables: dict[str, list[pytest.Item]] = {}
    for item in items:
        if item.get_closest_marker("sampled"):
            tables.setdefault(item.nodeid.partition("[")[0], []).append(item)
    for rows in tables.values():
        mark = rows[0].get_closest_marker("sampled")
        step = -(-len(rows) // mark.args[0]) if mark else 1
        for at, row in enumerate(rows):
            if at % step:
                row.add_marker(pytest.mark.full)


class Together(LoadScopeScheduling):  # type: ignore[misc]  # xdist has no types
    """Deals tests out to processes, the largest group first.

    The tests of one module or class share what they set up, and so does all of the site, which is
    built once; but each scenario is played for itself.
    """

    def _split_scope(self, nodeid: str) -> str:
        path, _, name = nodeid.partition("::")
        if path.startswith("tests/site/"):
            return "tests/site/"
        if path.startswith("tests/scenarios/") and "[" in name:
            return f"{path}[{name.partition('[')[2]}"
        return nodeid.partition("[")[0].rpartition("::")[0]


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """With `-n auto`, more processes than there are processors, as many tests wait."""
    quick = "not slow" in config.getoption("markexpr")
    return (os.cpu_count() or 1) + (1 if quick else 2)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Together:
    """With `-n`, tests that share something run in one process."""
    return Together(config, log)
