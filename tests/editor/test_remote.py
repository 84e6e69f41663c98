"""Where the editor really works."""

from pathlib import Path

import pytest
from helpers.homes import Home

from codegpt_doctor.editor.remote import dev_container, has_tunnel, in_tunnel, surroundings

PORT = 54112


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({}, []),
        ({"WSL_DISTRO_NAME": "Ubuntu"}, ["in WSL (Ubuntu)"]),
        ({"CODESPACES": "true", "REMOTE_CONTAINERS": "true"}, ["in Codespaces"]),
        ({"GITPOD_WORKSPACE_ID": "x"}, ["in Gitpod"]),
        ({"REMOTE_CONTAINERS": "true"}, ["in a container"]),
        ({"SSH_CONNECTION": "10.0.0.1 22 10.0.0.2 22"}, ["over SSH"]),
        (
            {"WSL_DISTRO_NAME": "Debian", "SSH_CONNECTION": "1"},
            ["in WSL (Debian)", "over SSH"],
        ),
    ],
)
def test_the_environment_tells_where_it_is(
    home: Home, environment: dict[str, str], said: list[str]
) -> None:
    home.environment = environment
    assert surroundings(home.machine) == said


@pytest.mark.parametrize("mark", ["root/.dockerenv", "root/run/.containerenv"])
def test_a_container_is_known_by_its_mark(home: Home, mark: str) -> None:
    home.write(mark)
    assert surroundings(home.machine) == ["in a container"]


@pytest.mark.parametrize(
    ("path", "tunnel"),
    [
        ("/home/a/.vscode/cli/servers/Stable-0a1b/server/bin/remote-cli:/usr/bin", True),
        ("/home/a/.vscode-cli/servers/Stable-0a1b/server/bin/remote-cli", True),
        (r"C:\Users\a\.vscode\cli\servers\Stable-0a1b\server\bin\remote-cli;C:\Windows", True),
        ("/home/a/.vscode-server/cli/servers/Stable-0a1b/server/bin/remote-cli", False),
        ("/home/a/.vscode-server/bin/0a1b/bin/remote-cli:/usr/bin", False),
        ("/usr/bin", False),
    ],
)
def test_a_terminal_behind_a_tunnel_is_known_by_its_path(
    home: Home, path: str, tunnel: bool
) -> None:
    home.environment["PATH"] = path
    assert in_tunnel(home.machine) is tunnel


@pytest.mark.parametrize("folder", [".vscode/cli", ".vscode-cli"])
def test_a_machine_with_a_tunnel_is_known(home: Home, folder: str) -> None:
    assert not has_tunnel(home.machine)
    home.write(f"{folder}/code_tunnel.json", "{}")
    assert has_tunnel(home.machine)


FORWARDING = [
    '{"forwardPorts": [54112, 54113]}',
    '{"appPort": ["54112:54112"]} // mapped',
    '{"appPort": 54112,}',
    '{"runArgs": ["-p", "54112:54112"]}',
    '{"portsAttributes": {"54112": {"label": "CodeGPT"}}}',
]


@pytest.mark.parametrize(
    "place",
    [".devcontainer/devcontainer.json", ".devcontainer.json", ".devcontainer/x/devcontainer.json"],
)
@pytest.mark.parametrize("text", FORWARDING)
def test_a_dev_container_that_forwards_the_port(home: Home, place: str, text: str) -> None:
    home.write(f"work/{place}", text)
    container = dev_container(home.machine, PORT)
    assert container
    assert container.forwards
    assert Path(container.path) == home.folder / place


@pytest.mark.parametrize(
    "text", ["{}", '{"forwardPorts": [5411, 541122]}', '{"name": "54112"}', '{"appPort": null}']
)
def test_a_dev_container_that_does_not(home: Home, text: str) -> None:
    home.write("work/.devcontainer/devcontainer.json", text)
    container = dev_container(home.machine, PORT)
    assert container
    assert not container.forwards


@pytest.mark.parametrize("named", ['"docker-compose.yml"', '["base.yml", "docker-compose.yml"]'])
def test_a_compose_file_counts_too(home: Home, named: str) -> None:
    home.write("work/.devcontainer/devcontainer.json", f'{{"dockerComposeFile": {named}}}')
    container = dev_container(home.machine, PORT)
    assert container
    assert not container.forwards
    home.write("work/.devcontainer/docker-compose.yml", 'ports:\n  - "54112:54112"\n')
    container = dev_container(home.machine, PORT)
    assert container
    assert container.forwards


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"dockerComposeFile": 7}', '{"dockerComposeFile": {}}']
)
def test_a_broken_description_breaks_nothing(home: Home, text: str) -> None:
    home.write("work/.devcontainer/devcontainer.json", text)
    container = dev_container(home.machine, PORT)
    assert container is None or not container.forwards


def test_a_folder_without_one_has_none(home: Home) -> None:
    assert dev_container(home.machine, PORT) is None
