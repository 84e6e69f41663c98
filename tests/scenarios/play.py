"""Plays one scenario, in the namespaces that it is started in: ``python -m scenarios.play NAME``.

Prints what came of it as JSON.
"""

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

from helpers.command import COMMAND, environment

from scenarios.everything import BY_NAME
from scenarios.place import Place, set_up
from scenarios.scenario import Played, Scenario

PATIENCE = 20.0  # seconds beyond the deadline, before a command that hangs is ended


def play(scenario: Scenario, folder: Path) -> Played:
    """Set the worlds up, run the command in them once, and tell what happened."""
    with set_up(folder) as place, ExitStack() as stack:
        for world in scenario.worlds:
            stack.enter_context(world(place))
        return _run(scenario, place)


def _run(scenario: Scenario, place: Place) -> Played:
    chosen = {**place.variables, **scenario.variables}
    variables = {name: value for name, value in chosen.items() if value is not None}
    timeout = ("--timeout", str(scenario.timeout))
    with (place.folder / "out").open("wb") as out, (place.folder / "err").open("wb") as err:
        started = time.monotonic()
        process = subprocess.Popen(
            (*COMMAND, "check", "--json", *timeout, *scenario.arguments),
            env=environment(**{"HOME": str(place.home), **variables}),
            cwd=place.home,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
        )
        too_long = threading.Timer(scenario.timeout + PATIENCE, process.kill)
        too_long.start()
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.monotonic() - started
        too_long.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    return Played(
        exit_code=process.returncode,
        stdout=(place.folder / "out").read_bytes().decode(),
        stderr=(place.folder / "err").read_bytes().decode(),
        seconds=seconds,
        peak_mb=used.ru_maxrss / 1024,
        seen=place.seen,
    )


def main(name: str) -> None:
    """Play a scenario and print what came of it."""
    with tempfile.TemporaryDirectory(prefix="scenario-") as folder:
        played = play(BY_NAME[name], Path(folder))
    json.dump(asdict(played), sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1])
    sys.stdout.flush()
    os._exit(0)  # whatever a server's thread is still doing
