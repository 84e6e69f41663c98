"""How a base URL is read: its parts, what is wrong with it, and how it should be."""

import ipaddress
import string
from urllib.parse import urlsplit

import pytest
import requests
from hypothesis import given, settings
from hypothesis import strategies as st

from codegpt_doctor import catalogue, redact
from codegpt_doctor.settings.read_url import read
from codegpt_doctor.settings.url import Fault, is_loopback, is_private, is_this_computer

redact.use_shapes(catalogue.key_shapes)  # as whoever imports the catalogue does
OFFICIAL = "https://api.openai.com/v1"
FINE = (
    OFFICIAL,
    f"{OFFICIAL}/",
    "https://API.OpenAI.com/v1",
    "https://eu.api.openai.com/v1",
    "https://gateway.example.net:8443/api/llm/v1/",
    "http://127.0.0.1:11434/v1",
    "http://localhost:1234/v1",
    "http://[::1]:8080/v1",
    "http://[::ffff:127.0.0.1]:18431/v1",
    "http://[fe80::1%25eth0]:80/v1",
    "https://[fd00::ab]/v1",
    "https://api.openai.com./v1",
    "https://workstation/v1",
    "https://my_host.internal/v1",
    "https://xn--e1afmkfd.xn--p1ai/v1",
    "https://\u043f\u0440\u0438\u043c\u0435\u0440.\u0440\u0444/v1",
    "https://gateway.example.net/v1/\u6a21\u578b",
    "https://gateway.example.net/v1/%E6%A8%A1",
    "https://gateway.example.net/v1/@cf/meta",
    "https://bob:w%40rd@gateway.example.net/v1",
    "https://gateway.example.net",
    "https://h:/v1",
    "http://127.1:9002/v1",
    "http://2130706433:9002/v1",
)
KEY = "sk-proj-Zm4Tq9Wb2Xc7Vd5Rf8Yg1Nh6Uj3"

