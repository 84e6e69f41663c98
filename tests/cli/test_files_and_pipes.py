"""What is no plain file, a disk that is full, a folder that is gone: one clear line, its code."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from helpers.command import COMMAND, complaint, data_of, environment, run, shows_no_traceback
from helpers.homes import Home
from helpers.servers import always, listening

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="pipes and devices of POSIX"),
]
FULL = pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full")


class TestExplain:
    @pytest.mark.sampled(2)
    @pytest.mark.parametrize("name", ["folder", "pipe", "/dev/zero", "/dev/null", "."])
    def test_what_is_no_file_is_refused_at_once(self, tmp_path: Path, name: str) -> None:
        (tmp_path / "folder").mkdir()
        os.mkfifo(tmp_path / "pipe")
        result = run("explain", name, folder=tmp_path, timeout=20)
        assert result.returncode == 2
        kind = "folder" if name in ("folder", ".") else "pipe or a device"
        assert f"{name} is a {kind}" in complaint(result)

    def test_an_id_is_an_id_though_a_folder_is_called_so(self, tmp_path: Path) -> None:
        (tmp_path / "429").mkdir()
        assert run("explain", "429", folder=tmp_path).returncode == 0

    @pytest.mark.parametrize("shell", ["yes | head -c 300000000", "yes 'code: insufficient_quota'"])
    def test_a_pipe_without_an_end_is_read_up_to_a_limit(self, shell: str) -> None:
        with subprocess.Popen(shell, shell=True, stdout=subprocess.PIPE) as endless:
            result = subprocess.run(
                (*COMMAND, "explain", "-"),
                stdin=endless.stdout,
                capture_output=True,
                env=environment(),
                timeout=60,
                check=False,
            )
            endless.kill()
        assert b"Only the first 256 MiB were read." in result.stderr
        assert result.returncode in (0, 1)

    def test_standard_input_may_be_a_device(self) -> None:
        with open("/dev/zero", "rb") as device:
            result = subprocess.run(
                (*COMMAND, "explain", "-"),
                stdin=device,
                capture_output=True,
                env=environment(),
                timeout=30,
                check=False,
            )
        assert result.returncode == 1
        assert len(result.stderr.decode().strip().splitlines()) == 1

    def test_of_a_long_file_both_ends_are_read(self, tmp_path: Path) -> None:
        file = tmp_path / "log.txt"
        noise = b"INFO nothing\n" * 1_000_000
        for text in (b"code: insufficient_quota\n" + noise, noise + b"code: insufficient_quota\n"):
            file.write_bytes(text)
            for result in (run("explain", str(file)), run("explain", "-", stdin=text)):
                assert b"insufficient_quota" in result.stdout


class TestFilesOfCosts:
    @pytest.mark.parametrize("option", ["--csv", "--svg"])
    def test_what_is_there_stays_as_it_is(self, tmp_path: Path, option: str) -> None:
        (tmp_path / "mine").write_text("mine")
        (tmp_path / "link").symlink_to(tmp_path / "target")
        for name in ("mine", "link"):
            result = run("billing", "--simulate", "healthy", option, name, folder=tmp_path)
            assert result.returncode == 2
            said = f"{name} exists; give {option} the name of a new file."
            assert complaint(result) == f"Error: {said}"
        assert (tmp_path / "mine").read_text() == "mine"
        assert not (tmp_path / "target").exists()

    def test_nothing_is_left_of_a_file_that_does_not_fit(self, tmp_path: Path) -> None:
        limited = "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        limited += "resource.setrlimit(resource.RLIMIT_FSIZE, (200, 200));"
        limited += "from codegpt_doctor.__main__ import main; main()"
        for arguments in (
            ("billing", "--simulate", "healthy", "--csv", "costs.csv", "--json"),
            ("check", "--simulate", "healthy", "--report", "report.md"),
        ):
            result = subprocess.run(
                (sys.executable, "-c", limited, *arguments),
                capture_output=True,
                env=environment(),
                cwd=tmp_path,
                timeout=60,
                check=False,
            )
            assert b"cannot be written: File too large." in result.stderr
            assert result.returncode == 3
            assert [one for one in os.listdir(tmp_path) if one != "home"] == []


class TestTextThatNoEncodingHas:
    BODY = b'{"error": {"message": "half \\ud83d of an emoji", "code": "insufficient_quota"}}'

    @pytest.mark.parametrize("name", ["r.md", "r.html"])
    def test_a_report_is_written_all_the_same(self, tmp_path: Path, name: str) -> None:
        with listening(always(429, self.BODY)) as server:
            result = run(
                *("check", "--base-url", server.base_url, "--report", name, "--no-control"),
                variables={"OPENAI_API_KEY": "sk-proj-Zm4Tq9Wb2Xc7Vd5Rf8Yg1Nh6Uj3"},
                folder=tmp_path,
            )
        assert shows_no_traceback(result)
        assert result.returncode == 1
        assert "half \ufffd of" in (tmp_path / name).read_text("utf-8")

    @pytest.mark.parametrize("command", ["check", "billing", "limits"])
    def test_an_option_that_is_no_text_is_refused(self, command: str) -> None:
        result = run(command, "--simulate", "healthy", "--model", "m\udcff")
        assert result.returncode == 2
        assert complaint(result) == "Error: --model has bytes that are not valid UTF-8: m\ufffd"

    @pytest.mark.sampled(2)
    @pytest.mark.parametrize(
        ("name", "url"),
        [
            ("OPENAI_BASE_URL", "http://mara:p\udcffss@127.0.0.1:{}/v1"),
            ("ALL_PROXY", "http://mara:p\udcffss@127.0.0.1:{}"),
            ("ALL_PROXY", "socks5://mara:p\udcffss@127.0.0.1:{}"),
        ],
    )
    def test_a_password_that_is_no_text_ends_no_run(self, name: str, url: str) -> None:
        key = "sk-proj-Zm4Tq9Wb2Xc7Vd5Rf8Yg1Nh6Uj3"
        with listening(always(500, b"")) as server:
            variables = {"OPENAI_API_KEY": key, name: url.format(server.port)}
            result = run("check", "--json", "--timeout", "5", variables=variables)
        assert shows_no_traceback(result)
        assert result.returncode == 1
        assert not [one for one in data_of(result)["checks"] if one["status"] == "error"]
        assert b"p\xffss" not in result.stdout + result.stderr


@FULL
class TestADiskThatIsFull:
    @pytest.mark.sampled(3)
    @pytest.mark.parametrize(
        ("arguments", "code"),
        [
            (("check", "--simulate", "healthy"), 3),
            (("check", "--simulate", "healthy", "--json"), 3),
            (("billing", "--simulate", "healthy", "--csv"), 3),
            (("explain", "insufficient_quota"), 3),
            (("errors",), 3),
            (("--help",), 3),
            (("check", "--help"), 3),
        ],
    )
    def test_under_standard_output(self, arguments: tuple[str, ...], code: int) -> None:
        with open("/dev/full", "wb") as full:
            result = subprocess.run(
                (*COMMAND, *arguments),
                stdout=full,
                stderr=subprocess.PIPE,
                env=environment(),
                timeout=60,
                check=False,
            )
        said = "Standard output cannot be written: No space left on device.\n"
        assert (result.returncode, result.stderr.decode()) == (code, said)

    @pytest.mark.parametrize(("word", "code"), [("nope", 2), ("explain", 1)])
    def test_under_standard_error(self, word: str, code: int) -> None:
        with open("/dev/full", "wb") as full:
            result = subprocess.run(
                (*COMMAND, word),
                stdin=subprocess.DEVNULL,
                stderr=full,
                stdout=subprocess.PIPE,
                env=environment(),
                timeout=60,
                check=False,
            )
        assert (result.returncode, result.stdout) == (code, b"")


GONE = "import os, sys; os.mkdir('gone'); os.chdir('gone'); os.rmdir('../gone');"
GONE += "from codegpt_doctor.__main__ import main; main()"


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("check", "--simulate", "insufficient_quota", "--json"), 1),
        (("check", "--base-url", "http://127.0.0.1:9/v1", "--json"), 1),
        (("billing", "--simulate", "healthy", "--json"), 0),
        (("editor", "--json", "--timeout", "5"), 1),
    ],
)
def test_a_working_folder_that_is_gone_is_empty(
    tmp_path: Path, arguments: tuple[str, ...], code: int
) -> None:
    home = Home(tmp_path / "person")
    home.install()
    done = subprocess.run(
        (sys.executable, "-c", GONE, *arguments),
        capture_output=True,
        env=environment(HOME=str(home.path)),
        cwd=tmp_path,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (code, b"")


STARTED = """
import os, sys
from codegpt_doctor.__main__ import main
class Hook:
    def find_spec(self, name, *_):
        if name == "codegpt_doctor.cli":
            os.write(1, b"!")
