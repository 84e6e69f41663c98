"""Passwords: in addresses, after labels, in headers; nothing of them is shown."""

import re
from base64 import b64encode
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis.strategies import lists, sampled_from

import codegpt_doctor.catalogue  # noqa: F401 - says which shapes the keys of providers have
from codegpt_doctor.redact import Password, Scrubber, Secret, passwords_in, patterns

PASSWORDS = (
    *("hunter2", "p@ss12", "p/ss12", "secretp@ssw0rd", "summer_holiday2024", "blue-Elephant99"),
    *("p@ss!word99", "pa/ss!word99", "a:b:c1", "p?ss#12", "x1", "sommer", "@@//::", "p%40ss"),
)
SCHEMES = ("", "http://", "https://", "socks5://", "socks5h://")
HOSTS = ("127.0.0.1:1", "proxy.corp.example:8080", "[::1]:3128", "localhost:8080")


class TestInAnAddress:
    @pytest.mark.parametrize("password", [*PASSWORDS, "pa ss!word99"])
    @pytest.mark.parametrize("scheme", SCHEMES)
    @pytest.mark.parametrize("host", HOSTS)
    def test_one_of_the_run_is_not_shown(self, scheme: str, password: str, host: str) -> None:
        address = f"{scheme}bob:{password}@{host}"
        clean = Scrubber(passwords_in(address)).text(f"Cannot reach {address}: refused")
        assert clean == f"Cannot reach {scheme}…@{host}: refused"

    @pytest.mark.parametrize("password", PASSWORDS)
    def test_one_of_the_run_is_not_shown_before_a_path(self, password: str) -> None:
        address = f"https://bob:{password}@api.example.com:8443/v1/@team?x=1"
        clean = Scrubber(passwords_in(f"https://bob:{password}@api.example.com:8443/v1")).text(
            address
        )
        assert password not in clean
        assert "api.example.com:8443" in clean or "@team" in clean

    @pytest.mark.parametrize(
        "password", [one for one in PASSWORDS if not re.search(r"[?#]|@@", one)]
    )
    @pytest.mark.parametrize("scheme", SCHEMES[1:])
    def test_one_that_nobody_told_is_not_shown_either(self, scheme: str, password: str) -> None:
        clean = Scrubber().text(f'"proxy": "{scheme}bob:{password}@10.0.0.1:3128"')
        assert clean == f'"proxy": "{scheme}…@10.0.0.1:3128"'

    @pytest.mark.parametrize(
        "text", ["bob:hunter2@127.0.0.1:1", "(bob:p@ss@proxy.corp.example)", "x='bob:p/s1@h:80'"]
    )
    def test_nor_without_a_scheme(self, text: str) -> None:
        clean = Scrubber().text(text)
        assert "bob" not in clean
        assert "…@" in clean

    @pytest.mark.parametrize(
        "text",
        [
            "https://registry.example/@scope/package",
            "https://host.example:8443/users/@me",
            "http://127.0.0.1:8080/@vite/client",
            "mailto:somebody@example.com",
            "write to somebody@example.com: thanks",
            "git@github.com:owner/name.git",
            "image docker.io/library/redis:7@sha256:0123abcd",
            "export HTTPS_PROXY=http://name:password@proxy.example.com:8080",
        ],
    )
    def test_what_is_no_password_stays(self, text: str) -> None:
        assert Scrubber().text(text) == text

    @pytest.mark.parametrize(
        "query",
        [
            *("code=AzureFunctionCode0123456789abc", "key=x", "api_key=Wm3xQz9LkT7vNs2Rj8Yd"),
            *("a=1&api-key=abc", "access_token=abc", "x=1&sig=ab%2Bc", "client_secret=s"),
        ],
    )
    def test_what_a_query_gives_is_not_shown(self, query: str) -> None:
        clean = Scrubber().text(f"GET https://h.example/v1?{query}&z=2 failed")
        assert query.rpartition("=")[2] not in clean.removesuffix("&z=2 failed").rpartition("=")[2]
        assert clean.endswith("=…&z=2 failed")

    @pytest.mark.parametrize("query", ["code=429", "code=invalid_api_key", "page=2&monkey=1"])
    def test_what_a_query_says_of_an_error_stays(self, query: str) -> None:
        text = f"https://h.example/v1?{query}"
        assert Scrubber().text(text) == text


