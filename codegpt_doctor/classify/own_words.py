"""What only one provider prints: the shape of its bodies, its codes, its sentences, its libraries.

Its hosts, variables, name and classes are not here: ``voices`` takes them from its data.
"""

import re
from functools import cache

from codegpt_doctor.catalogue import DEFAULT_PROVIDER
from codegpt_doctor.classify.rule import Rule, Table, compiled


def _words(*rules: Rule) -> Table:
    return Table(rules, flags=re.IGNORECASE | re.ASCII | re.MULTILINE)


_GOOGLE_STATUS = (
    "(?:INVALID_ARGUMENT|RESOURCE_EXHAUSTED|PERMISSION_DENIED|UNAUTHENTICATED|NOT_FOUND"
    "|UNAVAILABLE|INTERNAL|FAILED_PRECONDITION|DEADLINE_EXCEEDED)"
)
_Q = r"[\"']"  # of JSON, or of Python

OWN_WORDS = {
    "anthropic": _words(
        Rule(
            rf"{_Q}type{_Q}: ?{_Q}error{_Q}, ?{_Q}error{_Q}: ?\{{"
            rf"{_Q}type{_Q}: ?"
            rf"{_Q}(?:(?:invalid_request|authentication|billing|permission|not_found|conflict|rate_limit"
            rf"|timeout|api|overloaded)_error|forbidden|request_too_large){_Q}, ?{_Q}message",
            "its body names one of its own kinds, and has no code",
            '{"type":"error","error":{"type":"api_error","message":"x"}}',
            '{"type":"error","error":{"type":"server_error","code":"server_is_overloaded"}}',
        ),
        Rule(r"invalid x-api-key|\banthropic-version\b", "its headers", "invalid x-api-key"),
    ),
    "azure": _words(
        Rule(
            r"\bazure_?-?openai\b|Azure OpenAI|AzureChatOpenAI|\bAzure(?:_ai)?Exception\b",
            "libraries name it",
            "azure-openai error: high demand",
        ),
        Rule(
            r"\bDeploymentNotFound\b|The API deployment for this resource",
            "its deployments",
            "'code': 'DeploymentNotFound'",
        ),
        Rule(
            r"\bS0 pricing tier\b|OpenAI-S0|Provisioned Throughput|wrong API endpoint"
            r"|Principal does not have access to API|lacks the required data action",
            "its sentences about tiers, keys and roles",
            "Principal does not have access to API/Operation.",
        ),
        Rule(
            rf"\{{\s{{0,20}}{_Q}code{_Q}: ?{_Q}(?:4\d\d|PermissionDenied|OperationNotSupported"
            rf"|AuthenticationTypeDisabled){_Q}, ?{_Q}message{_Q}",
            "its codes are numbers in quotes, or words with capitals",
            '{"code":"404","message": "Resource not found"}',
        ),
    ),
    "bedrock": _words(
        Rule(
            r"\bbedrock:[A-Z]\w|\bbedrock-?(?:runtime|mantle)|\bBedrockException",
            "its service and its actions",
            "not authorized to perform: bedrock:InvokeModel",
        ),
        Rule(
            r"when calling the (?:Converse|InvokeModel)\w{0,30} operation",
            "its operations, as botocore names them",
            "when calling the ConverseStream operation",
        ),
        Rule(
            r"on-demand throughput isn.t supported|inference profile",
            "its inference profiles",
            "with on-demand throughput isn't supported",
        ),
    ),
    "byteplus": _words(
        Rule(
            r"\b(?:AccountOverdueError|ModelNotOpen|InvalidEndpointOrModel\.)",
            "its codes",
            '"code":"AccountOverdueError"',
        ),
        Rule(
            r"Ark Console|bytepluses\.com|volces\.com|volcengine",
            "its console and hosts",
            "activate the model service in the Ark Console",
        ),
    ),
    "cerebras": _words(
        Rule(
            r"\b(?:wrong_api_key|too_many_tokens_error|token_quota_exceeded"
            r"|too_many_requests_error|request_quota_exceeded)\b",
            "its codes and types",
            '"code":"wrong_api_key"',
        ),
    ),
    "cohere": _words(
        Rule(
            r"You are using a Trial key|\binvalid api token\b|no api key supplied",
            "its sentences",
            '{"message":"invalid api token"}',
        ),
    ),
    "deepseek": _words(
        Rule(
            r"\bInsufficient Balance\b|Authentication Fails(?: \(|, Your api key)",
            "its sentences",
            "402 Insufficient Balance",
        ),
    ),
    "docker": _words(
        Rule(
            r"\bDocker Model Runner\b|\bmodel-runner\b|docker model (?:pull|run|install)",
            "its name and its commands",
            "Docker Model Runner: model not found",
        ),
        Rule(
            r"^404 Not Found: model not found$",
            "its text, which is no JSON",
            "404 Not Found: model not found",
        ),
    ),
    "fireworks": _words(
        Rule(
            r"accounts/fireworks/|Model not found, inaccessible, and/or not deployed",
            "the names of its models, and its sentence about them",
            "Model not found, inaccessible, and/or not deployed",
        ),
    ),
    "github": _words(
        Rule(
            rf"The `models` permission is required|{_Q}code{_Q}: ?{_Q}unknown_model{_Q}",
            "its permission and its code",
            "The `models` permission is required to access this endpoint",
        ),
    ),
    "google": _words(
        Rule(
            r"generativelanguage|ai\.google\.dev|GoogleGenerativeAI|google[._]gen(?:erative)?_?ai"
            r"|\bVertexAIException",
            "its service and its libraries",
            "[GoogleGenerativeAI Error]: 404",
        ),
        Rule(
            rf"{_Q}status{_Q}: ?{_Q}{_GOOGLE_STATUS}{_Q}|\b[45]\d\d {_GOOGLE_STATUS}\. \{{",
            "the status in its bodies, and in the message of its SDK",
            "429 RESOURCE_EXHAUSTED. {'error'",
        ),
    ),
    "groq": _words(
        Rule(
            rf"{_Q}Invalid API Key{_Q}, ?{_Q}type{_Q}: ?{_Q}invalid_request_error{_Q}, ?"
            rf"{_Q}code{_Q}",
            "its body of a wrong key",
            '{"message":"Invalid API Key","type":"invalid_request_error","code":"invalid_api_key"}',
        ),
        Rule(r"\bChatGroq\b", "a class of LangChain", "ChatGroq(model='x')"),
        Rule(
            r"service tier `?on_demand`?|\b498 capacity_exceeded",
            "its tiers and its own status",
            "service tier `on_demand` on tokens per minute",
        ),
    ),
    "huggingface": _words(
        Rule(
            r"Inference Providers|\binference\.serverless\b",
            "its service and its permission",
            "to call Inference Providers on behalf of user",
        ),
        Rule(
            r"The requested model '[^'\n]{1,120}' does not exist",
            "its sentence about a model",
            "The requested model 'bad model' does not exist.",
        ),
    ),
    "litellm": _words(
        Rule(
            r"litellm[ ._-]proxy|LiteLLM Virtual Key|LiteLLM_\w{3,40}Table",
            "its proxy",
            "LiteLLM Virtual Key expected. Received=sk-1",
        ),
    ),
    "lmstudio": _words(
        Rule(
            r"\blms load\b|when context the overflows|Unexpected endpoint or method",
            "its sentences",
            "Unexpected endpoint or method. (GET /)",
        ),
    ),
    "mistral": _words(
        Rule(
            rf"\{{\s{{0,20}}{_Q}object{_Q}:\s{{0,3}}{_Q}error{_Q},\s{{0,20}}{_Q}message{_Q}",
            "its body calls itself an object",
            '{"object":"error","message":"Invalid model"}',
            '{"object": "error", "status": 401}',
        ),
        Rule(
            r"API error occurred: Status \d|\bmistralai\b",
            "its SDK",
            "API error occurred: Status 401",
        ),
        Rule(
            rf"^\{{{_Q}detail{_Q}: ?{_Q}Unauthorized{_Q}\}}$",
            "its whole body of a wrong key",
            '{"detail":"Unauthorized"}',
            'x {"detail":"Unauthorized"}',
        ),
    ),
    "nvidia": _words(
        Rule(
            r"Function (?:id )?'[\w-]{8,60}': Not found for account|\bDEGRADED function\b",
            "its sentences about functions",
            "Function 'c322f327-0000-0000': Not found for account",
        ),
        Rule(r"\bNvidia_nim|\bnvapi-", "a library and its keys", "Nvidia_nimException - {}"),
    ),
    "ollama": _words(
        Rule(
            r"\[GIN\]|llama runner process|try pulling it first|OllamaApi",
            "its log and its sentences",
            'model "llama3" not found, try pulling it first',
        ),
    ),
    DEFAULT_PROVIDER: _words(
        Rule(
            r"\b(?:platform|help)\.openai\.com|support@openai\.com",
            "its pages",
            "You can find your API key at https://platform.openai.com/account/api-keys",
        ),
    ),
    "openrouter": _words(
        Rule(
            rf"\{{\s{{0,20}}{_Q}message{_Q}:\s{{0,3}}(?:\"[^\"\n]{{2,400}}\""
            rf"|'[^'\n]{{2,400}}'),\s{{0,20}}"
            rf"{_Q}code{_Q}:\s{{0,3}}[45]\d\d\b(?!,\s{{0,20}}{_Q}(?:param|type|status))",
            "its number of a code after the message, and no type",
            '{"message":"Missing Authentication header","code":401}',
            '{"message":"Bad","code":401,"type":"x"}',
        ),
        Rule(
            rf"{_Q}(?:provider_name|limit_source){_Q}|\bProvider returned error\b"
            r"|No endpoints (?:found|available) ",
            "its metadata and its sentences",
            '"metadata":{"provider_name":null}',
        ),
    ),
    "perplexity": _words(
        Rule(r"\bSonar is now\b", "its news", "perplexity: Sonar is now the Agent API"),
    ),
    "together": _words(
        Rule(
            r"maximum allowed monthly spending limit",
            "its sentence about money",
            "has reached its maximum allowed monthly spending limit",
        ),
    ),
    "xai": _words(
        Rule(
            rf"\{{\s{{0,20}}{_Q}code{_Q}:\s{{0,3}}{_Q}[A-Za-z][^\"'\n]{{2,90}}{_Q},\s{{0,20}}"
            rf"{_Q}error{_Q}:\s{{0,3}}{_Q}",
            "its flat pair of a code and a sentence",
            '{"code":"Some resource has been exhausted","error":"Your team"}',
        ),
        Rule(r"does not exist or your team\b", "its sentence", "does not exist or your team x"),
    ),
}


@cache
def own() -> re.Pattern[str]:
    """The words of any provider; few texts need them at once."""
    return compiled(*OWN_WORDS.values())