sys.meta_path.insert(0, Hook())
main()
"""


IN_A_CALLBACK = """
import signal, sys, weakref
from codegpt_doctor.__main__ import main
class Hook:
    def find_spec(self, name, *_):
        if name == "codegpt_doctor.classify":
            thing = Hook()
            seen = weakref.ref(thing, lambda _: signal.raise_signal(signal.SIGINT))
            del thing
sys.meta_path.insert(0, Hook())
main()
"""


IN_A_CLASS = """
import signal, sys
from codegpt_doctor.__main__ import main
class Named:
    def __set_name__(self, *_):
        signal.raise_signal(signal.SIGINT)
class Hook:
    def find_spec(self, name, *_):
        if name == "codegpt_doctor.classify":
            type("Made", (), {"one": Named()})
sys.meta_path.insert(0, Hook())
main()
"""


@pytest.mark.parametrize("script", [IN_A_CALLBACK, IN_A_CLASS], ids=["a callback", "a class"])
def test_ctrl_c_ends_the_run_also_where_python_lets_it_not_through(script: str) -> None:
    done = subprocess.run(
        (sys.executable, "-c", script, "explain", "HTTP 429 from api.openai.com"),
        capture_output=True,
        env=environment(),
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"\nInterrupted.\n")


AT_THE_END = """
import os, signal
from codegpt_doctor.__main__ import main
leave = os._exit
def interrupted(code):
    signal.raise_signal(signal.SIGINT)
    leave(code)
