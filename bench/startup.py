"""How much longer an explanation takes than importing click alone; aim: at most 1.25."""

from installed import installed
from paired import compare


def main() -> None:
    """Compare the two."""
    with installed() as (doctor, python):
        compare([doctor, "explain", "insufficient_quota"], [python, "-c", "import click"])


if __name__ == "__main__":
    main()
