"""An entry is found with the words of the provider whose error it is; a provider is one folder."""

from pathlib import Path

import pytest
from helpers import entries as pages

from codegpt_doctor import catalogue
from codegpt_doctor.catalogue import Catalogue, EntryError, UnknownEntryError
from codegpt_doctor.catalogue.tree import INDEX


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return pages.write(tmp_path)


@pytest.fixture(params=["pages", "index"])
def known(request: pytest.FixtureRequest, root: Path) -> Catalogue:
    """The same knowledge, read from the pages and from the index made of them."""
    if request.param == "index":
        (root / INDEX).write_text(Catalogue(root.as_posix()).index(), encoding="utf-8")
        for path in root.rglob("*.toml"):
            path.unlink()  # nothing but prose is read beside an index
    return Catalogue(root.as_posix())


def test_ids_come_in_the_order_of_the_families(known: Catalogue) -> None:
    assert known.ids == ("acme_region_closed", "no_credit", "other_error")
    assert known.variants("no_credit") == ("acme", "openai")
    assert known.variants("acme_region_closed") == ("acme",)
    assert known.variants("other_error") == ()


def test_an_entry_has_what_is_true_everywhere(known: Catalogue) -> None:
    entry = known.get("no_credit")
    assert (entry.provider, entry.retry, entry.family) == (None, "no", "quota")
    assert (entry.statuses, entry.codes, entry.example) == ((), (), {})
    assert (entry.words[0], entry.since, entry.verified_on) == ("no credits", "0.1.0", "")
    assert (entry.beats, entry.confused_with) == (("other_error",), ("other_error",))


def test_a_variant_is_put_in_its_place(known: Catalogue) -> None:
    entry = known.get("no_credit", "acme")
    assert (entry.id, entry.provider, entry.title) == ("no_credit", "acme", "No API credit left")
    assert (entry.retry, entry.statuses, entry.codes) == ("later", (402, 429), ("credit_gone",))
    assert (entry.verified_on, entry.simulate) == ("2026-11-28", {"on": "inference"})
    assert entry.example["status"] == 402
    assert (entry.beats, entry.confused_with) == (("other_error",), ("other_error",))
    assert known.get("no_credit", "openai").codes == ("insufficient_money",)


def test_a_provider_without_a_variant_has_the_neutral_words(known: Catalogue) -> None:
    assert known.get("other_error", "acme").provider is None
    assert known.get("no_credit", "custom") == known.get("no_credit")


def test_what_one_provider_alone_has_is_given_whoever_is_asked_for(known: Catalogue) -> None:
    for provider in (None, "acme", "openai", "custom"):
        entry = known.get("acme_region_closed", provider)
        assert (entry.provider, entry.statuses) == ("acme", (403,))
        assert entry.example == {"text": "403 from api.acme.example: region_closed"}


def test_links_are_the_sources_then_those_of_the_fix_with_the_pages_of_the_provider(
    known: Catalogue,
) -> None:
    status = ("HTTP status codes", "https://example.org/status")
    manual = ("the manual", "https://example.org/manual")
    assert known.get("no_credit").links == (status, manual)
    assert known.get("no_credit", "acme").links == (
        ("Errors, Acme", "https://docs.acme.example/errors"),
        status,
        ("billing page", "https://acme.example/billing"),
        manual,
    )
    assert "billing page" not in dict(known.get("no_credit", "openai").links)


def test_prose_is_merged_by_heading_and_sources_are_joined(known: Catalogue) -> None:
    found = known.sections("no_credit", "acme")
    assert list(found) == [
        "What you see",
        "What it means",
        "Causes",
        "Fix",
        "Verify the fix",
        "Similar errors",
        "Sources",
    ]
    assert (found["What you see"], found["Causes"]) == ("A 402.", "- Acme took the credit back.")
    assert found["What it means"] == "The key is fine."
    assert found["Sources"] == (
        "- [Errors, Acme](https://docs.acme.example/errors)\n"
        "- [HTTP status codes](https://example.org/status)"
    )


def test_prose_that_holds_everywhere_has_placeholders(known: Catalogue) -> None:
    found = known.sections("no_credit")
    assert "What you see" not in found
    assert found["Causes"] == "- Nothing was bought from {{provider}}."
    assert "[billing page]({{billing_page}})" in found["Fix"]


