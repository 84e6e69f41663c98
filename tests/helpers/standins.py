"""Servers on loopback that answer as a provider documents it, written without the product.

A stand-in is healthy in the provider's own wire format; a fault takes the place of what it gives to
some requests.
"""

import json
import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Body = Mapping[str, object] | Sequence[object]  # text is a sequence too

# provider: where below the root of the host its API is, in the form that a user enters
PATHS = {
    "openai": "/v1",
    "groq": "/openai/v1",
    "mistral": "/v1",
    "xai": "/v1",
    "openrouter": "/api/v1",
    "perplexity": "/v1",
    "fireworks": "/inference/v1",
    "together": "/v1",
    "cerebras": "/v1",
    "nvidia": "/v1",
    "huggingface": "/v1",
    "azure": "/openai/v1",
    "byteplus": "/api/v3",
    "lmstudio": "/v1",
    "docker": "/engines/v1",
    "litellm": "/v1",
    "custom": "/v1",
    "github": "/inference",
    "google": "/v1beta",
}
KEYS = {
    "openai": "sk-proj-" + "a1B2" * 10 + "T3BlbkFJ" + "c3D4" * 10,
    "anthropic": "sk-ant-api03-" + "a1B2" * 20 + "AA",
    "google": "AIza" + "a1B2C" * 7,
    "mistral": "a1B2c3D4" * 4,
    "groq": "gsk_" + "a1B2" * 13,
    "deepseek": "sk-" + "a1b2c3d4" * 4,
    "xai": "xai-" + "a1B2" * 20,
    "openrouter": "sk-or-v1-" + "0a1b2c3d" * 8,
    "cohere": "a1B2c3D4" * 5,
    "perplexity": "pplx-" + "a1B2" * 12,
    "fireworks": "fw_" + "a1B2" * 6,
    "together": "tgp_v1_" + "a1B2" * 10,
    "cerebras": "csk-" + "a1b2" * 12,
    "nvidia": "nvapi-" + "a1B2" * 16,
    "huggingface": "hf_" + "aBc1" * 8 + "eF",
    "azure": "a1B2" * 13 + "JQQJ99" + "a1B2" * 6 + "c3",
    "bedrock": "ABSK" + "a1B2" * 30,
    "byteplus": "5f3c1d20-7a9b-4e11-9c42-8d60b7e1a2f4",
    "litellm": "sk-" + "l1T2" * 6,
    "custom": "my-own-servers-0001",
    "github": "ghp_" + "a1B2" * 9,
    "lmstudio": "",
    "ollama": "",
    "docker": "",
}
MODELS = {
    "anthropic": ["claude-haiku-5-5", "claude-sonnet-5-5"],
    "google": ["gemini-2.5-flash-lite"],
    "mistral": ["ministral-3b-latest", "mistral-small-latest"],
    "groq": ["openai/gpt-oss-20b", "openai/gpt-oss-120b"],
    "deepseek": ["deepseek-v4-flash", "deepseek-v4-pro"],
    "xai": ["grok-4.20-non-reasoning"],
    "openrouter": ["openai/gpt-oss-20b"],
    "cohere": ["command-r7b-12-2024"],
    "perplexity": ["perplexity/sonar"],
    "fireworks": ["accounts/fireworks/models/gpt-oss-20b"],
    "together": ["openai/gpt-oss-120b"],
    "cerebras": ["gpt-oss-120b", "zai-glm-4.7"],
    "huggingface": ["openai/gpt-oss-20b"],
}
WORDS = "Hello"
_OPENAI = "(?:models|chat/completions)"
# below the root of the host: where its documentation says that it answers
SERVED = {
    "openai": f"/v1/(?:{_OPENAI}|responses)",
    "anthropic": "/v1/(?:models|messages|chat/completions)",
    "google": (
        r"/v1(?:beta)?/models(?:/[^/]+:(?:g|streamG)enerateContent)?"
        f"|/v1beta/openai/{_OPENAI}"
    ),
    "groq": f"/openai/v1/{_OPENAI}",
    "deepseek": f"(?:/v1|/beta)?/{_OPENAI}",
    "openrouter": f"/api/v1/{_OPENAI}",
    "cohere": f"/v1/models|/v2/chat|/compatibility/v1/{_OPENAI}",
    "perplexity": "/v1/(?:models|responses)",
    "fireworks": f"/inference/v1/{_OPENAI}",
    "azure": f"/openai/v1/{_OPENAI}|/openai/deployments/[^/]+/chat/completions|/openai/models",
    "bedrock": f"/model/[^/]+/converse|/openai/v1/{_OPENAI}",
    "byteplus": "/api/v3/chat/completions",
    "ollama": f"/api/(?:tags|chat)|/v1/{_OPENAI}",
    "docker": f"/engines(?:/llama.cpp)?/v1/{_OPENAI}",
    "litellm": f"(?:/v1)?/{_OPENAI}",
    "github": ".*",
}


