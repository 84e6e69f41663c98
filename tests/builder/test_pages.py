"""The pages of the site as pure text: what is made, and what is done to every page."""

import re
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

from codegpt_doctor import catalogue
from codegpt_doctor.model.exit_codes import ExitCode
from codegpt_doctor.output.report_data import SITE
from docs._builder import drawings, folder, pages, reference, terminal_pictures
from docs._builder.commands import ALL_CHECKS, FUNCTIONS, ROOT, described, fixed, printed
from docs._builder.error_pages import page_title
from docs._builder.explainer import MARK
from docs._builder.facts import facts_in, with_facts
from docs._builder.markdown import front_matter, parted

SVG = '<svg>\n  <title id="a">A</title>\n  <desc id="b">B</desc>\n</svg>\n'
OUTPUT = "\x1b[1mbold\x1b[0m & \x1b[31mfail\x1b[0m <b>\n"


def read(path: str) -> str:
    return {"docs/x.svg": SVG, "CONTRIBUTING.md": "# Contributing"}[path]


def run(line: str, columns: int) -> str:
    return f"{columns} {line}\n"


def file(text: str, **more: str) -> pages.Made:
    head = front_matter("A title", "A sentence.", **more)
    return pages.Made(f"{head}\n\n{text}", "docs/a.md")


def for_people(text: str, **more: str) -> tuple[dict[str, Any], str]:
    """The front matter and the text that the site generator is given."""
    return parted(pages.for_people("a.md", pages.whole(file(text, **more), read), read, run))


class TestMade:
    MADE = pages.made(
        described(), ALL_CHECKS, FUNCTIONS, folder.guides(ROOT), folder.provider_files(ROOT)
    )

    def test_has_a_page_for_every_error_with_its_source(self) -> None:
        for entry in catalogue.entries("openai"):
            made = self.MADE[f"errors/{entry.id}.md"]
            assert f"# {page_title(entry)}\n" in made.text
            assert (Path(__file__).parents[2] / made.source).stem == entry.id
            assert (Path(__file__).parents[2] / made.source).is_file()

    def test_has_the_references_the_schemas_and_the_explainer(self) -> None:
        assert {
            "errors/index.md",
            "reference/commands.md",
            "reference/checks.md",
            "reference/exit-codes.md",
            "reference/json.md",
            "reference/python.md",
            "report.schema.json",
            "explanation.schema.json",
            "billing.schema.json",
            "limits.schema.json",
            "assets/explain/data.js",
        } <= self.MADE.keys()

    def test_every_option_of_every_command_is_there(self) -> None:
        page = self.MADE["reference/commands.md"].text
        for command in described():
            section = page.split(f"\n## {command['name']}\n")[1].split("\n## ")[0]
            for names, _ in command["options"]:
                assert f"\n`{names.partition(' [')[0]}" in section, (command["name"], names)

    def test_every_check_and_every_exit_code_is_there(self) -> None:
        checks = self.MADE["reference/checks.md"].text
        assert [check.id for check in ALL_CHECKS if f"{{ #{check.id} }}" not in checks] == []
        codes = self.MADE["reference/exit-codes.md"].text
        assert [code for code in ExitCode if f"| {int(code)} | {code.meaning} |" not in codes] == []

    def test_every_public_name_is_there(self) -> None:
        page = self.MADE["reference/python.md"].text
        for name in ("explain", "check"):
            assert f"\n## {name}\n" in page
        told = {one.__name__ for one in reference.TYPES}
        for one in reference.TYPES:
            section = page.split(f"\n### {one.__name__}\n")[1].split("\n### ")[0]
            fields = getattr(one, "_fields", ())
            assert [name for name in fields if f"\n| `{name}` | `" not in section] == []
            assert fields or issubclass(one, StrEnum)
            named = re.findall(r"\b[A-Z][a-z]\w+", "".join(re.findall(r"\| `.*", section)))
            assert {*named} <= {*told, "None", "Mapping", "Any"}
        assert "codegpt_doctor.model." not in page
        assert "collections.abc" not in page
        assert "\\|" not in page


class TestAPage:
    def test_for_people_has_what_it_includes_and_its_drawings(self) -> None:
        _, text = for_people('# A\n\n--8<-- "CONTRIBUTING.md"\n\n![Words](x.svg)')
        assert "# Contributing" in text
        assert '<figure class="drawing">' in text
        assert "<figcaption>Words</figcaption>" in text

    def test_for_machines_has_no_html(self) -> None:
        page = pages.whole(file(f"# A\n\n{MARK}\n\n```terminal\ncommand\n```\n"), read)
        text = pages.for_machines(page, run)
        assert text == "# A\n\n```console\n$ command\n76 command\n```\n"

    def test_is_in_the_list_for_machines(self) -> None:
        text = pages.llms_txt("What it is.", {"a.md": pages.whole(file("# A"), read)})
        assert text.startswith("# codegpt-doctor\n\n> What it is.\n\n## Guides\n")
        assert f"- [A title]({SITE}/a.md): A sentence.\n" in text

    def test_says_whether_it_wants_the_explainer(self) -> None:
        assert for_people(f"# A\n\n{MARK}\n\nB")[0]["explainer"] is True
        assert "explainer" not in for_people("# A")[0]

    def test_says_what_has_to_be_edited(self) -> None:
        front, _ = for_people("# A")
        assert (front["source"], front["markdown"]) == ("docs/a.md", "a.md")
        front, _ = for_people('--8<-- "CONTRIBUTING.md"\n')
        assert front["source"] == "CONTRIBUTING.md"

    def test_without_front_matter_stops_the_build(self) -> None:
        for text in ("# A\n\nB\n", "---\ntitle: A\n"):
            with pytest.raises(ValueError, match="no front matter"):
                parted(text)