# what is written -> the fault, and the address that was meant
WRONG = {
    f"{OFFICIAL} ": (Fault.WHITE_SPACE, OFFICIAL),
    f"\t{OFFICIAL}\r\n": (Fault.WHITE_SPACE, OFFICIAL),
    f"{OFFICIAL}\u00a0": (Fault.WHITE_SPACE, OFFICIAL),
    "https://api.openai.com /v1": (Fault.WHITE_SPACE, OFFICIAL),
    "https://api.openai.com/\nv1": (Fault.WHITE_SPACE, OFFICIAL),
    f"{OFFICIAL}\u200b": (Fault.INVISIBLE, OFFICIAL),
    f"\ufeff{OFFICIAL}": (Fault.INVISIBLE, OFFICIAL),
    f"{OFFICIAL}\u200e": (Fault.INVISIBLE, OFFICIAL),
    f"{OFFICIAL}\u3164": (Fault.INVISIBLE, OFFICIAL),
    f"{OFFICIAL}\ufe0f": (Fault.INVISIBLE, OFFICIAL),
    f"{OFFICIAL}\x00": (Fault.INVISIBLE, OFFICIAL),
    f"{OFFICIAL}\x1b": (Fault.INVISIBLE, OFFICIAL),
    "https://api.\u200bopenai.com/v1": (Fault.INVISIBLE, OFFICIAL),
    "https://api.open\u00adai.com/v1": (Fault.INVISIBLE, OFFICIAL),
    f"{OFFICIAL}\u3002": (Fault.STRAY, OFFICIAL),
    f"{OFFICIAL}\uff0c": (Fault.STRAY, OFFICIAL),
    f"{OFFICIAL}\u2026": (Fault.STRAY, OFFICIAL),
    f"{OFFICIAL}\u201d": (Fault.QUOTES, OFFICIAL),
    f"\u300c{OFFICIAL}\u300d": (Fault.STRAY, OFFICIAL),
    f"{OFFICIAL},": (Fault.STRAY, OFFICIAL),
    f"{OFFICIAL};": (Fault.STRAY, OFFICIAL),
    f"{OFFICIAL}.": (Fault.STRAY, OFFICIAL),
    f"{OFFICIAL})": (Fault.STRAY, OFFICIAL),
    f"<{OFFICIAL}>": (Fault.STRAY, OFFICIAL),
    "https\uff1a//api.openai.com/v1": (Fault.STRAY, OFFICIAL),
    "https://api\u3002openai\u3002com/v1": (Fault.STRAY, OFFICIAL),
    "https://gateway.example.net/v1\u2013beta": (
        Fault.STRAY,
        "https://gateway.example.net/v1-beta",
    ),
    f'"{OFFICIAL}"': (Fault.QUOTES, OFFICIAL),
    f"'{OFFICIAL}": (Fault.QUOTES, OFFICIAL),
    f"`{OFFICIAL}`": (Fault.QUOTES, OFFICIAL),
    f"OPENAI_BASE_URL={OFFICIAL}": (Fault.LINE, OFFICIAL),
    f'export OPENAI_BASE_URL="{OFFICIAL}"': (Fault.LINE, OFFICIAL),
    "https:\\\\api.openai.com\\v1": (Fault.BACKSLASHES, OFFICIAL),
    "api.openai.com/v1": (Fault.NO_SCHEME, OFFICIAL),
    "//api.openai.com/v1": (Fault.NO_SCHEME, OFFICIAL),
    "://api.openai.com/v1": (Fault.NO_SCHEME, OFFICIAL),
    "api.openai.com:443/v1": (Fault.NO_SCHEME, "https://api.openai.com:443/v1"),
    "127.0.0.1:9002/v1": (Fault.NO_SCHEME, "http://127.0.0.1:9002/v1"),
    "localhost:11434": (Fault.NO_SCHEME, "http://localhost:11434/v1"),
    "[::1]:8080/v1": (Fault.NO_SCHEME, "http://[::1]:8080/v1"),
    "192.168.1.5:8000/v1": (Fault.NO_SCHEME, "http://192.168.1.5:8000/v1"),
    f"[the API]({OFFICIAL})": (Fault.LINE, OFFICIAL),
    f"[{OFFICIAL}]({OFFICIAL})": (Fault.LINE, OFFICIAL),
    f'<a href="{OFFICIAL}">': (Fault.LINE, OFFICIAL),
    f"curl -u mara:hunter2 {OFFICIAL}/models -H 'x: y'": (Fault.LINE, OFFICIAL),
    f"Base URL: {OFFICIAL}": (Fault.LINE, OFFICIAL),
    f'"base_url": "{OFFICIAL}",': (Fault.LINE, OFFICIAL),
    f"({OFFICIAL})": (Fault.LINE, OFFICIAL),
    f"{OFFICIAL} my key": (Fault.LINE, OFFICIAL),
    f"{OFFICIAL} (the usual one)": (Fault.LINE, OFFICIAL),
    f"{OFFICIAL} // the usual one": (Fault.LINE, OFFICIAL),
    "h ttps://api.openai.com/v1": (Fault.WHITE_SPACE, OFFICIAL),
    "http://[::1:8080/v1": (Fault.BRACKETS, "http://[::1]:8080/v1"),
    "http://[localhost]:8080/v1": (Fault.BRACKETS, "http://localhost:8080/v1"),
    "https://llm.example.net/v\uff11": (Fault.STRAY, "https://llm.example.net/v1"),
    "https://llm.example.net/v1/messages": (Fault.ENDPOINT, "https://llm.example.net/v1"),
    "https://llm.example.net/api/generate": (Fault.ENDPOINT, "https://llm.example.net/v1"),
    "https://llm.example.net/api/chat": (Fault.ENDPOINT, "https://llm.example.net/v1"),
    "https://llm.example.net/api/chat/completions": (
        Fault.ENDPOINT,
        "https://llm.example.net/api",
    ),
    "https:/api.openai.com/v1": (Fault.SLASHES, OFFICIAL),
    "https:///api.openai.com/v1": (Fault.SLASHES, OFFICIAL),
    "https:api.openai.com/v1": (Fault.SLASHES, OFFICIAL),
    "https//api.openai.com/v1": (Fault.SLASHES, OFFICIAL),
    "https;//api.openai.com/v1": (Fault.SLASHES, OFFICIAL),
    "htps://api.openai.com/v1": (Fault.SCHEME, OFFICIAL),
    "ftp://api.openai.com/v1": (Fault.SCHEME, OFFICIAL),
    "wss://api.openai.com/v1": (Fault.SCHEME, OFFICIAL),
    "ws://127.0.0.1:9002/v1": (Fault.SCHEME, "http://127.0.0.1:9002/v1"),
    "tcp://[::1]:9002": (Fault.SCHEME, "http://[::1]:9002/v1"),
    "https://https://api.openai.com/v1": (Fault.SCHEME_TWICE, OFFICIAL),
    "http://https://api.openai.com/v1": (Fault.SCHEME_TWICE, OFFICIAL),
    "https://https//api.openai.com/v1": (Fault.SCHEME_TWICE, OFFICIAL),
    "https://bob:pa/ss!word99@gateway.example.net/v1": (
        Fault.USER_INFO,
        "https://gateway.example.net/v1",
    ),
    "http://::1:8080/v1": (Fault.BRACKETS, "http://[::1]:8080/v1"),
    "http://fd00::ab/v1": (Fault.BRACKETS, "http://[fd00::ab]/v1"),
    "https://api.openai.com:99999/v1": (Fault.PORT, OFFICIAL),
    "https://api.openai.com:0/v1": (Fault.PORT, OFFICIAL),
    "https://api.openai.com:44a/v1": (Fault.PORT, OFFICIAL),
    "https://api.openai.com:\u0664\u0664\u0663/v1": (Fault.PORT, OFFICIAL),
    "https://gw.example.net/v1?api-version=1": (Fault.QUERY, "https://gw.example.net/v1"),
    "https://gw.example.net/v1?": (Fault.QUERY, "https://gw.example.net/v1"),
    "https://gw.example.net/v1#x": (Fault.FRAGMENT, "https://gw.example.net/v1"),
    "https://gw.example.net/v1/#/keys": (Fault.FRAGMENT, "https://gw.example.net/v1"),
    f"{OFFICIAL}/chat/completions": (Fault.ENDPOINT, OFFICIAL),
    f"{OFFICIAL}/models/": (Fault.ENDPOINT, OFFICIAL),
    f"{OFFICIAL}/v1": (Fault.VERSION_TWICE, OFFICIAL),
    f"{OFFICIAL}/v1/v1": (Fault.VERSION_TWICE, OFFICIAL),
    "https://api.openai.com//v1": (Fault.PATH, OFFICIAL),
    "https://api.openai.com/V1": (Fault.PATH, OFFICIAL),
    f"{OFFICIAL}{KEY}": (Fault.KEY, OFFICIAL),
    f"{OFFICIAL}/{KEY}/": (Fault.KEY, OFFICIAL),
    f"{OFFICIAL},{KEY}": (Fault.KEY, OFFICIAL),
    f"{OFFICIAL};OPENAI_API_KEY={KEY}": (Fault.KEY, OFFICIAL),
    f"{OFFICIAL} {KEY}": (Fault.KEY, OFFICIAL),
    f'curl {OFFICIAL}/models -H "Authorization: Bearer {KEY}" -v': (Fault.KEY, OFFICIAL),
    f'OpenAI(base_url="{OFFICIAL}", api_key="{KEY}")': (Fault.KEY, OFFICIAL),
    f"{KEY} {OFFICIAL}": (Fault.KEY, OFFICIAL),
    f"https://gw.example.net:8080{KEY}": (Fault.KEY, "https://gw.example.net:8080/v1"),
}
# what nobody can put right
HOPELESS = {
    "": Fault.EMPTY,
    " \n": Fault.EMPTY,
    "\u200b": Fault.INVISIBLE,
    '""': Fault.QUOTES,
    "https://": Fault.HOST,
    "https:///": Fault.HOST,
    "file:///etc/passwd": Fault.HOST,
    "redis://127.0.0.1:6379/0": Fault.HOST,
    "http://[": Fault.HOST,
    "http://[::zz]/v1": Fault.HOST,
    "https://api..openai.com/v1": Fault.HOST,
    "https://-x/v1": Fault.HOST,
    "https://a!b/v1": Fault.HOST,
    "https://your-resource.openai.azure.com/openai/v1": Fault.PLACEHOLDER,
    "https://<resource>.openai.azure.com/v1": Fault.PLACEHOLDER,
    "https://gateway.example.net/${ACCOUNT}/v1": Fault.PLACEHOLDER,
    "https://gateway.example.net/{account_id}/v1": Fault.PLACEHOLDER,
    "%OPENAI_BASE_URL%": Fault.PLACEHOLDER,
    "https://api.example.com/v1": Fault.PLACEHOLDER,
    "https://api\u2026com/v1": Fault.PLACEHOLDER,
    "https://api...com/v1": Fault.PLACEHOLDER,
    "/v1": Fault.HOST,
    "undefined/v1": Fault.HOST,
    "none": Fault.HOST,
    ":8080/v1": Fault.HOST,
    "POST /v1/chat/completions": Fault.HOST,
    "the OpenAI API": Fault.HOST,
    "http://127.0.0.256:8080/v1": Fault.HOST,
    "http://10.0.0.1.2/v1": Fault.HOST,
    "https://[your-server]/v1": Fault.PLACEHOLDER,
    "http://192.168.x.x:8080/v1": Fault.PLACEHOLDER,
    "http://x.x.x.x/v1": Fault.PLACEHOLDER,
    "https://yourdomain.com/v1": Fault.PLACEHOLDER,
    f"{OFFICIAL},https://llm.example.net/v1": Fault.SEVERAL,
    f"{OFFICIAL} https://llm.example.net/v1": Fault.SEVERAL,
    f"{OFFICIAL}\nhttps://llm.example.net/v1": Fault.SEVERAL,
    KEY: Fault.KEY,
    f"https://{KEY}": Fault.KEY,
}


