"""What a status of HTTP means where nothing else says it: by RFC 9110 and manuals of servers."""

from http import HTTPStatus

# what web servers and networks give of their own, which no RFC assigns
_UNASSIGNED = {
    440: "Login Timeout",
    444: "Connection Closed Without Response",
    494: "Request Header Too Large",
    497: "HTTP Request Sent to HTTPS Port",
    498: "Invalid Token",
    499: "Client Closed Request",
    509: "Bandwidth Limit Exceeded",
    520: "Web Server Returned an Unknown Error",
    521: "Web Server Is Down",
    522: "Connection Timed Out",
    523: "Origin Is Unreachable",
    524: "A Timeout Occurred",
    525: "SSL Handshake Failed",
    526: "Invalid SSL Certificate",
    527: "Railgun Error",
    529: "Overloaded",
    530: "Origin Error",
    598: "Network Read Timeout",
    599: "Network Connect Timeout",
}


def name_of(status: int) -> str:
    """The name of a status; of one that nobody has assigned, what RFC 9110 says of its class."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        classed = {4: "an unassigned client error", 5: "an unassigned server error"}
        return _UNASSIGNED.get(status) or classed.get(status // 100, "not a status of HTTP")


def meaning_of(status: int) -> str:
    """What a status means, in a sentence; nothing where its name says all."""
    try:
        meaning = HTTPStatus(status).description
    except ValueError:
        return ""
    return f"{meaning.rstrip('.')}." if meaning else ""