def test_prose_of_one_provider_alone_is_its_own(known: Catalogue) -> None:
    assert known.sections("acme_region_closed")["What you see"] == "A 403."
    assert known.sources("acme_region_closed") == ("providers/acme/errors/acme_region_closed.md",)
    assert known.sources("no_credit", "acme") == (
        "catalogue/entries/quota/no_credit.md",
        "providers/acme/errors/no_credit.md",
    )


def test_rows_of_a_variant_name_its_provider(known: Catalogue) -> None:
    assert list(known.table) == [
        {"id": "acme_region_closed", "code": "region_closed", "provider": "acme"},
        {"id": "no_credit", "phrase": ["yourcreditis", "usedup"]},
        {"id": "no_credit", "status": 402},
        {"id": "no_credit", "code": "credit_gone", "provider": "acme"},
        {"id": "no_credit", "code": "insufficient_money", "provider": "openai"},
        {"id": "other_error", "phrase": ["timedout"]},
        {"id": "other_error", "name": "ETIMEDOUT"},
    ]


@pytest.mark.parametrize(
    ("word", "entry_id"),
    [
        ("no_credit", "no_credit"),
        ("credit_gone", "no_credit"),
        ("insufficient_money", "no_credit"),
        ("region_closed", "acme_region_closed"),
        ("etimedout", "other_error"),
        ("402", "no_credit"),
        ("404", None),
        ("nonsense", None),
    ],
)
def test_a_word_stands_for_an_id(known: Catalogue, word: str, entry_id: str | None) -> None:
    assert known.resolve(word) == entry_id


def test_near_words_are_ids_and_codes_of_every_provider(known: Catalogue) -> None:
    assert known.near("no_credits", 3)[0] == "no_credit"
    assert known.near("insuficient_money", 3) == ["insufficient_money"]


def test_the_data_of_a_provider_has_its_id(known: Catalogue) -> None:
    assert list(known.providers) == ["acme", "openai"]
    assert known.providers["acme"]["id"] == "acme"
    assert known.providers["acme"]["pages"] == {"billing": "https://acme.example/billing"}


def test_an_unknown_id_is_refused(known: Catalogue) -> None:
    for ask in (known.get, known.sections, known.sources):
        with pytest.raises(UnknownEntryError):
            ask("nonsense")
    with pytest.raises(UnknownEntryError):
        known.get("nonsense", "acme")


def test_a_fault_is_told_with_the_path_of_its_page(root: Path) -> None:
    (root / "providers/acme/errors/no_credit.md").write_text("nothing", encoding="utf-8")
    with pytest.raises(EntryError, match=r"acme/errors/no_credit\.md: the page does not start"):
        Catalogue(root.as_posix()).get("no_credit", "acme")


def test_an_entry_that_openai_says_nothing_of_has_to_be_whole(root: Path) -> None:
    (root / "providers/openai/errors/no_credit.md").unlink()
    with pytest.raises(EntryError, match="no_credit: the page has no verified_on, example"):
        Catalogue(root.as_posix()).index()


def test_what_two_providers_have_needs_an_entry(root: Path) -> None:
    other = root / "providers/openai/errors/acme_region_closed.md"
    other.write_text(pages.OWN, encoding="utf-8")
    with pytest.raises(EntryError, match="acme, openai have it, so it needs an entry"):
        Catalogue(root.as_posix()).index()


def test_an_index_is_made_of_the_pages_even_where_there_is_one(root: Path) -> None:
    made = Catalogue(root.as_posix()).index()
    (root / INDEX).write_text(made.replace("no_credit", "no_debit"), encoding="utf-8")
    assert Catalogue(root.as_posix(), from_pages=True).index() == made


def test_forgetting_forgets_all_that_was_read() -> None:
    before = (catalogue.providers(), catalogue.table(), catalogue.get("dns_failure"))
    catalogue.forget()
    after = (catalogue.providers(), catalogue.table(), catalogue.get("dns_failure"))
    assert before == after
    assert not any(one is other for one, other in zip(before, after, strict=True))
