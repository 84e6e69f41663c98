"""What the files of an editor are judged to be."""

import subprocess
from pathlib import Path
from time import monotonic

import pytest
from helpers.homes import CODEGPT, Home

from codegpt_doctor.editor.check_installation import (
    check_editor,
    check_extension,
    check_key_files,
    check_proxy_settings,
    check_remote,
)
from codegpt_doctor.editor.plan import EditorContext, EditorPlan
from codegpt_doctor.editor.port_owner import PortOwner, owner_of_port
from codegpt_doctor.editor.run import find_environment, keys_of
from codegpt_doctor.engine.background import Background, Task
from codegpt_doctor.engine.check import Context
from codegpt_doctor.model.report import Outcome
from codegpt_doctor.probes.listeners import Listener
from codegpt_doctor.settings.values import Settings, Value

KEY = "sk-proj-Qw8Zr4Vn1Xy6Tb3Lk9Ms2Dg7Hf5T3BlbkFJPc0Ju8Ea4Wo6Ri1Nv3Yz"
PROGRAM = "root/usr/share/code/resources/app"
SETTINGS = ".config/Code/User/settings.json"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home(tmp_path)
    made.folder.mkdir()
    return made


def context(home: Home) -> EditorContext:
    place = find_environment(home.machine)
    plan = EditorPlan(place, key_files=Task.done(keys_of(place)))
    settings = Settings("openai", Value("https://api.openai.com/v1", "test"))
    return Context(settings, Background(monotonic() + 30), planned=Task.done(plan))


def found(outcome: Outcome) -> str | None:
    return outcome.finding.id if outcome.finding else None


class TestWithoutAnEditor:
    @pytest.mark.parametrize(
        "check",
        [check_editor, check_extension, check_remote, check_proxy_settings, check_key_files],
    )
    def test_nothing_is_asked(self, home: Home, check: object) -> None:
        outcome = check(context(home))  # type: ignore[operator]
        assert outcome.status == "skip"
        assert "no editor" in outcome.skipped_because


class TestTheEditor:
    def test_that_is_new_enough(self, home: Home) -> None:
        home.install()
        home.program(PROGRAM, "1.96.0")
        outcome = check_editor(context(home))
        assert (outcome.status, outcome.summary) == ("pass", "VS Code 1.96.0")
        assert outcome.observations["editors"][0]["codegpt"] == "3.24.75"

    def test_of_unknown_version_is_not_blamed(self, home: Home) -> None:
        home.install()
        assert check_editor(context(home)).status == "pass"

    def test_that_is_too_old_is_the_cause(self, home: Home) -> None:
        home.install()
        home.program(PROGRAM, "1.95.3")
        outcome = check_editor(context(home))
        assert (outcome.status, found(outcome)) == ("fail", "codegpt_editor_outdated")
        assert outcome.summary == "VS Code 1.95.3 is too old: CodeGPT requires 1.96.0"

    def test_whose_node_is_too_old_says_so(self, home: Home) -> None:
        home.install()
        home.program(PROGRAM, "1.82.0")
        assert "Node is older than 20" in check_editor(context(home)).summary

    def test_is_measured_by_the_vs_code_in_it(self, home: Home) -> None:
        home.install(extensions=".cursor/extensions")
        home.program("root/usr/share/cursor/resources/app", "2.5.26", vscodeVersion="1.93.1")
        outcome = check_editor(context(home))
        assert found(outcome) == "codegpt_editor_outdated"
        assert "Cursor 2.5.26, on VS Code 1.93.1" in outcome.summary

    def test_beside_a_newer_one_only_warns(self, home: Home) -> None:
        home.install()
        home.install(extensions=".vscode-oss/extensions")
        home.program(PROGRAM, "1.95.3")
        home.program("root/usr/share/codium/resources/app", "1.104.2")
        outcome = check_editor(context(home))
        assert (outcome.status, found(outcome)) == ("warn", "codegpt_editor_outdated")

    def test_without_the_extension_may_be_old(self, home: Home) -> None:
        home.program(PROGRAM, "1.60.0")
        assert check_editor(context(home)).status == "pass"


