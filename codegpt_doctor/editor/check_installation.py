"""The editor as its files describe it: versions, surroundings, proxy settings, keys in files."""

from collections.abc import Callable, Iterator

from codegpt_doctor.editor.discovery import Editor
from codegpt_doctor.editor.environment import EditorEnvironment
from codegpt_doctor.editor.keys import FoundKey
from codegpt_doctor.editor.plan import EditorContext
from codegpt_doctor.editor.preferences import NO_PROXY, PROXY, STRICT, SUPPORT, Preferences
from codegpt_doctor.editor.remote import (
    dev_container,
    has_tunnel,
    in_tunnel,
    is_container,
    surroundings,
)
from codegpt_doctor.editor.versions import (
    FIRST_WITH_NODE_20,
    FIXED_EXTENSION,
    NEEDED_NODE,
    is_older,
)
from codegpt_doctor.model.explanation import Evidence
from codegpt_doctor.model.report import Finding, Outcome, Status
from codegpt_doctor.providers.keys import kind_of, owner_of
from codegpt_doctor.redact import mask
from codegpt_doctor.settings.values import Key

NO_EDITOR = "no editor of the VS Code family was found on this machine"
NOT_LLM = (None, "github", "aws", "azure")


def workplace(context: EditorContext) -> EditorEnvironment:
    """What the run looks at."""
    return context.plan.place


def skip_without_editor(context: EditorContext) -> Outcome | None:
    """Why the question makes no sense on this machine, or None."""
    if workplace(context).editors:
        return None
    return Outcome(Status.SKIP, NO_EDITOR, skipped_because=NO_EDITOR)


def skip_without_codegpt(context: EditorContext) -> Outcome | None:
    """Why there is nothing to ask about CodeGPT on this machine, or None."""
    if workplace(context).with_codegpt:
        return None
    missing = "CodeGPT is not installed"
    return skip_without_editor(context) or Outcome(Status.SKIP, missing, skipped_because=missing)


def check_editor(context: EditorContext) -> Outcome:
    """Which editors are there, and are they new enough for CodeGPT?"""
    place = workplace(context)
    nothing = skip_without_editor(context)
    if nothing:
        return nothing
    said = ", ".join(editor.title for editor in place.editors)
    facts = {"editors": [_facts(editor, place) for editor in place.editors]}
    old = [editor for editor in place.with_codegpt if _is_too_old(editor)]
    if not old:
        return Outcome(Status.PASS, said, observations=facts)
    lines = [_too_old(editor) for editor in old]
    status = Status.FAIL if len(old) == len(place.with_codegpt) else Status.WARN
    finding = Finding(
        "codegpt_editor_outdated",
        tuple(Evidence("editor", line) for line in lines),
        detail=f"{lines[0]}.",
    )
    return Outcome(status, "; ".join(lines), finding, observations=facts)


def _facts(editor: Editor, place: EditorEnvironment) -> dict[str, object]:
    codegpt = editor.codegpt
    return {
        "name": editor.place.title,
        "version": editor.own_version or editor.version,
        "vscode": editor.version,
        "codegpt": codegpt.version if codegpt else None,
        "extensions": place.machine.short(editor.place.extensions),
    }


def _is_too_old(editor: Editor) -> bool:
    return editor.codegpt is not None and is_older(editor.version, editor.codegpt.requires)


def _too_old(editor: Editor) -> str:
    needed = editor.codegpt.requires if editor.codegpt else ""
    node = f", and its Node is older than {NEEDED_NODE}"
    also = node if is_older(editor.version, FIRST_WITH_NODE_20) else ""
    return f"{editor.title} is too old: CodeGPT requires {needed.lstrip('^>=~ ')}{also}"


