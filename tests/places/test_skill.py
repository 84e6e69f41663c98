"""The skill for assistants: what it tells them to run exists, and its head has what they read."""

import yaml
from helpers.command import ROOT
from test_readme import commands, parsed

TEXT = (ROOT / "integrations/skill/SKILL.md").read_text(encoding="utf-8")


def test_its_head_says_when_to_use_it() -> None:
    head = yaml.safe_load(TEXT.split("---\n")[1])
    assert head.keys() == {"name", "description"}
    assert head["name"] == "codegpt-doctor"
    assert len(head["description"]) <= 1024


def test_every_command_in_it_exists() -> None:
    found = commands(TEXT)
    assert {line.split()[1] for line in found} >= {"explain", "check", "providers", "mcp"}
    for line in found:
        parsed(line.partition(" <")[0])
