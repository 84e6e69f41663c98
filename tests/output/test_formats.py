"""The formats of a run, read by parsers that are not ours."""

import html
import json
import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from shutil import which
from typing import Any

import html5lib
import pytest
from helpers.command import complaint, data_of, run
from junitparser import JUnitXml
from markdown_it import MarkdownIt
from prometheus_client.parser import text_string_to_metric_families
from sarif_pydantic import Sarif

from codegpt_doctor.cli.formats import ENDINGS, FORMATS, made
from codegpt_doctor.doctor import run_check
from codegpt_doctor.editor.machine import Machine
from codegpt_doctor.exporter.metrics import PREFIX, samples
from codegpt_doctor.model.report import Report
from codegpt_doctor.output.contract import ReportData
from codegpt_doctor.output.github import as_github
from codegpt_doctor.output.junit import as_junit
from codegpt_doctor.output.prometheus import Sample, as_prometheus
from codegpt_doctor.output.report_data import report_data
from codegpt_doctor.output.sarif import as_sarif
from codegpt_doctor.output.short import as_short
from codegpt_doctor.simulator import simulation

ERRORS = (None, "insufficient_quota", "rate_limit_requests", "connection_refused", "server_error")
HOSTILE = 'a"b\\c\n::error::x\r%0A ]]>&<b> \ufffe\ud800 {},=,: | `'


@pytest.fixture(scope="module", params=ERRORS, ids=str)
def report(request: pytest.FixtureRequest) -> Report:
    with simulation(request.param) as settings:
        return run_check(settings, 5)


@pytest.fixture(scope="module")
def data(report: Report) -> ReportData:
    return report_data(report)


@pytest.fixture(scope="module")
def hostile() -> ReportData:
    """A report in which whatever others can write is odd."""
    with simulation("insufficient_quota") as settings:
        data: Any = report_data(run_check(settings, 5))
    data["target"].update(base_url=HOSTILE, model=HOSTILE)
    data["diagnosis"].update(summary=HOSTILE, code=HOSTILE)
    for check in data["checks"]:
        check["summary"] = HOSTILE
    found: ReportData = data
    return found


class TestJunit:
    def suite(self, text: str) -> Any:
        (suite,) = JUnitXml.fromstring(text.encode("utf-8", "strict"))
        return suite

    def test_each_check_is_a_case(self, data: ReportData) -> None:
        suite = self.suite(as_junit(data))
        assert [case.name for case in suite] == [check["id"] for check in data["checks"]]
        counted = (suite.tests, suite.failures, suite.errors, suite.skipped)
        suite.update_statistics()
        assert counted == (suite.tests, suite.failures, suite.errors, suite.skipped)

    def test_the_root_cause_is_in_its_failure(self, data: ReportData) -> None:
        found = {
            one.type: one
            for case in self.suite(as_junit(data))
            for one in case.result
            if type(one).__name__ == "Failure"
        }
        diagnosis = data["diagnosis"]
        assert bool(found) == bool(diagnosis)
        if diagnosis:
            assert diagnosis["docs_url"] in found[diagnosis["id"]].text

    def test_odd_characters_are_no_markup(self, hostile: ReportData) -> None:
        suite = self.suite(as_junit(hostile))
        assert suite.tests == len(hostile["checks"])


class TestSarif:
    def test_it_is_one(self, data: ReportData) -> None:
        text = as_sarif(data)
        run = Sarif.model_validate_json(text).runs[0]
        assert run.tool.driver.name == "codegpt-doctor"
        rules = [rule.id for rule in run.tool.driver.rules or []]
        diagnosis = data["diagnosis"]
        results = run.results or []
        errors = [one.rule_id for one in results if one.level and one.level.value == "error"]
        assert errors == ([diagnosis["id"]] if diagnosis else [])
        for one in json.loads(text)["runs"][0]["results"]:
            assert rules[one["ruleIndex"]] == one["ruleId"]
            assert one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]

    def test_odd_characters_are_kept(self, hostile: ReportData) -> None:
        (result, *_) = json.loads(as_sarif(hostile))["runs"][0]["results"]
        assert result["message"]["text"] == HOSTILE


NOWHERE = Machine("linux", "/nowhere", {}, "/nowhere")


def metrics(report: Report) -> str:
    return made("prometheus", report, report_data(report), NOWHERE, "generic")


class TestPrometheus:
    def families(self, text: str) -> dict[str, Any]:
        return {one.name: one for one in text_string_to_metric_families(text)}

    def test_its_metrics_are_read_as_they_are_told(self, report: Report) -> None:
        found = self.families(metrics(report))
        read = {
            (one.name, *one.labels.items()): one.value
            for family in found.values()
            for one in family.samples
        }
        assert read == {
            (PREFIX + one.name, *one.labels.items()): pytest.approx(float(one.value), rel=1e-5)
            for one in samples(report, datetime.now(UTC))
        }
        assert found["codegpt_doctor_healthy"].samples[0].value == (report.status == "healthy")
        assert ("codegpt_doctor_cause" in found) == bool(report.diagnosis)

    def test_odd_characters_are_kept(self) -> None:
        text = as_prometheus([Sample("x", 1, {"a": HOSTILE})], {"x": "X."}, "p_")
        assert self.families(text)["p_x"].samples[0].labels["a"] == HOSTILE

    @pytest.mark.full
    @pytest.mark.skipif(which("promtool") is None, reason="promtool is not installed")
    def test_promtool_has_nothing_to_say(self, report: Report) -> None:
        done = subprocess.run(
            ("promtool", "check", "metrics"),
            input=metrics(report).encode(),
            capture_output=True,
            check=False,
        )
        assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


