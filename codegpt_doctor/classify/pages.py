"""The sites that are named on the pages of browsers and firewalls, where a site does not answer."""

import re

from codegpt_doctor.classify.rule import Rule, Table

_FLAGS = re.IGNORECASE | re.ASCII

BEFORE_A_SITE = Table(
    flags=_FLAGS,
    rules=(
        Rule(
            r"\bsteal your information from |\bduring a connection to |\bfind the server at ",
            "a browser about a certificate or a name",
            "Attackers might be trying to steal your information from intranet.example.org",
        ),
        Rule(
            r"\byou are unable to access |\b(?:owner of )?this website \(",
            "a firewall before a site",
            "Sorry, you have been blocked. You are unable to access shop.example",
        ),
    ),
)
AFTER_A_SITE = Table(
    flags=_FLAGS,
    rules=(
        Rule(
            r" (?:refused to connect|took too long to respond|unexpectedly closed the connection"
            r"|redirected you too many times|uses an unsupported protocol|sent an invalid response"
            r"|host error|normally uses encryption|didn.t send any data"
            r"|is currently unable to handle)\b",
            "a browser about a site that does not answer",
            "intranet.corp.example refused to connect.",
            "api.example.com refused the key",
        ),
        Rule(
            r".s (?:server )?(?:DNS|IP) address could not be found",
            "the same about its name",
            "wiki.example.org's server IP address could not be found.",
        ),
        Rule(
            r" (?:ha rechazado la conexión|tardó demasiado en responder"
            r"|demorou muito para responder|recusou (?:a conexão|estabelecer ligação)"
            r"|hat die Verbindung abgelehnt|a refusé de se connecter|a mis trop de temps"
            r"|拒绝了我们的连接请求|で接続が拒否されました)",
            "the same in other languages",
            "tienda.example ha rechazado la conexión.",
        ),
    ),
)
_SITE = r"((?:[A-Za-z0-9-]{1,63}\.){1,9}[A-Za-z]{2,24})"
# a site has neither a port nor a path there: their groups are empty, not missing
SITES = (
    re.compile(rf"(?:{BEFORE_A_SITE.source()}){_SITE}()()", _FLAGS),
    re.compile(rf"(?<![\w@/.-]){_SITE}()()(?={AFTER_A_SITE.source()})", _FLAGS),
)
