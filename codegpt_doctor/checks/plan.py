"""Starts every probe of a run at once; what needs another one's result waits for it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from codegpt_doctor.checks.infer import ask, infer, knock
from codegpt_doctor.checks.route import Way
from codegpt_doctor.engine.background import Background, Task
from codegpt_doctor.engine.check import Context
from codegpt_doctor.model.observation import Connections, Exchange, Failure, Resolution
from codegpt_doctor.model.report import Stage
from codegpt_doctor.net import resolve
from codegpt_doctor.net.client import Client
from codegpt_doctor.net.dialer import ConnectionFailedError, Dialer
from codegpt_doctor.net.proxy import ChosenProxy, proxy_for
from codegpt_doctor.net.trust import STORE_VARIABLES, TlsContext, trust_in
from codegpt_doctor.net.tunnel import Proxy
from codegpt_doctor.probes import billing
from codegpt_doctor.probes.inference import Inference
from codegpt_doctor.providers.address import asked_at
from codegpt_doctor.providers.dialects import takes_openais_client
from codegpt_doctor.providers.dialects.wire import Request, base_path
from codegpt_doctor.providers.keys import Use, may_go
from codegpt_doctor.providers.provider import load
from codegpt_doctor.settings.values import Key, Settings

if TYPE_CHECKING:
    from codegpt_doctor.probes.node import NodeAnswer, Runtime
    from codegpt_doctor.probes.sdk import SdkAnswer

KEY_INFO = ("deepseek", "openrouter", "xai")  # the forms of what tells of money, or of a block
REFUSING = (400, 401, 403)  # with which a provider refuses a key
MAX_OTHERS = 2  # keys that are tried beside the one that is used
GRACE = 0.1  # seconds in which a request that came to its deadline can still say how far it came


class Plan(NamedTuple):
    """The way of a run and its probes, each under way; None for one that is not asked for.

    ``dns`` is about the name of the target, where it is looked up on this machine; ``tcp`` is about
    the first machine that is connected to, the target itself or the proxy.
    ``fault`` is why the proxy's address cannot be read.  ``accepting`` are the trust stores that
    accept the certificate; they are asked where a variable names one, as programs differ only then.
    ``knock`` is a request without a key, where none may be sent and there is no list to ask for.
    ``runtime`` is the Node.js that is asked as well, where that is wanted.
    """

    way: Way | None = None
    dialer: Dialer | None = None
    proxy: ChosenProxy | None = None
    fault: str | None = None
    trust: Task[TlsContext] | None = None
    accepting: Task[tuple[str, ...]] | None = None
    dns: Task[Resolution] | None = None
    tcp: Task[Connections] | None = None
    models: Task[Exchange] | None = None
    knock: Task[Exchange] | None = None
    inference: Task[Inference] | None = None
    further: Mapping[str, Task[Inference]] = {}
    others: Task[list[tuple[Key, Exchange]]] | None = None
    key_info: Task[Exchange] | None = None
    costs: Task[list[Exchange]] | None = None
    spend_limit: Task[Exchange] | None = None
    sdk: Task["list[SdkAnswer]"] | None = None
    runtime: "Runtime | None" = None
    node: Task["NodeAnswer"] | None = None


PathContext: TypeAlias = Context[Plan]


def way_of(context: PathContext) -> Way:
    """The way of a run."""
    return context.plan.way or Way(context.settings, context.background)


def start_probes(
    way: Way,
    background: Background,
    spend: bool,
    sdk: bool = False,
    runtime: "Runtime | None" = None,
) -> Plan:
    """Begin everything that the checks will ask for."""
    path = start_path(way, background)
    plan = start_admin(start_requests(path, way, background, spend), way, background)
    import codegpt_doctor.net.session  # noqa: F401 - while the connections come about

    if sdk and plan.inference and plan.fault is None and takes_openais_client_at(way.settings):
        asked = partial(_ask_sdk, way, plan.inference, spend, background.deadline)
        plan = plan._replace(sdk=background.start(asked))
    return _start_node(plan, way, background, spend, runtime)


def _start_node(
    plan: Plan, way: Way, background: Background, spend: bool, runtime: "Runtime | None"
) -> Plan:
    """Begin to ask through Node.js what this run asks itself, where there is a key to ask with."""
    if runtime is None:
        return plan
    settings = way.settings_for_sdk()
    if settings.direct or settings.proxy:
        runtime = runtime._replace(proxy=proxy_for(settings))
    plan = plan._replace(runtime=runtime)
    if plan.dialer is None or plan.inference is None or not runtime.can_be_asked:
        return plan
    asked = partial(_ask_node, runtime, plan.dialer, settings, plan.inference, spend)
    return plan._replace(node=background.start(asked))


def takes_openais_client_at(settings: Settings) -> bool:
    """Whether OpenAI's own client can be asked for a second opinion about the target."""
    return takes_openais_client(load(settings.provider), asked_at(settings))


