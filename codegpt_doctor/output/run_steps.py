"""The steps of a fix after a run: filled with what it tested, without what it makes needless."""

import re
from collections.abc import Sequence

from codegpt_doctor import catalogue
from codegpt_doctor.catalogue import placeholders, steps
from codegpt_doctor.catalogue.pageless import ask_instead
from codegpt_doctor.model.report import Target
from codegpt_doctor.providers.selection import host_and_port
from codegpt_doctor.settings.url import is_loopback

THE_WAY_OUT = re.compile(r"\b(?:VPN|hotspot|hotel|IT department)\b|if your company uses one")
FOR_MODEL = re.compile(r"\{\{command\}\}(?=[^\n`]{0,200} --model )")


def steps_after(fix: str, target: Target) -> Sequence[steps.Step]:
    """The steps of a Fix section on this system, without those that the run makes needless.

    Where none would be left, all are.
    """
    values = _values(target)
    fix = FOR_MODEL.sub(target.commands.for_model.replace("\\", r"\\"), fix)
    fix = placeholders.fill(ask_instead(fix, values, values["host"]), values)
    found = steps.parse(fix, steps.this_system())
    left = [step for step in found if not _is_needless(step, target)]
    return [_without_this_run(step, target) for step in left or found]


def _is_needless(step: steps.Step, target: Target) -> bool:
    """Whether a step only tests again, or is about a network or a proxy that was not used."""
    code = [block.code for block in step.blocks]
    if code and not any(code):
        return True
    if target.proxy is not None:
        return False
    exempts = bool(code) and all("NO_PROXY" in one for one in code)
    here = is_loopback(host_and_port(target.base_url)[0])
    return exempts or (here and THE_WAY_OUT.search(step.line) is not None)


def _without_this_run(step: steps.Step, target: Target) -> steps.Step:
    """A step without the command that was run, which is no help below its own output."""
    own = ("", target.commands.again)
    return step._replace(blocks=tuple(one for one in step.blocks if one.code.strip() not in own))


def _values(target: Target) -> dict[str, str]:
    """What the placeholders stand for after a run."""
    values = placeholders.run_values(
        catalogue.providers().get(target.console or target.provider, {}),
        host=host_and_port(target.base_url)[0],
        base_url=target.base_url,
        model=target.model,
        organization=target.organization,
        command=target.commands.again,
    )
    variable = target.commands.key_variable or values["key_variable"]
    return {**values, "key_variable": variable, "again": ""}
