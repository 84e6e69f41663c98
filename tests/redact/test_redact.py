"""No secret and no control character passes the boundary."""

import copy
import json
import pickle
import re
import sys
import unicodedata
from base64 import b64encode
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codegpt_doctor import catalogue
from codegpt_doctor.redact import Scrubber, Secret, mask, patterns

OPENAI = "sk-proj-Zm4Tq9Wb2Xc7Vd5Rf8Yg1Nh6Uj3T3BlbkFJKo0Pl2Ai9Se4Dr7Ft6G"
LEGACY = "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"
HOUSE_KEY = "house-key-31415926535897-Ab3Cd9"
KEYS = {
    "an OpenAI project key": OPENAI,
    "an old OpenAI key": LEGACY,
    "an OpenAI service account key": OPENAI.replace("proj", "svcacct"),
    "an OpenAI admin key": OPENAI.replace("proj", "admin"),
    "an Anthropic key": "sk-ant-api03-Zm4Tq9Wb2Xc7Vd5Rf8Yg1Nh6Uj3Ko0Pl2Ai9Se4Dr7Ft6G-AA",
    "an OpenRouter key": "sk-or-v1-0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f6071",
    "a Groq key": "gsk_Zm4Tq9Wb2Xc7Vd5Rf8Yg1Nh6Uj3Ko0Pl2Ai9Se4Dr7Ft6G",
    "a Google key": "AIzaSyZm4Tq9Wb2Xc7Vd5Rf8Yg1Nh6Uj3Ko0Pl2",
    "an xAI key": "xai-Zm4Tq9Wb2Xc7Vd5Rf8Yg1Nh6Uj3Ko0Pl2Ai9Se4Dr7Ft6G",
    "a Hugging Face token": "hf_Zm4Tq9Wb2Xc7Vd5Rf8Yg1Nh6Uj3Ko0Pl2",
    "a Perplexity key": "pplx-Zm4Tq9Wb2Xc7Vd5Rf8Yg1Nh6Uj3Ko0Pl2",
    "a GitLab runner token": "glrt-Zm4Tq9Wb2Xc7Vd5Rf8Yg",
    "a Slack app token": "xapp-1-A0B1C2D3E4F-1234567890-" + "0a1b2c3d4e5f6789" * 4,
    "a GitHub token": "ghp_Zm4Tq9Wb2Xc7Vd5Rf8Yg1Nh6Uj3Ko0Pl2Ai9S",
    "an old OpenAI session": "sess-Zm4Tq9Wb2Xc7Vd5Rf8Yg1Nh6Uj3Ko0Pl2Ai9Se4D",
    "a Cerebras key": "csk-zm4tq9wb2xc7vd5rf8yg1nh6uj3ko0pl2ai9se4d",
    "a Replicate token": "r8_Zm4Tq9Wb2Xc7Vd5Rf8Yg1Nh6Uj3Ko0Pl2Ai9S",
    "an NVIDIA key": "nvapi-Zm4Tq9Wb2Xc7Vd5Rf8Yg1Nh6Uj3Ko0Pl2Ai9Se4D",
    "an Azure key": "Zm4Tq9Wb2Xc7Vd5Rf8Yg1Nh6Uj3Ko0Pl2Ai9Se4Dr7Ft6GzXcVbN"[:52]
    + "JQQJ99"
    + "BKACYeBjFXJ3w3AAABACOGZm4T",
    "a Databricks token": "dapi0123456789abcdef0123456789abcdef",
    "an AWS access key": "AKIAZM4TQ7WB2XC7VD5R",
    "a Bedrock key": "ABSKQmVkcm9ja0FQSUtleS1Zm4Tq9Wb2Xc7Vd5Rf8Yg1Nh6Uj3Ko0Pl2Ai9S",
    "a GitLab token": "glpat-Zm4Tq9Wb2Xc7Vd5Rf8Yg",
    "a Slack token": "xoxb-123456789012-1234567890123-Zm4Tq9Wb2Xc7Vd5Rf8Yg1Nh6",
    "a Stripe key": "sk_live_Zm4Tq9Wb2Xc7Vd5Rf8Yg1Nh6",
    "a Voyage key": "pa-Zm4Tq9Wb2Xc7Vd5Rf8Yg1Nh6Uj3Ko0Pl2Ai9Se4Dr7",
    "an npm token": "npm_Zm4Tq9Wb2Xc7Vd5Rf8Yg1Nh6Uj3Ko0Pl2Ai9",
    "a web token": "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.Zm4Tq9Wb2Xc7Vd5Rf8Yg1Nh6",
}


