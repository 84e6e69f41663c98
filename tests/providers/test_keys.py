"""Where a key may go: the table of SECURITY.md, cell by cell."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import pytest

from codegpt_doctor import catalogue
from codegpt_doctor.providers.keys import (
    Decision,
    Refusal,
    Route,
    Use,
    bytes_may_go,
    may_go,
    owner_of,
    provider_of,
)
from codegpt_doctor.redact import Secret
from codegpt_doctor.settings.values import Key, Settings, Value

TAIL = "Zm4Tq9Wb2Xc7Vd5Rf8Yg1Nh6Uj3T3BlbkFJKo0Pl2Ai9Se4Dr7Ft6G"
KEYS = {
    "openai": f"sk-proj-{TAIL}",
    "groq": f"gsk_{TAIL[:52]}",
    "shapeless": "house-key-31415926535897",
    "sign-in": "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4eXoxMjMifQ.c2lnbmF0dXJlc2ln",
    "admin": f"sk-admin-{TAIL}",
}
# the host of the base URL, and what its name resolves to
HOSTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "openai": ("api.openai.com", ("104.18.6.192",)),
    "openai in a region": ("eu.api.openai.com", ("104.18.6.192",)),
    "openai with a final dot": ("api.openai.com.", ("104.18.6.192",)),
    "groq": ("api.groq.com", ("104.18.40.9",)),
    "gateway": ("gateway.example.net", ("192.0.2.9",)),
    "openai's name before another": ("api.openai.com.evil.test", ("192.0.2.66",)),
    "letters that look like openai's": ("xn--pi-7kc.openai.com", ("192.0.2.66",)),
    "loopback": ("127.0.0.1", ("127.0.0.1",)),
    "loopback on ipv6": ("[::1]", ("::1",)),
    "loopback, mapped": ("[::ffff:127.0.0.1]", ("127.0.0.1",)),
    "localhost": ("localhost", ("::1", "127.0.0.1")),
    "a name of this machine": ("workstation", ("127.0.1.1",)),
    "localhost that leads away": ("evil.localhost", ("192.0.2.66",)),
    "localhost that also leads away": ("evil.localhost", ("127.0.0.1", "192.0.2.66")),
    "localhost that leads nowhere": ("evil.localhost", ()),
    "a private address": ("10.20.30.40", ("10.20.30.40",)),
}
HERE = {
    *("loopback", "loopback on ipv6", "loopback, mapped", "localhost", "a name of this machine"),
}
OPENAI = {"openai", "openai in a region", "openai with a final dot"}
PROXIES = {"direct": None, "through a proxy": "HTTPS_PROXY"}


@dataclass(frozen=True)
class Cell:
    """One cell of the table."""

    provider: str
    kind: str
    use: Use
    host: str
    scheme: str
    proxy: str
    allow_http: bool

    def decide(self) -> Decision:
        host, addresses = HOSTS[self.host]
        settings = Settings(
            self.provider,
            Value(f"{self.scheme}://{host}/v1", "--base-url"),
            allow_http=self.allow_http,
        )
        key = Key(Secret(KEYS[self.kind]), "OPENAI_API_KEY")
        return may_go(key, self.use, settings, Route(PROXIES[self.proxy], lambda: addresses))

    def stays_here(self) -> bool:
        return self.host in HERE and self.proxy == "direct"

    def home(self) -> str:
        """Whose keys the host takes, as far as is known."""
        known = "openai" if self.host in OPENAI else "groq" if self.host == "groq" else None
        return known or {"custom": "openai"}.get(self.provider, self.provider)

    def expected(self) -> set[Refusal]:
        """The rules of the table that this cell breaks."""
        broken = set()
        if self.use is Use.MODELS:
            if self.kind == "admin":
                broken.add(Refusal.ADMIN_KEY)
            if self.kind in ("openai", "groq") and self.kind != self.home():
                broken.add(Refusal.OTHER_PROVIDER)
        else:
            if self.kind not in ("admin", "shapeless"):
                broken.add(Refusal.OTHER_KIND)
            has_books = self.provider in ("openai", "custom")
            at_home = self.host in OPENAI or self.stays_here()
            if not (has_books and at_home):
                broken.add(Refusal.ELSEWHERE)
        if self.scheme == "http" and not self.allow_http and not self.stays_here():
            looks_local = self.host in HERE or "localhost" in self.host
            behind = self.proxy != "direct" and looks_local
            broken.add(Refusal.PROXY if behind else Refusal.UNENCRYPTED)
        return broken


# that of the run: the default, one with hosts of its own, one of this machine, and none
PROVIDERS = ("openai", "groq", "litellm", "custom")
CELLS = [
    Cell(*cell)
    for cell in product(PROVIDERS, KEYS, Use, HOSTS, ("https", "http"), PROXIES, (False, True))
]


@pytest.mark.parametrize("use", Use)
@pytest.mark.parametrize("provider", PROVIDERS)
def test_the_table_cell_by_cell(provider: str, use: Use) -> None:
    cells = [cell for cell in CELLS if (cell.provider, cell.use) == (provider, use)]
    assert len(cells) == len(KEYS) * len(HOSTS) * 2 * 2 * 2
    for cell in cells:
        decision, broken = cell.decide(), cell.expected()
        assert decision.is_sent is (not broken), (cell, decision, broken)
        assert decision.is_sent or decision.refusal in broken, (cell, decision, broken)
        assert bool(decision.words) is (not decision.is_sent)


def count_sent(**wanted: object) -> int:
    chosen = [c for c in CELLS if all(getattr(c, name) == value for name, value in wanted.items())]
    return sum(cell.decide().is_sent for cell in chosen)


def test_the_table_has_cells_of_both_outcomes() -> None:
    assert 0 < count_sent(kind="openai", use=Use.MODELS) < len(CELLS)
    assert count_sent(kind="admin", use=Use.MODELS) == 0
    assert count_sent(kind="admin", use=Use.ADMINISTRATION, host="openai", scheme="https") == 8
    assert count_sent(kind="admin", use=Use.ADMINISTRATION, host="groq") == 0
    assert count_sent(kind="admin", use=Use.ADMINISTRATION, host="gateway") == 0


def settings(
    url: str, admin: str | None = None, key: str | None = None, file: str = ""
) -> Settings:
    return Settings(
        "openai",
        Value(url, "OPENAI_BASE_URL", file),
        Key(Secret(key), "OPENAI_API_KEY") if key else None,
        Key(Secret(admin), "OPENAI_ADMIN_KEY") if admin else None,
    )


def admin_to(url: str, addresses: Sequence[str] = (), proxy: str | None = None) -> Decision:
    chosen = settings(url, KEYS["admin"])
    return may_go(chosen.admin_key, Use.ADMINISTRATION, chosen, Route(proxy, lambda: addresses))


class TestTheAdminKey:
    """Each of these fails when the guard of foreign hosts is taken out: all are encrypted."""

    @pytest.mark.parametrize(
        "url",
        [
            "https://gateway.example.net/v1",
            "https://api.openai.com.evil.test/v1",
            "https://user@evil.test/v1",
            "https://api.openai.com@evil.test/v1",
            "https://api.groq.com/openai/v1",
            "https://\u0430pi.openai.com/v1",
            "https://house.openai.azure.com/openai/v1",
        ],
    )
    def test_goes_to_no_foreign_host(self, url: str) -> None:
        assert admin_to(url, ("192.0.2.66",)).refusal is Refusal.ELSEWHERE

    @pytest.mark.parametrize("host", catalogue.providers()["openai"]["hosts"])
    def test_goes_to_every_host_of_its_own_provider(self, host: str) -> None:
        assert admin_to(f"https://{host}/v1").is_sent

    def test_goes_to_this_machine_directly(self) -> None:
        assert admin_to("https://localhost:8443/v1", ("127.0.0.1",)).is_sent
        assert admin_to("http://127.0.0.1:4000/v1", ("127.0.0.1",)).is_sent

    def test_goes_to_this_machine_through_no_proxy_even_encrypted(self) -> None:
        through = admin_to("https://localhost:8443/v1", ("127.0.0.1",), "HTTPS_PROXY")
        assert through.refusal is Refusal.ELSEWHERE

    def test_is_the_ordinary_one_by_mistake(self) -> None:
        same = KEYS["shapeless"]
        chosen = settings("https://api.openai.com/v1", same, same)
        decision = may_go(chosen.admin_key, Use.ADMINISTRATION, chosen, Route())
        assert decision.refusal is Refusal.SAME_KEY
        other = settings("https://api.openai.com/v1", same, KEYS["openai"])
        assert may_go(other.admin_key, Use.ADMINISTRATION, other, Route()).is_sent

    def test_that_is_absent_is_asked_for(self) -> None:
        decision = may_go(None, Use.ADMINISTRATION, settings("https://api.openai.com/v1"), Route())
        assert decision.refusal is Refusal.NO_KEY
        assert "OPENAI_ADMIN_KEY" in decision.words


class TestWhoNamedTheAddress:
    @pytest.mark.parametrize(
        ("address_in", "key_in", "sent"),
        [
            ("", (), True),
            ("", (".env",), True),
            (".env", (), False),
            (".env", (".env",), True),
            (".env", (".env.local",), False),
            (".env", (".env.local", ".env"), True),
        ],
    )
    @pytest.mark.parametrize(
        ("kind", "use"), [("openai", Use.MODELS), ("admin", Use.ADMINISTRATION)]
    )
    def test_a_file_only_gets_keys_of_that_file(
        self, kind: str, use: Use, address_in: str, key_in: tuple[str, ...], sent: bool
    ) -> None:
        chosen = settings("http://127.0.0.1:4000/v1", file=address_in)
        key = Key(Secret(KEYS[kind]), "x", key_in)
        decision = may_go(key, use, chosen, Route(None, lambda: ("127.0.0.1",)))
        assert decision.refusal is (None if sent else Refusal.STRANGER)


class TestTheResolver:
    def test_is_asked_only_where_its_answer_decides(self) -> None:
        def never() -> Sequence[str]:
            raise AssertionError("nobody had to ask")

        for url in ("https://gateway.example.net/v1", "https://api.openai.com/v1"):
            chosen = settings(url, KEYS["admin"], KEYS["openai"])
            assert may_go(chosen.key, Use.MODELS, chosen, Route(None, never)).is_sent
        chosen = settings("http://localhost:1/v1")
        assert bytes_may_go(chosen, Route("HTTP_PROXY", never)).refusal is Refusal.PROXY

    def test_that_names_0000_names_this_machine(self) -> None:
        chosen = settings("http://0.0.0.0:4000/v1")
        assert bytes_may_go(chosen, Route(None, lambda: ("0.0.0.0",))).is_sent


class TestTheHostsOfAProvider:
    @pytest.mark.parametrize(
        ("host", "provider"),
        [
            ("api.openai.com", "openai"),
            ("api.openai.com.", "openai"),
            ("house.openai.azure.com", "azure"),
            ("openai.azure.com", None),
            ("evilopenai.azure.com", None),
            ("bedrock-runtime.us-east-1.amazonaws.com", "bedrock"),
            ("api.openai.com.evil.test", None),
            ("localhost", None),
            ("", None),
        ],
    )
    def test_are_whole_names_or_below_their_own_endings(
        self, host: str, provider: str | None
    ) -> None:
        assert provider_of(host) == provider


@pytest.mark.parametrize("value", ["sk-" + "Aa1" * 14, "sk-legacy0legacy0legacy0"])
def test_an_old_key_without_a_telling_shape_is_nobodys(value: str) -> None:
    assert owner_of(Key(Secret(value), "OPENAI_API_KEY")) is None
