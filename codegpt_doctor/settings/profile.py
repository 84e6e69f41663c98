"""Profiles: named settings in a file, which holds no secret.

A profile of the user's own configuration folder counts as the user.  One of the working folder may
be somebody else's: it names no variable, and no key goes to the address that it names.
"""

import os
import re
import sys
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import codegpt_doctor.catalogue  # noqa: F401 - tells the scrubber the shapes of keys
from codegpt_doctor.files import read_start
from codegpt_doctor.redact import keys_in, passwords_in, repr_without
from codegpt_doctor.settings.values import Options

NAME = "codegpt-doctor.toml"
PROJECT = "pyproject.toml"
TOOL = "codegpt-doctor"  # the table of a pyproject.toml, below tool
MAX_BYTES = 1024**2
MAX_TIMEOUT = 86_400.0  # seconds, a day
TEXTS = ("provider", "key-env", "base-url", "organization", "project")
FIELDS = (*TEXTS, "models", "timeout")
_VARIABLE = re.compile(r"[A-Z_][A-Z0-9_]{0,200}")  # in capitals, which a key is not
_SECRET = re.compile(r"(?i)(?:^|[-_])(?:key|apikey|token|secret|password|passwd)$")


class ProfileError(ValueError):
    """A profile cannot be used; the message says why, and shows no value."""


class Profile(NamedTuple):
    """What a profile sets; None where it leaves something open.

    ``timeout`` is in seconds.  ``file`` names the file of the folder that it is from, and is empty
    where the user's own configuration has it.
    """

    name: str
    provider: str | None = None
    key_env: str | None = None
    base_url: str | None = None
    organization: str | None = None
    project: str | None = None
    models: tuple[str, ...] = ()
    timeout: float | None = None
    file: str = ""

    def __repr__(self) -> str:
        return repr_without(self, "base_url")


def options_of(profile: Profile) -> Options:
    """What a run is told where a profile decides everything."""
    return Options(
        base_url=profile.base_url,
        provider=profile.provider,
        models=profile.models,
        organization=profile.organization,
        project=profile.project,
        key_env=profile.key_env,
        profile=profile.name,
        base_url_source=f"profile {profile.name}",
        base_url_file=profile.file,
    )


def own_file(environment: Mapping[str, str], platform: str = sys.platform) -> str:
    """The file of the user's own configuration, whether it is there or not; empty without a home.

    Only absolute paths count: a relative one would lead into the working folder.
    """
    if platform == "win32":
        homes = [environment.get("APPDATA", "")]
    else:
        home = environment.get("HOME", "")
        homes = [environment.get("XDG_CONFIG_HOME", ""), os.path.join(home, ".config")]
    found = next((one for one in homes if os.path.isabs(one)), "")
    return os.path.join(found, TOOL, NAME) if found else ""


def find_profile(
    name: str, environment: Mapping[str, str], folder: str, own_only: bool = False
) -> Profile:
    """The profile of a name: the user's own, else that of the working folder.

    Args:
        name: what it is called.
        environment: tells where the user's configuration is.
        folder: the working folder.
        own_only: whether the working folder is left out.

    Raises:
        ProfileError: there is none, or it cannot be used.
    """
    known: list[str] = []
    for where, file, tables in _files(environment, folder, own_only):
        if name in tables:
            return read_table(name, tables[name], f"profiles.{name} of {where}", file)
        known += tables
    listed = f"There are: {', '.join(known[:20])}" if known else f"Profiles are in {NAME}"
    raise ProfileError(f"There is no profile {name!r}. {listed}.")


def _files(
    environment: Mapping[str, str], folder: str, own_only: bool
) -> Iterator[tuple[str, str, Mapping[str, object]]]:
    """Each file with profiles: what it is called, its name within the folder, its profiles."""
    own = own_file(environment)
    if own:
        yield own, "", _profiles(read_toml(own, own), own)
    if own_only:
        return
    yield NAME, NAME, _profiles(read_toml(os.path.join(folder, NAME), NAME), NAME)
    tools = read_toml(os.path.join(folder, PROJECT), PROJECT).get("tool")
    mine = tools.get(TOOL) if isinstance(tools, dict) else None
    yield PROJECT, PROJECT, _profiles(mine if isinstance(mine, dict) else {}, PROJECT)


