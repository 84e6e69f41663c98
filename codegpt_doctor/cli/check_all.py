"""``codegpt-doctor check --all``: every provider that can be tested from here, at once."""

import os
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import click

from codegpt_doctor.cli.arguments import CheckArguments
from codegpt_doctor.cli.conflicts import KEYS, flag, refuse_conflicts
from codegpt_doctor.cli.fail_on import judged
from codegpt_doctor.cli.formats import chosen_format
from codegpt_doctor.cli.output import echo, echo_json, tell
from codegpt_doctor.cli.settings import all_variables, resolved
from codegpt_doctor.doctor import run_check
from codegpt_doctor.model.exit_codes import ExitCode
from codegpt_doctor.model.explanation import SCHEMA_VERSION
from codegpt_doctor.output.contract import ReportData
from codegpt_doctor.output.report_data import TOOL, report_data
from codegpt_doctor.output.style import Style, style_of_stdout
from codegpt_doctor.probes.local_services import ask
from codegpt_doctor.providers.owners import by_key_variable
from codegpt_doctor.providers.provider import Provider, all_providers, load
from codegpt_doctor.settings.values import Options, Settings

ORDER: tuple[int, ...] = (ExitCode.PROBLEM, ExitCode.INCONCLUSIVE, ExitCode.HEALTHY)  # worst first
MARKS = {"healthy": "pass", "problem": "fail", "inconclusive": "skip"}
ALONE = ("provider", "base_url", "model", "organization", "project", *KEYS, "env_file")
ONE_RUN = ("watch", "watch_for", "sdk", "node", "otel", "report", "copy", "no_key", "verbose")
NOT_ALL = (*ALONE, "profile", "simulate", *ONE_RUN)
FORMATS = (None, "text", "json")


def check_all(chosen: CheckArguments) -> int:
    """Test every provider with a key, and every local server; the worst exit code of them."""
    given: Mapping[str, object] = chosen
    for name in NOT_ALL:
        if given[name]:
            raise click.UsageError(f"{flag(name)} works with a single run, not with --all.")
    if chosen["output_format"] not in FORMATS or chosen["short"]:
        raise click.UsageError("--all prints text, or JSON with --json.")
    refuse_conflicts(chosen)
    as_json = chosen_format(chosen) == "json"
    found = [resolved(_options(one, chosen)) for one in _testable()]
    head = {"schema_version": SCHEMA_VERSION, "tool": TOOL}
    if not found:
        tell("No provider's key is set, and no local server responds.")
        if as_json:
            echo_json({**head, "reports": [], "exit_code": int(ExitCode.INCONCLUSIVE)})
        return ExitCode.INCONCLUSIVE
    one_run = partial(_report, chosen=chosen)
    with ThreadPoolExecutor(len(found)) as pool:
        reports = sorted(pool.map(one_run, found), key=_badness)
    code = reports[0]["exit_code"]
    if as_json:
        echo_json({**head, "reports": reports, "exit_code": code})
        return code
    style = style_of_stdout(os.environ)
    width = max(len(load(report["target"]["provider"]).name) for report in reports)
    for report in reports:
        if not (chosen["quiet"] and report["status"] == "healthy"):
            echo(_line(report, style, width))
    return code


def _options(provider: str, chosen: CheckArguments) -> Options:
    """The options that are about the way, which is the same to every provider."""
    proxy, bundle = chosen["proxy"] or None, chosen["ca_bundle"] or None
    return Options(provider=provider, proxy=proxy, ca_bundle=bundle, direct=chosen["direct"])


def _testable() -> Iterator[str]:
    """The providers with a key or, of those on this machine, with a server that listens."""
    keys = by_key_variable(all_variables())
    local = [one for one in all_providers() if one.local]
    with ThreadPoolExecutor(
        len(local)
    ) as pool:  # Windows takes a second for each that is not there
        listening = {
            one.id
            for one, is_there in zip(local, pool.map(_listens, local), strict=True)
            if is_there
        }
    for one in all_providers():
        if one.id in listening or (not one.local and one.id in keys and _has_address(one)):
            yield one.id


def _has_address(one: Provider) -> bool:
    """Whether it is known where a provider is; each user of some has an address of their own."""
    return bool(one.base_url) or resolved(Options(provider=one.id)).base_url.source != "default"


def _listens(one: Provider) -> bool:
    """Whether a local server runs where it usually does, or where its variable says."""
    settings = resolved(Options(provider=one.id))
    if settings.base_url.source != "default":
        return True
    return any(ask("127.0.0.1", port).connected for port in one.ports)


def _report(settings: Settings, chosen: CheckArguments) -> ReportData:
    report = run_check(
        settings,
        timeout=chosen["timeout"],
        spend=not chosen["no_spend"],
        control=not chosen["no_control"],
        skip=chosen["skip"],
    )
    return judged(report_data(report), chosen["fail_on"])


def _badness(report: ReportData) -> int:
    return ORDER.index(report["exit_code"])


def _line(report: ReportData, style: Style, width: int) -> str:
    """One provider: how it is, and where to read on if anything is wrong."""
    found, status = report["diagnosis"], report["status"]
    mark = style.status(MARKS[status], style.symbols.marks[MARKS[status]])
    said = f"{found['title']} ({found['id']})" if found else status
    provider = report["target"]["provider"]
    name = f"{load(provider).name:<{width}}"
    more = "" if status == "healthy" else f"check --provider {provider}"
    return f"{mark} {name}  {said}" + (f"{style.symbols.dot}{more}" if more else "")