@dataclass(frozen=True)
class Fault:
    """What a stand-in answers instead; ``on`` is ``all``, ``list`` or ``inference``."""

    status: int
    body: Body
    on: str = "inference"
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class StandIn:
    """A stand-in that listens, and the paths that it was asked for."""

    root: str
    base_url: str
    asked: list[str] = field(default_factory=list)


# what a server has that knows nothing of streams
WITHOUT_STREAMS = {"google": r"/v1beta/models(?:/[^/]+:generateContent)?"}


@contextmanager
def standing_in(
    provider: str, fault: Fault | None = None, path: str | None = None, streams: bool = True
) -> Iterator[StandIn]:
    """Listen as a provider while the block runs.

    Args:
        provider: its id.
        fault: what is answered instead.
        path: another one than the usual, in the address.
        streams: whether an answer is streamed where that is asked for.
    """
    server = _Server(provider, fault, streams)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    root = f"http://127.0.0.1:{server.server_address[1]}"
    standin = StandIn(root, root + (PATHS.get(provider, "") if path is None else path))
    server.asked = standin.asked
    try:
        yield standin
    finally:
        server.shutdown()
        server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, provider: str, fault: Fault | None, streams: bool) -> None:
        self.provider, self.fault, self.streams = provider, fault, streams
        self.asked: list[str] = []
        super().__init__(("127.0.0.1", 0), _Handler)


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Say nothing."""

    def do_GET(self) -> None:
        self._answer("list", {})

    def do_POST(self) -> None:
        data = self.rfile.read(int(self.headers.get("content-length") or 0))
        self._answer("inference", json.loads(data or b"{}"))

    def _answer(self, what: str, body: dict[str, object]) -> None:
        self.server.asked.append(f"{self.command} {self.path}")
        fault = self.server.fault
        if fault and fault.on in ("all", what):
            self._send(fault.status, fault.body, fault.headers)
        elif not self._is_served():
            self._send(404, {"error": {"message": "Not Found", "type": None, "code": None}}, {})
        elif what == "list":
            self._send(200, listed(self.server.provider, self.path), {})
        else:
            streamed = {**body, "stream": body.get("stream") and self.server.streams}
            self._send(200, *answered(self.server.provider, self.path, streamed))

    def _is_served(self) -> bool:
        path, _, query = self.path.partition("?")
        served = SERVED.get(self.server.provider, f"/v1/{_OPENAI}")
        if not self.server.streams:
            served = WITHOUT_STREAMS.get(self.server.provider, served)
        versioned = "/deployments/" not in path or "api-version=" in query
        return versioned and re.fullmatch(served, path) is not None

    def _send(self, status: int, body: Body, headers: Mapping[str, str]) -> None:
        text = body if isinstance(body, str) else json.dumps(body)
        told = {"content-type": "application/json" if text[:1] in "{[" else "text/plain", **headers}
        if text[:1] == "<" and "content-type" not in headers:
            told["content-type"] = "text/html"
        self.send_response(status)
        for name, value in {**told, "content-length": str(len(text.encode()))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(text.encode())


def listed(provider: str, path: str) -> Body:
    """A list of models as the provider's own documentation shows it."""
    names = MODELS.get(provider, ["a-model"])
    if provider == "google" and "/openai/" not in path:
        return {
            "models": [
                {"name": f"models/{one}", "supportedGenerationMethods": ["generateContent"]}
                for one in names
            ]
        }
    if provider == "cohere" and "/compatibility/" not in path:
        return {"models": [{"name": one, "endpoints": ["chat"]} for one in names]}
    if provider == "ollama" and path.startswith("/api/"):
        return {"models": [{"name": one, "model": one} for one in names]}
    if provider == "anthropic":
        return {"data": [{"type": "model", "id": one} for one in names], "has_more": False}
    if provider == "together":
        return [{"id": one, "type": "chat"} for one in names]
    if provider == "openrouter":
        return {"data": [{"id": one, "name": one} for one in names]}
    return {"object": "list", "data": [{"id": one, "object": "model"} for one in names]}


