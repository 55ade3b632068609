"""A line on a terminal that says what is being done, how fast, and for how long yet."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Item = TypeVar("Item")

_OFTEN = 0.2
"""Seconds between two looks of the line."""


@dataclass(slots=True)
class Progress:
    """Silent where standard error is no terminal."""

    _phase: str = ""
    _began: float = 0.0
    _shown: float = 0.0
    _visible: bool = False
    _seen: bool = field(default_factory=lambda: sys.stderr.isatty())

    def step(self, phase: str, done: int, total: int = 0) -> None:
        """So much is done of this phase, of ``total``, which is 0 if nobody knows."""
        if not self._seen:
            return
        now = time.monotonic()
        if phase != self._phase:
            self._phase, self._began = phase, now
        if now - self._shown >= _OFTEN:
            self._shown, self._visible = now, True
            line = line_for(phase, done, total, now - self._began)
            click.echo(f"\r\033[K{line}", nl=False, err=True)

    def part(self, phase: str, part: float) -> None:
        """So much of this phase is done, from 0 to 1: what ``Trace`` tells."""
        now = time.monotonic()
        if self._seen and (phase != self._phase or now - self._shown >= _OFTEN):
            self._phase, self._shown, self._visible = phase, now, True
            done = f" {part:.0%}" if part else ""
            click.echo(f"\r\033[K{phase} …{done}", nl=False, err=True)

    def each(self, phase: str, items: Iterable[Item], total: int) -> Iterator[Item]:
        """Pass on ``items``, and show how many have passed, of ``total``."""
        try:
            for number, item in enumerate(items, start=1):
                self.step(phase, number, total)
                yield item
        finally:
            self.clear()

    def clear(self) -> None:
        """Make room for a line of something else."""
        if self._visible:
            click.echo("\r\033[K", nl=False, err=True)
            self._visible = False


def line_for(phase: str, done: int, total: int, seconds: float) -> str:
    """``learning: 1,200 of 20,000, 310 a second, 1:01 left``."""
    of = f" of {total:,}" if total >= done else ""
    rate = done / seconds if seconds > 0 else 0
    speed = f", {rate:,.0f} a second" if rate >= 1 else ""
    left = round((total - done) / rate) if rate and total >= done else None
    end = f", {left // 60}:{left % 60:02} left" if left is not None else ""
    return f"{phase}: {done:,}{of}{speed}{end}"