def check_extension(context: EditorContext) -> Outcome:
    """Is CodeGPT installed, once, in a version without known faults, and is it the real one?"""
    nothing = skip_without_editor(context)
    if nothing:
        return nothing
    place = workplace(context)
    said = _versions(place) or "CodeGPT is not installed in any of them"
    strangers = _strangers(place)
    notes = [*_doubles(place), *([f"of another publisher: {strangers}"] if strangers else [])]
    finding = _outdated(place) or _look_alike(strangers)
    summary = "; ".join((_summary(finding, said), *notes))
    fine = place.with_codegpt and not notes and not finding
    return Outcome(Status.PASS if fine else Status.WARN, summary, finding)


def _summary(finding: Finding | None, said: str) -> str:
    outdated = finding and finding.id == "codegpt_extension_outdated"
    return finding.detail.rstrip(".") if finding and outdated else said


def _strangers(place: EditorEnvironment) -> str:
    return ", ".join(
        f"{one.id} {one.version} in {editor.place.title}"
        for editor in place.editors
        for one in editor.lookalikes
    )


def _versions(place: EditorEnvironment) -> str:
    return ", ".join(_version_in(editor) for editor in place.with_codegpt)


def _version_in(editor: Editor) -> str:
    version = editor.codegpt.version if editor.codegpt else "?"
    return f"CodeGPT {version} in {editor.place.title}"


def _outdated(place: EditorEnvironment) -> Finding | None:
    for editor in place.with_codegpt:
        if editor.codegpt and is_older(editor.codegpt.version, FIXED_EXTENSION):
            detail = f"{_version_in(editor)} is older than {FIXED_EXTENSION}."
            evidence = (Evidence("extension", detail),)
            return Finding("codegpt_extension_outdated", evidence, detail=detail)
    return None


def _look_alike(strangers: str) -> Finding | None:
    if not strangers:
        return None
    evidence = (Evidence("extension", strangers),)
    detail = f"Of another publisher: {strangers}."
    return Finding("codegpt_lookalike_extension", evidence, detail=detail)


def _doubles(place: EditorEnvironment) -> Iterator[str]:
    """Where more than one version lies in the same folder and the editor counts them all."""
    for editor in place.with_codegpt:
        mine = [one for one in editor.extensions if one.is_codegpt and not one.stale]
        if len(mine) > 1:
            versions = " and ".join(one.version for one in mine)
            yield f"{editor.place.title} has it twice ({versions}): uninstall it, then install it"


def check_remote(context: EditorContext) -> Outcome:
    """Does the editor work on this machine, and can its panel reach the service here?"""
    nothing = skip_without_codegpt(context)
    if nothing:
        return nothing
    place = workplace(context)
    around = surroundings(place.machine)
    said = ", ".join(around) or "on this machine, beside its window"
    if in_tunnel(place.machine):
        return _by_tunnel()
    inside = is_container(place.machine)
    container = dev_container(place.machine, place.ports[0]) if inside else None
    if container and not container.forwards:
        return _unmapped(place, container.path, said)
    note = "; a VS Code Tunnel leads here, which CodeGPT does not support"
    tunnel = note if has_tunnel(place.machine) else ""
    return Outcome(Status.PASS, f"{said}{tunnel}", observations={"surroundings": around})


def _by_tunnel() -> Outcome:
    detail = "This terminal belongs to a VS Code Tunnel, through which CodeGPT does not work."
    step = "Use Remote SSH, or open the folder on the machine itself, instead of the tunnel."
    evidence = (Evidence("remote", detail),)
    finding = Finding("codegpt_service_unreachable", evidence, detail=detail, steps=(step,))
    return Outcome(Status.FAIL, detail.rstrip("."), finding)


def _unmapped(place: EditorEnvironment, path: str, said: str) -> Outcome:
    port = place.ports[0]
    shown = place.machine.short(path)
    detail = f"{shown} does not forward port {port}."
    step = (
        f'Add "appPort": ["{port}:{port}"] to {shown}, or "{port}:{port}" below ports in its '
        "docker-compose file, and build the container again."
    )
    evidence = (Evidence("remote", detail),)
    finding = Finding("codegpt_service_unreachable", evidence, detail=detail, steps=(step,))
    return Outcome(Status.WARN, f"{said}; {detail.rstrip('.')}", finding)


