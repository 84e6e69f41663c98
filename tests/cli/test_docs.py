"""The command that opens a page of the site."""

import sys
from pathlib import Path

from helpers.command import complaint, run

from codegpt_doctor.cli.docs_location import address
from codegpt_doctor.output.report_data import SITE


def test_prints_the_address_of_an_error_by_id_code_and_status() -> None:
    for word, entry_id in (
        ("insufficient_quota", "insufficient_quota"),
        ("ECONNREFUSED", "connection_refused"),
        ("429", "rate_limit_unspecified"),
    ):
        result = run("docs", word, "--print")
        assert (result.returncode, result.stdout.decode()) == (0, f"{SITE}/errors/{entry_id}/\n")


def test_prints_the_first_page() -> None:
    assert run("docs", "--print").stdout.decode() == f"{SITE}/\n"


def test_an_error_that_is_not_known_is_a_usage_error_with_what_is_near() -> None:
    result = run("docs", "insuficient_quota", "--print")
    assert result.returncode == 2
    assert "Did you mean insufficient_quota" in complaint(result)


def test_a_folder_with_the_site_comes_first(tmp_path: Path) -> None:
    page = tmp_path / "errors" / "insufficient_quota.html"
    page.parent.mkdir()
    page.touch()
    result = run("docs", "insufficient_quota", "--site", str(tmp_path), "--print")
    assert result.stdout.decode().strip() == page.as_uri()
    by_variable = run(
        "docs", "insufficient_quota", "--print", variables={"CODEGPT_DOCTOR_SITE": str(tmp_path)}
    )
    assert by_variable.stdout == result.stdout


def test_the_site_can_have_a_folder_for_each_page(tmp_path: Path) -> None:
    page = tmp_path / "errors" / "dns_failure" / "index.html"
    page.parent.mkdir(parents=True)
    page.touch()
    assert address("dns_failure", tmp_path) == page.as_uri()


def test_a_page_that_the_folder_lacks_is_on_the_web(tmp_path: Path) -> None:
    assert address("dns_failure", tmp_path) == f"{SITE}/errors/dns_failure/"


def test_the_address_is_opened_too(tmp_path: Path) -> None:
    opened, browser = tmp_path / "opened", tmp_path / "browser.py"
    browser.write_text(f"import sys\nopen({str(opened)!r}, 'w').write(sys.argv[1])\n")
    line = f"{Path(sys.executable).as_posix()} {browser.as_posix()} %s"
    result = run("docs", variables={"BROWSER": line})
    assert result.stdout.decode().split() == [f"{SITE}/"]
    assert opened.read_text() == f"{SITE}/"


def test_the_browser_inherits_no_secret(tmp_path: Path) -> None:
    seen, browser = tmp_path / "seen", tmp_path / "browser.py"
    browser.write_text(f"import os\nopen({str(seen)!r}, 'w').write(repr(dict(os.environ)))\n")
    line = f"{Path(sys.executable).as_posix()} {browser.as_posix()} %s"
    variables = {"BROWSER": line, "OPENAI_API_KEY": "hunter2", "https_proxy": "http://a:b2@c"}
    run("docs", variables=variables)
    assert "BROWSER" in seen.read_text()
    assert "hunter2" not in seen.read_text()
    assert "a:b2@c" not in seen.read_text()
