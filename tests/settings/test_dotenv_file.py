"""A ``.env`` as people really have it: what is read of it, and what is said of the rest."""

import os
from pathlib import Path

import pytest

from codegpt_doctor.providers.selection import selected
from codegpt_doctor.settings.dotenv_file import MAX_BYTES, near_misses, read_dotenv
from codegpt_doctor.settings.resolve import resolve
from codegpt_doctor.settings.values import Options, Settings

KEY = "sk-proj-Zm4Tq9Wb2Xc7Vd5Rf8Yg1Nh6Uj3"
LINE = f"OPENAI_API_KEY={KEY}\n"

READ = {
    "plain": LINE.encode(),
    "export": f"export {LINE}".encode(),
    "in quotes": f"OPENAI_API_KEY='{KEY}'\n".encode(),
    "in double quotes": f'OPENAI_API_KEY="{KEY}" # mine\n'.encode(),
    "spaces around": f"  OPENAI_API_KEY = {KEY}  \n".encode(),
    "lines of Windows": f"# a\r\n{LINE.rstrip()}\r\n".encode(),
    "without a last line break": LINE.rstrip().encode(),
    "after other settings": f"A=b\n\n# c: d\nDATABASE: x\n{LINE}".encode(),
    "other lines that are odd": f"{LINE}set PATH=x\nNAME\nPORT: 80\n".encode(),
    "a key in a comment": f"# OPENAI_API_KEY=your-key\n# {KEY}\n{LINE}".encode(),
    "dollars elsewhere": f"PRICE=$5\nURL=${{HOME}}\n{LINE}".encode(),
}
# the bytes -> what is said, the beginning of the step
ODD = {
    "UTF-16 of PowerShell": (LINE.encode("utf-16"), "UTF-16", "Save .env as UTF-8"),
    "UTF-16 without a mark": (LINE.encode("utf-16-le"), "UTF-16", "Save .env as UTF-8"),
    "UTF-16, big end first": (b"\xfe\xff" + LINE.encode("utf-16-be"), "UTF-16", "Save .env"),
    "a file that is no text": (b"\x1f\x8b\x00\x08" + LINE.encode(), "no text in UTF-8", "Save"),
    "a name of three words": (
        f"OPENAI API KEY={KEY}\n".encode(),
        "line 1 of .env has more than a variable's name",
        "Write line 1",
    ),
    "two slashes": (f"// {LINE}".encode(), "has more than a variable's name", "Write line 1"),
    "Latin-1": (b"A=b\n# cl\xe9\n" + LINE.encode(), "not in UTF-8 (line 2)", "Save .env as UTF-8"),
    "a colon": (f"A=b\nOPENAI_API_KEY: {KEY}\n".encode(), "line 2 of .env has a colon", "Write"),
    "a colon and quotes": (f'"OPENAI_API_KEY": "{KEY}"\n'.encode(), "has a colon", "Write line 1"),
    "set": (f"set {LINE}".encode(), "line 1 of .env begins with set, as", "Write line 1"),
    "setx": (f'setx OPENAI_API_KEY "{KEY}"\n'.encode(), "line 1 of .env begins with setx", "Write"),
    "PowerShell": (f'$env:OPENAI_API_KEY="{KEY}"\n'.encode(), "begins with $env:", "Write line 1"),
    "an open quote": (f'OPENAI_API_KEY="{KEY}\n'.encode(), "quote that is not closed", "Close the"),
    "no value": (b"OPENAI_API_KEY\n", "line 1 of .env has no =", "Write line 1"),
    "a variable": (b"OPENAI_API_KEY=${MY_KEY}\n", "takes the key from another", "Name that"),
    "a bare variable": (b"OPENAI_API_KEY=$MY_KEY\n", "from another variable", "Name that variable"),
    "a command": (b"OPENAI_API_KEY=$(cat key)\n", "from a command", "Write the key itself"),
    "a key alone": (f"A=b\n{KEY}\n".encode(), "line 2 of .env has a key without", "Write line 2"),
    "a comment": (f"# {LINE}".encode(), "line 1 of .env has the key in a comment", "Write line 1"),
    "too large": (b"# \n" * (MAX_BYTES // 2), "larger than 256 KiB", "Keep in .env only"),
}
NAMES = (
    "openai_api_key",
    "OPENAI_API_KYE",
    "OPNEAI_API_KEY",
    "OPENAI_KEY",
    "OPEN_AI_TOKEN",
    "API_KEY",
)


def resolved(folder: Path, key_env: str | None = None) -> Settings:
    return resolve(Options(key_env=key_env), {}, str(folder), selected)


def written(folder: Path, data: bytes, name: str = ".env") -> Path:
    (folder / name).write_bytes(data)
    return folder


@pytest.mark.parametrize("data", READ.values(), ids=READ)
def test_is_read_without_a_word(tmp_path: Path, data: bytes) -> None:
    dotenv = read_dotenv(str(written(tmp_path, data)))
    assert dotenv.values["OPENAI_API_KEY"] == KEY
    assert dotenv.faults == ()


def test_with_a_byte_order_mark_is_read_and_named(tmp_path: Path) -> None:
    dotenv = read_dotenv(str(written(tmp_path, b"\xef\xbb\xbf" + LINE.encode())))
    assert dotenv.values["OPENAI_API_KEY"] == KEY
    assert "byte order mark" in dotenv.faults[0].words


@pytest.mark.slow
@pytest.mark.parametrize(("data", "words", "step"), ODD.values(), ids=ODD)
def test_what_is_wrong_is_said_by_line_and_without_the_value(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], data: bytes, words: str, step: str
) -> None:
    settings = resolved(written(tmp_path, data))
    assert settings.key is None
    (fault,) = settings.searched.faults
    assert words in fault.words
    assert fault.step.startswith(step)
    assert fault.words in settings.notes
    assert KEY[:12] not in repr(settings)
    assert capfd.readouterr() == ("", "")


class TestWhatIsNoFile:
    def test_a_folder(self, tmp_path: Path) -> None:
        (tmp_path / ".env").mkdir()
        assert read_dotenv(str(tmp_path)).faults[0].words == ".env is a folder"

    def test_a_pipe_is_not_waited_for(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / ".env")
        assert "not an ordinary file" in read_dotenv(str(tmp_path)).faults[0].words

    def test_a_link_that_leads_nowhere_or_in_a_circle(self, tmp_path: Path) -> None:
        (tmp_path / ".env").symlink_to(tmp_path / ".env")
        assert "not an ordinary file" in read_dotenv(str(tmp_path)).faults[0].words

    def test_one_that_cannot_be_read(self, tmp_path: Path) -> None:
        memory = Path("/proc/self/mem")  # root may read every file, but not the start of this one
        if memory.exists():
            (tmp_path / ".env").symlink_to(memory)
        else:
            (written(tmp_path, LINE.encode()) / ".env").chmod(0)
        assert "cannot be read" in read_dotenv(str(tmp_path)).faults[0].words

    def test_nothing_at_all(self, tmp_path: Path) -> None:
        dotenv = read_dotenv(str(tmp_path))
        assert (dotenv.values, dotenv.faults, dotenv.exists) == ({}, (), False)


class TestNearMisses:
    @pytest.mark.parametrize("name", NAMES)
    def test_a_key_of_another_name_is_noticed(self, tmp_path: Path, name: str) -> None:
        settings = resolved(written(tmp_path, f"{name}={KEY}\n".encode()))
        (fault,) = settings.searched.faults
        assert fault.words == f".env has {name}, not OPENAI_API_KEY"

    @pytest.mark.parametrize("name", NAMES)
    def test_a_variable_of_another_name_is_noticed(self, tmp_path: Path, name: str) -> None:
        settings = resolve(Options(), {name: KEY}, str(tmp_path), selected)
        (fault,) = settings.searched.faults
        assert fault.words == f"the environment has {name}, not OPENAI_API_KEY"
        assert fault.step.endswith(f"or add --key-env {name}.")

    @pytest.mark.parametrize("name", ["OPENAI_ADMIN_KEY", "OPENAI_MAX_TOKENS", "OTHER_API_KEY"])
    def test_a_name_with_a_meaning_of_its_own_is_not(self, tmp_path: Path, name: str) -> None:
        written(tmp_path, f"{name}={KEY}\n".encode())
        assert resolve(Options(), {name: KEY}, str(tmp_path), selected).searched.faults == ()

    @pytest.mark.parametrize("name", [".env.local", ".env.txt", ".env.development"])
    def test_a_file_of_another_name_is_noticed(self, tmp_path: Path, name: str) -> None:
        (fault,) = resolved(written(tmp_path, LINE.encode(), name)).searched.faults
        assert fault.words == f"{name} has OPENAI_API_KEY, and only .env is read"
        assert name in fault.step

    def test_the_file_of_a_parent_folder_is_noticed(self, tmp_path: Path) -> None:
        below = written(tmp_path, LINE.encode()) / "src" / "app"
        below.mkdir(parents=True)
        (fault,) = resolved(below).searched.faults
        assert fault.words.startswith("../../.env has OPENAI_API_KEY")
        assert fault.step == "Run the command in the folder that ../../.env is in."

    def test_a_name_that_only_looks_the_same_is_told_from_it(self, tmp_path: Path) -> None:
        (fault,) = resolved(written(tmp_path, f"\u200b{LINE}".encode())).searched.faults
        assert fault.words.endswith("with U+200B in it, not OPENAI_API_KEY")

    def test_nothing_is_looked_for_where_there_is_a_key(self, tmp_path: Path) -> None:
        (tmp_path / ".env.local").write_text(LINE)
        settings = resolved(written(tmp_path, LINE.encode()))
        assert settings.key
        assert settings.searched.faults == ()

    def test_names_that_are_no_key_are_none(self, tmp_path: Path) -> None:
        written(tmp_path, b"OPENAI_BASE_URL=x\nOPENAI_ORG_ID=y\nMONKEY=z\nSTRIPE_API_KEY=s\n")
        assert near_misses(str(tmp_path), read_dotenv(str(tmp_path)), {}) == ()


class TestOfAnotherProvider:
    """The variable is called by its own name."""

    NAME = "GROQ_API_KEY"
    KEY = "gsk_" + "Ab3Cd9Ef7Gh1" * 4

    @pytest.mark.parametrize(
        ("name", "line", "words", "step"),
        [
            (".env", f"{NAME}: {KEY}", "colon", f"Write line 1 of .env as {NAME}="),
            (".env", f"{NAME}=${{X}}", "from another variable", "Name that variable: --key-env X"),
            (".env", f"GROQ_TOKEN={KEY}", f"not {NAME}", f"Rename the variable in .env to {NAME}."),
            (".env", f"{NAME}=", f"{NAME} in .env is empty", f"Write the key after {NAME}="),
            (".env.local", f"{NAME}={KEY}", f".env.local has {NAME}", "Rename .env.local"),
        ],
    )
    def test_is_told_in_its_name(
        self, tmp_path: Path, name: str, line: str, words: str, step: str
    ) -> None:
        folder = str(written(tmp_path, f"{line}\n".encode(), name))
        settings = resolve(Options(provider="groq"), {}, folder, selected)
        assert settings.key is None
        (fault,) = settings.searched.faults
        assert words in fault.words
        assert fault.step.startswith(step)


class TestWhatWasLookedIn:
    def test_is_what_was_really_looked_in(self, tmp_path: Path) -> None:
        assert resolved(tmp_path).searched.places[:1] == ("OPENAI_API_KEY",)
        assert ".env" not in resolved(tmp_path).searched.places
        assert ".env" in resolved(written(tmp_path, b"A=b\n")).searched.places

    def test_is_only_the_variable_that_was_named(self, tmp_path: Path) -> None:
        written(tmp_path, LINE.encode())
        assert resolved(tmp_path, key_env="NOPE").searched.places == ("NOPE", ".env")
        assert resolved(tmp_path, key_env="NOPE").searched.faults == ()


def test_both_keys_are_known_where_they_differ(tmp_path: Path) -> None:
    folder = str(written(tmp_path, LINE.encode()))
    other = KEY[:-4] + "0000"
    settings = resolve(Options(), {"OPENAI_API_KEY": other}, folder, selected)
    assert settings.key
    assert settings.key.source == "OPENAI_API_KEY"
    (unused,) = settings.searched.others
    assert (unused.secret.reveal(), unused.source) == (KEY, "OPENAI_API_KEY in .env")
    assert unused.secret in settings.secrets
    same = resolve(Options(), {"OPENAI_API_KEY": KEY}, folder, selected)
    assert same.searched.others == ()


@pytest.mark.parametrize(
    ("text", "words", "step"),
    [
        (f"OPENAI_API_KEY=old\n{LINE}", "line 2 of .env sets OPENAI_API_KEY again", "Keep only"),
        (f"OPENAI_API_KEY=sk-proj-a1\n{KEY[9:]}\n", "line 2 of .env has no =", "Write the value"),
        (f"{LINE}{LINE}", "", ""),
        (f"{LINE}A=b\n{KEY[9:]}\n", "", ""),
        (f"{LINE}NODE_ENVIRONMENT\n", "", ""),
        ("A=1\nA=2\n" + LINE, "", ""),
    ],
)
def test_a_line_that_makes_another_key_of_it_is_told(
    tmp_path: Path, text: str, words: str, step: str
) -> None:
    searched = resolved(written(tmp_path, text.encode())).searched
    assert "".join(fault.words for fault in searched.faults).startswith(words)
    assert "".join(fault.step for fault in searched.faults).startswith(step)
    assert bool(searched.faults) is bool(words)
    assert KEY[9:] not in repr(searched.faults)
