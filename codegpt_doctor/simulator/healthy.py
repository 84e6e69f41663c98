"""What a healthy provider answers on the endpoints that a check asks."""

import json
import uuid

from codegpt_doctor.simulator import formats
from codegpt_doctor.simulator.account import LIMIT_HEADERS

MODELS = (
    "gpt-5.4-mini",
    "gpt-6-luna",
    "gpt-4o",
    "gpt-4o-mini",
    "gpt-4.1-mini",
    "gpt-5-mini",
    "text-embedding-3-small",
)
HEADERS = {
    "openai-organization": "org-simulated",
    "openai-project": "proj_simulated",
    "openai-processing-ms": "12",
    "openai-version": "2020-10-01",
    **LIMIT_HEADERS["usual"],
}
NO_KEY = (
    "You didn't provide an API key. You need to provide your API key in an Authorization header "
    "using Bearer auth (i.e. Authorization: Bearer YOUR_KEY), or as the password field (with blank "
    "username) if you're accessing the API from your browser and are prompted for a username and "
    "password. You can obtain an API key from https://platform.openai.com/account/api-keys."
)

INVALID_REQUEST = "invalid_request_error"


def request_id() -> str:
    """An id as the API gives one to each request."""
    return f"req_{uuid.uuid4().hex}"


def answer(path: str, sent: bytes | None, authorization: str) -> tuple[int, dict[str, object]]:
    """The status and the body for a path; ``sent`` is the body of a POST, or None for a GET."""
    if not authorization.removeprefix("Bearer").strip():
        return 401, _error(NO_KEY)
    if sent is None:
        return _get(path)
    body = _parsed(sent)
    if body is None:
        return 400, _error("We could not parse the JSON body of your request.")
    if path not in ("/chat/completions", "/responses"):
        return 404, _error(f"Invalid URL (POST /v1{path})")
    if not body.get("model"):
        return 400, _error("you must provide a model parameter")
    if body["model"] not in MODELS:
        said = f"The model `{body['model']}` does not exist or you do not have access to it."
        return 404, _error(said, "model_not_found")
    make = formats.chat if path == "/chat/completions" else formats.response
    return 200, dict(make(body["model"]))


def stream(path: str, sent: bytes) -> str | None:
    """The stream of events for a request that asks for one, and is right."""
    body = _parsed(sent) or {}
    if not body.get("stream"):
        return None
    make = formats.chat_stream if path == "/chat/completions" else formats.response_stream
    return make(str(body["model"]))


def _parsed(sent: bytes) -> dict[str, object] | None:
    try:
        body = json.loads(sent)
    except ValueError:
        return None
    return body if isinstance(body, dict) else None


def _error(message: str, code: str | None = None) -> dict[str, object]:
    return {"error": {"message": message, "type": INVALID_REQUEST, "param": None, "code": code}}


def _get(path: str) -> tuple[int, dict[str, object]]:
    if path == "/models":
        return 200, {"object": "list", "data": [_model(name) for name in MODELS]}
    if path.removeprefix("/models/") in MODELS:
        return 200, _model(path.removeprefix("/models/"))
    return 404, _error(f"Invalid URL (GET /v1{path})")


def _model(name: str) -> dict[str, object]:
    return {"id": name, "object": "model", "created": 1715367049, "owned_by": "system"}
