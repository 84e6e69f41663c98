"""The JSON contract of ``billing`` and ``limits`` as JSON Schema.

Amounts are strings, as a JSON number cannot hold every decimal amount exactly; the nearest number
is beside each.
"""

from codegpt_doctor.catalogue.entry import RETRY, WHO
from docs._builder.schema.builders import (
    Schema,
    array,
    count,
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

_AMOUNT = r"^-?\d+\.\d{2,}$"


def billing_schema(diagnosis: Schema) -> Schema:
    """What ``billing --json`` prints."""
    return output(
        "billing",
        "Costs and limits of codegpt-doctor billing",
        "What was spent, and what may still be spent.",
        **_of_the_run(diagnosis),
        currency=text("The currency of the amounts that name none, such as usd."),
        period=record(
            "The days that the costs cover, including the last one.",
            start=_date("The first day."),
            end=_date("The last day."),
            timezone=text("Always UTC."),
        ),
        project=or_null(_project("The project whose costs these are; null for all projects.")),
        **_sums(),
        other_currencies=array(
            "The same sums in other currencies, where there are any.",
            record("The sums in one currency.", currency=text("The currency."), **_sums()),
        ),
        limits=array("The spend limits.", _limit("A spend limit.")),
        forecast=_forecast(),
        usage=or_null(_usage()),
        key=or_null(_key(_window())),
        balance=or_null(_balance()),
    )


def limits_schema(diagnosis: Schema) -> Schema:
    """What ``limits --json`` prints."""
    resets_at = text_or_null("When the window is full again, in UTC.")
    return output(
        "limits",
        "Rate limits of codegpt-doctor limits",
        "How much may be asked in a time, and how long to wait.",
        **_of_the_run(diagnosis),
        key=or_null(_key(_window(resets_at=resets_at))),
        wait=or_null(_wait()),
        tier=record(
            "What the limits show about the tier, which no response names.",
            consistent_with=text_or_null("The tier that has such limits."),
            page=text("Where the tier is shown.", format="uri"),
        ),
        project=or_null(
            _project("The project whose limits these are.", source=text("Why it is this one."))
        ),
        by_model=array(
            "The project's limits by model; they require an admin key.",
            record(
                "The limits of a model.",
                model=text("The model."),
                limits={"type": "object", "description": "Each limit, by its name in the API."},
            ),
        ),
        permissions=or_null(_permissions()),
        meanings=array("What a 429 of each kind would mean for this key.", _meaning()),
    )


def _of_the_run(diagnosis: Schema) -> dict[str, Schema]:
    """What both outputs tell of the run."""
    return {
        **ending(diagnosis),
        "provider": text("The id of the provider that was queried."),
        "base_url": text("The address of the API."),
        "as_of": text("The time of the run, in UTC.", format="date-time"),
        "gaps": array("What could not be learned.", _gap()),
        "notes": array("Notes on the results.", text("A note.")),
        "duration_ms": milliseconds("How long the run took"),
    }


def _sums() -> dict[str, Schema]:
    day = record(
        "A day.", date=_date("The day, in UTC."), **_amount("amount", "What was spent on it.")
    )
    return {
        **_amount_or_null("month_to_date", "What was spent this month; null when it is not known."),
        **_amount_or_null("total", "What was spent in the period; null when it is not known."),
        "by_day": array("The costs of each day.", day),
        "by_project": array("The costs of each project, the largest first.", _share("project_id")),
        "by_line_item": array("The costs of each line item.", _share("line_item", named=False)),
        "by_key": array("The costs of each key, if the API reports them.", _share("api_key_id")),
    }


def _share(what: str, named: bool = True) -> Schema:
    name = {"name": text_or_null("Its name.")} if named else {}
    return record(
        "A part of the sum.",
        **{what: text_or_null("The project; null when the API does not name it.")},
        **name,
        **_amount("amount", "What was spent on it."),
    )


def _project(description: str, **more: Schema) -> Schema:
    return record(description, project_id=text("Its id."), name=text_or_null("Its name."), **more)


def _limit(description: str) -> Schema:
    return record(
        description,
        scope=one_of(("organization", "project"), "Whose limit it is."),
        id=text_or_null("The id of the organization or project."),
        name=text_or_null("Its name."),
        **_amount("amount", "What may be spent in a month."),
        currency=text("The currency."),
        enforcement=text("The API's word, such as enforcing."),
        **_amount_or_null("spent", "What was spent of it this month."),
        reached_on=text_or_null("The day on which it is reached at the present rate."),
    )


def _forecast() -> Schema:
    basis = record("The days it is based on.", start=_date("The first."), end=_date("The last."))
    return record(
        "What happens if nothing changes.",
        **_amount_or_null("month_end", "What will have been spent at the end of the month."),
        month_ends_on=_date("The last day of the month."),
        exhausted_on=text_or_null("The day on which the first enforced limit is reached."),
        first_limit=or_null(_limit("That limit.")),
        **_amount_or_null("daily", "The present daily rate."),
        basis=or_null(basis),
    )


def _usage() -> Schema:
    counts = {
        "requests": count("Requests."),
        "input_tokens": count("Tokens that were sent."),
        "input_cached_tokens": count("How many of these were cached."),
        "output_tokens": count("Tokens in the replies."),
    }
    model = record("A model.", model=text_or_null("Its name."), **counts)
    return record(
        "What was used in the period; null when it is not known.",
        **counts,
        by_model=array("The same by model, the most used first.", model),
    )


def _key(window: Schema) -> Schema:
    return record(
        "The ordinary key and what it learned; null when there is none.",
        hint=text("The prefix of its kind and its last four characters."),
        kind=text("The kind that its format shows, such as project key."),
        source=text("Where it was found, such as OPENAI_API_KEY."),
        model=text_or_null("The model that was asked."),
        may_spend={
            "type": ["boolean", "null"],
            "description": "Whether a request gets a reply; null when that was not tried.",
        },
        status=count("The HTTP status of the answer; 0 when there was none."),
        said=text("The answer in short."),
        id=or_null(entry_id()),
        organization=text_or_null("The organization that it is charged to."),
        project=text_or_null("The project that it belongs to."),
        rate_limits=array("The limits in the headers of the answer.", window),
    )


def _window(**more: Schema) -> Schema:
    return record(
        "A limit.",
        kind=text("What is counted, such as requests or tokens."),
        per=text_or_null("The period in which it is counted, such as minute."),
        limit=number_or_null("How many there may be.", "integer"),
        left=number_or_null("How many are left.", "integer"),
        resets_in_s=number_or_null("Seconds until it is full again."),
        reset=text_or_null("The same, as the header has it."),
        **more,
    )


def _balance() -> Schema:
    return record(
        "What the provider or a gateway reports about the key's credit; most report nothing.",
        currency=text("The currency."),
        **_amount_or_null("granted", "What could be spent in all."),
        **_amount_or_null("used", "What was spent of it."),
        **_amount_or_null("left", "What is left."),
        source=text("Who reports it, such as the gateway's dashboard."),
    )


def _wait() -> Schema:
    return record(
        "How long to wait before the next request.",
        seconds=number_or_null("Seconds; null where waiting does not help or is not known."),
        reason=text("Why."),
    )


def _permissions() -> Schema:
    return record(
        "Which models the project may use; null when that is not known.",
        mode=text("The API's word, such as allow_list or deny_list."),
        models=array("The models of that list.", text("A model.")),
    )


def _meaning() -> Schema:
    return record(
        "A documented error.",
        id=entry_id(),
        title=text("The error in a few words."),
        retry=one_of(RETRY, "Whether the same request may succeed later."),
        who=one_of(WHO, "Who can fix it."),
        here=text_or_null("What it means with the limits of this key."),
    )


def _gap() -> Schema:
    return record(
        "Something that was not told.",
        endpoint=text("The endpoint that was queried."),
        reason=text("Why it gave no result."),
        id=or_null(entry_id()),
        expected={
            "type": "boolean",
            "description": "Whether that is normal with these keys.",
        },
    )


def _amount(name: str, description: str) -> dict[str, Schema]:
    """An amount as an exact string, and beside it as a number."""
    number = {"type": "number", "description": "The same as a number, which may be rounded."}
    return {name: text(description, pattern=_AMOUNT), f"{name}_number": number}


def _amount_or_null(name: str, description: str) -> dict[str, Schema]:
    return {one: or_null(schema) for one, schema in _amount(name, description).items()}


def _date(description: str) -> Schema:
    return text(description, format="date")
