"""Editors and the extension are found in the layout of every system."""

import os
import sys
from pathlib import Path

import pytest
from helpers.homes import CODEGPT, VERSION, Home

from codegpt_doctor.editor.discovery import (
    Editor,
    find_editors,
    has_codegpt,
    owns_terminal,
    pid_of,
)
from codegpt_doctor.editor.machine import Machine, read_text, this_machine
from codegpt_doctor.editor.versions import NEEDED_EDITOR, is_older

ROAMING = "AppData/Roaming"
PROGRAMS = "AppData/Local/Programs"
LIBRARY = "Library/Application Support"
RESOURCES = "resources/app"

# system, folder of extensions, settings, folder of the program, the title that comes of it
LAYOUTS = [
    ("linux", ".vscode", ".config/Code", f"root/usr/share/code/{RESOURCES}", "VS Code"),
    ("linux", ".vscode", ".config/Code", f"root/opt/visual-studio-code/{RESOURCES}", "VS Code"),
    (
        "linux",
        ".vscode",
        ".config/Code",
        f"root/snap/code/current/usr/share/code/{RESOURCES}",
        "VS Code",
    ),
    (
        "linux",
        ".vscode-insiders",
        ".config/Code - Insiders",
        f"root/usr/share/code-insiders/{RESOURCES}",
        "VS Code Insiders",
    ),
    ("linux", ".vscode-oss", ".config/VSCodium", f"root/usr/share/codium/{RESOURCES}", "VSCodium"),
    ("linux", ".cursor", ".config/Cursor", f"root/usr/share/cursor/{RESOURCES}", "Cursor"),
    ("linux", ".windsurf", ".config/Windsurf", f"root/usr/share/windsurf/{RESOURCES}", "Windsurf"),
    (
        "linux",
        ".var/app/com.visualstudio.code/data/vscode",
        ".var/app/com.visualstudio.code/config/Code",
        "root/var/lib/flatpak/app/com.visualstudio.code/current/active/files/extra/vscode/"
        + RESOURCES,
        "VS Code (flatpak)",
    ),
    (
        "linux",
        ".var/app/com.vscodium.codium/data/codium",
        ".var/app/com.vscodium.codium/config/VSCodium",
        ".local/share/flatpak/app/com.vscodium.codium/current/active/files/share/codium/"
        + RESOURCES,
        "VSCodium (flatpak)",
    ),
    (
        "darwin",
        ".vscode",
        f"{LIBRARY}/Code",
        "root/Applications/Visual Studio Code.app/Contents/Resources/app",
        "VS Code",
    ),
    (
        "darwin",
        ".vscode-insiders",
        f"{LIBRARY}/Code - Insiders",
        "Applications/Visual Studio Code - Insiders.app/Contents/Resources/app",
        "VS Code Insiders",
    ),
    (
        "darwin",
        ".vscode-oss",
        f"{LIBRARY}/VSCodium",
        "root/Applications/VSCodium.app/Contents/Resources/app",
        "VSCodium",
    ),
    (
        "darwin",
        ".cursor",
        f"{LIBRARY}/Cursor",
        "root/Applications/Cursor.app/Contents/Resources/app",
        "Cursor",
    ),
    (
        "win32",
        ".vscode",
        f"{ROAMING}/Code",
        f"{PROGRAMS}/Microsoft VS Code/{RESOURCES}",
        "VS Code",
    ),
    (
        "win32",
        ".vscode",
        f"{ROAMING}/Code",
        f"{PROGRAMS}/Microsoft VS Code/03c265b1ad/{RESOURCES}",
        "VS Code",
    ),
    ("win32", ".cursor", f"{ROAMING}/Cursor", f"{PROGRAMS}/cursor/{RESOURCES}", "Cursor"),
    ("win32", ".windsurf", f"{ROAMING}/Windsurf", f"{PROGRAMS}/Windsurf/{RESOURCES}", "Windsurf"),
    *(
        (system, server, f"{server}/data/Machine", program, f"{name} (remote server)")
        for system in ("linux", "darwin", "win32")
        for name, server, program in (
            ("VS Code", ".vscode-server", ".vscode-server/cli/servers/Stable-0a1b/server"),
            ("VS Code", ".vscode-server", ".vscode-server/bin/0a1b2c"),
            ("VS Code Insiders", ".vscode-server-insiders", ".vscode-server-insiders/bin/0a1b"),
            ("VSCodium", ".vscodium-server", ".vscodium-server/bin/0a1b2c"),
            ("Cursor", ".cursor-server", ".cursor-server/bin/0a1b2c"),
            ("Windsurf", ".windsurf-server", ".windsurf-server/bin/0a1b2c"),
            ("Codespaces", ".vscode-remote", "root/vscode/bin/linux-x64/0a1b2c"),
        )
    ),
]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def only(home: Home) -> Editor:
    (editor,) = find_editors(home.machine)
    return editor