class TestTerminal:
    def test_colors_become_classes_and_text_stays_text(self) -> None:
        assert terminal_pictures.html(OUTPUT) == (
            '<span class="t-strong">bold</span> &amp; <span class="t-fail">fail</span> &lt;b&gt;\n'
        )
        assert terminal_pictures.plain(OUTPUT) == "bold & fail <b>\n"

    def test_a_picture_has_both_widths(self) -> None:
        text = terminal_pictures.with_pictures("a\n\n```terminal\nx --y\n```\n\nb", run)
        assert "76 x --y" in text
        assert "40 x --y" in text
        assert text.startswith("a\n\n<figure")
        assert text.endswith("</figure>\n\nb")

    def test_a_word_that_is_too_long_does_not_break_the_rule(self) -> None:
        long = f"┃   {'x' * 30}\n\x1b[1m{'y' * 30}\x1b[0m\n"
        assert terminal_pictures.folded(long, 20) == (
            f"┃   {'x' * 16}\n┃   {'x' * 14}\n\x1b[1m{'y' * 30}\x1b[0m\n"
        )

    def test_a_picture_says_when_nothing_but_the_simulator_was_asked(self) -> None:
        shown = (
            terminal_pictures.picture(f"check{option}", "", "") for option in (" --simulate x", "")
        )
        assert [terminal_pictures.CAPTION in one for one in shown] == [True, False]

    def test_a_run_has_one_port_and_times_that_take_as_much_room(self) -> None:
        real = "http://127.0.0.1:40123/v1\nport 40123 (0\n    ms), in 0 ms, reset in 120ms, 0.0 s\n"
        assert fixed(real) == (
            "http://127.0.0.1:54321/v1\nport 54321 (2\n    ms), in 2 ms, reset in 120ms, 0.1 s\n"
        )
        assert fixed("nothing of the kind, 10 ms") == "nothing of the kind, 10 ms"

    def test_a_command_that_breaks_stops_the_build(self) -> None:
        with pytest.raises(ChildProcessError, match="no_such_error"):
            printed("codegpt-doctor check --simulate no_such_error", 76)


class TestDrawings:
    @pytest.mark.parametrize("svg", ["<svg></svg>", '<svg><title id="a">A</title></svg>'])
    def test_that_say_nothing_stop_the_build(self, svg: str) -> None:
        with pytest.raises(drawings.PictureError, match=r"x\.svg"):
            drawings.inlined("![Words](x.svg)", lambda _: svg)

    def test_without_other_words_stop_the_build(self) -> None:
        with pytest.raises(drawings.PictureError, match=r"x\.svg"):
            drawings.inlined("![](x.svg)", lambda _: SVG)


class TestStructured:
    def test_an_error_says_the_way_to_it(self) -> None:
        made = TestMade.MADE["errors/insufficient_quota.md"].text
        way = parted(made)[0]["structured"]
        assert way["@type"] == "BreadcrumbList"
        assert [one["position"] for one in way["itemListElement"]] == [1, 2, 3]
        assert way["itemListElement"][2]["item"] == f"{SITE}/errors/insufficient_quota/"


def test_the_facts_of_a_page_are_its_sources_and_its_oldest_day_is_its_own() -> None:
    facts = [
        {"what": "Price", "source": "[List](https://example.com)", "verified_on": "2026-03-02"},
        {"what": "Name", "source": "A picture", "verified_on": "2026-01-31"},
    ]
    meta, text = with_facts({"title": "T", "facts": facts}, "# T\n\nText.")
    assert meta == {"title": "T", "verified_on": "2026-01-31"}
    assert text == (
        "# T\n\nText.\n\n## Sources\n\n"
        "| What | Source | Checked on |\n| --- | --- | --- |\n"
        "| Price | [List](https://example.com) | 2026-03-02 |\n"
        "| Name | A picture | 2026-01-31 |\n"
    )
    assert with_facts({"title": "T"}, "# T") == ({"title": "T"}, "# T")


def test_a_guide_that_names_a_day_lists_its_facts() -> None:
    guides = [path for name, path in folder.sources(ROOT / "docs") if name.endswith(".md")]
    dated = [path for path in guides if re.search(r"\b20\d\d-\d\d-\d\d\b", path.read_text("utf-8"))]
    assert len(dated) > 4
    for path in dated:
        assert facts_in(parted(path.read_text("utf-8"))[0]), path
