"""The JSON contract as JSON Schema, with the meaning of every field."""

from codegpt_doctor.catalogue.entry import FAMILIES, RETRY, WHO
from codegpt_doctor.model.explanation import Confidence
from codegpt_doctor.model.report import Stage, Status, Untested
from docs._builder.schema import billing
from docs._builder.schema.builders import (
    Schema,
    array,
    ending,
    entry_id,
    milliseconds,
    number_or_null,
    one_of,
    or_null,
    output,
    record,
    text,
    text_or_null,
)


def outputs() -> dict[str, Schema]:
    """The schema of each JSON output by the command that prints it."""
    return {
        "check --json": report_schema(),
        "check --all --json": reports_schema(),
        "explain --json": explanation_schema(),
        "billing --json": billing.billing_schema(diagnosis()),
        "limits --json": billing.limits_schema(diagnosis()),
        "errors --json": errors_schema(),
        "providers --json": providers_schema(),
        "models --json": models_schema(),
        "leaks --json": leaks_schema(),
    }


def report_schema() -> Schema:
    """What ``check --json`` prints, and ``editor --json`` with other checks."""
    return output(
        "report",
        "Report of codegpt-doctor check and codegpt-doctor editor",
        "One whole run.",
        started_at=text("When the run began, in UTC.", format="date-time"),
        duration_ms=milliseconds("How long the run took"),
        target=_target(),
        **{name: field for name, field in ending(diagnosis()).items() if name != "exit_code"},
        checks=array("Every check in the order of the path, skipped ones too.", _check()),
        untested=array("What the run left out on request.", one_of(Untested, "A part.")),
        exit_code=ending(diagnosis())["exit_code"],
    )


def reports_schema() -> Schema:
    """What ``check --all --json`` prints."""
    one = {name: value for name, value in report_schema().items() if name not in ("$schema", "$id")}
    return output(
        "reports",
        "Reports of codegpt-doctor check --all",
        "A run for each provider.",
        reports=array("The reports, the worst first.", one),
        exit_code=ending(diagnosis())["exit_code"],
    )


def explanation_schema() -> Schema:
    """What ``explain --json`` prints."""
    schema = output(
        "explanation",
        "Explanation of codegpt-doctor explain",
        "The answer to one text.",
        match=or_null(_match()),
        also=array("The ids of other errors it can be, the most likely first.", entry_id()),
        nearest=array("When nothing is recognized: the ids of similar errors.", entry_id()),
    )
    piece = {"type": "object", "description": "A piece of the text: what it is, whose, and why."}
    schema["properties"]["events"] = array("With --verbose: what was read.", piece)
    return schema


def errors_schema() -> Schema:
    """What ``errors --json`` prints."""
    status = {"type": "integer", "minimum": 100, "maximum": 599, "description": "A status."}
    error = record(
        "A documented error.",
        id=entry_id(),
        title=_title(),
        family=_family(),
        http_status=array("The HTTP statuses that it has.", status),
        codes=array("Its codes in the API.", text("A code.")),
        retry=_retry(),
        who=_who(),
        docs_url=_page(),
    )
    return output(
        "errors",
        "List of codegpt-doctor errors",
        "The documented errors that were asked for.",
        errors=array("The errors, by what they are about.", error),
    )


def providers_schema() -> Schema:
    """What ``providers --json`` prints."""
    boolean = {"type": "boolean"}
    ended = record(
        "A service that has ended; null for all others.",
        what=text("What ended."),
        on=text("On which day.", format="date"),
        replacement=text("What replaces it; empty if nothing does."),
    )
    provider = record(
        "A provider.",
        id=text("What --provider takes."),
        name=text("What people call it."),
        base_url=text_or_null("Its address; null where each user has their own."),
        local={**boolean, "description": "Whether it runs on this machine."},
        key_required={**boolean, "description": "Whether it requires a key."},
        key_variables=array("The variables that its key is read from.", text("A name.")),
        key_set=text_or_null("The variable that holds its key now; null where none does."),
        ended=or_null(ended),
    )
    return output(
        "providers",
        "List of codegpt-doctor providers",
        "The providers that can be tested.",
        providers=array("The providers, by their ids.", provider),
    )


def models_schema() -> Schema:
    """What ``models --json`` prints."""
    boolean = {"type": "boolean"}
    model = record(
        "A model of the list, or one that has ended and was asked for.",
        id=text("Its name; a * at the end stands for any ending."),
        listed={**boolean, "description": "Whether it is in the key's list of models."},
        chat={
            "type": ["boolean", "null"],
            "description": "Whether it is a chat model; null if the list does not say.",
        },
        ends=or_null(text("Its last day, if one is announced.", format="date")),
        ended={**boolean, "description": "Whether that day has come."},
        replacement=text_or_null("What replaces it; null where that is not known."),
    )
    return output(
        "models",
        "List of codegpt-doctor models",
        "The models that the key may use.",
        target=_target(),
        models=array("The models, in the order of the provider.", model),
        **{name: field for name, field in ending(diagnosis()).items() if name != "status"},
    )


