"""The values of options."""


def names_of(value: object) -> tuple[str, ...]:
    """The values of an option, which may be one that can be given more than once."""
    if isinstance(value, tuple):
        return tuple(map(str, value))
    return (str(value),) if value else ()
