"""What clients of many languages print of an API response: each client times each error.

A client's form is a template, written after its source; ``{body}`` and the like are filled with
what the API said.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """An error of the API: its fields, and the id of the entry."""

    status: int
    reason: str
    type: str
    code: str | None
    message: str
    expected: str

    def fields(self) -> dict[str, str]:
        """What the templates can name."""
        error = {"message": self.message, "type": self.type, "param": None, "code": self.code}
        body = json.dumps({"error": error})
        return {
            "status": str(self.status),
            "reason": self.reason,
            "type": self.type,
            "code": self.code or "null",
            "message": self.message,
            "body": body,
            "pretty": json.dumps({"error": error}, indent=2),
            "escaped": json.dumps(body)[1:-1],
            "python": repr({"error": error}),
            "ruby": body.replace('": ', '"=>').replace("null", "nil"),
            "elixir": body.replace('": {', '" => %{')
            .replace('": ', '" => ')
            .replace("null", "nil"),
        }


SAID = (
    Said(
        401,
        "Unauthorized",
        "invalid_request_error",
        "invalid_api_key",
        "Incorrect API key provided: sk-proj-****abcd. You can find your API key at "
        "https://platform.openai.com/account/api-keys.",
        "invalid_api_key",
    ),
    Said(
        429,
        "Too Many Requests",
        "insufficient_quota",
        "insufficient_quota",
        "You exceeded your current quota, please check your plan and billing details. For more "
        "information on this error, read the docs: "
        "https://platform.openai.com/docs/guides/error-codes/api-errors.",
        "insufficient_quota",
    ),
    Said(
        429,
        "Too Many Requests",
        "tokens",
        "rate_limit_exceeded",
        "Rate limit reached for gpt-5.4-mini in organization org-abcd on tokens per min (TPM): "
        "Limit 30000, Used 29500, Requested 1200. Please try again in 1.4s. Visit "
        "https://platform.openai.com/account/rate-limits to learn more.",
        "rate_limit_tokens",
    ),
    Said(
        404,
        "Not Found",
        "invalid_request_error",
        "model_not_found",
        "The model `gpt-9` does not exist or you do not have access to it.",
        "model_not_found",
    ),
    Said(
        400,
        "Bad Request",
        "invalid_request_error",
        "context_length_exceeded",
        "This model's maximum context length is 128000 tokens. However, your messages resulted in "
        "130021 tokens. Please reduce the length of the messages.",
        "context_length_exceeded",
    ),
    Said(
        403,
        "Forbidden",
        "request_forbidden",
        "unsupported_country_region_territory",
        "Country, region, or territory not supported",
        "unsupported_country",
    ),
    Said(
        500,
        "Internal Server Error",
        "server_error",
        None,
        "The server had an error while processing your request. Sorry about that!",
        "server_error",
    ),
)
_URL = "https://api.openai.com/v1/chat/completions"

# by client: what it prints of an API response
WITH_BODY = {
    "codex": "■ unexpected status <status> <reason>: <body>, url: " + _URL,
    "codex while it tries again": (
        "⚠ stream error: unexpected status <status> <reason>: <body>; retrying 2/5 in 401ms…"
    ),
    "go-openai": "error, status code: <status>, status: <status> <reason>, message: <message>",
    "openai-go": f'POST "{_URL}": <status> <reason> <body>',
    "async-openai": (
        'Error: ApiError(ApiError { message: "<message>", type: Some("<type>"), param: None, '
        'code: Some("<code>") })'
    ),
    "async-openai displayed": "Error: <type>: <message> (code: <code>)",
    "openai-java": (
        'Exception in thread "main" com.openai.errors.OpenAIServiceException: <status>: <message>'
        "\n\tat com.openai.core.handlers.ErrorHandler$errorHandler$1.handle(ErrorHandler.kt:47)"
    ),
    "openai-kotlin": (
        "com.aallam.openai.api.exception.OpenAIAPIException: <message>\n"
        "\tat com.aallam.openai.client.internal.http.HttpTransport.handleException"
        "(HttpTransport.kt:57)"
    ),
    "theokanning": (
        "com.theokanning.openai.OpenAiHttpException: <message>\n"
        "\tat com.theokanning.openai.service.OpenAiService.execute(OpenAiService.java:360)"
    ),
    "Spring AI": (
        "org.springframework.ai.retry.NonTransientAiException: HTTP <status> - <body>\n"
        "\tat org.springframework.ai.retry.RetryUtils$1.handleError(RetryUtils.java:63)"
    ),
    "langchain4j": (
        "dev.langchain4j.exception.HttpException: <body>\n"
        "\tat dev.langchain4j.http.client.jdk.JdkHttpClient.execute(JdkHttpClient.java:51)"
    ),
    "Azure SDK for .NET": (
        "Azure.RequestFailedException: <message>\nStatus: <status> (<reason>)\nErrorCode: <code>"
        "\n\nContent:\n<body>\n\nHeaders:\nDate: Mon, 23 Nov 2026 08:00:00 GMT\n"
    ),
    "Azure SDK for Java": (
        'com.azure.core.exception.HttpResponseException: Status code <status>, "<body>"\n'
        "\tat com.azure.ai.openai.implementation.OpenAIClientImpl.getChatCompletions"
    ),
    "Azure SDK for Python": (
        "azure.core.exceptions.HttpResponseError: (<code>) <message>\nCode: <code>\n"
        "Message: <message>"
    ),
    "OpenAI for .NET": (
        "Unhandled exception. System.ClientModel.ClientResultException: HTTP <status> "
        "(<type>: <code>)\n\n<message>\n"
        "   at OpenAI.ClientPipelineExtensions.ProcessMessageAsync(ClientPipeline pipeline)"
    ),
    "Semantic Kernel": (
        "Microsoft.SemanticKernel.HttpOperationException: HTTP <status> (<type>: <code>)\n\n"
        "<message>\n ---> System.ClientModel.ClientResultException: HTTP <status> (<type>: <code>)"
    ),
    "openai-php": (
        "PHP Fatal error:  Uncaught OpenAI\\Exceptions\\ErrorException: <message> in "
        "/app/vendor/openai-php/client/src/Transporters/HttpTransporter.php:140"
    ),
    "Guzzle": f"Client error: `POST {_URL}` resulted in a `<status> <reason>` response:\n<pretty>",
    "Laravel": (
        "Illuminate\\Http\\Client\\RequestException: HTTP request returned status code <status>:\n"
        "<body>"
    ),
    "ruby-openai": "OpenAI HTTP Error (spotted in ruby-openai 7.4.0): <ruby>",
    "openai-ruby": (
        f'OpenAI::Errors::APIStatusError: {{url: "{_URL}", status: <status>, body: {{error: '
        '{message: "<message>", type: "<type>", param: nil, code: "<code>"}}}'
    ),
    "openai_ex": (
        '{:error, %OpenaiEx.Error{status_code: <status>, name: :bad_request, message: "<message>", '
        "body: <elixir>}}"
    ),
    "httr2": (
        "Error in `req_perform()`:\n! HTTP <status> <reason>.\n• <message>\nRun "
        "`rlang::last_trace()` to see where the error occurred."
    ),
    "openai for R": "Error: OpenAI API request failed [<status>].\n\nError message: <message>",
    "MacPaw OpenAI": (
        'APIErrorResponse(error: OpenAI.APIError(message: "<message>", type: "<type>", param: nil, '
        'code: Optional("<code>")))'
    ),
    "SwiftOpenAI": 'responseUnsuccessful(description: "status code <status> - <message>")',
    "openai_dart": (
        'OpenAIClientException({\n  "uri": "' + _URL + '",\n  "method": "POST",\n  "code": '
        '<status>,\n  "message": "Unsuccessful response",\n  "body": <body>\n})'
    ),
    "dart_openai": "RequestFailedException(message: <message>, statusCode: <status>)",
    "Ktor": (
        f"io.ktor.client.plugins.ClientRequestException: Client request(POST {_URL}) invalid: "
        '<status> <reason>. Text: "<body>"'
    ),
    "Home Assistant": (
        "2026-11-23 08:00:00.123 ERROR (MainThread) "
        "[homeassistant.components.openai_conversation.entity] Error talking to OpenAI: "
        "Error code: <status> - <python>"
    ),
    "n8n": "NodeApiError: <message>\n    at ExecuteContext.execute (/app/node_modules/n8n/x.js)",
    "Dify": (
        'Run failed: req_id: 1f2e3d PluginInvokeError: {"args":{"description":"[models] Error: '
        'Error code: <status> - <python>"},"error_type":"InvokeError"}'
    ),
    "Open WebUI": (
        "2026-11-23 08:00:00.000 | ERROR    | open_webui.routers.openai:generate_chat_completion"
        f":842 - <status>, message='<reason>', url='{_URL}'\n<body>"
    ),
    "LibreChat": (
        "Something went wrong. Here's the specific error message we encountered: An error occurred "
        "while processing the request: <status> <message>"
    ),
    "Obsidian Copilot": "Error: Model request failed: <status> <message>",
    "Zotero": f"HTTP POST {_URL} failed with status code <status>:\n\n<pretty>",
    "aichat": (
        "Error: Failed to call chat-completions api\n\nCaused by:\n    <message> "
        "(type: <type>, code: <code>)"
    ),
    "Continue": f"HTTP <status> <reason> from {_URL}\n\n<body>",
    "Cline": "API Request Failed\n\nOpenAI completion error: <status> <message>",
    "Copilot with an own key": (
        "Sorry, your request failed. Please try again. Request id: 84c6e51f-e6a4\n"
        "Reason: Request Failed: <status> <body>"
    ),
    "avante.nvim": 'Error: [Avante] API request failed with status <status>. Body: "<escaped>"',
    "gptel": 'gptel: ChatGPT error (HTTP/2 <status>): (:message "<message>" :type "<type>")',
    "Apps Script": (
        "Exception: Request failed for https://api.openai.com returned code <status>. Truncated "
        "server response: <pretty> (use muteHttpExceptions option to examine full response)"
    ),
    "PowerShell 7": "Invoke-RestMethod: <pretty>",
    "Vercel AI SDK": (
        f"AI_APICallError: <message>\n    at handleResponse {{\n  url: '{_URL}',\n"
        "  statusCode: <status>,\n  responseBody: '<body>',\n  isRetryable: false\n}"
    ),
    "Vercel AI SDK after retries": "AI_RetryError: Failed after 3 attempts. Last error: <message>",
    "Make": "The operation failed with an error. [<status>] <message>",
    "JetBrains plugin": "ProxyAI: <message>",
    "Vercel's stream": 'data: {"type":"error","errorText":"<message>"}',
    "Rust's Debug": 'Err(Status { code: <status>, body: "<escaped>" })',
    "PHP's print_r": (
        "Array\n(\n    [error] => Array\n        (\n            [message] => <message>\n"
        "            [type] => <type>\n            [param] => \n            [code] => <code>\n"
        "        )\n\n)"
    ),
    "PHP's var_dump": (
        'object(stdClass)#3 (1) {\n  ["error"]=>\n  object(stdClass)#2 (4) {\n    ["message"]=>\n'
        '    string(120) "<message>"\n    ["type"]=>\n    string(10) "<type>"\n    ["code"]=>\n'
        '    string(15) "<code>"\n  }\n}'
    ),
    "Lua's inspect": '{ error = { code = "<code>", message = "<message>", type = "<type>" } }',
    "Go's %+v": "map[error:map[code:<code> message:<message> param:<nil> type:<type>]]",
}

# by client: what it prints of a response whose body it does not show
WITHOUT_BODY = {
    "requests": f"requests.exceptions.HTTPError: <status> Client Error: <reason> for url: {_URL}",
    "httpx": (
        f"httpx.HTTPStatusError: Client error '<status> <reason>' for url '{_URL}'\n"
        "For more information check: https://developer.mozilla.org/en-US/docs/Web/HTTP/Status"
    ),
    "axios": (
        "AxiosError: Request failed with status code <status>\n    at settle (axios.cjs:1253:12) "
        f"{{\n  code: 'ERR_BAD_REQUEST',\n  config: {{\n    url: '{_URL}'"
    ),
    "reqwest": f"HTTP status client error (<status> <reason>) for url ({_URL})",
    "Go": f"openai: unexpected status code <status> from {_URL}",
    "Symfony": f'HTTP/2 <status>  returned for "{_URL}".',
    "Faraday": (
        "the server responded with status <status> (Faraday::ClientError)\n"
        "from ruby-openai-7.4.0/lib/openai/http.rb:17:in `get'"
    ),
    "Retrofit": (
        "retrofit2.HttpException: HTTP <status> \n\tat com.theokanning.openai.service.OpenAiService"
    ),
    "OkHttp": f"Response{{protocol=h2, code=<status>, message=<reason>, url={_URL}}}",
    "Java's WebClient": (
        "org.springframework.web.reactive.function.client.WebClientResponseException: "
        f"<status> <reason> from POST {_URL}"
    ),
    "Dio": (
        "DioException [bad response]: This exception was thrown because the response has a status "
        "code of <status> and RequestOptions.validateStatus was configured to throw for this "
        f"status code.\nuri: {_URL}"
    ),
    "Power Query": (
        f"DataSource.Error: Web.Contents failed to get contents from '{_URL}' (<status>): <reason>"
    ),
    "Windows PowerShell": (
        f"PS> Invoke-RestMethod -Uri {_URL} -Method Post -Headers $h\nInvoke-RestMethod : The "
        "remote server returned an error: (<status>) <reason>."
    ),
    "WebException": (
        "OpenAI: System.Net.WebException: The remote server returned an error: (<status>) <reason>."
    ),
    ".NET": (
        "OpenAI call failed: System.Net.Http.HttpRequestException: Response status code does not "
        "indicate success: <status> (<reason>)."
    ),
    "urllib": "ChatGPT plugin: urllib.error.HTTPError: HTTP Error <status>: <reason>",
    "curl": "POST " + _URL + "\ncurl: (22) The requested URL returned error: <status>",
    "wget": (
        f"--2026-11-23 08:00:00--  {_URL}\n"
        "HTTP request sent, awaiting response... <status> <reason>"
    ),
    "a status at the end": "OpenAI request failed with status: <status>",
    "a status after a colon": "OpenAI request failed: <status>",
    "a status after the name": "OpenAI API <status>",
    "a status after said": "OpenAI said: <status>",
    "a status after with": "ChatGPT request failed with: <status>",
    "a status after returned": "The OpenAI API returned HTTP <status>",
    "a status after responded": "OpenAI responded with <status>",
    "a status in brackets": "OpenAI error [<status>]",
    "a status in parentheses": "Error from OpenAI (<status>)",
    "a sentence": "codegpt: Server responded with status code: <status>",
    "Copilot": "Sorry, your request failed. Reason: OpenAI: <reason>: <status>",
    "the reason alone": "OpenAI: <reason>",
    "the reason after Error": "OpenAI API Error: <reason>",
    "the reason after HTTP error": "OpenAI call: HTTP error : <reason>",
    "Unity": "Error calling OpenAI: HTTP/1.1 <status> <reason>",
    "Swift": "OpenAI request failed: Bad status code: <status>",
    "no body": "<status> status code (no body)",
    "codex": "exceeded retry limit, last status: <status> <reason>, request id: req_1",
    "n8n": "Request failed with status code <status>\nNode: OpenAI Chat Model",
    "WordPress": "AI Engine: OpenAI API error: <status> <reason>",
    "Excel": "OpenAI: Status: <status> - <reason>",
}
BARE = {
    (400, "Bad Request"): "invalid_request",
    (401, "Unauthorized"): "invalid_authentication",
    (403, "Forbidden"): "forbidden_unspecified",
    (404, "Not Found"): "endpoint_not_found",
    (429, "Too Many Requests"): "rate_limit_unspecified",
    (500, "Internal Server Error"): "server_error",
    (502, "Bad Gateway"): "bad_gateway",
    (503, "Service Unavailable"): "service_unavailable",
    (504, "Gateway Timeout"): "gateway_timeout",
}


def filled(template: str, fields: dict[str, str]) -> str:
    """A template with its fields, which stand in angle brackets as bodies have braces."""
    for name, value in fields.items():
        template = template.replace(f"<{name}>", value)
    return template


def with_body() -> Iterator[tuple[str, str, str]]:
    """Texts with what the API said: the client, the text, the id."""
    for client, template in WITH_BODY.items():
        for said in SAID:
            yield client, filled(template, said.fields()), said.expected


def without_body() -> Iterator[tuple[str, str, str]]:
    """Texts with no more than a status: the client, the text, the id."""
    for client, template in WITHOUT_BODY.items():
        for (status, reason), expected in BARE.items():
            yield client, filled(template, {"status": str(status), "reason": reason}), expected