@pytest.mark.parametrize(("system", "data", "user", "program", "title"), LAYOUTS)
class TestEveryLayout:
    def test_is_found_with_its_versions(
        self, home: Home, system: str, data: str, user: str, program: str, title: str
    ) -> None:
        home.platform = system
        home.install(extensions=f"{data}/extensions")
        home.program(program)
        editor = only(home)
        assert editor.title == f"{title} 1.104.2"
        assert editor.codegpt
        assert (editor.codegpt.id, editor.codegpt.version) == (CODEGPT, VERSION)

    def test_has_the_settings_where_the_editor_has_them(
        self, home: Home, system: str, data: str, user: str, program: str, title: str
    ) -> None:
        home.platform = system
        home.install(extensions=f"{data}/extensions")
        inner = (
            "settings.json"
            if "server" in title or user.endswith("Machine")
            else "User/settings.json"
        )
        written = home.write(f"{user}/{inner}", "{}")
        assert Path(only(home).place.settings) == written

    def test_is_known_at_once_by_its_extension(
        self, home: Home, system: str, data: str, user: str, program: str, title: str
    ) -> None:
        home.platform = system
        assert not has_codegpt(home.machine)
        home.install(extensions=f"{data}/extensions")
        assert has_codegpt(home.machine)


class TestWhereElseItCanBe:
    def test_windows_says_where_its_folders_are(self, home: Home) -> None:
        home.platform = "win32"
        roaming, local, shared = (home.path / name for name in ("roam", "loc", "shared"))
        home.environment = {
            "APPDATA": str(roaming),
            "LOCALAPPDATA": str(local),
            "PROGRAMFILES": str(shared),
        }
        home.write("roam/Code/User/settings.json", "{}")
        home.program("shared/Microsoft VS Code/resources/app")
        editor = only(home)
        assert editor.title == "VS Code 1.104.2"
        assert Path(editor.place.settings) == roaming / "Code" / "User" / "settings.json"

    def test_linux_says_where_settings_are(self, home: Home) -> None:
        home.environment["XDG_CONFIG_HOME"] = str(home.path / "conf")
        home.write("conf/VSCodium/User/settings.json", "{}")
        assert only(home).place.title == "VSCodium"

    def test_a_variable_names_another_folder_of_extensions(self, home: Home) -> None:
        home.environment["VSCODE_EXTENSIONS"] = str(home.path / "mine")
        home.install(extensions="mine")
        assert only(home).codegpt

    def test_a_portable_editor_has_everything_in_one_folder(self, home: Home) -> None:
        home.environment["VSCODE_PORTABLE"] = str(home.path / "stick" / "data")
        home.install(extensions="stick/data/extensions")
        editor = only(home)
        assert editor.place.title == "VS Code (portable)"
        assert Path(editor.place.settings) == home.path / "stick/data/user-data/User/settings.json"

    def test_the_command_leads_to_a_program_anywhere(self, home: Home) -> None:
        app = home.program("far/away/resources/app", "1.99.0").parents[1]
        self.command_in(home, app / "bin")
        assert only(home).version == "1.99.0"

    def test_on_a_mac_the_command_lies_within_the_program(self, home: Home) -> None:
        home.platform = "darwin"
        app = home.program("x/Code.app/Contents/Resources/app", "1.99.0")
        self.command_in(home, app / "bin")
        assert only(home).version == "1.99.0"

    def command_in(self, home: Home, folder: Path) -> None:
        """Put a command into a folder and a link to it into the search path."""
        on_windows = os.name == "nt"  # where the folder itself is in the search path
        command = folder / ("code.cmd" if on_windows else "code")
        folder.mkdir()
        command.write_text("exit 1\n")
        command.chmod(0o755)
        searched = folder if on_windows else home.path / "bin"
        if not on_windows:
            searched.mkdir()
            (searched / "code").symlink_to(command)
        home.environment["PATH"] = str(searched)


