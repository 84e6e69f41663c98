"""Where the requests of a run go, and whether a key may go with them."""

from collections.abc import Sequence
from dataclasses import replace

from codegpt_doctor.engine.background import UnfinishedError
from codegpt_doctor.engine.check import Context
from codegpt_doctor.model.observation import Observation
from codegpt_doctor.net import resolve
from codegpt_doctor.net.proxy import proxy_for
from codegpt_doctor.providers.keys import Decision, Route, Use, may_go
from codegpt_doctor.settings.url import literal
from codegpt_doctor.settings.values import Settings


def route_of(context: Context) -> Route:
    """The way to the base URL: its proxy, and the very addresses that are connected to."""
    proxy = proxy_for(context.settings)
    return Route(proxy.source if proxy else None, lambda: target_addresses(context))


def target_addresses(context: Context) -> Sequence[str]:
    """What the host of the base URL resolved to; nothing where that failed or never ended.

    No proxy may be in use: it is the proxy then whose name is asked for.
    """
    url = context.settings.url
    address = literal(url.host)
    if address:
        return (str(address),)
    start_resolving(context, url.host, url.actual_port)
    try:
        named: Observation = context.background.result("dns")
    except UnfinishedError:
        return ()
    addresses: Sequence[str] = named.facts.get("addresses", ()) if not named.failure else ()
    return addresses


def start_resolving(context: Context, host: str, port: int) -> None:
    """Begin to ask for the addresses of a host, once in a run: all that follows uses the same."""
    if not context.background.started("dns"):
        context.background.start("dns", lambda: resolve.resolve(host, port))


def decision(context: Context) -> Decision:
    """Whether the key of the settings goes to the base URL."""
    return may_go(context.settings.key, Use.MODELS, context.settings, route_of(context))


def admin_decision(context: Context) -> Decision:
    """Whether the admin key of the settings goes to the base URL."""
    return may_go(
        context.settings.admin_key, Use.ADMINISTRATION, context.settings, route_of(context)
    )


def settings_for_sdk(context: Context) -> Settings:
    """The settings for a client that looks for its own way: without encryption it gets none.

    Its rules for NO_PROXY and its next answer of the resolver may be others than those by which it
    was decided that the key stays on this machine.
    """
    settings = context.settings
    if settings.url.is_encrypted or settings.allow_http:
        return settings
    named = not literal(settings.host) and settings.host != "localhost"
    url = settings.url.at(target_addresses(context)[0]) if named else settings.url
    return replace(settings, direct=True, base_url=replace(settings.base_url, value=url.text))
