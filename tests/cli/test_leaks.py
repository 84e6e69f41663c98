"""``leaks`` and ``dotenv``, as pre-commit starts them."""

from pathlib import Path

import pytest
from helpers.command import data_of, run
from helpers.servers import always, closed_port, listening

KEY = "gsk_Vb2Xc7Vd5Rf8Yg1Nh6Uj3Ko0Pl2Ai9Se4Dr7Ft6G"
REFUSED = b'{"error": {"message": "Incorrect API key provided", "code": "invalid_api_key"}}'
NO_MODEL = b'{"error": {"message": "Rate limit reached", "code": "rate_limit_exceeded"}}'


class TestLeaks:
    def test_each_is_told_with_its_place_masked_and_what_to_do(self, tmp_path: Path) -> None:
        (tmp_path / "a.py").write_text(f"x\nkey = '{KEY}'\n")
        (tmp_path / "b.txt").write_bytes(f"{KEY}\n".encode("utf-16"))
        result = run("leaks", "a.py", "b.txt", folder=tmp_path)
        assert result.returncode == 1
        said = result.stdout.decode().splitlines()
        assert said[:2] == ["a.py:2: Groq key gsk_…Ft6G", "b.txt:1: Groq key gsk_…Ft6G"]
        assert "  https://console.groq.com/keys" in said
        assert KEY[6:20] not in result.stdout.decode()

    def test_none_is_no_word(self, tmp_path: Path) -> None:
        (tmp_path / "a.py").write_text("key = None\n")
        result = run("leaks", "a.py", folder=tmp_path)
        assert (result.returncode, result.stdout, result.stderr) == (0, b"", b"")

    def test_a_program_gets_one_object(self) -> None:
        data = data_of(run("leaks", "--json", "-", stdin=KEY.encode()))
        assert data["schema_version"] == 1
        one = {"file": "-", "line": 1, "kind": "Groq key", "hint": "gsk_…Ft6G", "provider": "groq"}
        assert data["leaks"] == [one]

    def test_a_file_that_cannot_be_read_is_no_clean_one(self, tmp_path: Path) -> None:
        result = run("leaks", "gone.py", str(tmp_path), folder=tmp_path)
        assert result.returncode == 3
        assert result.stderr.decode().count("cannot be read") == 2


@pytest.mark.slow
class TestDotenv:
    def dotenv(self, folder: Path, base_url: str) -> tuple[int, str, str]:
        lines = f"OPENAI_API_KEY=made-up-0f9e8d\nOPENAI_BASE_URL={base_url}\n"
        (folder / ".env").write_text(lines)
        shell = {"OPENAI_API_KEY": "of-the-shell", "OPENAI_BASE_URL": "http://127.0.0.1:9/v1"}
        result = run("dotenv", variables=shell, folder=folder)
        return result.returncode, result.stdout.decode(), result.stderr.decode()

    @pytest.mark.parametrize(("status", "body"), [(401, REFUSED), (429, NO_MODEL)])
    def test_the_key_of_the_file_is_tested_and_none_of_the_shell(
        self, tmp_path: Path, status: int, body: bytes
    ) -> None:
        with listening(always(status, body)) as server:
            code, said, _ = self.dotenv(tmp_path, server.base_url)
        assert code == 1
        assert "(OPENAI_API_KEY in .env)" in said
        sent = b"".join(server.requests)
        assert b"made-up-0f9e8d" in sent
        assert b"of-the-shell" not in sent

    def test_a_server_that_is_not_reached_says_nothing_of_the_key(self, tmp_path: Path) -> None:
        code, said, _ = self.dotenv(tmp_path, f"http://127.0.0.1:{closed_port()}/v1")
        assert code == 0
        assert "Connection refused" in said

    def test_keys_of_two_providers_are_both_tested(self, tmp_path: Path) -> None:
        refused = b'{"error": {"message": "invalid x-api-key", "type": "authentication_error"}}'
        with listening(always(401, refused)) as server:
            address = server.base_url.removesuffix("/v1")
            lines = f"ANTHROPIC_API_KEY=made-up-1\nANTHROPIC_BASE_URL={address}\n"
            more = f"OPENAI_API_KEY=made-up-2\nOPENAI_BASE_URL={server.base_url}\n"
            (tmp_path / ".env").write_text(lines + more)
            result = run("dotenv", folder=tmp_path)
        assert result.returncode == 1
        for variable in ("ANTHROPIC_API_KEY", "OPENAI_API_KEY"):
            assert f"({variable} in .env)" in result.stdout.decode()

    def test_without_a_file_or_a_key_nothing_is_tested(self, tmp_path: Path) -> None:
        for text in (None, "PORT=80\n"):
            if text:
                (tmp_path / ".env").write_text(text)
            result = run("dotenv", folder=tmp_path)
            assert result.returncode == 0
            assert b"nothing was tested" in result.stderr

    def test_a_file_that_cannot_be_read_is_told(self, tmp_path: Path) -> None:
        (tmp_path / ".env").write_bytes("OPENAI_API_KEY=x\n".encode("utf-16"))
        result = run("dotenv", folder=tmp_path)
        assert b"UTF-16" in result.stderr
