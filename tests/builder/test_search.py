"""The search of the site: what people type or paste has the right page among the first three."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from helpers.parity import NODE, scripts

from docs._builder import folder, pages, search_index
from docs._builder.commands import ALL_CHECKS, FUNCTIONS, ROOT, described

pytestmark = pytest.mark.skipif(not NODE, reason="needs Node.js")

QUOTA = "errors/insufficient_quota"
KEY = "errors/invalid_api_key"
GUIDE = "providers/openai"
SERVICE = "errors/codegpt_service_unreachable"
QUERIES = {
    # typed
    "quota": QUOTA,
    "429": "errors/429",
    "insufficient_quota": QUOTA,
    "insuficient quota": QUOTA,
    "qouta": QUOTA,
    "exeeded": QUOTA,
    "not working": "codegpt",
    "key not valid": KEY,
    "VPN": "company-networks",
    "credit card": "billing",
    "add money": QUOTA,
    "no funds": QUOTA,
    "free trial": "billing",
    "price": "billing",
    "unable to connect to the extension services": SERVICE,
    "unable connect": SERVICE,
    "-1 to -1": "errors/codegpt_account_not_synced",
    "codegpt not responding": "codegpt",
    "how to get api key": GUIDE,
    "set up": GUIDE,
    "install codegpt": GUIDE,
    "remove key": GUIDE,
    "disconnect": GUIDE,
    "select your ai": GUIDE,
    "gpt-5": GUIDE,
    "codegpt credits": "errors/codegpt_credits_exhausted",
    "zscaler": "errors/tls_untrusted_certificate",
    "china": "errors/unsupported_country",
    "ECONNREFUSED": "errors/connection_refused",
    "ENOTFOUND": "errors/dns_failure",
    "self signed certificate": "errors/tls_untrusted_certificate",
    "black screen": "errors/codegpt_blank_panel",
    "rate limit": "errors/rate_limit_requests",
    "anthropic": "providers/anthropic",
    "ollama": "providers/ollama",
    "gemini key": "providers/google",
    "copilot": "providers/accounts",
    "exit code": "reference/exit-codes",
    # pasted
    "API key not valid. Please pass a valid API key.": KEY,
    "You exceeded your current quota, please check your plan and billing details.": QUOTA,
    'openai.AuthenticationError: Error code: 401 - {"error": {"message": "Incorrect API key '
    'provided: sk-proj-****abcd."}}': KEY,
    '"Unable to connect to the extension services"': SERVICE,
    # in other languages
    "tarjeta": "billing",
    "saldo": "billing",
    "cuota": QUOTA,
    "sin saldo": QUOTA,
    "clave incorrecta": KEY,
    "no funciona": "codegpt",
    "sem saldo": QUOTA,
    "chave inválida": KEY,
    "cartão": "billing",
    "não funciona": "codegpt",
    "余额不足": QUOTA,
    "密钥无效": KEY,
    "模型不存在": "errors/model_not_found",
    "代理": "company-networks",
}


@pytest.fixture(scope="module")
def found() -> dict[str, list[str]]:
    made = pages.made(described(), ALL_CHECKS, FUNCTIONS, folder.guides(ROOT))
    index = search_index.script(folder.read_pages(ROOT, made))
    engine = (ROOT / "docs/assets/search/engine.js").read_text("utf-8")
    given = {
        "scripts": [*scripts(), ("engine", engine), ("index", index)],
        "queries": list(QUERIES),
    }
    assert NODE
    command = (NODE, str(Path(__file__).parents[1] / "helpers" / "search.js"))
    done = subprocess.run(
        command, input=json.dumps(given).encode(), capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    answers: list[Any] = json.loads(done.stdout)
    return dict(zip(QUERIES, answers, strict=True))


def test_the_right_page_is_among_the_first_three(found: dict[str, list[str]]) -> None:
    wrong = {query: found[query] for query, path in QUERIES.items() if path not in found[query][:3]}
    assert wrong == {}
