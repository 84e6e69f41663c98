"""What clients and people say of a failed connection in their own words, beside a client of LLMs.

The text is in lower case where it is of A to Z, and each run of white space in a line is one space.
"""

from codegpt_doctor.classify.rule import Rule
from codegpt_doctor.classify.saying import said

SENTENCES = (
    said(
        "tls_untrusted_certificate",
        Rule(
            r"\bself[- ]signed certificate\b",
            "it signs itself",
            "cannot connect to api: self-signed certificate",
        ),
        Rule(
            r"\bssl ca certificate error\b|\bcertificate authority is invalid\b"
            r"|\bcertificate (?:is|was) not trusted\b|\buntrusted certificate\b",
            "the certificate is not trusted",
            "openai request: ssl ca certificate error",
        ),
    ),
    said(
        "local_model_unreachable",
        Rule(
            r"\b(?:ollama|lm ?studio|llama\.?cpp|local ?ai|docker model runner)[^\n]{0,40} "
            r"(?:(?:is|was|are) )?(?:not|n.t) (?:running|reachable|responding|available|started)\b",
            "a local server that does not run",
            "ollama server not running. start it with: ollama serve",
        ),
        Rule(
            r"\bconnect(?:ion)? to (?:the |your )?(?:local )?(?:ollama|lm ?studio|llama\.?cpp)\b"
            r"[^\n]{0,20}(?:failed|error|server|instance|at|$)",
            "nothing answers at a local server's address",
            "could not connect to lm studio server",
        ),
    ),
    said(
        "dns_failure",
        Rule(
            r"\b(?:could not|couldn.t|can ?not|unable to|failed to) resolve (?:[\w.-]{1,30} ){0,3}"
            r"(?:host|hostname|domain|address|authority|[\w-]{1,63}\.[a-z])",
            "a name that has no address",
            "could not resolve authority: api.openai.com",
        ),
    ),
    said(
        "request_timeout",
        Rule(
            r"\b(?:request|response|connection|call|operation|fetch|query|api)s?"
            r"(?: [\w.-]{1,30}){0,4}? (?:has )?timed[ -]?out\b",
            "it timed out",
            "the request to openai timed out",
        ),
        Rule(
            r"\b(?:request|response|connection|read|connect) time[ -]?out(?=[ ]?$|[.!,;)])"
            r"|\btimed[ -]?out (?:while|waiting|after|reading|connecting)\b"
            r"|\btime-?out (?:was reached|while|waiting|connecting|contacting|error|exceeded"
            r"|occurred)\b"
            r"|\btime-?out: https?://"
            r"|\bssl/tls connection timeout\b|\btime-?out after \d"
            r"|\(exit\) time ?out\b|\b(?:error|failed|failure): ?time-?out(?=\s|$)",
            "the same as a noun",
            "timeout while waiting for openai response",
            "request timeout: 600000",
        ),
    ),
    said(
        "connection_reset",
        Rule(
            r"\b(?:socket|connection|stream)(?: was| has been| is)? (?:closed|dropped|aborted)"
            r"(?: (?:remotely|unexpectedly|by|before|early|prematurely)|[\"'.]|[ ]?$)"
            r"|socket_closed_remotely|\bconnection reset\b",
            "the connection was closed",
            'message: "socket closed"',
        ),
        Rule(
            r"\bclosed (?:the )?connection\b|\b(?:error|failed)\b[^\n]{0,40}: ?terminated\b"
            r"|\bpremature(?:ly)? clos(?:e|ed)\b|\bstream has been aborted\b",
            "who closed it is told first, or nobody",
            "openai request failed: 500 server closed connection without sending any data back",
        ),
        Rule(
            r"\(12152\)|\binvalid or unrecognized response\b",
            "WinHTTP's number for an answer that is none",
            "error sending data: (12152) the server returned",
        ),
    ),
    said(
        "connection_error",
        Rule(
            r"\b(?:could not|couldn.t|can ?not|can.t|unable to|failed to|failure to)"
            r" (?:connect|reach|contact|establish a connection)\b",
            "there is no connection",
            "unable to connect to openai. check your internet connection.",
        ),
        Rule(
            r"\bfailed to open stream: (?:http request|operation) failed",
            "PHP, which does not tell why",
            "file_get_contents(x): failed to open stream: operation failed",
        ),
        Rule(
            r"\baddress unavailable: https?://|\bfailed to fetch(?=[\s\"'.,;)}]|$)(?! [a-z])"
            r"|\bnetwork (?:error|problem|failure|issue)\b"
            r"|\b(?:server )?connection (?:error|failed|failure|problem)\b",
            "the same, of a browser or an app",
            "openai: network error",
            "failed to fetch models from the catalog",
        ),
    ),
)
