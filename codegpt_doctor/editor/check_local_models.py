"""Servers of local models: do they run where CodeGPT looks for them, and do they have a model?"""

from collections.abc import Mapping, Sequence

from codegpt_doctor.editor.check_installation import skip_without_editor, workplace
from codegpt_doctor.editor.environment import EditorEnvironment
from codegpt_doctor.editor.plan import EditorContext
from codegpt_doctor.model.explanation import Evidence
from codegpt_doctor.model.report import Facts, Finding, Outcome, Status
from codegpt_doctor.probes.local_services import Answer, LocalModels, json_of

NOT_REACHED = "local_model_unreachable"
NONE_RUNS = "no local model server runs here; only local models need one"
START = {
    "Ollama": "ollama serve",
    "LM Studio": "lms server start",
    "Docker Model Runner": "docker desktop enable model-runner --tcp 12434",
}
FIRST_MODEL = {
    "Ollama": "ollama pull llama3.2",
    "Docker Model Runner": "docker model pull ai/smollm2",
}


def check_local_models(context: EditorContext) -> Outcome:
    """Does a server of local models run here, where CodeGPT finds it, with a model?"""
    nothing = skip_without_editor(context)
    if nothing:
        return nothing
    asked = context.plan.local_models
    seen = asked.result_or(LocalModels("ask")) if asked else LocalModels("ask")
    return _judge(seen, workplace(context))


def _judge(seen: LocalModels, place: EditorEnvironment) -> Outcome:
    answers = seen.answers
    running = {name: found for name, found in answers.items() if _works(found)}
    facts = {name: _facts(found) for name, found in answers.items()}
    chosen = [name for name in answers if _is_chosen(name, place)]
    missing = [name for name in chosen if name not in running]
    if missing:
        return _not_running(missing[0], place, facts)
    if not running:
        return Outcome(Status.SKIP, NONE_RUNS, skipped_because=NONE_RUNS, observations=facts)
    return _running(running, seen.localhost, place, facts)


def _works(answers: Sequence[Answer]) -> bool:
    return any(answer.http_status == 200 for answer in answers)


def _facts(answers: Sequence[Answer]) -> Facts:
    return {
        answer.address: names_of(answer) if answer.http_status else answer.failure
        for answer in answers
    }


def names_of(answer: Answer) -> list[str]:
    """The models in the answer of a server."""
    body = json_of(answer)
    listed = (body.get("models") or body.get("data")) if isinstance(body, dict) else None
    entries = listed if isinstance(listed, list) else []
    return [str(one.get("name") or one.get("id")) for one in entries if isinstance(one, dict)]


def _is_chosen(name: str, place: EditorEnvironment) -> bool:
    names = (name, name.replace(" ", ""))
    return any(one.chooses(called) for one in place.preferences() for called in names)


def _not_running(name: str, place: EditorEnvironment, facts: Facts) -> Outcome:
    port = place.models[name].port
    elsewhere = place.machine.environment.get("OLLAMA_HOST") if name == "Ollama" else None
    told = f"; OLLAMA_HOST is {elsewhere}" if elsewhere else ""
    said = f"CodeGPT is set to {name}, which does not answer on port {port}{told}"
    finding = Finding(
        NOT_REACHED,
        (Evidence("local_models", said),),
        detail=f"{said}.",
        steps=(f"Start it: {START.get(name, name)}",),
    )
    return Outcome(Status.WARN, said, finding, observations=facts)


def _running(
    running: Mapping[str, Sequence[Answer]],
    localhost: Sequence[str],
    place: EditorEnvironment,
    facts: Facts,
) -> Outcome:
    said: list[str] = []
    notes: list[str] = []
    for name, answers in running.items():
        good = next(answer for answer in answers if answer.http_status == 200)
        models = names_of(good)
        count = f"{len(models)} model{'' if len(models) == 1 else 's'}"
        missed = _missed(answers, localhost)
        only = f" (not at {missed}, which localhost resolves to first)" if missed else ""
        said.append(f"{name} on {_shown(good.address)}:{place.models[name].port}{only}, {count}")
        if not models:
            notes.append(f"{name} has no model: {_first_model(name)}")
    summary = "; ".join((*said, *notes))
    if not notes:
        return Outcome(Status.PASS, summary, observations=facts)
    evidence = tuple(Evidence("local_models", note) for note in notes)
    finding = Finding(NOT_REACHED, evidence, detail=f"{notes[0]}.")
    return Outcome(Status.WARN, summary, finding, observations=facts)


def _first_model(name: str) -> str:
    return FIRST_MODEL.get(name, "load one in its window")


def _missed(answers: Sequence[Answer], localhost: Sequence[str]) -> str | None:
    """The address that ``localhost`` has first, where it is not the one that answers."""
    by_address = {answer.address: answer.http_status == 200 for answer in answers}
    first = localhost[0] if localhost else None
    return first if first is not None and not by_address.get(first, False) else None


def _shown(address: str) -> str:
    return f"[{address}]" if ":" in address else address
