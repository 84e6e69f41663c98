"""The step that corrects a setting, apart from all that reads answers and is slow to import."""

from codegpt_doctor.settings.values import Value


def set_to(setting: Value, right: str) -> str:
    """The step that corrects a base URL: where it is set, and how to try it before."""
    if setting.source == "--base-url":
        return f"Use --base-url {right}"
    return f"Set {setting.source} to {right} (--base-url {right} tries it first)."
