"""The rate limits of a key and its project: the JSON contract of ``limits``, and what is read."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from codegpt_doctor import catalogue
from codegpt_doctor.billing.data import finding_data, gap_data, key_data
from codegpt_doctor.billing.report import Limits
from codegpt_doctor.billing.text import gap_lines, heading, item, key_line
from codegpt_doctor.catalogue import Entry
from codegpt_doctor.findings.windows import Window
from codegpt_doctor.model.explanation import SCHEMA_VERSION
from codegpt_doctor.output.cause_text import cause_lines, named_cause, result_lines
from codegpt_doctor.output.lines import duration, wrap_line
from codegpt_doctor.output.report_data import TOOL
from codegpt_doctor.output.style import Style
from codegpt_doctor.providers.provider import load
from codegpt_doctor.redact import scrub_data

Data = Mapping[str, Any]
SHORT = {
    "requests_per_1_minute": "requests/min",
    "tokens_per_1_minute": "tokens/min",
    "requests_per_1_day": "requests/day",
    "images_per_1_minute": "images/min",
    "audio_megabytes_per_1_minute": "audio MB/min",
    "batch_1_day_input_tokens": "batch tokens/day",
}
NOT_OF_A_KEY = {"chatgpt_plan_limit"}  # of a sign-in, so that no key meets it
MODES = {
    "allow_list": "may use only these models",
    "deny_list": "may use all models except these",
}
LABEL_WIDTH = 10


def limits_data(run: Limits, model: str | None = None) -> dict[str, Any]:
    """A run as the JSON contract has it; of a model that is given, only its own limits."""
    models = [one for one in run.models or () if model in (None, one.model)]
    key = key_data(run.key) if run.key else None
    if run.key and key:
        for told, window in zip(key["rate_limits"], run.key.windows, strict=True):
            told["resets_at"] = _resets_at(window, run.now)
    data = {
        "schema_version": SCHEMA_VERSION,
        "tool": TOOL,
        "status": run.status,
        "provider": run.provider,
        "base_url": run.base_url,
        "as_of": _iso(run.now),
        "key": key,
        "wait": {"seconds": run.wait.seconds, "reason": run.wait.reason} if run.wait else None,
        "tier": {"consistent_with": run.tier, "page": load(run.provider).pages.limits},
        "project": {
            "project_id": run.project.id,
            "name": run.project.name,
            "source": run.project_source,
        }
        if run.project
        else None,
        "by_model": [{"model": one.model, "limits": dict(one.limits)} for one in models],
        "permissions": {"mode": run.permissions.mode, "models": list(run.permissions.models)}
        if run.permissions
        else None,
        "meanings": [_meaning(entry, run) for entry in _of_429(run.provider)],
        "gaps": [gap_data(gap) for gap in run.gaps],
        "notes": list(run.notes),
        "diagnosis": finding_data(run.finding, run.target) if run.finding and run.target else None,
        "duration_ms": run.duration_ms,
        "exit_code": int(run.exit_code),
    }
    scrubbed: dict[str, Any] = scrub_data(data)
    return scrubbed


def _iso(time: datetime) -> str:
    return time.isoformat(timespec="seconds").replace("+00:00", "Z")


def _resets_at(window: Window, now: datetime) -> str | None:
    if window.resets_in is None:
        return None
    return _iso(now + timedelta(seconds=window.resets_in))


def _of_429(provider: str) -> list[Entry]:
    """The errors of money and limits that a provider gives with a 429, the passing ones first."""
    found = [entry for entry in catalogue.entries(provider) if entry.family == "quota"]
    own = [entry for entry in found if entry.provider == provider]
    found = own or found
    found = [entry for entry in found if 429 in entry.statuses and not entry.generic]
    found = [entry for entry in found if entry.id not in NOT_OF_A_KEY]
    return sorted(found, key=lambda entry: entry.retry == "no")


def _meaning(entry: Entry, run: Limits) -> dict[str, Any]:
    return {
        "id": entry.id,
        "title": entry.title,
        "retry": entry.retry,
        "who": entry.who,
        "here": _here(entry.id, run),
    }


def _here(entry_id: str, run: Limits) -> str | None:
    """The limit that the error is about, where the headers told it."""
    windows = {one.kind: one for one in (run.key.windows if run.key else ())}
    requests, tokens = windows.get("requests"), windows.get("tokens")
    daily = requests is not None and requests.per == "day"
    if requests and entry_id == ("rate_limit_daily" if daily else "rate_limit_requests"):
        return f"more than {requests.limit:,} requests a {'day' if daily else 'minute'}"
    if tokens and entry_id == "rate_limit_tokens":
        return f"more than {tokens.limit:,} tokens a minute"
    if tokens and entry_id == "request_too_large":
        return f"one request of more than {tokens.limit:,} tokens"
    return None


def limits_text(data: Data, style: Style) -> str:
    """Everything: how long to wait, the windows, the project, and what each 429 would mean.

    Once the cause is known, what else could be and what is not known are left to the JSON.
    """
    blocks = [
        _header(data, style),
        [*_summary(data, style)],
        [*_windows(data, style)],
        [*_models(data, style)],
        [*_permissions(data, style)],
    ]
    if data["diagnosis"]:
        wait = data["wait"]["seconds"] if data["wait"] else None
        cause = named_cause(data["diagnosis"], data["duration_ms"])
        blocks.append([*cause_lines(data["diagnosis"], style, wait=wait)])
        blocks.append(result_lines("fail", cause, style))
    else:
        blocks += [*(list(block) for block in _meanings(data, style)), [*gap_lines(data, style)]]
    return "\n\n".join("\n".join(block) for block in blocks if block)


def _header(data: Data, style: Style) -> list[str]:
    parts = [load(data["provider"]).name, data["base_url"]]
    parts += [data["key"]["model"]] if data["key"] and data["key"]["model"] else []
    return heading(style.symbols.dot.join(parts), style)


def _summary(data: Data, style: Style) -> Iterator[str]:
    facts = [("Key", key_line(data["key"], data["provider"]))]
    if data["wait"]:
        facts.append(("Wait now", _wait(data["wait"])))
    if data["key"] and data["key"]["rate_limits"]:
        tier = data["tier"]["consistent_with"]
        page = data["tier"]["page"]
        facts += [_tier(tier, page, data["provider"])] if page else []
    facts += [("Note", note) for note in data["notes"]]
    for label, text in facts:
        first, *rest = wrap_line(text, style.width - LABEL_WIDTH - 2)
        yield f"  {label:<{LABEL_WIDTH}}{first}"
        yield from (" " * (LABEL_WIDTH + 2) + line for line in rest)


def _tier(tier: str | None, page: str, provider: str) -> tuple[str, str]:
    """The tier that the limits hint at, and where it stands for certain."""
    if not load(provider).tiers:
        return "Limits", f"the account's limits are on {page}"
    said = f"the limits are consistent with {tier}" if tier else "the limits fit no known tier"
    return "Tier", f"{said}; only {page} says for certain"


def _wait(wait: Data) -> str:
    seconds, reason = wait["seconds"], wait["reason"]
    if seconds is None:
        return str(reason)
    return f"{duration(seconds)}: {reason}" if seconds else f"not needed: {reason}"


def _windows(data: Data, style: Style) -> Iterator[str]:
    windows = data["key"]["rate_limits"] if data["key"] else []
    if not windows:
        return
    yield from heading("What the response headers say", style)
    rows = [["window", "limit", "left", "full again in", "at (UTC)"]]
    for one in windows:
        name = one["kind"].replace("-", " ") + (f" a {one['per']}" if one["per"] else "")
        left = "?" if one["left"] is None else f"{one['left']:,}"
        known = one["resets_in_s"] is not None
        resets = duration(one["resets_in_s"]) if known else one["reset"] or "?"
        rows.append(
            [name, f"{one['limit']:,}", left, resets, one["resets_at"][11:19] if known else "?"]
        )
    yield from _table(rows, style)


def _models(data: Data, style: Style) -> Iterator[str]:
    if not data["by_model"]:
        return
    project = data["project"]
    name = project["name"] or project["project_id"]
    yield from heading(f"Limits of project {name}, {project['source']}", style)
    kinds = dict.fromkeys(kind for one in data["by_model"] for kind in one["limits"])
    rows = [["model", *(SHORT.get(kind, kind) for kind in kinds)]]
    for one in data["by_model"]:
        told = [one["limits"].get(kind) for kind in kinds]
        rows.append([one["model"], *("-" if each is None else f"{each:,}" for each in told)])
    yield from _table(rows, style)


def _table(rows: Sequence[Sequence[str]], style: Style) -> Iterator[str]:
    """Columns, the first to the left; where they do not fit, each row in words."""
    widths = [max(len(row[number]) for row in rows) for number in range(len(rows[0]))]
    if sum(widths) + 2 * len(widths) > style.width:
        head = rows[0]
        for name, *cells in rows[1:]:
            told = [f"{what} {cell}" for what, cell in zip(head[1:], cells, strict=True)]
            yield from item(f"{name}: {', '.join(told)}", style)
        return
    for number, row in enumerate(rows):
        cells = [f"{row[0]:<{widths[0]}}"]
        cells += [f"{cell:>{width}}" for cell, width in zip(row[1:], widths[1:], strict=True)]
        line = "  " + "  ".join(cells)
        yield style.dim(line) if number == 0 else line


def _permissions(data: Data, style: Style) -> Iterator[str]:
    told = data["permissions"]
    if told:
        mode = MODES.get(told["mode"], told["mode"])
        yield from heading(f"The project {mode}", style)
        yield from item(", ".join(told["models"]) or "none", style)


def _meanings(data: Data, style: Style) -> Iterator[Iterator[str]]:
    """Each 429 in a line, those that pass by themselves before those that do not."""
    passing = [one for one in data["meanings"] if one["retry"] != "no"]
    lasting = [one for one in data["meanings"] if one["retry"] == "no"]
    if passing:
        yield _kinds("A 429 that goes away on its own: wait, then retry", passing, style)
    if lasting:
        yield _kinds("A 429 that waiting does not help", lasting, style)


def _kinds(title: str, meanings: Sequence[Data], style: Style) -> Iterator[str]:
    yield from heading(title, style)
    for one in meanings:
        here = f", here {one['here']}" if one["here"] else ""
        yield from item(f"{one['id']}: {one['title']}{here}", style)
