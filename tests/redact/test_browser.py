"""The page of the site that explains errors masks as Python does: its script, run by Node."""

import pytest
from helpers.parity import NODE, in_node
from redact.test_passwords import LABELED, PASSWORDS, SCHEMES
from redact.test_redact import INVISIBLE, KEYS, OPENAI

from codegpt_doctor.redact import Scrubber


@pytest.mark.skipif(not NODE, reason="needs node")
def test_the_script_masks_as_python_does() -> None:
    texts = [
        *(f"KEY_{key} 密钥{key}\uff0c?q=%3D{key}" for key in KEYS.values()),
        *(
            f"{scheme}bob:{one}@10.0.0.1:80/v1/@x?code=a1"
            for scheme in SCHEMES
            for one in PASSWORDS
        ),
        *(f"{text} {text.upper()}" for text in LABELED),
        *(f"a{character}b" for character in INVISIBLE),
        OPENAI[:20] + "\U000e0041" + OPENAI[20:],
        "🙂 \ud800 \udc00x\r\ny\rz 🏴\U000e0067\U000e007f",
        "\x1b[31mred\x1b]0;t\x07 bearer\xa0abcdef0123456789",
    ]
    assert in_node(scrub=texts)["scrub"] == [Scrubber().text(text) for text in texts]
