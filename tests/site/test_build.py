"""The site builds without a warning and has a page for every error."""

from pathlib import Path

from helpers.browser import ROOT
from mkdocs.config import load_config

from codegpt_doctor import catalogue
from codegpt_doctor.render.data import SITE


def test_every_error_has_its_page_and_is_in_the_index(site: Path) -> None:
    pages = {page.parent.name for page in site.glob("errors/*/index.html")}
    assert pages == set(catalogue.ids())
    index = (site / "errors" / "index.html").read_text(encoding="utf-8")
    assert [entry_id for entry_id in catalogue.ids() if f'href="{entry_id}/"' not in index] == []


def test_a_code_block_of_a_step_is_inside_the_list_of_steps(site: Path) -> None:
    page = (site / "errors" / "credit_balance_exhausted" / "index.html").read_text(encoding="utf-8")
    fix = page[page.index('id="fix"') : page.index('id="check-it"')]
    assert fix.count("<ol>") == 1
    assert fix.index("<pre") < fix.index("</ol>")


def test_nothing_is_loaded_from_another_host(site: Path) -> None:
    page = (site / "index.html").read_text(encoding="utf-8")
    assert "fonts.googleapis.com" not in page
    assert 'src="http' not in page
    assert [line for line in page.splitlines() if "stylesheet" in line and "//" in line] == []


def test_the_addresses_that_the_command_prints_are_those_of_the_site() -> None:
    assert load_config(str(ROOT / "mkdocs.yml")).site_url == f"{SITE}/"
