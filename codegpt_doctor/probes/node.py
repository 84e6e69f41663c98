"""The requests of a run through Node.js: what the extensions of an editor run on."""

import json
import os
import sys
from base64 import b64decode
from collections.abc import Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from time import perf_counter
from typing import NamedTuple

from codegpt_doctor.catalogue.tree import read_text
from codegpt_doctor.model.observation import TIMED_OUT, Exchange, Failure, late
from codegpt_doctor.model.report import Stage
from codegpt_doctor.net.client import MAX_BYTES, MAX_HEADER, Asked, Client
from codegpt_doctor.net.dialer import Dialer
from codegpt_doctor.net.proxy import ChosenProxy
from codegpt_doctor.net.resolve import since
from codegpt_doctor.net.tunnel import Proxy
from codegpt_doctor.probes.inference import smallest_inference
from codegpt_doctor.programs import converse, plain_environment
from codegpt_doctor.settings.values import Settings

SCRIPT = os.path.join(os.path.dirname(__file__), "node.js")
OWN = ("host", "connection", "accept-encoding")  # headers that fetch writes itself
TOLD = ("dns", "tcp", "proxy", "tls")  # stages that the script tells, beside HTTP
EXTRA = "NODE_EXTRA_CA_CERTS"
# where VS Code looks for the certificates of Linux (``@vscode/proxy-agent``, 2026-11-28)
BUNDLES = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/ssl/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
)
UNTRUSTED = "ssl.CERTIFICATE_VERIFY_FAILED"
# codes of Node.js that have other names here; those of the system are the same
KINDS = {
    "ENOTFOUND": "EAI_NONAME",
    "CERT_HAS_EXPIRED": "ssl.CERT_HAS_EXPIRED",
    "CERT_NOT_YET_VALID": "ssl.CERT_NOT_YET_VALID",
    "DEPTH_ZERO_SELF_SIGNED_CERT": "ssl.SELF_SIGNED",
    "ERR_TLS_CERT_ALTNAME_INVALID": "ssl.HOSTNAME_MISMATCH",
    "UND_ERR_SOCKET": "RemoteDisconnected",
    "UND_ERR_HEADERS_OVERFLOW": "LineTooLong",
    **dict.fromkeys(
        (
            *("UNABLE_TO_VERIFY_LEAF_SIGNATURE", "UNABLE_TO_GET_ISSUER_CERT", "CERT_UNTRUSTED"),
            *("UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "SELF_SIGNED_CERT_IN_CHAIN", "INVALID_CA"),
            *("CERT_SIGNATURE_FAILURE", "CERT_CHAIN_TOO_LONG", "CERT_REVOKED", "CERT_REJECTED"),
            *("INVALID_PURPOSE", "PATH_LENGTH_EXCEEDED"),
        ),
        UNTRUSTED,
    ),
    **dict.fromkeys(
        ("UND_ERR_CONNECT_TIMEOUT", "UND_ERR_HEADERS_TIMEOUT", "UND_ERR_BODY_TIMEOUT"), TIMED_OUT
    ),
}


class Runtime(NamedTuple):
    """A Node.js to ask, and the way that the requests of an editor take.

    ``program`` is its absolute path, None where none was found.  ``editor`` is whose it is, empty
    for one of nobody's.  ``is_electron`` says that it acts as Node.js only when it is told to.
    ``proxy`` is the editor's.  ``asks_system`` is false where the editor leaves the system's
    certificates out.
    """

    program: str | None
    editor: str = ""
    is_electron: bool = False
    proxy: ChosenProxy | None = None
    asks_system: bool = True

    @property
    def title(self) -> str:
        """Its name for a person."""
        return f"{self.editor}'s Node.js" if self.editor else "Node.js"

    @property
    def can_be_asked(self) -> bool:
        """Whether there is a program, and a way that it can go."""
        return self.program is not None and self.takes_its_way

    @property
    def takes_its_way(self) -> bool:
        """Whether the way to the target can be gone here: that of SOCKS cannot."""
        try:
            return self.proxy is None or not Proxy.from_url(self.proxy.url).is_socks
        except ValueError:
            return False


class NodeAnswer(NamedTuple):
    """What Node.js saw.

    ``version`` is None where it could not be run.  ``knows_system`` says whether it could read the
    certificates of the system.  Of what was not asked there is nothing.
    """

    version: str | None
    knows_system: bool = True
    listed: Exchange | None = None
    inference: Sequence[Exchange] = ()


class NodeClient(Client):
    """Sends each request through a Node.js of its own."""

    def __init__(self, runtime: Runtime, dialer: Dialer, settings: Settings) -> None:
        super().__init__(dialer, settings, settings.key)
        self.version: str | None = None
        self.knows_system = True
        self._runtime = runtime
        self._environment = settings.environment
        extra = self._environment.get(EXTRA)
        self._extra = os.path.abspath(extra) if extra else None

    def send_once(self, request: Asked) -> Exchange:
        """Send a request through Node.js, which follows no redirect either."""
        started, seen = perf_counter(), _Seen()
        try:
            with closing(self._events(request)) as events:
                for event in events:
                    self._note(event)
                    if seen.take(event, request):
                        break
        except OSError as error:
            seen.failure = Failure(Stage.HTTP, type(error).__name__, str(error))
        took = since(started)
        return self.told(request)(
            took,
            seen.failure if seen.is_over else late(Stage.HTTP),
            url=self.url_of(request),
            http_status=seen.status,
            headers=seen.headers,
            body=seen.body.decode("utf-8", "replace"),
            truncated=len(seen.body) >= MAX_BYTES,
        )

    def _note(self, event: Mapping[str, object]) -> None:
        version, system = event.get("version"), event.get("system")
        self.version = version if isinstance(version, str) else self.version
        self.knows_system = system if isinstance(system, bool) else self.knows_system

    def _events(self, request: Asked) -> Generator[Mapping[str, object]]:
        script = read_text(SCRIPT)
        data = json.dumps(self._told_to_node(request)).encode() + b"\n"
        command = (str(self._runtime.program), "-e", script)
        for line in converse(command, data, self._variables(), self.dialer.deadline):
            try:
                event = json.loads(line)
            except ValueError:  # no word of the script
                continue
            if isinstance(event, dict):
                yield event

    def _variables(self) -> dict[str, str]:
        given = plain_environment(sys.platform, self._environment)
        return {
            **given,
            **({EXTRA: self._extra} if self._extra else {}),
            **({"ELECTRON_RUN_AS_NODE": "1"} if self._runtime.is_electron else {}),
        }

    def _told_to_node(self, request: Asked) -> dict[str, object]:
        from requests import Request

        asked = Request(
            request.method,
            self.url_of(request),
            params=request.params,
            json=request.body,
            headers={k: v for k, v in self.headers.items() if k.lower() not in OWN},
        ).prepare()
        body = asked.body.decode() if isinstance(asked.body, bytes) else asked.body
        return {
            "method": asked.method,
            "url": asked.url,
            "headers": {k: v for k, v in asked.headers.items() if k.lower() != "content-length"},
            "body": body,
            "proxy": _proxy(self._runtime.proxy),
            "system": self._runtime.asks_system,
            # before version 22 it forgets that variable with the first certificate that is added
            "extra": None if self._runtime.editor else self._extra,
            "files": BUNDLES if sys.platform == "linux" else (),
        }


@dataclass(slots=True)
class _Seen:
    """What the events of a request have told so far."""

    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    failure: Failure | None = None
    is_over: bool = False

    def take(self, event: Mapping[str, object], request: Asked) -> bool:
        """Take in an event; whether it is the last one that is wanted."""
        match event:
            case {"status": int() as status, "headers": dict() as headers}:
                self.status = status
                self.headers = {k.lower(): str(v)[:MAX_HEADER] for k, v in headers.items()}
            case {"data": str() as data}:
                piece = b64decode(data)
                self.body = (self.body + piece)[:MAX_BYTES]
                enough = request.enough and request.enough(piece.decode("utf-8", "replace"))
                self.is_over = bool(enough) or len(self.body) == MAX_BYTES
            case {"end": True}:
                self.is_over = True
            case {"error": dict() as error}:
                self.is_over, self.failure = True, _failure(error)
        return self.is_over


def _failure(error: Mapping[str, object]) -> Failure:
    stage, code, text = (str(error.get(name, "")) for name in ("stage", "code", "text"))
    met = Stage(stage) if stage in TOLD else Stage.HTTP
    return Failure(met, kind_of(code), text)


def kind_of(code: str) -> str:
    """The kind of a failure, by the code that Node.js gives it."""
    if code.startswith("ERR_SSL_"):
        return f"ssl.{code.removeprefix('ERR_SSL_')}"
    if code.startswith("HPE_"):  # of its parser of HTTP
        return "BadStatusLine"
    return KINDS.get(code, code)


def _proxy(chosen: ChosenProxy | None) -> Mapping[str, object] | None:
    """What the script is told of a proxy."""
    if chosen is None:
        return None
    proxy = Proxy.from_url(chosen.url)
    return {
        "host": proxy.host,
        "port": proxy.port,
        "encrypted": proxy.scheme == "https",
        "headers": proxy.headers,
    }


def ask(runtime: Runtime, dialer: Dialer, settings: Settings, model: str | None) -> NodeAnswer:
    """List the models, and ask a model for the smallest answer, both through Node.js.

    Without a model nothing is asked that costs money.
    """
    client = NodeClient(runtime, dialer, settings)
    asked = client.dialect.list_request(client.provider, client.base_url)
    listed = client.ask(asked) if asked else None
    ended = listed is not None and (client.version is None or _is_late(listed))
    inference = smallest_inference(client, model) if model and not ended else ()
    return NodeAnswer(client.version, client.knows_system, listed, inference)


def _is_late(seen: Exchange) -> bool:
    return seen.failure is not None and seen.failure.kind == TIMED_OUT
