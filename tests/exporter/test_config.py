"""The configuration of the exporter."""

from pathlib import Path

import pytest
from helpers.command import ROOT

from codegpt_doctor.exporter.config import Config, Module, read_config
from codegpt_doctor.settings.profile import ProfileError

KEY = "gsk_Vb2Xc7Vd5Rf8Yg1Nh6Uj3Ko0Pl2Ai9Se4Dr7Ft6G"
ONE = "[targets.one]\n"


def read(folder: Path, text: str) -> Config:
    path = folder / "exporter.toml"
    path.write_text(text)
    return read_config(str(path))


def test_the_one_that_comes_along_can_be_read() -> None:
    config = read_config(str(ROOT / "integrations/prometheus/codegpt-doctor.toml"))
    assert set(config.targets) == {"openai", "gateway"}
    assert config.modules == {"default": Module(), "spend": Module(spend=True)}
    assert (config.interval, config.concurrency) == (300, 8)


def test_a_scrape_spends_nothing_unless_a_module_says_so(tmp_path: Path) -> None:
    assert read(tmp_path, ONE).modules["default"].spend is False


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "cannot be read, or is empty"),
        ("interval = 5\n", "no table [targets.NAME]"),
        (f"interval = 0\n{ONE}", "interval must be"),
        (f"interval = true\n{ONE}", "interval must be"),
        (f"concurrency = 1000\n{ONE}", "concurrency must be"),
        (f"colour = 1\n{ONE}", "has 'colour'"),
        ("targets = 1\n", "is not a table"),
        (f'[targets.one]\norganization = "{KEY}"\n', "holds a secret"),
        ('[targets.one]\nkey = "x"\n', "holds a secret"),
        (f"{ONE}[modules.m]\nspend = 1\n", "must be true or false"),
        (f"{ONE}[modules.m]\nmoney = 1\n", "has 'money'"),
        (f"{ONE}[modules]\nm = 1\n", "is not a table"),
    ],
)
def test_what_cannot_be_used_is_named(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(ProfileError) as caught:
        read(tmp_path, text)
    assert words in str(caught.value)
    assert KEY not in str(caught.value)
