"""The computer that a scenario takes place on: its network, its names, its files.

The process must be in a network and a mount namespace of its own before it sets a place up.
"""

import ipaddress
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import trustme

SECRET = "sk-proj-" + "Vb7Qx2Lm9Rt4Zk" * 2 + "T3BlbkFJ" + "Gh3Wn8Ys5Dp6Jc" * 2
ORGANIZATION = "org-Hq3vT8scenario"

# A cable into a network that answers nothing: what is sent there is lost without a word.
CABLE = """
link set lo up
link add eth0 type veth peer name far
link set eth0 up
link set far up
addr add 192.0.2.10/24 dev eth0
neigh add 192.0.2.1 lladdr 02:00:00:00:00:01 dev eth0 nud permanent
addr add 2001:db8:1::10/64 dev eth0 nodad
neigh add 2001:db8:1::1 lladdr 02:00:00:00:00:01 dev eth0 nud permanent
"""
ROUTES = """
route add default via 192.0.2.1
route add default via 2001:db8:1::1
"""
LOCAL_NAMES = "127.0.0.1 localhost\n::1 localhost\n"
NO_RESOLVER = "nameserver 127.0.0.1\n"  # where nobody listens, unless a world does


@dataclass
class Place:
    """What the worlds of a scenario set up, and what their servers were sent.

    ``seen`` has for each server, by the name that its world gave it, the requests as text.
    """

    folder: Path
    authority: trustme.CA = field(default_factory=trustme.CA)
    variables: dict[str, str] = field(default_factory=dict)
    seen: dict[str, list[str]] = field(default_factory=dict)

    @property
    def home(self) -> Path:
        """The folder that the command is started in, which is nobody's real home."""
        home = self.folder / "home"
        home.mkdir(exist_ok=True)
        return home

    def file(self, name: str, content: str | bytes) -> Path:
        """Write a file that everyone may read."""
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        path.chmod(0o644)
        return path

    def name(self, host: str, *addresses: str) -> None:
        """Let a name stand for addresses, as a line in /etc/hosts does."""
        with (self.folder / "hosts").open("a") as hosts:
            hosts.writelines(f"{address} {host}\n" for address in addresses)

    def address(self, address: str) -> None:
        """Give this computer one more address, which can be listened on at once."""
        if ipaddress.ip_address(address).is_loopback:
            return
        if ":" in address:
            # nodad: or it is tentative, and refuses listeners, until the kernel finds the time
            run("ip", "addr", "replace", f"{address}/128", "dev", "lo", "nodad")
        else:
            run("ip", "addr", "replace", f"{address}/32", "dev", "lo")

    def instead(self, path: str, content: str) -> None:
        """Put another content in the place of a file of the system."""
        name = Path(path).name
        run("mount", "--bind", str(self.file(name, content)), path)


World = Callable[[Place], AbstractContextManager[None]]


def run(*command: str, stdin: str = "") -> str:
    """Run a command of the system: what it printed.

    Raises:
        RuntimeError: it failed; says how.
    """
    done = subprocess.run(command, input=stdin, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}: {done.stderr or done.stdout}")
    return done.stdout


@contextmanager
def set_up(folder: Path) -> Iterator[Place]:
    """A computer with a cable, whose packets nobody answers, and without a resolver."""
    folder.chmod(0o755)
    place = Place(folder)
    run("ip", "-batch", "-", stdin=CABLE + ROUTES)
    run("mount", "-t", "tmpfs", "none", "/dev/shm")  # what squid leaves there goes with the place
    place.instead("/etc/hosts", LOCAL_NAMES)
    place.instead("/etc/resolv.conf", NO_RESOLVER)
    place.instead("/etc/nsswitch.conf", "hosts: files dns\npasswd: files\ngroup: files\n")
    bundle = place.folder / "bundle.pem"
    place.authority.cert_pem.write_to_path(str(bundle))
    place.variables.update(SSL_CERT_FILE=str(bundle), OPENAI_API_KEY=SECRET)
    yield place
