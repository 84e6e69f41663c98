"""JSON as VS Code writes and people edit it."""

import json

import pytest

from codegpt_doctor.editor.jsonc import loads


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{}", {}),
        ("", {}),
        (" // nothing yet\n", {}),
        ('\ufeff{"a": 1}', {"a": 1}),
        ('{"a": 1, // one\n "b": 2 /* two */}', {"a": 1, "b": 2}),
        ('{"a": [1, 2, ], }', {"a": [1, 2]}),
        ('{"a": 1, /* last */ }', {"a": 1}),
        ('{"a": 1,\n// "b": 2\n}', {"a": 1}),
        (
            '{"url": "https://example.com/*no*/", "t": "a,}"}',
            {"url": "https://example.com/*no*/", "t": "a,}"},
        ),
        ('{"quote": "say \\"// no\\", ]"}', {"quote": 'say "// no", ]'}),
        ('{"path": "C:\\\\"} // end', {"path": "C:\\"}),
        ('{"a": "tab\there"}', {"a": "tab\there"}),
        ('{"a": 1} /* never closed', {"a": 1}),
        ('{"a": 1, "a": 2}', {"a": 2}),
        ("[1, 2,]", [1, 2]),
    ],
)
def test_reads(text: str, value: object) -> None:
    assert loads(text) == value


@pytest.mark.parametrize("text", ['{"a" 1}', '{"a": }', '{"a": "open}', "{'a': 1}", '{"a": 1} x'])
def test_refuses_what_is_not_even_that(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        loads(text)


def test_names_the_line_of_the_fault_also_below_comments() -> None:
    with pytest.raises(json.JSONDecodeError) as caught:
        loads('{\n/* two\nlines */\n"a": 1\n"b": 2}')
    assert caught.value.lineno == 5


def test_refuses_what_is_nested_without_end() -> None:
    with pytest.raises(ValueError, match="nested"):
        loads("[" * 100_000)


def test_a_long_line_of_commas_or_slashes_takes_no_time() -> None:
    for text in ("," * 100_000, "/" * 100_000, '"' * 100_001, "/*" * 50_000, ", " * 50_000 + "x"):
        with pytest.raises(ValueError, match=r".+"):
            loads("{" + text)
