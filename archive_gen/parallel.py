"""``Mapper``: an ordered map over picklable values; who runs it is the caller's choice."""

from __future__ import annotations

import contextlib
import itertools
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from multiprocessing import active_children
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from archive_gen import garbage
from archive_gen.problems import OperationError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import FrameType

FORKED = sys.platform == "linux"
"""Whether a process starts at once, with all that this one has.

Where forking is unsafe or unknown it loads the program anew: as long as hundreds of pages take.
"""
AHEAD = 16
"""Pieces of work queued for each process, so that it goes on while the main one is busy."""
# While a result is waited for, signals are looked for each so many seconds.
_ATTENTIVE = 0.1
# Ctrl-C, and the end of a terminal.
_TO_ALL = [getattr(signal, name) for name in ("SIGINT", "SIGHUP") if hasattr(signal, name)]
# Of each process, itself and the one that ends it with its parent; here, those that hand out work.
_THREADS = 2
_NO_MORE = "the system lets no more processes be started"
_NO_MORE_HINT = "end other programs, or work with one: --jobs 1"
_BROKEN_HINT = "perhaps memory ran out, or no more may run: try again with --jobs 1"

Context = TypeVar("Context")
Item = TypeVar("Item")
Result = TypeVar("Result")


class Mapper(Protocol):
    """Calls ``function(context, item)`` for each item; results come in the items' order.

    ``function`` is a module-level function; ``context`` is shipped once a worker. Where others do
    the work they begin at once: whoever called may do something else before it asks for results.
    """

    def map(
        self, function: Callable[[Context, Item], Result], context: Context, items: Iterable[Item]
    ) -> Iterator[Result]:
        """Yield the results in order."""
        ...

    def begin(self, function: Callable[[Item], Result], item: Item) -> Callable[[], Result]:
        """Call ``function`` once, where others do the work beside the caller; wait for its result
        by calling what is returned."""
        ...


class SerialMapper:
    """In this process, one after the other."""

    def map(
        self, function: Callable[[Context, Item], Result], context: Context, items: Iterable[Item]
    ) -> Iterator[Result]:
        """Yield each result as it is made."""
        return (function(context, item) for item in items)

    def begin(self, function: Callable[[Item], Result], item: Item) -> Callable[[], Result]:
        """Call it when its result is waited for."""
        return partial(function, item)


@dataclass(frozen=True, slots=True)
class ProcessMapper:
    """Over ``jobs`` processes of this machine; the context is handed over when they start."""

    jobs: int

    def map(
        self, function: Callable[[Context, Item], Result], context: Context, items: Iterable[Item]
    ) -> Iterator[Result]:
        """Yield the results in order; few items do not pay for starting processes.

        Where the system does not let them be started, this process does the work.
        """
        head = list(itertools.islice(items_iterator := iter(items), self.jobs))
        if self.jobs < 2 or len(head) < 2 or not _may_start(_THREADS * self.jobs + _THREADS):
            return SerialMapper().map(function, context, itertools.chain(head, items_iterator))
        results = self._map_processes(function, context, itertools.chain(head, items_iterator))
        next(results)
        return results

    def begin(self, function: Callable[[Item], Result], item: Item) -> Callable[[], Result]:
        """Call it in a process of its own."""
        if self.jobs < 2 or not _may_start(_THREADS + _THREADS):
            return SerialMapper().begin(function, item)
        # The item is handed over when the process starts: not copied where that is a fork.
        results = ProcessMapper(1)._map_processes(_apply, item, iter([function]))
        next(results)

        def result() -> Result:
            only: Result
            [only] = results  # to the end: the process has ended then
            return only

        return result

    def _map_processes(
        self, function: Callable[[Any, Any], Result], context: object, items: Iterator[object]
    ) -> Iterator[Any]:
        """Yield None once the work has begun, then the results."""
        executor = ProcessPoolExecutor(
            self.jobs,
            mp_context=multiprocessing.get_context("fork" if FORKED else "spawn"),
            initializer=_set_context,
            initargs=(context,),
        )
        with _running(executor):
            # ``executor.map`` takes in all items at once: here some wait.
            futures = map(partial(executor.submit, partial(_call, function)), items)
            waiting: deque[Future[Result]] = deque()
            try:
                with interrupts_held():
                    waiting.extend(itertools.islice(futures, AHEAD * self.jobs))
                yield None
                while waiting:
                    with interrupts_held() as held:
                        if not _is_done(waiting[0], held):
                            continue
                        result = waiting.popleft().result()
                        waiting.extend(itertools.islice(futures, 1))
                    yield result
            except BrokenProcessPool:
                problem = Problem("archive", 0, "a worker process was ended", _BROKEN_HINT)
                raise OperationError(problem) from None
            finally:
                with interrupts_held():
                    for future in waiting:
                        future.cancel()