class TestOfTheRun:
    ADDRESS = "http://bob:hunt3r2@proxy:8080"

    @pytest.mark.parametrize(
        "said",
        [
            "hunt3r2",
            "user bob, password hunt3r2!",
            b64encode(b"bob:hunt3r2").decode(),
            f"Basic {b64encode(b'bob:hunt3r2').decode()}",
        ],
    )
    def test_it_is_known_alone_and_as_http_writes_it(self, said: str) -> None:
        clean = Scrubber(passwords_in(self.ADDRESS)).text(f"407 {said}")
        assert "hunt3r2" not in clean
        assert b64encode(b"bob:hunt3r2").decode()[:12] not in clean

    @pytest.mark.parametrize("written", ["p%40ss%2Fword1", "p@ss/word1"])
    def test_it_is_known_in_either_spelling(self, written: str) -> None:
        scrubber = Scrubber(passwords_in(f"http://bob:{written}@proxy:8080"))
        for said in ("p@ss/word1", "p%40ss%2Fword1"):
            assert said not in scrubber.text(f"refused {said}")

    def test_nothing_of_it_is_shown_by_itself(self) -> None:
        for shown in (str(Password("summer_holiday2024")), repr(Password("blue-Elephant99"))):
            assert shown in ("…", "Password(…)")

    @pytest.mark.parametrize("word", ["proxy", "pass", "8080", "no", "fail", "evidence", "status"])
    def test_one_that_is_a_word_takes_no_report_apart(self, word: str) -> None:
        data = {"status": "x", "proxy": [f"http://bob:{word}@h:8080"], "evidence": 1, "pass": 2}
        clean = Scrubber(passwords_in(f"http://bob:{word}@h:8080")).data(data)
        assert list(clean) == list(data)
        assert clean["proxy"] == ["http://…@h:8080"]

    def test_more_can_be_told_later(self) -> None:
        scrubber = Scrubber([Secret("0123456789abcdef")])
        scrubber.learn([Password("hunter2")])
        assert scrubber.text("0123456789abcdef hunter2 hunter22") == "…cdef … hunter22"


HEX = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"
HALF, REST = "Zm4Tq9Wb2Xc7Vd5Rf8Yg", "0a1b2cUj3Ko0Pl2Ai9Se"
LABELED = [
    *(
        f"{before}{HEX}"
        for before in ("key: ", "my key ", "the api key is ", "Azure OpenAI key = '")
    ),
    "curl -u bob:S3cretPassw0rd https://llm.example",
    "curl -sSu 'bob:correcthorse' https://llm.example",
    f"curl --proxy-user bob:{HEX} https://llm.example",
    f"Cookie: session={HEX}; theme=dark",
    "https://hooks.slack.com/services/T000/B000/Wm3xQz9LkT7vNs2R",
    f"-----BEGIN PRIVATE KEY-----\n{HEX}\n-----END PRIVATE KEY-----",
    # a key that an address escapes, and one that a line breaks
    f"q=sk%2Dproj%2D{HALF}{REST}",
    *(f"sk-proj-{HALF}{gap}{REST} was refused" for gap in ("\n", "\\\n    ", '" +\n  "')),
    '{"api-key":"0a1b2c3d4e5f60718293a4b5c6d7e8f9"}',
    "srv.py --api-key Wm3xQz9LkT7vNs2Rj8Yd",
    "srv.py --db-password=S3cretPassw0rd",
    "srv.py --password correcthorse",
    "x-api-key: 0a1b2c3d4e5f6071",
    "OPENAI_API_KEY=house-key-31415926",
    "apiKey: '0a1b2c3d4e5f6071'",
    "AccountKey=Zm4Tq9Wb2Xc7Vd5Rf8Yg==",
    "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYzEXAMPLE1",
    "the api key 0a1b2c3d4e5f60718293 was refused",
    '"token" => "0a1b2c3d4e"',
    "client_secret=correcthorse",
    'password="correct horse"',
    "Authorization: 0a1b2c3d4e5f",
    "authorization%3A0a1b2c3d4e5f",
]