def kinds(text: str) -> list[Fault]:
    return [fault.kind for fault in read(text).faults]


@pytest.mark.parametrize("text", FINE)
def test_nothing_is_wrong_with(text: str) -> None:
    assert kinds(text) == []
    assert read(text).text


@pytest.mark.parametrize(("text", "meant"), WRONG.items(), ids=map(ascii, WRONG))
def test_what_is_wrong_is_named_and_put_right(text: str, meant: tuple[Fault, str]) -> None:
    fault, corrected = meant
    assert fault in kinds(text)
    assert read(text).corrected == corrected
    assert kinds(corrected) == []


@pytest.mark.parametrize(("text", "fault"), HOPELESS.items(), ids=map(ascii, HOPELESS))
def test_where_nobody_knows_what_was_meant_nothing_is_made_up(text: str, fault: Fault) -> None:
    assert fault in kinds(text)
    assert read(text).corrected is None


@pytest.mark.parametrize("text", [*WRONG, *HOPELESS], ids=ascii)
def test_every_fault_is_a_sentence_that_can_be_printed(text: str) -> None:
    for fault in read(text).faults:
        assert fault.words.endswith((".", "http://", "https://")), fault
        assert fault.words.isprintable()


class TestParts:
    @pytest.mark.parametrize(
        ("text", "scheme", "host", "port", "path"),
        [
            (OFFICIAL, "https", "api.openai.com", 443, "/v1"),
            ("https://API.OpenAI.com:8443/V2/", "https", "api.openai.com", 8443, "/V2"),
            ("http://[::ffff:127.0.0.1]/v1", "http", "::ffff:127.0.0.1", 80, "/v1"),
            ("http://[fe80::1%25eth0]:81/v1", "http", "fe80::1%eth0", 81, "/v1"),
            ("https://user:word@gw.example:8443/v1", "https", "gw.example", 8443, "/v1"),
            ("https://gw.example/v1/\u6a21", "https", "gw.example", 443, "/v1/%E6%A8%A1"),
        ],
    )
    def test_are_those_of_the_address(
        self, text: str, scheme: str, host: str, port: int, path: str
    ) -> None:
        url = read(text)
        assert (url.scheme, url.host, url.actual_port, url.path) == (scheme, host, port, path)
        assert (url.split.hostname, url.split.scheme) == (host, scheme)
        assert (url.split.port or url.actual_port) == port

    def test_the_authority_has_neither_user_nor_zone(self) -> None:
        assert read("https://user:word@gw.example:8443/v1").authority == "gw.example:8443"
        assert read("http://[fe80::1%25eth0]:81/v1").authority == "[fe80::1]:81"

    @pytest.mark.parametrize("text", FINE)
    def test_are_read_by_the_http_library_in_the_same_way(self, text: str) -> None:
        url = read(text)
        prepared = requests.Request("GET", f"{url.text}/models").prepare().url
        assert prepared
        parts = urlsplit(prepared)
        assert parts.path == f"{url.path}/models"
        assert parts.hostname == url.host.replace("%", "%25")
        assert parts.port == url.port

    def test_the_same_place_at_an_address(self) -> None:
        assert read("http://x.localhost:81/v1").at("::1").text == "http://[::1]:81/v1"