class TestTheExtension:
    def test_that_is_up_to_date(self, home: Home) -> None:
        home.install()
        outcome = check_extension(context(home))
        assert (outcome.status, outcome.summary) == ("pass", "CodeGPT 3.24.75 in VS Code")

    def test_that_is_not_installed(self, home: Home) -> None:
        home.write(SETTINGS, "{}")
        outcome = check_extension(context(home))
        assert (outcome.status, found(outcome)) == ("warn", None)
        assert "not installed" in outcome.summary

    def test_that_is_outdated(self, home: Home) -> None:
        home.install("3.13.40")
        outcome = check_extension(context(home))
        assert (outcome.status, found(outcome)) == ("warn", "codegpt_extension_outdated")
        assert "3.13.40" in outcome.summary
        assert "3.24.64" in outcome.summary

    def test_that_is_there_twice(self, home: Home) -> None:
        home.install("3.24.75")
        home.install("3.24.70")
        outcome = check_extension(context(home))
        assert outcome.status == "warn"
        assert "VS Code has it twice (3.24.75 and 3.24.70)" in outcome.summary

    def test_in_two_editors_is_no_double(self, home: Home) -> None:
        home.install()
        home.install(extensions=".cursor/extensions")
        assert check_extension(context(home)).status == "pass"

    def test_of_somebody_else_is_named(self, home: Home) -> None:
        home.install("0.1.2", identity="timkmecl.codegpt3")
        outcome = check_extension(context(home))
        assert (outcome.status, found(outcome)) == ("warn", "codegpt_lookalike_extension")
        assert "timkmecl.codegpt3 0.1.2 in VS Code" in outcome.summary

    def test_that_is_outdated_beside_one_of_somebody_else(self, home: Home) -> None:
        home.install("3.13.40")
        home.install("0.1.2", identity="timkmecl.codegpt3")
        outcome = check_extension(context(home))
        assert found(outcome) == "codegpt_extension_outdated"
        assert "timkmecl.codegpt3" in outcome.summary


class TestWhereItRuns:
    def test_here(self, home: Home) -> None:
        home.install()
        outcome = check_remote(context(home))
        assert (outcome.status, outcome.summary) == ("pass", "on this machine, beside its window")

    def test_behind_a_tunnel_does_not_work(self, home: Home) -> None:
        home.install(extensions=".vscode-server/extensions")
        home.environment["PATH"] = "/home/a/.vscode/cli/servers/Stable-0a1b/server/bin/remote-cli"
        outcome = check_remote(context(home))
        assert (outcome.status, found(outcome)) == ("fail", "codegpt_service_unreachable")
        assert "Tunnel" in outcome.summary

    def test_a_tunnel_that_is_registered_is_only_mentioned(self, home: Home) -> None:
        home.install()
        home.write(".vscode/cli/code_tunnel.json", "{}")
        outcome = check_remote(context(home))
        assert outcome.status == "pass"
        assert "Tunnel" in outcome.summary

    def test_in_a_container_that_forwards_nothing(self, home: Home) -> None:
        home.install(extensions=".vscode-server/extensions")
        home.environment["REMOTE_CONTAINERS"] = "true"
        home.write("work/.devcontainer/devcontainer.json", "{}")
        outcome = check_remote(context(home))
        assert (outcome.status, found(outcome)) == ("warn", "codegpt_service_unreachable")
        assert outcome.finding
        assert '"appPort": ["54112:54112"]' in outcome.finding.steps[0]

    def test_outside_of_the_container_its_description_is_no_fault(self, home: Home) -> None:
        home.install()
        home.write("work/.devcontainer/devcontainer.json", "{}")
        assert check_remote(context(home)).status == "pass"


class TestTheProxy:
    @pytest.mark.parametrize(
        ("settings", "shell", "words"),
        [
            ('{"http.proxy": "http://p:1"}', "", "the shell uses none"),
            ('{"http.proxy": "http://p:1"}', "http://q:2", "the shell uses http://q:2"),
            ('{"http.proxySupport": "off"}', "http://q:2", "gives extensions no proxy"),
            ('{"http.proxyStrictSSL": false}', "", "does not verify certificates"),
            ('{"http.noProxy": ["api.codegpt.co"]}', "http://q:2", "without the proxy"),
            ('{"http.proxy": "http://me:word@q:2"}', "http://me:word@q:2", "the proxy's password"),
        ],
    )
    def test_that_differs(self, home: Home, settings: str, shell: str, words: str) -> None:
        home.write(SETTINGS, settings)
        home.environment["HTTPS_PROXY"] = shell
        outcome = check_proxy_settings(context(home))
        assert (outcome.status, found(outcome)) == ("warn", "codegpt_proxy_differs")
        assert words in outcome.summary

    @pytest.mark.parametrize(
        ("settings", "shell"),
        [
            ("{}", ""),
            ("{}", "http://q:2"),
            ('{"http.proxy": "http://P:1/"}', "http://p:1"),
            ('{"http.proxy": "p:1"}', "http://p:1"),
            ('{"http.proxySupport": "override", "http.proxyStrictSSL": true}', ""),
            ('{"http.noProxy": ["localhost"]}', "http://q:2"),
            ('{"http.proxySupport": "off"}', ""),
        ],
    )
    def test_that_is_the_same(self, home: Home, settings: str, shell: str) -> None:
        home.write(SETTINGS, settings)
        home.environment["https_proxy"] = shell
        outcome = check_proxy_settings(context(home))
        assert (outcome.status, found(outcome)) == ("pass", None)

    def test_in_settings_that_cannot_be_read(self, home: Home) -> None:
        home.write(SETTINGS, '{\n"a": 1\n"b": 2}')
        outcome = check_proxy_settings(context(home))
        assert (outcome.status, found(outcome)) == ("warn", None)
        assert "settings.json cannot be read (line 3)" in outcome.summary

    def test_of_an_editor_without_codegpt_does_not_count_beside_one_with(self, home: Home) -> None:
        home.install()
        home.write(".config/Cursor/User/settings.json", '{"http.proxy": "http://p:1"}')
        assert check_proxy_settings(context(home)).status == "pass"


