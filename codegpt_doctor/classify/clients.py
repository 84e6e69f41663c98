"""Who speaks in a text as a client of LLMs: its name, its classes, the paths that it asks."""

import re

from codegpt_doctor.classify.rule import Rule, Table, compiled

_ANY_CASE = re.IGNORECASE | re.MULTILINE | re.ASCII

# clients, APIs and models, by any word that tells of them
CLIENTS = Table(
    flags=_ANY_CASE,
    rules=(
        Rule(
            r"(?<!/simple/)(?<!@)openai(?!-)",
            "the client, the API or its host; not a package of that name",
            "openai.RateLimitError: 429",
            "https://packages.example/simple/openai-whisper",
        ),
        Rule(
            r"codegpt|chatgpt|\bcodex\b|\bcopilot\b|kilo ?code|roo ?code|\bcline\b|\baider\b"
            r"|\bcodeium\b|librechat|lobe(?:chat|hub)|open[ -]?webui|anything ?llm|nextchat"
            r"|chatbox\b|opencode|cherry ?studio|\bdify\b|fastgpt|\bmaxkb\b|\bragflow\b"
            r"|sillytavern",
            "programs that talk to LLMs",
            "CodeGPT: error 429",
        ),
        Rule(
            r"(?<!@)anthropic|\bclaude\b|bedrock|dashscope|\bgemini\b|\bvertex[ -]?ai\b"
            r"|generativelanguage"
            r"|generative_?ai|mistralai|\bmistral\b|\bgrok\b|\bxai\b|\bnvidia nim\b"
            r"|\bsiliconflow\b|\bzhipu|\bgithub models\b|\bgoogle ai\b|\bazure ai\b"
            r"|\bbyteplus\b|\bvolcengine\b|\bmodelark\b"
            r"|deepseek|openrouter|\bgroq\b|\bcohere\b|perplexity|hugging ?face|cerebras"
            r"|fireworks\.ai"
            r"|moonshot|together\.(?:ai|xyz)",
            "names of providers",
            "anthropic.RateLimitError",
            "GET https://packages.example/@anthropic-ai/sdk",
        ),
        Rule(
            r"ollama|lm ?studio|llama\.?cpp|llama-server|\bvllm\b|model[ -]runner|gpt4all"
            r"|\btabbyapi\b|\bsglang\b|\bxinference\b|llamafile|\blocalai\b|text-generation-webui"
            r"|koboldcpp",
            "local servers of models",
            "ollama: connection refused",
        ),
        Rule(
            r"langchain|litellm|llama_?index|semantic.?kernel|spring.?ai\b|pydantic_ai",
            "libraries for LLMs",
            "langchain_core",
        ),
        Rule(
            r"chat/completions|/v1/(?:models|responses|embeddings|completions|messages)",
            "paths of the API, whatever the host",
            "POST /v1/embeddings",
        ),
        Rule(r"/api/(?:chat|generate|tags|embed)\b", "paths of Ollama's own API", "POST /api/chat"),
        Rule(
            r"(?<![a-z])gpt-? ?(?:[3-9]|oss)|\bo[134]-(?:mini|pro|preview)\b|\bLLM\b",
            "names of models",
            "model: gpt-4o",
            "autogpt-4",
        ),
        Rule(
            r"api(?:connection(?:timeout)?|timeout|status)error",
            "exception classes that the official SDKs alone have",
            "APIConnectionTimeoutError: Request timed out.",
        ),
        Rule(
            r"(?:\[(?:error|err|fatal)\]|\b(?:says?|said|gets?|got|getting)) [`\"']?"
            r"insufficient_quota\b|\"(?:type|code)\": {0,2}\"insufficient_quota\"",
            "a code that only APIs of LLMs have, where somebody met it",
            "[ERROR] insufficient_quota",
        ),
        Rule(
            r"key provided: sk-|bearer sk-",
            "a key of the shape that providers of LLMs use",
            "Incorrect API key provided: sk-proj-\u2026",
            "Invalid API Key provided: sk_test_\u2026",
        ),
        Rule(
            r"\bno body\)|\bNonTransientAiException\b|\bexceeded retry limit, last status\b"
            r"|\b(?:Cannot|Unable to) connect to API(?:: | \()"
            r"|\b[Ll]anguage model did not provide any assistant\b"
            r"|\[API Error: |\bAPI Error: [45]\d\d \{\"(?:type\":\"error\"|error\":\{)"
            r"|\b[Ee]rror interacting with language model\b"
            r"|\b(?:RateLimit|Authentication|PermissionDenied|NotFound|BadRequest|InternalServer"
            r"|UnprocessableEntity)Error: Error code: [45]\d\d\b"
            r"|\bstream disconnected before completion\b|\bstream error: .{1,200}; retrying \d",
            "sentences that only clients of LLMs have",
            "429 status code (no body)",
        ),
    ),
)

# paths that only an API of models has, whatever the host, which may stand on another line
API_PATHS = Table(
    flags=re.MULTILINE | re.ASCII,
    rules=(
        Rule(
            r"/v1/(?:chat/completions|responses|embeddings|messages|completions)\b"
            r"|/chat/completions\b"
            r"|:(?:streamG|g)enerateContent\b|/api/(?:chat|generate)\b",
            "paths that only an API of models has",
            "/v1/chat/completions failed with status code 401",
        ),
    ),
)

# classes of exceptions that only an SDK for LLMs has
SDK_CLASSES = Table(
    flags=re.MULTILINE | re.ASCII,
    rules=(
        Rule(
            r"\b(?:openai|anthropic|groq|mistralai|cohere|litellm|together|cerebras|fireworks"
            r"|langchain\w{0,20})\."
            r"(?:\w{1,30}\.){0,3}[A-Z]\w{2,40}(?:Error|Exception)\b",
            "a class of Python's SDKs",
            "openai.RateLimitError",
        ),
        Rule(
            r"\bAI_[A-Z]\w{3,40}Error\b|\bGoogleGenerativeAI\w{0,20}Error\b"
            r"|\bRubyLLM::\w{3,40}Error\b|\bPrism(?:RateLimited|Provider\w{3,20}|RequestTooLarge)?Exception\b"
            r"|\bAPI(?:Connection(?:Timeout)?|Timeout|Status|UserAbort)Error\b|\bOpenAIError\b"
            r"|com\.openai\.errors\.|\bOpenAI(?:Service)?Exception\b|NonTransientAiException",
            "a class of the SDKs for other languages",
            "com.openai.errors.BadRequestException",
        ),
    ),
)

# what keeps sources, about a key in them
SECRETS = Table(
    flags=re.MULTILINE | re.ASCII,
    rules=(
        Rule(
            r"Push cannot contain secrets|GitHub Push Protection|secret-scanning/unblock-secret",
            "GitHub refuses a commit with a key in it",
            "remote: - Push cannot contain secrets",
        ),
    ),
)

SECRET = compiled(SECRETS)
CLIENT = compiled(CLIENTS)
API_PATH = compiled(API_PATHS)
SDK_CLASS = compiled(SDK_CLASSES)
