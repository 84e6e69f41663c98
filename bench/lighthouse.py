"""What Lighthouse says of the site on a slow phone; aim: 100, and for the performance 95 or more.

It is installed with ``npm`` into a folder that is thrown away, or taken from ``LIGHTHOUSE``.
https://developer.chrome.com/docs/lighthouse explains the scores.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from helpers.browser import build_site, chromium_path, serving  # noqa: E402

PATHS = (
    "",
    "providers/openai/",
    "errors/insufficient_quota/",
    "explain/",
    "errors/",
    "providers/anthropic/",
)
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
RUNS = 3  # of which the middle one counts
MIN = {"performance": 95}


def lighthouse(folder: str) -> str:
    """The program, installed if it is not there."""
    if "LIGHTHOUSE" in os.environ:
        return os.environ["LIGHTHOUSE"]
    subprocess.run(
        ("npm", "install", "--no-audit", "--silent", "lighthouse"), cwd=folder, check=True
    )
    return str(Path(folder, "node_modules", ".bin", "lighthouse"))


def scores(program: str, url: str) -> tuple[dict[str, float], list[str]]:
    """The scores of a page from 0 to 100, and the audits that it does not pass in full."""
    flags = "--chrome-flags=--headless --no-sandbox --disable-gpu"
    only = f"--only-categories={','.join(CATEGORIES)}"
    command = (program, url, "--quiet", "--output=json", only, flags)
    environment = {**os.environ, "CHROME_PATH": chromium_path()}
    done = subprocess.run(command, capture_output=True, check=True, env=environment, timeout=120)
    report = json.loads(done.stdout)
    lacking = [
        f"{name} {audit.get('displayValue', '')}"
        for name, audit in report["audits"].items()
        if audit["score"] is not None
        and audit["score"] < 0.9
        and audit["scoreDisplayMode"] not in ("informative", "notApplicable")
    ]
    found = {name: 100 * report["categories"][name]["score"] for name in CATEGORIES}
    return found, lacking


def main() -> int:
    """Measure the pages; the exit code says whether every aim is met."""
    met = True
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as tools:
        program = lighthouse(tools)
        with serving(build_site(Path(folder))) as (root, _):
            for path in PATHS:
                runs = [scores(program, root + path) for _ in range(RUNS)]
                middle = {name: median(run[name] for run, _ in runs) for name in CATEGORIES}
                met &= all(middle[name] >= MIN.get(name, 100) for name in CATEGORIES)
                shown = ", ".join(f"{name} {score:.0f}" for name, score in middle.items())
                print(f"/{path}: {shown}", *runs[0][1], sep="\n    ")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