# Default_Ignorable_Code_Point of Unicode 16, beyond the category Cf
IGNORABLE = (
    *("\u034f", "\u115f", "\u1160", "\u17b4", "\u17b5", "\u180b", "\u180c", "\u180d", "\u180e"),
    *("\u180f", "\u2065", "\u3164", "\uffa0", *map(chr, range(0xFE00, 0xFE10))),
    *(*map(chr, range(0xFFF0, 0xFFF9)), *map(chr, range(0xE0000, 0xE1000))),
)
FORMAT = tuple(
    one
    for one in map(chr, range(sys.maxunicode))
    if unicodedata.category(one) in ("Cf", "Zl", "Zp")
)
INVISIBLE = (*dict.fromkeys((*IGNORABLE, *FORMAT)),)


class TestSecret:
    def test_prints_masked_everywhere(self) -> None:
        secret = Secret(OPENAI)
        shown = (str(secret), repr(secret), f"{secret}", "%s" % secret, repr({"key": [secret]}))  # noqa: UP031
        assert all(OPENAI[8:30] not in text for text in shown)
        assert str(secret) == f"sk-proj-…{OPENAI[-4:]}"

    def test_has_nothing_that_lists_its_fields(self) -> None:
        with pytest.raises(TypeError):
            vars(Secret(OPENAI))
        with pytest.raises(TypeError):
            json.dumps(Secret(OPENAI))

    def test_is_compared_by_value(self) -> None:
        assert Secret(OPENAI) == Secret(OPENAI)
        assert Secret(OPENAI) != Secret(LEGACY)
        assert Secret(OPENAI) != OPENAI
        assert len({Secret(OPENAI), Secret(OPENAI)}) == 1

    def test_reveals_itself_to_the_header_and_survives_a_copy(self) -> None:
        assert Secret(OPENAI).reveal() == OPENAI
        assert copy.deepcopy(Secret(OPENAI)) == Secret(OPENAI)
        assert pickle.loads(pickle.dumps(Secret(OPENAI))).reveal() == OPENAI