LEVEL = re.compile(r"::(error|warning|notice) title=([^:,\n]*)::([^\n]*)")


class TestGithub:
    def test_each_line_is_an_annotation(self, data: ReportData) -> None:
        found = [LEVEL.fullmatch(line) for line in as_github(data).split("\n")]
        assert all(found)
        levels = [one[1] for one in found if one]
        diagnosis = data["diagnosis"]
        assert levels[0] == "error" if diagnosis else "notice" in levels

    def test_what_is_let_pass_only_warns(self, data: ReportData) -> None:
        if data["diagnosis"]:
            assert as_github({**data, "exit_code": 0}).startswith("::warning ")

    def test_nobody_else_can_write_a_line(self, hostile: ReportData) -> None:
        lines = as_github(hostile).split("\n")
        assert all(map(LEVEL.fullmatch, lines))
        assert not any("\r" in line for line in lines)


class TestForAChat:
    def test_it_is_at_most_three_lines(self, data: ReportData) -> None:
        lines = as_short(data).split("\n")
        diagnosis = data["diagnosis"]
        assert len(lines) <= 3
        if diagnosis:
            assert diagnosis["title"] in lines[0]
            assert lines[1].startswith("Fix: ")
            assert lines[-1] == diagnosis["docs_url"]
        else:
            assert "All is well" in lines[0]


@pytest.mark.slow
class TestTheCommand:
    @pytest.mark.sampled(3)
    @pytest.mark.parametrize("form", FORMATS)
    def test_each_format_is_printed(self, form: str) -> None:
        done = run("check", "--simulate", "insufficient_quota", "--format", form)
        said = done.stdout.decode()
        assert (done.returncode, done.stderr) == (1, b"")
        assert "insufficient_quota" in said
        if form == "json":
            assert data_of(done)["diagnosis"]["id"] == "insufficient_quota"
        if form == "html":
            html5lib.HTMLParser(strict=True).parse(said)
            assert "You exceeded" in html.unescape(said)
        if form == "markdown":
            assert "<h3>Diagnosis</h3>" in MarkdownIt("commonmark").render(said)

    @pytest.mark.sampled(2)
    @pytest.mark.parametrize(("ending", "form"), ENDINGS.items(), ids=ENDINGS)
    def test_a_file_is_in_the_format_of_its_ending(
        self, tmp_path: Path, ending: str, form: str
    ) -> None:
        file = tmp_path / f"report{ending}"
        done = run("check", "--simulate", "insufficient_quota", "--report", str(file))
        printed = run("check", "--simulate", "insufficient_quota", "--format", form).stdout
        assert b"1 root cause" in done.stdout
        assert file.read_text().split("\n")[0] == printed.decode().split("\n")[0]

    def test_a_file_is_replaced_only_by_force(self, tmp_path: Path) -> None:
        file = tmp_path / "r.md"
        file.write_text("mine")
        arguments = ("check", "--simulate", "healthy", "--report", str(file))
        refused = run(*arguments)
        assert (refused.returncode, "add --force" in complaint(refused)) == (2, True)
        assert file.read_text() == "mine"
        assert run(*arguments, "--force").returncode == 0
        assert "none: healthy" in file.read_text()

    def test_force_follows_no_link(self, tmp_path: Path) -> None:
        (tmp_path / "theirs").write_text("theirs")
        (tmp_path / "r.md").symlink_to(tmp_path / "theirs")
        arguments = ("check", "--simulate", "healthy", "--report", str(tmp_path / "r.md"))
        done = run(*arguments, "--force")
        assert (done.returncode, "not an ordinary file" in complaint(done)) == (2, True)
        assert (tmp_path / "theirs").read_text() == "theirs"

    def test_the_summary_of_a_step_is_added_to(self, tmp_path: Path) -> None:
        file = tmp_path / "step_summary_1234"
        file.write_text("# Before\n")
        variables = {"GITHUB_STEP_SUMMARY": str(file)}
        arguments = ("check", "--simulate", "healthy", "--report", str(file))
        for _ in range(2):
            assert run(*arguments, variables=variables).returncode == 0
        assert file.read_text().startswith("# Before\n### Diagnosis")
        assert file.read_text().count("none: healthy") == 2
        assert run(*arguments).returncode == 2

    def test_a_dash_prints_the_report_and_nothing_else(self) -> None:
        done = run("check", "--simulate", "healthy", "--report", "-")
        assert (done.returncode, done.stderr) == (0, b"")
        assert done.stdout.startswith(b"### Diagnosis")
        assert b"All is well" not in done.stdout
        both = run("check", "--simulate", "healthy", "--report", "-", "--json")
        assert (both.returncode, "only one of them fits" in complaint(both)) == (2, True)

    @pytest.mark.sampled(2)
    @pytest.mark.parametrize(
        ("template", "first"),
        [("generic", "### Diagnosis"), ("codegpt", "Type: **Bug**"), ("vscode", "Extension ver")],
    )
    def test_a_template_is_chosen_by_name(self, template: str, first: str) -> None:
        arguments = ("--report", "-", "--template", template)
        assert run("check", "--simulate", "healthy", *arguments).stdout.startswith(first.encode())


def test_every_format_that_a_file_can_have_is_made(report: Report) -> None:
    for form in ENDINGS.values():
        assert made(form, report, report_data(report), NOWHERE, "generic")
