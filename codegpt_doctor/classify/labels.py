"""Programs that name themselves before an error, or in the frames of its trace."""

from codegpt_doctor.classify.rule import Rule, Table, compiled

# words before a colon that are no name of a program: of errors and their fields,
_FIELDS = (
    "error|err|fatal|warn(?:ing)?|info|debug|notice|note|hint|caused?|reason|message|msg|details?"
    "|status|code|type|data|event|ur[il]|https?|headers?|content|request|response|body|result"
    "|output|exception|failed"
)
# of calls and what they work on,
_CALLS = "dial|read|write|connect|getaddrinfo|lookup|socket|tls|ssl|timeout|host|stream|fetch|print"
# of parts of a program of one's own, which may be a client of LLMs,
_PARTS = (
    "server|node|python|java|php|app|main|worker|backend|api|proxy|model|provider|agent|bot|chat"
    "|assistant|user|system|extension|plugin|client|web|log|led"
)
# and of programs that are one
_CLIENTS = (
    "curl|continue|zed|tabby|avante|mods|jan|cody|goose|gen|kobold|tgi|sglang|localai|triton|dify"
    "|flowise"
)

# how a program begins that tells its own name before an error, as those of Unix do
LABELS = Table(
    before="^",
    rules=(
        Rule(
            rf"(?!(?:{_FIELDS}|{_CALLS}|{_PARTS}|{_CLIENTS})s?(?![a-z])"
            r"|[a-z\d_-]{0,20}(?:gpt|llm|llama|\bai\b|ai[_-]|[_-]ai\b|claude|copilot|codex))"
            r"[a-z][a-z\d]{2,20}(?:[._-][a-z\d]{1,20}){0,2}: (?=[A-Za-z][^\n]{0,200}"
            r"(?:[Ee]rror|ERROR|[Ff]ailed|refused|reset by|timed out|[Uu]nable|[Cc]annot"
            r"|\b[45]\d\d\b))",
            "a program names itself, and is no client of LLMs",
            "mosquitto_sub: Error: Connection refused",
            "error: connection refused",
        ),
    ),
)

# how services of a system are called in its log; none is a client of LLMs
DAEMONS = (
    r"(?:sshd|kernel|systemd|postfix|dovecot|named|cron|chronyd|ntpd|dhclient|smbd|cupsd|sudo"
    r"|haproxy|nginx|dockerd|containerd|kubelet|NetworkManager|openvpn|rsyslogd|snapd)\b"
)

LOGGED = Table(
    before="^",
    rules=(
        Rule(
            rf"[A-Z][a-z]{{2}} [ \d]\d [\d:]{{8}} \S{{1,255}} {DAEMONS}",
            "a service of the system, in its log",
            "Nov 23 08:00:00 host sshd[12]: error: Connection reset by peer",
            "Nov 23 08:00:00 host codegpt[12]: error: Connection reset by peer",
        ),
    ),
)

# libraries whose frames are in the trace of any program, and words for a client of LLMs
_LIBRARIES = (
    r"java|javax|jdk|sun|com\.sun|okhttp3|okio|kotlin|kotlinx|android|dalvik|jakarta|scala|akka"
    r"|io\.(?:netty|reactivex|ktor|vertx)|reactor|retrofit2|feign|org\.|System|Microsoft"
    r"|Newtonsoft|Polly|RestSharp"
)
_CHATS = "[cC]hat|[gG][pP][tT]|A[iI]|L[lL][mM]|[lL]lama|[bB]ot|[aA]gent|[pP]rompt|[cC]ompletion"

# a frame of a program of one's own, in a trace of Java, Kotlin or .NET
FRAMES = Table(
    before="^",
    rules=(
        Rule(
            rf"[ \t]{{1,40}}at (?!(?:{_LIBRARIES})\b)(?![^\n]{{0,200}}(?:{_CHATS}|[aA]ssist))"
            r"[A-Za-z_][\w$]{0,60}(?:\.[\w$<>`]{1,80}){2,9}\("
            r"(?:\w{1,80}\.(?:java|kt|scala):\d|[^()\n]{0,200}\) in [A-Z/])",
            "the class of another purpose than to chat",
            "\tat com.acme.billing.LedgerClient.post(LedgerClient.java:88)",
            "\tat com.acme.ChatClient.post(ChatClient.java:88)",
        ),
    ),
)

LABEL = compiled(LABELS, LOGGED, FRAMES)