os._exit = interrupted
main()
"""


WHILE_THE_END_IS_TOLD = """
import signal, sys
from codegpt_doctor.__main__ import main
import codegpt_doctor.cli as cli
cli.tell = lambda _: signal.raise_signal(signal.SIGINT)
main()
"""


@pytest.mark.parametrize(
    ("script", "code"), [(AT_THE_END, 2), (WHILE_THE_END_IS_TOLD, 130)], ids=["at", "before"]
)
def test_ctrl_c_at_the_very_end_shows_no_traceback(script: str, code: int) -> None:
    done = subprocess.run(
        (sys.executable, "-c", script, "explain", "--no-such-option"),
        capture_output=True,
        env=environment(),
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr.count(b"\n") < 2) == (code, True), done.stderr


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    "arguments", [("check", "--simulate", "request_timeout"), ("explain", "-"), ("billing",)]
)
def test_ctrl_c_shows_no_traceback_however_early(arguments: tuple[str, ...]) -> None:
    codes = set()
    for step in range(20):
        with subprocess.Popen(
            (sys.executable, "-c", STARTED, *arguments),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(),
        ) as process:
            assert process.stdout
            process.stdout.read(1)
            time.sleep(0.015 * step)
            process.send_signal(signal.SIGINT)
            _, said = process.communicate(timeout=30)
        codes.add(process.returncode)
        assert said in (b"", b"\nInterrupted.\n"), said
    assert 130 in codes


@pytest.mark.sampled(5)
@pytest.mark.parametrize("command", [("editor",), ("check", "--base-url", "http://127.0.0.1:9/v1")])
@pytest.mark.parametrize(
    "place",
    [
        ".config/Code/logs/20261123T080000/window1/exthost/exthost.log",
        ".config/Code/User/settings.json",
        ".config/Code/code.lock",
        ".vscode/extensions/extensions.json",
        ".bashrc",
        "work/.env",
        "work/.vscode/settings.json",
        "work/.git",
    ],
)
def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(
    tmp_path: Path, place: str, command: tuple[str, ...]
) -> None:
    home = Home(tmp_path / "person")
    home.install()
    home.program("root/usr/share/code/resources/app")
    pipe = home.path / place
    pipe.parent.mkdir(parents=True, exist_ok=True)
    home.folder.mkdir(exist_ok=True)
    os.mkfifo(pipe)
    result = run(
        *(*command, "--timeout", "5", "--report", "r.md", "--json"),
        variables={"HOME": str(home.path)},
        folder=home.folder,
        timeout=25,
    )
    assert result.returncode == 1
    assert shows_no_traceback(result)
    assert (home.folder / "r.md").exists()