class TestMask:
    @pytest.mark.parametrize("key", KEYS.values(), ids=KEYS)
    def test_shows_the_kind_and_the_last_four_characters(self, key: str) -> None:
        hint = mask(key)
        prefix, _, end = hint.partition("…")
        assert key.startswith(prefix)
        assert end == key[-4:]
        assert len(hint) <= 20

    @pytest.mark.parametrize("value", ["hunter2", "sk-proj-short", "password", "a", ""])
    def test_shows_no_end_of_what_is_short(self, value: str) -> None:
        assert mask(value).endswith("…")
        assert len(mask(value)) <= max(9, len(value) // 2)

    def test_white_space_and_quotes_are_not_taken_for_the_end(self) -> None:
        assert mask(f' "{OPENAI}"\n') == mask(OPENAI)

    def test_control_characters_do_not_pass(self) -> None:
        assert mask(f"\x1b[31m{OPENAI}\x07").isprintable()


IN_SHORT_PIECES = ("a Stripe", "a Slack app")  # within a word they look like a date or a path


class TestScrubber:
    @pytest.mark.parametrize("key", KEYS.values(), ids=KEYS)
    @pytest.mark.parametrize(
        "text",
        [
            "{}",
            "Incorrect API key provided: {}.",
            '{{"authorization": "Bearer {}"}}',
            "curl -H 'Authorization: Bearer {}' https://api.openai.com",
            "https://api.example/v1?key={}&x=1",
            "KEY={}",
            "before\n{}\nafter",
            "密钥{}不正确",
            "?q=%3D{}",
            '"\\u003d{}"',
            "'\\n{}'",
            "KEY_{}",
        ],
    )
    def test_masks_the_shape_of_a_key_that_it_was_not_told(self, key: str, text: str) -> None:
        clean = Scrubber().text(text.format(key))
        assert key not in clean
        assert key[-16:] not in clean
        assert key[8:24] not in clean
        assert clean.startswith(text.partition("{")[0])

    @pytest.mark.parametrize("before", ["https://api.example/v1", "KEY", "1", "sk-sk-", "naïve"])
    def test_masks_a_key_that_is_glued_to_a_word(self, before: str) -> None:
        shaped = (key for name, key in KEYS.items() if not name.startswith(IN_SHORT_PIECES))
        for key in shaped:
            if re.match(r"[a-z]\w{1,5}-|[a-z]\w{1,4}_|AIza", key):
                clean = Scrubber().text(f"{before}{key}")
                assert key[8:24] not in clean
                assert key[-16:] not in clean

    @pytest.mark.parametrize("length", range(4, len(OPENAI)))
    def test_masks_a_key_again_that_is_typed_on_after_a_mask(self, length: int) -> None:
        shown = ""
        for character in OPENAI[:length]:
            shown = Scrubber().text(shown + character)
        assert len(shown.removeprefix("sk-proj-").removeprefix("…")) <= 12
        assert Scrubber().text(shown) == shown

    @pytest.mark.parametrize(
        "secret", ["correct horse battery", "0123456789abcdef0123456789abcdef", "pässwörter"]
    )
    def test_masks_a_secret_of_no_known_shape_that_it_was_told(self, secret: str) -> None:
        clean = Scrubber([Secret(secret)]).text(f"refused: {secret}!")
        assert secret not in clean
        assert clean.startswith("refused: ")

    def test_masks_the_pieces_of_a_secret_with_blanks_and_quotes(self) -> None:
        scrubber = Scrubber([Secret(' "firstpart123 secondpart456"\n')])
        clean = scrubber.text("got firstpart123, then secondpart456")
        assert "firstpart123" not in clean
        assert "secondpart456" not in clean

    def test_masks_a_secret_that_was_cut_by_colours_or_invisible_characters(self) -> None:
        secret = "0123456789abcdef0123456789abcdef"
        broken = "\x1b[31m".join((secret[:10], secret[10:20])) + "\u200b" + secret[20:]
        assert secret not in Scrubber([Secret(secret)]).text(broken)

    def test_masks_a_token_after_bearer(self) -> None:
        clean = Scrubber().text("Authorization: Bearer abcdef0123456789abcdef")
        assert clean == "Authorization: Bearer …cdef"

    def test_leaves_the_words_of_the_api_about_bearer(self) -> None:
        text = "using Bearer auth (i.e. Authorization: Bearer YOUR_KEY)"
        assert Scrubber().text(text) == text

    @pytest.mark.parametrize(
        "url", ["http://user:password@proxy.example:8080", "https://token@git.example/x"]
    )
    def test_masks_what_stands_before_the_host_of_a_url(self, url: str) -> None:
        clean = Scrubber().text(f"proxy {url} refused")
        assert "password" not in clean
        assert "token" not in clean
        assert ".example" in clean

    @pytest.mark.parametrize(
        "text",
        [
            "sk-proj-…abcd, a project key",
            "the id req_0123456789abcdef0123456789abcdef",
            "organization org-0123456789abcdefghijklmn",
            "codegpt-doctor explain insufficient_quota",
            "https://platform.openai.com/settings/organization/billing",
            "naïve café 日本語 ✓ 🙂",
            "task-proj-2024-11-28-12-00-notes-that-are-long",
            "week_2024_11_28_12_00_00 disk-1234567890123456789012",
            "risk-based-approach-to-ai-2024-report desk-of-somebody-in-the-second-row",
            "line one\nline two\tcolumn",
        ],
    )
    def test_leaves_what_is_no_secret(self, text: str) -> None:
        assert Scrubber([Secret(OPENAI)]).text(text) == text

    @pytest.mark.parametrize(
        "text",
        [
            "\x1b[31mred\x1b[0m",
            "\x1b]0;a title\x07red",
            "\x1b]8;;http://evil.example\x1b\\red\x1b]8;;\x1b\\",
            "\x1bPred\x1b\\",
            "\x9b31mred",
            "r\x00e\x08d\x7f",
            "\u202ered\u202c",
            "red\u2028",
            "\ufeffred",
        ],
    )
    def test_lets_nothing_through_that_steers_a_terminal(self, text: str) -> None:
        clean = Scrubber().text(text)
        assert clean.isprintable()
        assert "red" in clean or clean == "d"

    def test_no_character_that_shows_nothing_gets_through(self) -> None:
        assert Scrubber().text("".join(INVISIBLE)) == ""

    @pytest.mark.parametrize("invisible", ["\u061c", "\xad", "\u034f", "\ufe0f", "\U000e0041"])
    def test_a_key_with_such_characters_between_its_letters_is_masked(self, invisible: str) -> None:
        for scrubber in (Scrubber(), Scrubber([Secret(OPENAI)])):
            assert scrubber.text(invisible.join(OPENAI)) == mask(OPENAI)

    @pytest.mark.parametrize("text", ["half \ud83d of", "\udcff", "\ud800\udc00", "\uffff \ufdd0"])
    def test_what_no_encoding_has_becomes_what_all_have(self, text: str) -> None:
        clean = Scrubber().text(text)
        assert clean.encode("utf-8").decode() == clean
        assert not {"\uffff", "\ufdd0"} & {*clean}

    def test_what_was_cleaned_once_stays_as_it_is(self) -> None:
        for key in KEYS.values():
            once = Scrubber().text(f"api_key={key} token {key} password: {key} Bearer {key}")
            assert Scrubber().text(once) == once

    def test_a_carriage_return_cannot_overwrite_a_line(self) -> None:
        assert Scrubber().text("FAIL\rPASS\r\nend") == "FAIL\nPASS\nend"

    def test_cleans_every_string_of_a_structure(self) -> None:
        data: dict[str, Any] = {
            f"the {OPENAI}": [OPENAI, {"deep": (OPENAI, 1, None, True, 2.5)}],
            "plain": "text",
        }
        clean = Scrubber().data(data)
        assert OPENAI[8:30] not in json.dumps(clean)
        assert clean["plain"] == "text"
        assert next(iter(clean.values()))[1]["deep"][1:] == [1, None, True, 2.5]

    @pytest.mark.parametrize(
        ("start", "end"), [(0, 40), (9, 21), (20, 60), (30, None), (-16, None)]
    )
    def test_masks_a_piece_of_a_secret_that_it_was_told(self, start: int, end: int | None) -> None:
        piece = OPENAI[start:end]
        clean = Scrubber([Secret(OPENAI)]).text(f"Incorrect API key provided: {piece}, or{piece}x.")
        left = [piece[at : at + 12] for at in range(len(piece) - 11)]
        assert not any(part in clean for part in left)
        assert clean.startswith("Incorrect API key provided: ")

    @pytest.mark.parametrize(
        "disguised",
        [
            HOUSE_KEY.upper(),
            HOUSE_KEY[::-1],
            HOUSE_KEY.encode().hex(),
            HOUSE_KEY.encode().hex().upper(),
            *(b64encode(f"{before}{HOUSE_KEY}:".encode()).decode() for before in ("", "a", "ab")),
        ],
    )
    def test_masks_a_secret_that_is_spelled_otherwise(self, disguised: str) -> None:
        clean = Scrubber([Secret(HOUSE_KEY)]).text(f"refused: {disguised}!")
        assert clean.startswith("refused: ")
        assert len(clean) < 30

    def test_leaves_a_piece_that_may_be_a_word(self) -> None:
        clean = Scrubber([Secret("sk-localhost-of-mine-8080")]).text("http://localhost:8080/v1")
        assert clean == "http://localhost:8080/v1"

    @pytest.mark.parametrize(
        "value",
        [
            "${OPENAI_API_KEY}",
            "%ANTHROPIC_API_KEY%",
            f"Authorization: Bearer {HOUSE_KEY}",
            f"OPENAI_API_KEY={HOUSE_KEY}",
            f'{{"openai_api_key":"{HOUSE_KEY}"}}',
        ],
    )
    def test_leaves_the_name_that_was_pasted_with_it(self, value: str) -> None:
        names = "malformed_authorization, OPENAI_API_KEY and ANTHROPIC_API_KEY"
        scrubber = Scrubber([Secret(value)])
        assert scrubber.text(names) == names
        assert HOUSE_KEY not in scrubber.text(f"refused: {value} {value[-len(HOUSE_KEY) :]}")

    @pytest.mark.parametrize("end", ["\\", "\\n", "\\g<9>", "\\1"])
    def test_masks_a_secret_that_ends_like_a_pattern(self, end: str) -> None:
        clean = Scrubber([Secret(HOUSE_KEY + end)]).text(f"refused: {HOUSE_KEY}{end}, it is")
        assert HOUSE_KEY not in clean
        assert clean.endswith(", it is")

    def test_short_secrets_do_not_shred_the_output(self) -> None:
        assert Scrubber([Secret("no"), Secret("")]).text("no news") == "no news"

    def test_is_quick_on_a_long_text(self) -> None:
        from time import process_time

        text = "sk-" * 100_000 + "a-" * 100_000 + "Bearer " * 10_000 + "://" * 50_000
        started = process_time()
        Scrubber([Secret(OPENAI)]).text(text)
        assert process_time() - started < 2


ANY_KEY = patterns.keys(catalogue.key_shapes())


@settings(max_examples=600, deadline=None)
@given(
    st.one_of(
        [
            st.from_regex(re.compile(shape, re.ASCII), fullmatch=True)
            for shape in patterns.all_shapes(catalogue.key_shapes())
        ]
    ),
    st.sampled_from(["", "KEY", "https://api.example/v1", "the key is "]),
)
def test_every_text_with_a_key_is_searched(key: str, before: str) -> None:
    """Most texts are not; that saves the time that the pattern of all keys takes to make."""
    text = before + key
    assert ANY_KEY.search(text) is None or patterns.may_have_key(text)
