"""Where the requests of a run go, and whether a key may go with them."""

from collections.abc import Sequence
from dataclasses import replace

from codegpt_doctor.engine.background import Background, Task, UnfinishedError
from codegpt_doctor.model.observation import Resolution
from codegpt_doctor.net import resolve
from codegpt_doctor.net.proxy import proxy_for
from codegpt_doctor.providers.keys import (
    SENT,
    Decision,
    Refusal,
    Route,
    Use,
    bytes_may_go,
    may_go,
    needs_no_key,
)
from codegpt_doctor.settings.url import literal
from codegpt_doctor.settings.values import Settings


class Way:
    """The way of one run to its base URL: the proxy, and the very addresses that are connected to.

    Args:
        settings: the base URL, the keys, and whether proxies are used.
        background: asks for the addresses.
    """

    def __init__(self, settings: Settings, background: Background) -> None:
        self.settings = settings
        self.proxy = proxy_for(settings)
        self._background = background
        self._named: Task[Resolution] | None = None

    def named(self) -> Task[Resolution]:
        """The addresses of the base URL's host, asked for once: all that follows uses the same."""
        if self._named is None:
            url = self.settings.url
            self._named = self._background.start(lambda: resolve.resolve(url.host, url.actual_port))
        return self._named

    def addresses(self) -> Sequence[str]:
        """What the host resolved to; nothing where that failed or never ended."""
        address = literal(self.settings.url.host)
        if address:
            return (str(address),)
        try:
            return self.named().result().addresses
        except UnfinishedError:
            return ()

    @property
    def route(self) -> Route:
        """What decides whether the bytes stay on this machine."""
        return Route(self.proxy.source if self.proxy else None, self.addresses)

    def decision(self) -> Decision:
        """Whether the key of the settings goes to the base URL; a local server needs none."""
        if self.settings.key is None and needs_no_key(self.settings):
            decision = bytes_may_go(self.settings, self.route)
            return SENT if decision.refusal is Refusal.UNENCRYPTED else decision
        return may_go(self.settings.key, Use.MODELS, self.settings, self.route)

    def admin_decision(self) -> Decision:
        """Whether the admin key of the settings goes to the base URL."""
        return may_go(self.settings.admin_key, Use.ADMINISTRATION, self.settings, self.route)

    def settings_for_sdk(self) -> Settings:
        """The settings for a client that looks for its own way: without encryption it gets none.

        Its rules for NO_PROXY and its next answer of the resolver may be others than those by which
        it was decided that the key stays on this machine.
        """
        settings = self.settings
        if settings.url.is_encrypted or settings.allow_http:
            return settings
        named = not literal(settings.host) and settings.host != "localhost"
        url = settings.url.at(self.addresses()[0]) if named else settings.url
        return replace(settings, direct=True, base_url=settings.base_url._replace(value=url.text))