def read_toml(path: str, where: str) -> Mapping[str, object]:
    """A TOML file as data; one that is not there is empty.

    Raises:
        ProfileError: it is no TOML, or too large.
    """
    data = read_start(path, MAX_BYTES + 1)
    if data is None:
        return {}
    import tomllib  # most runs read no such file

    if len(data) > MAX_BYTES:
        raise ProfileError(f"{where} is larger than {MAX_BYTES // 1024**2} MiB.")
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ProfileError(f"{where} is not in UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"at line \d{1,9}, column \d{1,9}", str(error))
        raise ProfileError(
            f"{where} is not valid TOML{f', {place[0]}' if place else ''}."
        ) from None


def _profiles(data: Mapping[str, object], where: str) -> Mapping[str, object]:
    found = data.get("profiles", {})
    if not isinstance(found, dict):
        raise ProfileError(f"In {where}, profiles is not a table.")
    return found


def read_table(name: str, table: object, where: str, file: str = "") -> Profile:
    """A table of a file as a profile.

    Args:
        name: of the profile.
        table: what the file has.
        where: what the table is called in a message.
        file: the file of the working folder that it is from; empty for the user's own.

    Raises:
        ProfileError: it has a secret, a field that is not known, or a value that cannot be.
    """
    if not isinstance(table, dict):
        raise ProfileError(f"{where} is not a table.")
    _refuse_secrets(table, where)
    for unknown in (one for one in table if one not in FIELDS):
        raise ProfileError(f"{where} has {unknown!r}; it takes {', '.join(FIELDS)}.")
    texts = {one: _text(table, one, where) for one in TEXTS}
    variable = texts["key-env"]
    if variable is not None and file:
        raise ProfileError(
            f"{where} names a variable with a key, which only your own configuration may do. "
            "Move the profile there, or use --key-env."
        )
    if variable is not None and not _VARIABLE.fullmatch(variable):
        raise ProfileError(f"In {where}, key-env must be the name of a variable, in capitals.")
    return Profile(
        name,
        provider=texts["provider"],
        key_env=variable,
        base_url=texts["base-url"],
        organization=texts["organization"],
        project=texts["project"],
        models=_models(table, where),
        timeout=_seconds(table, where),
        file=file,
    )


def _refuse_secrets(table: Mapping[str, object], where: str) -> None:
    """Complain of a table that holds what belongs in no file that people share.

    Raises:
        ProfileError: it does; nothing of it is shown.
    """
    for name, value in table.items():
        texts = [one for one in (value if isinstance(value, list) else [value]) if one]
        written = [one for one in texts if isinstance(one, str)]
        if _SECRET.search(name) or any(keys_in(one) or passwords_in(one) for one in written):
            raise ProfileError(
                f"{where} holds a secret. Put the key into a variable, and set key-env to the "
                "variable's name; "
                "replace the key if others have seen the file."
            )


def _text(table: Mapping[str, object], name: str, where: str) -> str | None:
    value = table.get(name)
    if value is None:
        return None
    if not isinstance(value, str) or not value.strip():
        raise ProfileError(f"In {where}, {name} must be text.")
    return value


def _models(table: Mapping[str, object], where: str) -> tuple[str, ...]:
    value = table.get("models", [])
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list) or not all(isinstance(one, str) and one for one in listed):
        raise ProfileError(f"In {where}, models must be a list of names.")
    return tuple(listed)


def _seconds(table: Mapping[str, object], where: str) -> float | None:
    value = table.get("timeout")
    if value is None:
        return None
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not 1 <= float(str(value)) <= MAX_TIMEOUT:
        raise ProfileError(f"In {where}, timeout must be a number of seconds, at least 1.")
    return float(str(value))