class TestKeysInFiles:
    def test_none(self, home: Home) -> None:
        home.install()
        assert check_key_files(context(home)).status == "pass"

    def test_one_is_masked(self, home: Home) -> None:
        home.write(SETTINGS, f'{{\n "CodeGPT.apiKey": "{KEY}"\n}}')
        outcome = check_key_files(context(home))
        assert (outcome.status, found(outcome)) == ("warn", "api_key_exposed")
        shown = f"{Path('~', *Path(SETTINGS).parts)} line 2 (settings of the editor): sk-proj-…v3Yz"
        assert outcome.summary == f"{shown}, project key"
        assert KEY[12:40] not in repr(outcome)

    def test_a_key_of_another_provider_counts(self, home: Home) -> None:
        home.install()
        home.write(".zshrc", "export ANTHROPIC_API_KEY=sk-ant-api03-Qw8Zr4Vn1Xy6Tb3Lk9Ms2Dg7Hf5\n")
        assert found(check_key_files(context(home))) == "api_key_exposed"

    def test_a_token_of_another_kind_is_not_ours_to_judge(self, home: Home) -> None:
        home.install()
        home.write(".zshrc", "export GH=ghp_Qw8Zr4Vn1Xy6Tb3Lk9Ms2Dg7Hf5Pc0Ju8Ea4\n")
        assert check_key_files(context(home)).status == "pass"

    def test_a_dotenv_counts_only_where_git_has_it(self, home: Home) -> None:
        home.install()
        home.write("work/.env", f"OPENAI_API_KEY={KEY}\n")
        git(home, "init", "--quiet")
        assert check_key_files(context(home)).status == "pass"
        git(home, "add", ".env")
        outcome = check_key_files(context(home))
        assert found(outcome) == "api_key_exposed"
        assert "(tracked by git)" in outcome.summary


def git(home: Home, *arguments: str) -> None:
    subprocess.run(("git", "-C", str(home.folder), *arguments), check=True, capture_output=True)


EXTENSION = f"/home/a/.vscode/extensions/{CODEGPT}-3.24.75/standalone"


@pytest.mark.parametrize(
    ("listener", "holder"),
    [
        (Listener(1, "", 7, "/usr/bin/node", f"node {EXTENSION}/server.js"), PortOwner.CODEGPT),
        (Listener(1, "", 7, "/usr/bin/node", "next-server (v15.1)", EXTENSION), PortOwner.CODEGPT),
        (Listener(1, "", 7, "/usr/share/code/code", "code --type=utility"), PortOwner.EDITOR),
        (Listener(1, "", 7, "/usr/share/codium/codium"), PortOwner.EDITOR),
        (Listener(1, "", 7, "Code Helper (Plugin)"), PortOwner.EDITOR),
        (Listener(1, "", 7, "Cursor Helper (Plugin)"), PortOwner.EDITOR),
        (Listener(1, "", 7, "Code.exe"), PortOwner.EDITOR),
        (Listener(1, "", 7, "Code - Insiders.exe"), PortOwner.EDITOR),
        (Listener(1, "", 7, "/home/a/.vscode-server/bin/0a1b/node"), PortOwner.EDITOR),
        (Listener(1, "", 7, "/home/a/.vscode/cli/servers/Stable-0a/server/node"), PortOwner.EDITOR),
        (Listener(1, "", 7, "/usr/bin/docker-proxy"), PortOwner.FORWARDER),
        (Listener(1, "", 7, "ssh"), PortOwner.FORWARDER),
        (Listener(1, "", 7, "wslrelay.exe"), PortOwner.FORWARDER),
        (Listener(1, "", 7, "/usr/bin/node", "node server.js", "/home/a/project"), PortOwner.OTHER),
        (Listener(1, "", 7, "/usr/bin/python3", "python decode"), PortOwner.OTHER),
        (Listener(1, "", 7, "/opt/encoder/qrcode"), PortOwner.OTHER),
        (Listener(1, "", 7, ""), PortOwner.OTHER),
        (Listener(1, "", None), PortOwner.UNKNOWN),
    ],
)
def test_who_holds_a_port(listener: Listener, holder: PortOwner) -> None:
    assert owner_of_port(listener) is holder
