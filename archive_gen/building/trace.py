"""Watching a build: how far it is, and which process did what when.

``Trace.chrome_events`` is the Trace Event Format that Chrome (``chrome://tracing``), Perfetto
(https://ui.perfetto.dev) and Speedscope open.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from archive_gen.parallel import Context, Item, Mapper, Result


@dataclass(frozen=True, slots=True)
class Span:
    """Something that a process did; times are of ``time.perf_counter``, in seconds."""

    name: str
    process: int
    start: float
    end: float


class Trace:
    """What is known of a build while it runs."""

    def __init__(self, on_progress: Callable[[str, float], None]) -> None:
        """``on_progress`` is given a phase, and which part of its work is done (0 to 1)."""
        self.spans: list[Span] = []
        self._on_progress = on_progress
        self._phase = ""
        self._since = 0.0

    def phase(self, name: str) -> None:
        """A phase begins, and the one before ends."""
        now = time.perf_counter()
        if self._phase:
            self.spans.append(Span(self._phase, os.getpid(), self._since, now))
        self._phase, self._since = name, now
        if name:
            self._on_progress(name, 0)

    def done(self, span: Span, part: float) -> None:
        """A worker did something."""
        self.spans.append(span)
        self._on_progress(self._phase, part)

    def chrome_events(self) -> dict[str, Any]:
        """The trace as JSON values: a row a process, times in microseconds from the start."""
        begin = min((span.start for span in self.spans), default=0.0)
        return {
            "traceEvents": [
                {
                    "name": span.name,
                    "ph": "X",
                    "ts": round((span.start - begin) * 1e6),
                    "dur": round((span.end - span.start) * 1e6),
                    "pid": os.getpid(),
                    "tid": span.process,
                }
                for span in self.spans
            ]
        }


@dataclass(frozen=True, slots=True)
class TracedMapper:
    """A mapper that tells a trace what its workers do."""

    mapper: Mapper
    trace: Trace

    def map(
        self, function: Callable[[Context, Item], Result], context: Context, items: Iterable[Item]
    ) -> Iterator[Result]:
        """Yield the results in order."""
        work = list(items)
        return self._told(self.mapper.map(_Timed(function), context, work), len(work))

    def begin(self, function: Callable[[Item], Result], item: Item) -> Callable[[], Result]:
        """See ``Mapper``. It is not told: nobody waits for it as a rule."""
        return self.mapper.begin(function, item)

    def _told(self, spans: Iterator[tuple[Result, Span]], count: int) -> Iterator[Result]:
        for number, (result, span) in enumerate(spans, 1):
            self.trace.done(span, number / count)
            yield result


@dataclass(frozen=True, slots=True)
class _Timed:
    function: Callable[[Any, Any], Any]

    def __call__(self, context: object, item: object) -> tuple[Any, Span]:
        start = time.perf_counter()
        result = self.function(context, item)
        name = self.function.__name__
        return result, Span(name, os.getpid(), start, time.perf_counter())
