"""The builds of ``archive serve --watch``, each in a process of its own.

It tells what it did, leaves no memory behind, and a fault in it ends no server.
"""

from __future__ import annotations

import contextlib
import json
import signal
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Any

import click

from archive_gen.cli.shell import counted, note, tell
from archive_gen.config import load_config
from archive_gen.locks import exclusive
from archive_gen.problems import ArchiveError, OperationError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from archive_gen.serving.answers import Answers
    from archive_gen.serving.watch import Watch

_ATTENTIVE = 0.2
"""Seconds in which it is heard of that the server ends."""
_BUSY = Problem("archive", 0, "another build is running", "wait for its end")


def build(site: Path) -> None:
    """Build as ``archive build`` does, to its end; an exception meanwhile ends it, too."""
    with _process(site) as process:
        process.wait()


@contextlib.contextmanager
def kept_built(answers: Answers, watch: Watch) -> Iterator[None]:
    """Build again on each change, beside the server, until the block is left."""
    ended = threading.Event()
    thread = threading.Thread(target=_work, args=(answers, watch, ended))
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _work(answers: Answers, watch: Watch, ended: threading.Event) -> None:
    try:
        while not ended.is_set():
            if watch.wait(_ATTENTIVE) and _is_free(answers.site, ended):
                _build_again(answers, ended)
    except OSError as error:
        hint = "serve again to build what changes"
        tell([Problem("--watch", 0, f"hears no more: {error.strerror or error}", hint)])


def _is_free(site: Path, ended: threading.Event) -> bool:
    """Wait until no other build runs: it may have begun before the change."""
    while not ended.is_set():
        with contextlib.suppress(OperationError), exclusive(site, "build", _BUSY):
            return True
        ended.wait(_ATTENTIVE)
    return False


def _build_again(answers: Answers, ended: threading.Event) -> None:
    told = ""
    with _process(answers.site, "--json") as process:
        while not ended.is_set():
            with contextlib.suppress(subprocess.TimeoutExpired):
                told, _ = process.communicate(timeout=_ATTENTIVE)
                break
    if not told:  # it has said why on standard error
        return
    report = json.loads(told)
    _tell(report)
    with contextlib.suppress(ArchiveError):  # the build has told it
        answers.configure(load_config(answers.site))
        if report["written"] or report["deleted"]:
            answers.renew()


def _tell(report: dict[str, Any]) -> None:
    for sentence in report["notes"]:
        note(sentence)
    written, seconds = counted(report["written"], "file"), report["seconds"]["total"]
    click.echo(f"{written} written, {report['deleted']:,} removed ({seconds:.2f} s)")


@contextlib.contextmanager
def _process(site: Path, *options: str) -> Iterator[subprocess.Popen[str]]:
    """A build, which Ctrl-C does not reach: when the block is left it is stopped, and has ended."""
    # -P: a module that lies in the folder from which the command was called is none of ours.
    command = [sys.executable, "-P", "-m", "archive_gen", "build", "--site", str(site), *options]
    output = subprocess.PIPE if options else None
    apart: dict[str, Any] = {"process_group": 0}
    stop = signal.SIGINT
    if sys.platform == "win32":
        apart = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
        stop = signal.CTRL_BREAK_EVENT
    with subprocess.Popen(command, stdout=output, text=True, **apart) as process:  # noqa: S603
        try:
            yield process
        finally:
            if process.poll() is None:
                process.send_signal(stop)
            process.wait()
