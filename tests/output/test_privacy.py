"""A report for others does not tell whose machine it was."""

from time import process_time

import pytest

from codegpt_doctor.output.privacy import without_identity

WINDOWS, LINUX = r"C:\Users\Bob Smith", "/home/alice"


@pytest.mark.parametrize(
    "written",
    [
        r"C:\Users\Bob Smith",
        r"c:\users\bob smith",
        r"C:\\Users\\Bob Smith",
        "C:/Users/Bob Smith",
        "c%3A/Users/Bob%20Smith",
        "/c%3a/Users/Bob%20Smith",
        "c%3A%5CUsers%5CBob%20Smith",
        "/mnt/c/Users/Bob Smith",
        "/c/Users/Bob Smith",
        "/cygdrive/c/users/bob smith",
        r"\\?\C:\Users\Bob Smith",
    ],
)
@pytest.mark.parametrize("after", ["", r"\x", "/x", "%5Cx", '"', " failed", ".", "'"])
def test_a_home_of_windows_in_any_spelling(written: str, after: str) -> None:
    clean = without_identity(f"open {written}{after}", WINDOWS)
    assert "bob" not in clean.lower()
    assert "smith" not in clean.lower()
    assert clean.endswith(f"~{after}")


@pytest.mark.parametrize(
    "written",
    [
        *("/home/alice", "file:///home/alice", "vscode-remote://wsl+ubuntu/home/alice"),
        *(r"\\wsl.localhost\Ubuntu\home\alice", r"\\wsl$\Ubuntu\home\alice", "//home//alice"),
        *("vscode-remote%3A//x/home/alice", "/HOME/Alice"),
    ],
)
def test_a_home_of_linux_in_any_spelling(written: str) -> None:
    for after in ("", "/x", r"\x", ":", ")"):
        assert "alice" not in without_identity(f"in {written}{after}", LINUX).lower()


@pytest.mark.parametrize("other", ["/home/alice2/x", "/home/alice-b", "/home/alice.old/x"])
def test_another_folder_that_begins_alike_is_not_taken_for_the_home(other: str) -> None:
    assert "~" not in without_identity(other, LINUX)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        (r"D:\Users\Carol\x", r"D:\Users\…\x"),
        ("/mnt/c/Users/Carol/x", "/mnt/c/Users/…/x"),
        ("c%3A%5CUsers%5CCarol%5Cx", "c%3A%5CUsers%5C…%5Cx"),
        (r"c:\users\carol jones\x", r"c:\users\…\x"),
        ("/home/carol/x, /home/dave", "/home/…/x, /home/…"),
        ("/Users/carol", "/Users/…"),
    ],
)
def test_the_home_of_anybody_else_is_hidden_as_well(text: str, clean: str) -> None:
    assert without_identity(text, LINUX) == clean


@pytest.mark.parametrize("home", ["", "/", "C:\\"])
def test_without_a_home_paths_stay(home: str) -> None:
    assert without_identity(r"/usr/bin/code C:\Windows\x", home) == r"/usr/bin/code C:\Windows\x"


@pytest.mark.parametrize("text", ["/usr/share/root/x", "chroot/root2", "/rooted"])
def test_a_home_of_one_name_is_found_only_where_it_begins(text: str) -> None:
    assert without_identity(text, "/root") == text.replace("share/root", "share/root")
    assert without_identity("in /root/x", "/root") == "in ~/x"


def test_addresses_and_account_ids_go_too() -> None:
    text = "alice@example.com, org-AbCdEfGh12345678, proj_AbCdEfGh12345678"
    assert without_identity(text, "") == "…@…, org-…, proj_…"


@pytest.mark.parametrize("unit", ["a", "a.", "a@", "@", "/home/", r"c:\users\a ", "%5C", "/"])
def test_it_takes_linear_time(unit: str) -> None:
    started = process_time()
    without_identity(unit * (100_000 // len(unit)), WINDOWS)
    assert process_time() - started < 2