def chunks(items: Iterable[Item], size: int) -> Iterator[tuple[Item, ...]]:
    """``items`` in tuples of ``size``, the last one shorter: what is worth a trip to a worker."""
    iterator = iter(items)
    while chunk := tuple(itertools.islice(iterator, size)):
        yield chunk


@contextlib.contextmanager
def interrupts_held() -> Iterator[list[int]]:
    """Let Ctrl-C, and the signal that ends programs, take effect when the block is left.

    Yields the signals that came meanwhile. What they raise in the middle of ``concurrent.futures``
    can leave one of its locks closed for ever (a ``Condition`` that is just being entered), and
    the thread that hands out the work then waits for it, and the program for that thread.
    """
    held: list[int] = []
    handlers = _handlers() if threading.current_thread() is threading.main_thread() else {}
    for number in handlers:
        signal.signal(number, lambda number, _frame: held.append(number))
    try:
        yield held
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
        if held:
            signal.raise_signal(held[0])


def _handlers() -> dict[int, Callable[[int, FrameType | None], Any]]:
    """What the program does on signals that would end it; those that it ignores stay ignored."""
    found = {number: signal.getsignal(number) for number in (*_TO_ALL, signal.SIGTERM)}
    return {number: handler for number, handler in found.items() if callable(handler)}


@contextlib.contextmanager
def _running(executor: ProcessPoolExecutor) -> Iterator[None]:
    """Let all processes begin.

    Raises ``OperationError`` if the system lets no more be started: there is no memory, perhaps.
    Those that were would wait for work that never comes, and this process for them.
    """
    others = frozenset(active_children())
    try:
        with interrupts_held():
            executor.submit(_nothing)
    except (OSError, RuntimeError):
        for process in frozenset(active_children()) - others:
            process.kill()
        raise OperationError(Problem("archive", 0, _NO_MORE, _NO_MORE_HINT)) from None
    with executor:
        yield


def _nothing() -> None:
    pass


def _is_done(future: Future[Result], held: list[int]) -> bool:
    """Wait for it; whether it is done, or else a signal came first."""
    while not held and not future.done():
        wait((future,), _ATTENTIVE)
    return future.done()


def _may_start(number: int) -> bool:
    """Whether the system lets so many threads be started, which count as processes do.

    Of a pool that can't be started as a whole, parts would wait for the others for ever.
    """
    done = threading.Event()
    started: list[threading.Thread] = []
    with interrupts_held():
        try:
            for _ in range(number):
                started.append(threading.Thread(target=done.wait))
                started[-1].start()
        except RuntimeError:
            started.pop()
        done.set()
        for thread in started:
            thread.join()
    return len(started) == number


_context: Any = None


def _set_context(context: object) -> None:
    global _context
    _context = context
    garbage.keep_inherited()
    # These reach every process; the one that started the others ends them.
    for number in _TO_ALL:
        signal.signal(number, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        threading.Thread(target=_end_with_parent, daemon=True).start()
    except RuntimeError:  # the system lets none be started: who waits for this process tells it
        os._exit(1)


def _end_with_parent() -> None:
    """A worker whose parent was killed would wait for work for ever, its last work half written.

    Each holds the ends of the pipes of those that were started before it, so the last one hears
    of it first.
    """
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _apply(item: object, function: Callable[[Any], Result]) -> Result:
    return function(item)


def _call(function: Callable[[Any, Any], Result], item: object) -> Result:
    return function(_context, item)