class TestSecrets:
    @pytest.mark.parametrize(
        "text",
        [
            "https://bob:hunter2pass@gw.example.net/v1",
            "https://bob:hunter2pa%73s@gw.example.net/v1",
            "https://bob:p@hunter2pass@gw.example.net/v1",
            "https://bob:hunter2pass/@gw.example.net/v1",
            "https://bob:hunter2pass?@gw.example.net/v1",
            "https://gw.example.net/v1?code=hunter2pass",
            "https://gw.example.net/v1?x=1&code=hunter2pass",
            " 'https://bob:hunter2pass@gw.example.net/v1?code=hunter2pass' ",
            "curl -u bob:hunter2 https://x:hunter2pass@gw.example.net/v1 -d hunter2",
        ],
    )
    def test_of_an_address_are_in_no_printed_form_of_it(self, text: str) -> None:
        url = read(text)
        shown = (repr(url), url.written, url.text, str(url.corrected), *map(str, url.faults))
        assert "hunter2" not in "".join(shown)
        forms = [form for secret in url.secrets for form in secret.forms()]
        assert any("hunter2pass" in form for form in forms)

    def test_of_an_address_are_known_in_the_form_of_a_header_too(self) -> None:
        url = read("https://bob:w%40rd@gw.example.net/v1")
        forms = {form for secret in url.secrets for form in secret.forms()}
        assert {"w%40rd", "w@rd", "bob:w@rd", "Ym9iOndAcmQ="} <= forms

    def test_what_is_written_is_shown_as_it_was_otherwise(self) -> None:
        assert read(f" {OFFICIAL}/ ").written == f"{OFFICIAL}/"
        assert read("https://h/v1?a=b").written == "https://h/v1?…"