class TestVersions:
    def test_an_editor_made_from_vs_code_has_two(self, home: Home) -> None:
        home.program(f"root/usr/share/cursor/{RESOURCES}", "2.5.26", vscodeVersion="1.105.1")
        editor = only(home)
        assert (editor.version, editor.own_version) == ("1.105.1", "2.5.26")
        assert editor.title == "Cursor 2.5.26, on VS Code 1.105.1"

    def test_an_old_product_has_its_version_in_the_package(self, home: Home) -> None:
        folder = f"root/usr/share/code/{RESOURCES}"
        home.write(f"{folder}/product.json", {"nameShort": "Code"})
        home.write(f"{folder}/package.json", {"version": "1.82.3"})
        assert only(home).version == "1.82.3"

    @pytest.mark.parametrize("content", ["", "no json", "[]", '{"version": null}', "null"])
    def test_a_broken_product_has_none(self, home: Home, content: str) -> None:
        home.write(f"root/usr/share/code/{RESOURCES}/product.json", content)
        assert only(home).title == "VS Code (version not found)"

    @pytest.mark.parametrize("package", [[1], "x", 5, True, None, {"version": [1]}, "[" * 99_999])
    @pytest.mark.parametrize("product", [{}, [], {"version": {}}, {"vscodeVersion": 7}])
    def test_what_is_none_is_taken_for_none(
        self, home: Home, product: object, package: object
    ) -> None:
        folder = f"root/usr/share/code/{RESOURCES}"
        home.write(f"{folder}/product.json", product)
        home.write(f"{folder}/package.json", package)
        home.install()
        assert only(home).version is None

    @pytest.mark.parametrize("number", ["9" * 5000, f"{'9' * 5000}.1.1", f"1.{'9' * 5000}"])
    def test_one_with_thousands_of_digits_is_none(self, home: Home, number: str) -> None:
        home.program(f"root/usr/share/code/{RESOURCES}", number)
        home.install(requires=f"^{number}")
        (found,) = find_editors(home.machine)
        assert found.codegpt
        assert found.codegpt.requires == NEEDED_EDITOR
        assert not is_older(found.version, NEEDED_EDITOR)
        assert len(found.title) < 100

    def test_of_the_servers_the_newest_counts(self, home: Home) -> None:
        old = home.program(".vscode-server/bin/ffff", "1.90.0") / "product.json"
        home.program(".vscode-server/bin/0000", "1.104.2")
        home.install(extensions=".vscode-server/extensions")
        os.utime(old, (1, 1))
        assert only(home).version == "1.104.2"

    def test_of_the_versions_of_windows_the_newest_counts(self, home: Home) -> None:
        home.platform = "win32"
        base = "AppData/Local/Programs/Microsoft VS Code"
        old = home.program(f"{base}/ffff/resources/app", "1.90.0") / "product.json"
        home.program(f"{base}/0000/resources/app", "1.104.2")
        os.utime(old, (1, 1))
        assert only(home).version == "1.104.2"


