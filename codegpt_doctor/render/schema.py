"""The JSON contract as JSON Schema, with the meaning of every field."""

from collections.abc import Iterable
from typing import Any

from codegpt_doctor.catalogue.entry import FAMILIES, RETRY, WHO
from codegpt_doctor.exit_codes import ExitCode
from codegpt_doctor.explanation import SCHEMA_VERSION, Confidence
from codegpt_doctor.model import Health, Stage, Status
from codegpt_doctor.render.data import SITE

Schema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def outputs() -> dict[str, Schema]:
    """The schema of each JSON output by the command that prints it."""
    return {"check --json": report_schema(), "explain --json": explanation_schema()}


def report_schema() -> Schema:
    """What ``check --json`` prints."""
    return {
        "$schema": DIALECT,
        "$id": f"{SITE}/report.schema.json",
        "title": "Report of codegpt-doctor check",
        **_object(
            "One whole run.",
            schema_version=_version(),
            tool=_object(
                "What made the report.",
                name={"const": "codegpt-doctor", "description": "Its name."},
                version=_text("Its version."),
            ),
            started_at=_text("When the run began, in UTC.", format="date-time"),
            duration_ms=_milliseconds("How long the run took"),
            target=_target(),
            status=_one_of(Health, "The outcome of the run."),
            diagnosis=_or_null(_diagnosis()),
            checks=_list("Every check in the order of the path, skipped ones too.", _check()),
            exit_code=_one_of(map(int, ExitCode), "What the process ends with."),
        ),
    }


def explanation_schema() -> Schema:
    """What ``explain --json`` prints."""
    return {
        "$schema": DIALECT,
        "$id": f"{SITE}/explanation.schema.json",
        "title": "Explanation of codegpt-doctor explain",
        **_object(
            "The answer to one text.",
            schema_version=_version(),
            match=_or_null(_match()),
            also=_list("The ids of what else it can be, the likeliest first.", _id()),
        ),
    }


def _target() -> Schema:
    key = _object(
        "The key, of which only this is told; null when there is none.",
        hint=_text("The prefix of its kind and its last four characters."),
        kind=_text("Its kind by its shape, such as project key."),
        source=_text("Where it was found, such as OPENAI_API_KEY."),
    )
    return _object(
        "What was tested.",
        provider=_text("The id of the provider."),
        base_url=_text("The address of the API."),
        model=_text_or_null("The model that was tried."),
        organization=_text_or_null("The organization header that was sent."),
        project=_text_or_null("The project header that was sent."),
        key=_or_null(key),
        proxy=_text_or_null("The proxy that was used, without its password."),
    )


def _diagnosis() -> Schema:
    return _object(
        "The one root cause; null when there is none, or none could be named.",
        **_error(),
        stage=_one_of(Stage, "Where on the path it lies."),
        evidence=_evidence("check", "The id of the check that saw it."),
        explains=_list("The checks whose failure or skipping it explains.", _text("A check.")),
        also=_list("Other errors of the run that it does not explain.", _id()),
        ruled_out=_list("The stages that are in order.", _one_of(Stage, "A stage.")),
    )


def _match() -> Schema:
    return _object(
        "The error that was recognized; null when nothing was.",
        **_error(),
        family=_one_of(FAMILIES, "What the error is about."),
        evidence=_evidence("signal", "The kind of the signal, such as code or phrase."),
    )


def _error() -> dict[str, Schema]:
    """What a diagnosis and a match both tell of an error."""
    return {
        "id": _id(),
        "title": _text("The error in a few words."),
        "summary": _text("What it means, in one or two sentences."),
        "confidence": _one_of(Confidence, "How sure the match is."),
        "remediation": _object(
            "What to do.",
            steps=_list("The steps, in order.", _text("A step.")),
            commands=_list("The commands of the steps, safe to run.", _text("A command.")),
            who=_one_of(WHO, "Who can do it."),
        ),
        "retry": _one_of(RETRY, "Whether the same request may succeed later."),
        "docs_url": _text("The page of the error.", format="uri"),
        "links": _list(
            "Sources, the official ones first.",
            _object("A link.", title=_text("Its title."), url=_text("Its address.", format="uri")),
        ),
    }


def _check() -> Schema:
    finding = _object(
        "The error that the check met; null when there is none.",
        id=_id(),
        title=_text("The error in a few words."),
        detail=_text("What this run adds to it."),
        evidence=_evidence("check", "The id of the check that saw it."),
        docs_url=_text("The page of the error.", format="uri"),
    )
    return _object(
        "One question and its answer.",
        id=_text("The id of the check, which never changes."),
        title=_text("Its name for people."),
        stage=_one_of(Stage, "Where on the path it asks."),
        status=_one_of(Status, "Its outcome; error means that the check itself broke."),
        summary=_text("The answer in one line."),
        finding=_or_null(finding),
        skipped_because=_text_or_null(
            "For a skipped check: the id of the check, or the reason in words; else null."
        ),
        duration_ms=_milliseconds("How long the answer was waited for"),
        observations={"type": "object", "description": "What was measured; names may be added."},
    )


def _evidence(origin: str, meaning: str) -> Schema:
    quote = _text("What was seen, without secrets.")
    one = _object("A quotation.", **{origin: _text(meaning), "quote": quote})
    return _list("What made the doctor say so.", one)


def _object(description: str, **properties: Schema) -> Schema:
    return {
        "type": "object",
        "description": description,
        "properties": properties,
        "required": list(properties),
    }


def _list(description: str, items: Schema) -> Schema:
    return {"type": "array", "description": description, "items": items}


def _text(description: str, **more: str) -> Schema:
    return {"type": "string", "description": description, **more}


def _text_or_null(description: str) -> Schema:
    return {"type": ["string", "null"], "description": description}


def _one_of(values: Iterable[object], description: str) -> Schema:
    return {"enum": list(values), "description": description}


def _or_null(schema: Schema) -> Schema:
    return {**schema, "type": [schema["type"], "null"]}


def _milliseconds(description: str) -> Schema:
    return {"type": "integer", "minimum": 0, "description": f"{description}, in milliseconds."}


def _version() -> Schema:
    return {"const": SCHEMA_VERSION, "description": "Rises when a field goes or changes meaning."}


def _id() -> Schema:
    return _text("The id of a documented error.", pattern="^[a-z][a-z0-9_]*$")