class TestWhere:
    @pytest.mark.parametrize(
        "host",
        [
            "127.0.0.1",
            "127.9.9.9",
            "::1",
            "::ffff:127.0.0.1",
            "localhost",
            "localhost.",
            "a.localhost",
        ],
    )
    def test_this_machine_is_known_by_its_looks(self, host: str) -> None:
        assert is_loopback(host)
        assert is_private(host)

    @pytest.mark.parametrize("host", ["127.0.0.1.evil.test", "localhost.evil.test", "10.0.0.1", ""])
    def test_another_one_is_not_taken_for_it(self, host: str) -> None:
        assert not is_loopback(host)

    @pytest.mark.parametrize(
        ("host", "private"),
        [
            ("10.0.0.1", True),
            ("fd00::1", True),
            ("nas", True),
            ("nas.local", True),
            ("api.openai.com", False),
            ("8.8.8.8", False),
            ("2606:4700::1", False),
        ],
    )
    def test_a_network_of_ones_own_is_known_by_its_looks(self, host: str, private: bool) -> None:
        assert is_private(host) is private

    def test_only_an_address_is_this_computer_for_certain(self) -> None:
        for address in ("127.0.0.1", "::1", "0.0.0.0", "::", "::ffff:127.0.0.1"):
            assert is_this_computer(address)
        for other in ("localhost", "evil.localhost", "10.0.0.1", "::2", ""):
            assert not is_this_computer(other)


class TestAnything:
    """Whatever stands there is read, and what is corrected once is right."""

    @settings(deadline=None)
    @given(st.text(max_size=60))
    def test_raises_nothing_and_never_changes_its_mind(self, text: str) -> None:
        url = read(text)
        if url.corrected:
            again = read(url.corrected)
            assert again.corrected == url.corrected
            assert again.faults == ()

    @settings(deadline=None)
    @given(st.text(alphabet="htps:/\\@[]?#.%…v1ab \u200b\u3002" + string.digits, max_size=40))
    def test_of_the_characters_of_addresses(self, text: str) -> None:
        for start in ("", "https://", "http://["):
            url = read(start + text)
            assert url.corrected is None or read(url.corrected).faults == ()
            assert url.text.isascii() or url.faults

    @settings(deadline=None)
    @given(st.ip_addresses(), st.integers(1, 65535))
    def test_every_address_with_every_port(
        self, address: ipaddress.IPv4Address | ipaddress.IPv6Address, port: int
    ) -> None:
        host = f"[{address}]" if address.version == 6 else str(address)
        url = read(f"https://{host}:{port}/v1")
        assert (url.faults, url.host, url.port) == ((), str(address), port)
