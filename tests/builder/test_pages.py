"""The pages of the site as pure text: what is made, and what is done to every page."""

from pathlib import Path
from typing import Any

import pytest

from codegpt_doctor import catalogue
from codegpt_doctor.model.exit_codes import ExitCode
from codegpt_doctor.output.report_data import SITE
from docs._builder import drawings, json_ld, pages, reference, terminal_pictures
from docs._builder.commands import ALL_CHECKS, described, printed
from docs._builder.error_pages import page_title
from docs._builder.explainer import MARK

SVG = '<svg>\n  <title id="a">A</title>\n  <desc id="b">B</desc>\n</svg>\n'
OUTPUT = "\x1b[1mbold\x1b[0m & \x1b[31mfail\x1b[0m <b>\n"


def read(path: str) -> str:
    return {"docs/x.svg": SVG, "CONTRIBUTING.md": "# Contributing"}[path]


def run(line: str, columns: int) -> str:
    return f"{columns} {line}\n"


def meta(**more: str) -> dict[str, Any]:
    return {"title": "A title", "description": "A sentence.", **more}


class TestMade:
    MADE = pages.made(described(), ALL_CHECKS)

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
        for one in reference.TYPES:
            assert f"\n### {one.__name__}\n" in page
        assert "codegpt_doctor.model." not in page
        assert "collections.abc" not in page
        assert "\\|" not in page


class TestMaker:
    def test_makes_a_page_for_people(self) -> None:
        maker = pages.Maker(read, run)
        text = maker.for_people(
            "a.md", '# A\n\n--8<-- "CONTRIBUTING.md"\n\n![Words](x.svg)', meta()
        )
        assert "# Contributing" in text
        assert '<figure class="drawing">' in text
        assert "<figcaption>Words</figcaption>" in text

    def test_keeps_the_text_for_machines_without_html(self) -> None:
        maker = pages.Maker(read, run)
        maker.for_people("a.md", f"# A\n\n{MARK}\n\n```terminal\ncommand\n```\n", meta())
        files = maker.for_machines("What it is.")
        assert files["a.md"] == "# A\n\n```console\n$ command\n76 command\n```\n"
        assert files["llms.txt"].startswith("# codegpt-doctor\n\n> What it is.\n\n## Guides\n")
        assert f"- [A title]({SITE}/a.md): A sentence.\n" in files["llms.txt"]

    def test_puts_the_kind_of_structured_data_into_data(self) -> None:
        front = meta(structured="HowTo")
        pages.Maker(read, run).for_people("a.md", "# A\n\n### 1. Do\n\nIt.\n", front)
        assert front["structured"]["step"] == [
            {"@type": "HowToStep", "position": 1, "name": "Do", "text": "It."}
        ]


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
    def test_questions_have_answers_without_code_and_tables(self) -> None:
        text = "## Why?\n\nBecause `x`.\n\n```sh\ncode\n```\n\n| a |\n| - |\n\n## Empty\n"
        data = json_ld.of_page("FAQPage", "T", "D", text)
        assert data["mainEntity"] == [
            {
                "@type": "Question",
                "name": "Why?",
                "acceptedAnswer": {"@type": "Answer", "text": "Because x."},
            }
        ]

    def test_an_error_is_questions_and_steps(self) -> None:
        entry = catalogue.get("insufficient_quota", "openai")
        prose = catalogue.prose(entry.id, "openai")
        faq, how_to = json_ld.of_error(entry, prose)["@graph"]
        assert len(faq["mainEntity"]) == 5
        assert [step["position"] for step in how_to["step"]] == [1, 2, 3, 4, 5]
        assert faq["dateModified"] == entry.verified_on
