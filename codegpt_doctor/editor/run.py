"""A run about the editor, alone or as the last part of a check of the API."""

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from time import monotonic

from codegpt_doctor.editor.check_hosts import check_hosts
from codegpt_doctor.editor.check_installation import (
    check_editor,
    check_extension,
    check_key_files,
    check_proxy_settings,
    check_remote,
)
from codegpt_doctor.editor.check_local_models import check_local_models
from codegpt_doctor.editor.check_service import check_hostname, check_service
from codegpt_doctor.editor.discovery import find_editors, owns_terminal, pid_of
from codegpt_doctor.editor.environment import EditorEnvironment, local_models
from codegpt_doctor.editor.git_index import is_tracked
from codegpt_doctor.editor.keys import FoundKey, files_with_keys, find_keys
from codegpt_doctor.editor.machine import Machine
from codegpt_doctor.editor.plan import EditorPlan
from codegpt_doctor.engine.background import Background, Task
from codegpt_doctor.engine.check import Check, Context
from codegpt_doctor.engine.runner import report_on, run_checks
from codegpt_doctor.model.observation import Exchange
from codegpt_doctor.model.report import CheckResult, Report, Stage, Target
from codegpt_doctor.probes.listeners import program_of
from codegpt_doctor.probes.local_services import (
    observe_hostname,
    observe_local_models,
    observe_service,
)
from codegpt_doctor.probes.reach import reach
from codegpt_doctor.settings.values import Settings

HOST_PATIENCE = 6.0  # seconds for the hosts of CodeGPT, which is not what a check waits for

EDITOR_CHECKS = (
    Check("editor", "Editor", Stage.EDITOR, check_editor),
    Check("extension", "CodeGPT", Stage.EDITOR, check_extension),
    Check("remote", "Where it runs", Stage.EDITOR, check_remote),
    Check("hostname", "HOSTNAME", Stage.EDITOR, check_hostname),
    Check("service", "Local service", Stage.EDITOR, check_service),
    Check("codegpt_hosts", "CodeGPT hosts", Stage.EDITOR, check_hosts),
    Check("editor_proxy", "Editor proxy", Stage.EDITOR, check_proxy_settings),
    Check("key_files", "Keys in files", Stage.EDITOR, check_key_files),
    Check("local_models", "Local models", Stage.EDITOR, check_local_models),
)


def run_editor_checks(
    place: EditorEnvironment,
    settings: Settings,
    timeout: float,
    on_result: Callable[[CheckResult], object] = lambda _: None,
) -> Report:
    """Run every check about the editor.

    Args:
        place: what to look at, from ``find_environment``.
        settings: the trust store, and the secrets to keep out of the output.
        timeout: seconds for the whole run.
        on_result: told each result as soon as it is there.
    """
    context: Context[object] = Context(settings, Background.within(timeout))
    results = editor_results(place, context)
    target = Target("codegpt", f"https://{place.hosts[0][0]}")
    return report_on(results, context.background, on_result, lambda: target, proof=None)


def editor_results(place: EditorEnvironment, context: Context[object]) -> Iterator[CheckResult]:
    """Begin everything that takes time, at once; the result of every check in turn."""
    planned = Task.now(partial(begin, place, context))
    return run_checks(
        EDITOR_CHECKS,
        Context(
            context.settings,
            context.background,
            context.spend,
            context.control,
            planned,
            context.results,
        ),
    )


def find_environment(machine: Machine) -> EditorEnvironment:
    """The machine with its editors."""
    models = local_models(machine.environment)
    return EditorEnvironment(machine, find_editors(machine), models=models)


def begin(place: EditorEnvironment, context: Context[object]) -> EditorPlan:
    """Begin everything that takes time, at once."""
    start = context.background.start
    plan = EditorPlan(place)
    if not place.editors:
        return plan
    plan = replace(
        plan,
        key_files=start(partial(keys_of, place)),
        local_models=start(partial(observe_local_models, place.models)),
    )
    if not place.with_codegpt:
        return plan
    name = place.machine.environment.get("HOSTNAME")
    return replace(
        plan,
        running=start(partial(_running, place)),
        service=start(partial(observe_service, place.ports)),
        hostname=start(partial(observe_hostname, name, place.ports[0])) if name else None,
        hosts=_hosts(place, context) if context.control else {},
    )


def _hosts(place: EditorEnvironment, context: Context[object]) -> Mapping[str, Task[Exchange]]:
    until = min(context.background.deadline, monotonic() + HOST_PATIENCE)
    return {
        host: context.background.start(partial(reach, host, port, context.settings, until))
        for host, port in place.hosts
    }


def _running(place: EditorEnvironment) -> Mapping[str, str]:
    """The program of each editor that runs now, by the editor's title."""
    found = {}
    for editor in place.with_codegpt:
        pid = pid_of(editor)
        program = program_of(pid) if pid else ""
        if owns_terminal(editor, place.machine):
            program = editor.place.product.command
        if program:
            found[editor.place.title] = program
    return found


def keys_of(place: EditorEnvironment) -> list[FoundKey]:
    """The keys in the files of a person, and in a `.env` that git has."""
    machine = place.machine
    settings = [editor.place.settings for editor in place.editors]
    found = list(find_keys(files_with_keys(machine, settings)))
    dotenv = os.path.join(machine.folder, ".env")
    in_dotenv = list(find_keys([(dotenv, "tracked by git")]))
    return [*found, *(in_dotenv if in_dotenv and is_tracked(dotenv) else ())]