def answered(provider: str, path: str, asked: dict[str, object]) -> tuple[Body, dict[str, str]]:
    """What a model says, streamed where that was asked for."""
    if path.endswith("/chat/completions") or "/chat/completions?" in path:
        return _chat(asked)
    if provider == "anthropic" or path.endswith("/messages"):
        return _message(asked)
    if path.endswith("/responses"):
        return _response(asked)
    if provider == "google":
        part: dict[str, object] = {
            "candidates": [{"content": {"parts": [{"text": WORDS}], "role": "model"}}]
        }
        if "streamGenerateContent" in path:
            return f"data: {json.dumps(part)}\n\n", {"content-type": "text/event-stream"}
        return part, {}
    if provider == "cohere":
        content = {
            "type": "content-delta",
            "index": 0,
            "delta": {"message": {"content": {"text": WORDS}}},
        }
        if asked.get("stream"):
            return f"event: content-delta\ndata: {json.dumps(content)}\n\n", {
                "content-type": "text/event-stream"
            }
        message = {"role": "assistant", "content": [{"type": "text", "text": WORDS}]}
        return {"id": "x", "finish_reason": "MAX_TOKENS", "message": message}, {}
    if provider == "bedrock":
        content = {"message": {"role": "assistant", "content": [{"text": WORDS}]}}
        return {"output": content, "stopReason": "max_tokens", "usage": {"outputTokens": 1}}, {}
    if provider == "ollama":
        said = {"role": "assistant", "content": WORDS}
        return f"{json.dumps({'model': 'a-model', 'message': said, 'done': True})}\n", {
            "content-type": "application/x-ndjson"
        }
    return _chat(asked)


def _chat(asked: dict[str, object]) -> tuple[Body, dict[str, str]]:
    if asked.get("stream"):
        delta = {
            "object": "chat.completion.chunk",
            "choices": [{"index": 0, "delta": {"content": WORDS}}],
        }
        return f"data: {json.dumps(delta)}\n\ndata: [DONE]\n\n", {
            "content-type": "text/event-stream"
        }
    message = {"role": "assistant", "content": WORDS}
    choice = {"index": 0, "message": message, "finish_reason": "stop"}
    return {"object": "chat.completion", "choices": [choice]}, {}


def _message(asked: dict[str, object]) -> tuple[Body, dict[str, str]]:
    if asked.get("stream"):
        event = {
            "type": "content_block_delta",
            "index": 0,
            "delta": {"type": "text_delta", "text": WORDS},
        }
        return f"event: content_block_delta\ndata: {json.dumps(event)}\n\n", {
            "content-type": "text/event-stream"
        }
    content = [{"type": "text", "text": WORDS}]
    return {
        "type": "message",
        "role": "assistant",
        "content": content,
        "stop_reason": "max_tokens",
    }, {}


def _response(asked: dict[str, object]) -> tuple[Body, dict[str, str]]:
    if asked.get("stream"):
        event = {"type": "response.output_text.delta", "delta": WORDS}
        return f"event: response.output_text.delta\ndata: {json.dumps(event)}\n\n", {
            "content-type": "text/event-stream"
        }
    text = {"type": "message", "content": [{"type": "output_text", "text": WORDS}]}
    return {"object": "response", "status": "completed", "output": [text]}, {}