def leaks_schema() -> Schema:
    """What ``leaks --json`` prints."""
    leak = record(
        "A key that others can read.",
        file=text("The file that it is in; - is standard input."),
        line={"type": "integer", "description": "The line of that file, counted from 1."},
        kind=text("The kind that its format shows, such as Groq key."),
        hint=text("The prefix of its kind and its last four characters."),
        provider=text_or_null("Whose key it is; null if the format does not show it."),
    )
    return output(
        "leaks",
        "Keys found by codegpt-doctor leaks",
        "The keys of providers that stand in files.",
        leaks=array("The keys, in the order of the files.", leak),
    )


def _target() -> Schema:
    key = record(
        "What is shown of the key; null when there is none.",
        hint=text("The prefix of its kind and its last four characters."),
        kind=text("The kind that its format shows, such as project key."),
        source=text("Where it was found, such as OPENAI_API_KEY."),
    )
    return record(
        "What was tested.",
        provider=text("The id of the provider."),
        provider_from=text("What decided that: option, host, key, variable or default."),
        base_url=text("The address of the API."),
        model=text_or_null("The model that was tried."),
        organization=text_or_null("The organization header that was sent."),
        project=text_or_null("The project header that was sent."),
        key=or_null(key),
        proxy=text_or_null("The proxy that was used, without its password."),
    )


def diagnosis() -> Schema:
    """The root cause of a run, in every output the same."""
    return record(
        "The one root cause; null when there is none, or none could be named.",
        **_error(),
        stage=one_of(Stage, "Where on the path it is."),
        evidence=_evidence("check", "The id of the check that saw it."),
        explains=array("The checks whose failure or skipping it explains.", text("A check.")),
        also=array("Other errors of the run that it does not explain.", entry_id()),
        ruled_out=array("The stages that work.", one_of(Stage, "A stage.")),
    )


def _match() -> Schema:
    return record(
        "The error that was recognized; null when nothing was.",
        **_error(),
        evidence=_evidence("signal", "The kind of the signal, such as code or phrase."),
    )


def _error() -> dict[str, Schema]:
    """What a diagnosis and a match both tell of an error."""
    return {
        "id": entry_id(),
        "provider": text_or_null("The id of the provider whose version of the error this is."),
        "family": _family(),
        "http_status": number_or_null("The HTTP status of the refusal.", "integer"),
        "code": text_or_null("The code or type that the API gave."),
        "request_id": text_or_null("The id of the request, to give to the provider's support."),
        "retry_after_s": number_or_null("How long the API says to wait, in seconds."),
        "title": _title(),
        "summary": text("What it means, in one or two sentences."),
        "confidence": one_of(Confidence, "How sure the match is."),
        "remediation": record(
            "What to do.",
            steps=array("The steps, in order.", text("A step.")),
            commands=array("The commands of the steps, safe to run.", text("A command.")),
            who=_who(),
        ),
        "retry": _retry(),
        "docs_url": _page(),
        "links": array(
            "Sources, the official ones first.",
            record("A link.", title=text("Its title."), url=text("Its address.", format="uri")),
        ),
    }


def _title() -> Schema:
    return text("The error in a few words.")


def _family() -> Schema:
    return one_of(FAMILIES, "What the error is about.")


def _who() -> Schema:
    return one_of(WHO, "Who can fix it.")


def _retry() -> Schema:
    return one_of(RETRY, "Whether the same request may succeed later.")


def _page() -> Schema:
    return text("The page of the error.", format="uri")


def _check() -> Schema:
    finding = record(
        "The error that the check found; null when there is none.",
        id=entry_id(),
        title=_title(),
        detail=text("What this run adds to it."),
        evidence=_evidence("check", "The id of the check that saw it."),
        docs_url=_page(),
    )
    return record(
        "One question and its answer.",
        id=text("The id of the check, which never changes."),
        title=text("Its name for people."),
        stage=one_of(Stage, "The part of the path that it tests."),
        status=one_of(Status, "Its outcome; error means that the check itself broke."),
        summary=text("The answer in one line."),
        finding=or_null(finding),
        skipped_because=text_or_null(
            "For a skipped check: the id of the check, or the reason in words; else null."
        ),
        duration_ms=milliseconds("How long the run waited for the result"),
        measured_ms=number_or_null("What the measurement itself took, in ms.", "integer"),
        observations={"type": "object", "description": "What was measured; names may be added."},
    )


def _evidence(origin: str, meaning: str) -> Schema:
    quote = text("What was seen, without secrets.")
    one = record("A quotation.", **{origin: text(meaning), "quote": quote})
    return array("What the conclusion is based on.", one)