class TestAfterALabel:
    @pytest.mark.parametrize("text", LABELED)
    def test_it_is_not_shown(self, text: str) -> None:
        clean = Scrubber().text(text)
        assert "…" in clean
        for secret in ("0a1b2c", "Zm4Tq9", "Wm3x", "S3cr", "correct", "31415", "Zm4T", "wJal"):
            assert secret not in clean
        assert Scrubber().text(clean) == clean

    @pytest.mark.parametrize(
        "text",
        [
            "Authorization: Bearer YOUR_KEY",
            "Incorrect API key provided: sk-pr…abcd",
            "OPENAI_API_KEY=sk-proj-…abcd, from .env",
            '"max_tokens": 4096, "total_tokens":1234',
            "tokens per min (TPM): Limit 30000, Used 30000",
            "Unexpected token < in JSON at position 0",
            '{"code": "token_expired", "type": "invalid_api_key"}',
            "token: insufficient_quota",
            "password: required",
            "the password of the proxy stands in the settings",
            'api_key=os.environ["OPENAI_API_KEY"]',
            "No such token: tok_1234567890abc",
            "docker run -u 1000:1000 some/image",
            "git push -u origin main",
            "the key of OpenAI is right, request req_0a1b2c3d4e5f60718293",
        ],
    )
    def test_what_says_something_of_it_stays(self, text: str) -> None:
        assert Scrubber().text(text) == text


UNITS = (
    *("eyJ-", "eyJ-.", "sk-", "a-", "Bearer ", "://", "://a:x", "a:b@", "a:b ", "@", "api_key="),
    *("token=a1", "token ", "password=", "--password ", "?key=", "%3D", "\x1b[", "\x1b]", "a"),
    *("sk-sk-T3B", "hf_a", "api key ", "=>", "\\n", "a1", "AKIA", "token=…a1", "JQQJ99", "x@h."),
    *("ask-", "a1sk-a1-", "1gsk_a1a1a1a1_"),
    *("key 0a", "-u a:", "cookie: a", "-----begin private key-----", "sk-a\n", "sk%2Da", "SG.a"),
)


@pytest.mark.slow
@pytest.mark.parametrize("unit", UNITS)
def test_each_pattern_takes_linear_time(unit: str) -> None:
    scrubber = Scrubber([Secret("aaaaaaaaaaaaaaaa"), *passwords_in("http://a:aaaaaaa1@h")])
    scrubber.text("compiled")
    started = perf_counter()
    scrubber.text(unit * (200_000 // len(unit)))
    assert perf_counter() - started < 4


PIECES = (
    *(" ", "\n", "\t", '"', "'", ":", "=", "-", "--", "@", "/", "?", "&", "%3D", "\u2028", "\xa0"),
    *("u", "-u", "-sSu", "--user", "--proxy-user", "bob", "Pa55w0rd", "0a1b2c3d" * 4, "x", "7"),
    *("key", "api_key", "token", "secret", "password", "--password", "code=", "cookie", "http://"),
    *("Bearer", "basic", "hooks.slack.com/", "-----BEGIN private key-----", "localhost:8080"),
)


@given(lists(sampled_from(PIECES), max_size=12).map("".join))
@settings(max_examples=300, deadline=None)
def test_no_pattern_is_kept_from_a_text_in_which_it_finds_something(text: str) -> None:
    for marked in (patterns.BEARER, *patterns.HIDDEN):
        assert marked.can_be_in(text) or not marked.pattern.search(text), marked.pattern.pattern
