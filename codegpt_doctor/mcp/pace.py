"""How often an assistant may have requests sent: it may be in a loop, and nobody may watch."""

import threading
from collections import deque
from collections.abc import Callable
from time import monotonic


class Pace:
    """Lets through so many runs in so many seconds.

    Args:
        most: runs within the span.
        span: its length in seconds.
        clock: the time in seconds.
    """

    def __init__(self, most: int, span: float, clock: Callable[[], float] = monotonic) -> None:
        self._most, self._span, self._clock = most, span, clock
        self._runs: deque[float] = deque()
        self._lock = threading.Lock()

    def wait(self) -> float:
        """Take one run: 0 where it may begin now, else the seconds until one may; none is taken."""
        with self._lock:
            now = self._clock()
            while self._runs and now - self._runs[0] >= self._span:
                self._runs.popleft()
            if len(self._runs) >= self._most:
                return self._span - (now - self._runs[0])
            self._runs.append(now)
            return 0.0
