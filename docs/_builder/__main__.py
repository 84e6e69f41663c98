"""Writes the pages of the site into a folder, and has the site built from it.

python -m docs._builder                 only writes the pages
python -m docs._builder --site site     builds the site too
python -m docs._builder --serve         serves it, built again at every change
"""

import argparse
import subprocess
import sys
from pathlib import Path

from docs._builder import aliases, folder, generator, pages
from docs._builder.commands import ALL_CHECKS, FUNCTIONS, described, printed

ROOT = generator.ROOT
OUT = ROOT / "build" / "docs"


def main() -> None:
    """Do what the arguments say."""
    parser = argparse.ArgumentParser(prog="python -m docs._builder", description=__doc__)
    parser.add_argument("--out", type=Path, default=OUT, help="folder for the pages")
    parser.add_argument("--site", type=Path, help="folder for the site; without it none is built")
    parser.add_argument("--offline", action="store_true", help="a site to open from its folder")
    parser.add_argument("--serve", action="store_true", help="serve the site on this machine")
    chosen = parser.parse_args()
    if chosen.serve:
        generator.serve(chosen.out, lambda: _in_a_new_process(chosen.out))
        return
    found = write_pages(chosen.out)
    if chosen.site:
        generator.build(chosen.out, chosen.site, chosen.offline)
        write_for_machines(chosen.site, found)
        if not chosen.offline:  # from a folder nobody guesses an address
            write_aliases(chosen.site)
        write_skill(chosen.site)


def write_pages(out: Path) -> dict[str, pages.Page]:
    """Write what a site generator is given; gives every page."""
    written = folder.guides(ROOT), folder.provider_files(ROOT)
    made = pages.made(described(), ALL_CHECKS, FUNCTIONS, *written)
    found = folder.read_pages(ROOT, made)
    folder.write(out, folder.contents(ROOT, made, found, printed))
    return found


def write_for_machines(site: Path, found: dict[str, pages.Page]) -> None:
    """Put each page as Markdown beside itself, which a generator would take for another page."""
    for path, page in found.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(pages.for_machines(page, printed), "utf-8", newline="\n")


def write_aliases(site: Path) -> None:
    """Put a page that leads on at every address that people guess."""
    for path, text in aliases.pages().items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(text, "utf-8", newline="\n")


def write_skill(site: Path) -> None:
    """Put the skill for assistants beside the list of the pages."""
    path = site / pages.SKILL
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes((ROOT / "integrations" / pages.SKILL).read_bytes())


def _in_a_new_process(out: Path) -> None:
    """Write the pages with the code as it is now; a fault in it is shown, and can be mended."""
    command = (sys.executable, "-m", "docs._builder", "--out", str(out.resolve()))
    subprocess.run(command, cwd=ROOT, check=False)  # noqa: S603 - it is this command


if __name__ == "__main__":
    main()