def start_path(way: Way, background: Background) -> Plan:
    """Begin to go the way to the target; the plan's dialer opens connections to it."""
    settings, chosen = way.settings, way.proxy
    trust = trust_in(settings.ca_bundle.value if settings.ca_bundle else None)
    context = background.start(trust.context)
    proxy, unreadable = _proxy_of(chosen)
    dialer = Dialer(
        settings.url.split,
        partial(_unreadable, unreadable),
        trust._replace(context=context.result),
        proxy,
        background.deadline - GRACE,
    )
    plan = Plan(way, dialer, chosen, trust=context)
    if unreadable:
        return plan._replace(fault=str(unreadable))
    hop = background.start(partial(_resolve_proxy, proxy)) if proxy else way.named()
    tcp = background.start(partial(_connect, hop, proxy.port if proxy else dialer.port, dialer))
    dialer.addresses = partial(_addresses, hop)
    dns = None if proxy else hop
    if proxy and not proxy.resolves:
        dns = way.named()
        dialer.targets = partial(_addresses, dns)
    return plan._replace(dns=dns, tcp=tcp, accepting=_start_stores(dialer, way, background))


def _start_stores(dialer: Dialer, way: Way, background: Background) -> Task[tuple[str, ...]] | None:
    environment = way.settings.environment
    if dialer.url.scheme != "https" or not any(map(environment.get, STORE_VARIABLES)):
        return None
    from codegpt_doctor.net.accepting import accepting

    return background.start(partial(accepting, dialer, environment))


def _proxy_of(chosen: ChosenProxy | None) -> tuple[Proxy | None, ValueError | None]:
    """The proxy to go through, or why its address cannot be read."""
    try:
        return (Proxy.from_url(chosen.url) if chosen else None), None
    except ValueError as error:
        return None, error


def _unreadable(error: ValueError | None) -> Sequence[str]:
    raise ConnectionFailedError(Failure(Stage.PROXY, "ProxyURL", str(error)))


def _resolve_proxy(proxy: Proxy) -> Resolution:
    """Look up the name of a proxy; where it is not found, that is a failure at the proxy."""
    seen = resolve.resolve(proxy.host, proxy.port)
    return seen._replace(failure=seen.failure._replace(stage=Stage.PROXY)) if seen.failure else seen


def _addresses(named: Task[Resolution]) -> Sequence[str]:
    seen = named.result()
    if seen.failure:
        raise ConnectionFailedError(seen.failure)
    return seen.addresses


def _connect(named: Task[Resolution], port: int, dialer: Dialer) -> Connections:
    seen = named.result()
    if seen.failure:
        return Connections(seen.operation, seen.duration_ms, seen.failure)
    found = resolve.connect(seen.addresses, port, dialer.patience())
    if found.failure and dialer.proxy:
        return found._replace(failure=found.failure._replace(stage=Stage.PROXY))
    return found