class TestTheExtension:
    def test_without_it_an_editor_has_none(self, home: Home) -> None:
        home.write(".vscode/extensions/ms-python.python-2025.1.0/package.json", {})
        editor = only(home)
        assert (editor.codegpt, editor.extensions) == (None, ())
        assert not has_codegpt(home.machine)

    @pytest.mark.parametrize("suffix", ["", "-linux-x64", "-universal", "-darwin-arm64"])
    def test_is_known_with_any_ending(self, home: Home, suffix: str) -> None:
        home.install(suffix=suffix)
        codegpt = only(home).codegpt
        assert codegpt
        assert codegpt.version == VERSION

    def test_is_known_in_any_case(self, home: Home) -> None:
        home.install(identity="DanielSanMedium.dscodegpt")
        assert only(home).codegpt

    def test_of_two_versions_the_newest_runs(self, home: Home) -> None:
        home.install("3.9.100")
        home.install("3.24.75")
        home.install("3.13.40")
        editor = only(home)
        assert [one.version for one in editor.extensions] == ["3.24.75", "3.13.40", "3.9.100"]
        assert editor.codegpt == editor.extensions[0]

    def test_one_that_is_marked_for_deletion_does_not_count(self, home: Home) -> None:
        home.install("3.13.40")
        home.install("3.24.75")
        home.write(".vscode/extensions/.obsolete", {f"{CODEGPT}-3.24.75": True})
        codegpt = only(home).codegpt
        assert codegpt
        assert codegpt.version == "3.13.40"

    @pytest.mark.parametrize(
        "entry",
        [
            {"relativeLocation": f"{CODEGPT}-3.13.40"},
            {"location": {"$mid": 1, "path": f"/c:/Users/a/.vscode/extensions/{CODEGPT}-3.13.40"}},
            {"location": {"path": f"C:\\Users\\a\\.vscode\\extensions\\{CODEGPT}-3.13.40\\"}},
        ],
    )
    def test_one_that_the_editor_does_not_list_does_not_count(
        self, home: Home, entry: dict[str, object]
    ) -> None:
        home.install("3.13.40")
        home.install("3.24.75")
        home.write(".vscode/extensions/extensions.json", [entry])
        codegpt = only(home).codegpt
        assert codegpt
        assert codegpt.version == "3.13.40"

    @pytest.mark.parametrize("content", ["", "{}", "null", "[", '[1, null, {"location": 5}]'])
    def test_a_broken_list_breaks_nothing(self, home: Home, content: str) -> None:
        home.install()
        home.write(".vscode/extensions/extensions.json", content)
        home.write(".vscode/extensions/.obsolete", content)
        assert len(only(home).extensions) == 1

    def test_names_the_vs_code_that_it_needs(self, home: Home) -> None:
        home.install(requires="^1.99.0")
        codegpt = only(home).codegpt
        assert codegpt
        assert codegpt.requires == "^1.99.0"

    @pytest.mark.parametrize(
        "content", ["", "[]", '{"engines": null}', '{"engines": {"vscode": 7}}']
    )
    def test_without_a_range_needs_what_its_documentation_says(
        self, home: Home, content: str
    ) -> None:
        (home.install() / "package.json").write_text(content)
        codegpt = only(home).codegpt
        assert codegpt
        assert codegpt.requires == "1.96.0"

    @pytest.mark.parametrize(
        "identity", ["timkmecl.codegpt3", "someone.code-gpt", "dsdanielsanmedium.dscodegpt2"]
    )
    def test_of_another_publisher_is_a_look_alike(self, home: Home, identity: str) -> None:
        home.install("1.2.3", identity=identity)
        editor = only(home)
        assert editor.codegpt is None
        assert [one.id for one in editor.lookalikes] == [identity]


class TestWhatRuns:
    def test_the_lock_file_has_the_process(self, home: Home) -> None:
        home.install()
        home.write(".config/Code/code.lock", "4242")
        assert pid_of(only(home)) == 4242

    @pytest.mark.parametrize("content", ["", "x", "-1", "1 2", "٣"])
    def test_a_lock_file_without_a_number_has_none(self, home: Home, content: str) -> None:
        home.install()
        home.write(".config/Code/code.lock", content)
        assert pid_of(only(home)) is None

    def test_a_terminal_of_a_remote_window_is_known(self, home: Home) -> None:
        home.install(extensions=".vscode-server/extensions")
        assert not owns_terminal(only(home), home.machine)
        remote = home.path / ".vscode-server" / "bin" / "0a1b" / "bin" / "remote-cli"
        home.environment = {
            "PATH": f"{remote}{os.pathsep}/usr/bin",
            "VSCODE_IPC_HOOK_CLI": "/run/x",
        }
        assert owns_terminal(only(home), home.machine)


class TestTheMachine:
    def test_nothing_is_found_in_an_empty_home(self, home: Home) -> None:
        assert find_editors(home.machine) == ()
        assert not has_codegpt(home.machine)

    def test_a_home_that_is_not_there_is_empty(self) -> None:
        machine = Machine("linux", "/nonexistent/home", {}, "/nonexistent", "/nonexistent/root")
        assert find_editors(machine) == ()

    def test_paths_of_the_home_are_shown_short(self, home: Home) -> None:
        machine = home.machine
        assert machine.short(str(home.path / ".bashrc")) == f"~{os.sep}.bashrc"
        assert machine.short(str(home.path) + "2") == str(home.path) + "2"

    def test_this_one_is_described(self, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("HOME", str(home.path))
        monkeypatch.setenv("USERPROFILE", str(home.path))
        machine = this_machine({"A": "b"}, "/somewhere")
        assert (machine.platform, machine.home) == (sys.platform, str(home.path))
        assert (machine.environment, machine.folder) == ({"A": "b"}, "/somewhere")

    def test_its_variables_are_not_shown_by_accident(self) -> None:
        assert "secret" not in repr(Machine("linux", "/h", {"KEY": "secret"}, "/f"))

    def test_a_folder_or_a_pipe_is_no_text(self, home: Home) -> None:
        assert read_text(str(home.path)) is None
        assert read_text("/dev/zero") is None
