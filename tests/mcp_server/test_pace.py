"""How often an assistant may have requests sent."""

from codegpt_doctor.mcp.pace import Pace


def test_so_many_runs_pass_and_the_next_is_told_how_long_to_wait() -> None:
    now = [100.0]
    pace = Pace(2, 60, lambda: now[0])
    assert pace.wait() == 0
    now[0] += 20
    assert pace.wait() == 0
    assert pace.wait() == 40
    now[0] += 40
    assert pace.wait() == 0
    assert pace.wait() == 20