def check_proxy_settings(context: EditorContext) -> Outcome:
    """Do the editor's requests take the way that those of the shell take?"""
    nothing = skip_without_editor(context)
    if nothing:
        return nothing
    place = workplace(context)
    read = place.preferences()
    facts = {place.machine.short(one.path): one.network for one in read}
    shell = _shell_proxy(place)
    notes = [note for one in read for note in _differences(one, shell)]
    faults = [
        f"{place.machine.short(one.path)} cannot be read ({one.fault})" for one in read if one.fault
    ]
    if notes:
        evidence = tuple(Evidence("editor_proxy", note) for note in notes)
        finding = Finding("codegpt_proxy_differs", evidence, detail=f"{_sentence(notes)}.")
        return Outcome(Status.WARN, "; ".join((*notes, *faults)), finding, observations=facts)
    if faults:
        return Outcome(Status.WARN, "; ".join(faults), observations=facts)
    set_to = next((one.text(PROXY) for one in read if one.text(PROXY)), "")
    said = f"{set_to}, as in the shell" if set_to else _unset(shell)
    return Outcome(Status.PASS, said, observations=facts)


def _sentence(notes: list[str]) -> str:
    text = "; ".join(notes)
    return text[:1].upper() + text[1:]


def _unset(shell: str) -> str:
    if not shell:
        return "none is set, nor in the shell"
    return f"none is set; the shell's {shell} holds for an editor that was started from it"


def _shell_proxy(place: EditorEnvironment) -> str:
    environment = place.machine.environment
    names = ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "http_proxy", "HTTP_PROXY")
    return next((environment[name] for name in names if environment.get(name)), "")


def _differences(one: Preferences, shell: str) -> Iterator[str]:
    proxy = one.text(PROXY)
    if proxy and _plain(proxy) != _plain(shell):
        other = f"the shell uses {shell}" if shell else "the shell uses none"
        yield f"the editor uses the proxy {proxy} ({PROXY}), {other}"
    if _has_password(proxy):
        yield f"the settings contain the proxy's password ({PROXY})"
    if one.text(SUPPORT) == "off" and (shell or proxy):
        yield f"the editor gives extensions no proxy ({SUPPORT} is off)"
    if one.is_off(STRICT):
        yield f"the editor does not verify certificates behind a proxy ({STRICT} is false)"
    exceptions = one.values.get(NO_PROXY)
    if isinstance(exceptions, list) and any("codegpt.co" in str(name) for name in exceptions):
        yield f"the editor reaches codegpt.co without the proxy ({NO_PROXY})"


def _has_password(proxy: str) -> bool:
    return ":" in proxy.rpartition("@")[0].rpartition("://")[2]


def _plain(proxy: str) -> str:
    address = proxy if "://" in proxy else f"http://{proxy}"
    return address.rstrip("/").lower()


def check_key_files(context: EditorContext) -> Outcome:
    """Does a key lie readable in a file of the editor, of a shell or of a repository?"""
    nothing = skip_without_editor(context)
    if nothing:
        return nothing
    found = context.plan.key_files.result() if context.plan.key_files else []
    place = workplace(context)
    keys = [(one, kind_of(_as_key(one))) for one in found if _is_of_a_model(one)]
    if not keys:
        return Outcome(Status.PASS, "none in the settings of the editor or the files of the shell")
    short: Callable[[str], str] = place.machine.short
    lines = [
        f"{short(one.path)} line {one.line} ({one.what}): {mask(one.secret.reveal())}, {kind}"
        for one, kind in keys
    ]
    finding = Finding(
        "api_key_exposed",
        tuple(Evidence("key_files", line) for line in lines),
        detail=f"Found in {short(keys[0][0].path)}.",
    )
    return Outcome(Status.WARN, "; ".join(lines), finding)


def _as_key(one: FoundKey) -> Key:
    return Key(one.secret, one.path)


def _is_of_a_model(one: FoundKey) -> bool:
    return owner_of(_as_key(one)) not in NOT_LLM
