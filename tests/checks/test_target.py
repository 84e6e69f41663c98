"""What a run says that it tested."""

import pytest
from helpers.command import data_of, run
from helpers.servers import always, closed_port, listening

pytestmark = pytest.mark.slow
ASKED = ("check", "--json", "--provider", "custom", "--base-url")


def model_at(url: str) -> str | None:
    """The model of the target, where nobody chose one."""
    model: str | None = data_of(run(*ASKED, url))["target"]["model"]
    return model


def test_a_name_that_stands_for_any_model_is_none_where_nothing_answers() -> None:
    assert model_at(f"http://127.0.0.1:{closed_port()}/v1") is None


def test_it_is_the_name_that_a_server_without_a_list_was_asked_by() -> None:
    with listening(always(404, b"")) as server:
        assert model_at(server.base_url) == "default"