def start_requests(
    plan: Plan, way: Way, background: Background, spend: bool, models: int | None = None
) -> Plan:
    """Begin the requests with the ordinary key; where it cannot be sent, no model is asked.

    ``models`` is how many of the chosen models are asked at most.
    """
    settings = way.settings
    may_ask = way.decision().is_sent
    key = settings.key if may_ask else None
    if plan.dialer is None:
        return plan
    client = Client(plan.dialer, settings, key)
    asked = client.dialect.list_request(client.provider, client.base_url)
    listed = background.start(partial(client.ask, asked)) if asked else None
    if not may_ask:
        heard = None if listed else background.start(partial(knock, settings, client))
        return plan._replace(models=listed, knock=heard)
    about = key_info_request(settings)
    key_info = background.start(partial(client.ask, about)) if about and settings.key else None
    until = (monotonic() + background.deadline) / 2
    first = background.start(partial(infer, settings, client, listed, spend, until))
    further = {
        value.value: background.start(partial(ask, settings, client, value.value))
        for value in (settings.models[1:models] if spend else ())
    }
    others = background.start(partial(_try_others, way, plan.dialer, listed)) if listed else None
    return plan._replace(
        models=listed, inference=first, further=further, others=others, key_info=key_info
    )


def key_info_request(settings: Settings) -> Request | None:
    """The request by which a key asks about itself; None where the provider has no such endpoint.

    It is below the provider's own path, whichever of its paths the models are asked at.
    """
    provider = load(settings.provider)
    if provider.key_info is None or provider.key_info.shape not in KEY_INFO:
        return None
    path = base_path(provider.base_url) + provider.key_info.path
    return Request("GET", path)


def start_list(plan: Plan, way: Way, background: Background) -> Plan:
    """Begin to ask for the list of models alone, with the key where it may go there."""
    settings = way.settings
    if plan.dialer is None:
        return plan
    client = Client(plan.dialer, settings, settings.key if way.decision().is_sent else None)
    asked = client.dialect.list_request(client.provider, client.base_url)
    return plan._replace(models=background.start(partial(client.ask, asked))) if asked else plan


def _try_others(way: Way, dialer: Dialer, listed: Task[Exchange]) -> list[tuple[Key, Exchange]]:
    """Ask for the list of models with the keys that are not used, where the one that is fails."""
    if not way.settings.searched.others or way.settings.key is None:
        return []
    if listed.result().http_status not in REFUSING:
        return []
    tried = []
    for other in way.settings.searched.others[:MAX_OTHERS]:
        settings = replace(way.settings, key=other)
        if may_go(other, Use.MODELS, settings, way.route).is_sent:
            client = Client(dialer, settings, other)
            asked = client.dialect.list_request(client.provider, client.base_url)
            tried += [(other, client.ask(asked))] if asked else []
    return tried


def start_admin(plan: Plan, way: Way, background: Background) -> Plan:
    """Begin to ask for the costs and the limit of the month, where there is an admin key."""
    settings = way.settings
    if plan.dialer is None or settings.admin_key is None or not way.admin_decision().is_sent:
        return plan
    admin = Client(plan.dialer, settings, settings.admin_key, identity=False)
    month = datetime.now(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return plan._replace(
        costs=background.start(lambda: billing.costs(admin, month)),
        spend_limit=background.start(lambda: billing.spend_limit(admin)),
    )


def _ask_sdk(
    way: Way, inference: Task[Inference], spend: bool, deadline: float
) -> "list[SdkAnswer]":
    from codegpt_doctor.probes import sdk

    model = inference.result().model
    return sdk.ask(
        way.settings_for_sdk(), model if spend else None, max(0.1, deadline - monotonic())
    )


def _ask_node(
    runtime: "Runtime", dialer: Dialer, settings: Settings, inference: Task[Inference], spend: bool
) -> "NodeAnswer":
    from codegpt_doctor.probes import node

    model = inference.result().model
    return node.ask(runtime, dialer, settings, model if spend else None)
