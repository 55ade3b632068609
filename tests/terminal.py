"""A command in a pseudo-terminal of its own, typed to and looked at as a person does."""

from __future__ import annotations

import contextlib
import os
import select
import sys
import termios
from collections.abc import Mapping
from pathlib import Path


class Terminal:
    """``archive …`` on a terminal of so many ``columns``; ``editor`` is its $EDITOR.

    ``variables`` are others of the environment.
    """

    def __init__(
        self,
        *arguments: str | Path,
        editor: str = "false",
        columns: int = 0,
        variables: Mapping[str, str] | None = None,
    ) -> None:
        self.process, self.screen = os.forkpty()
        if not self.process:
            termios.tcsetwinsize(0, (24, columns))
            environment = {**os.environ, "EDITOR": editor, "VISUAL": editor, "TERM": "xterm"}
            for name in ("NO_COLOR", "COLUMNS"):
                environment.pop(name, None)
            environment |= variables or {}
            call = [sys.executable, "-m", "archive_gen", *map(str, arguments)]
            os.execve(sys.executable, call, environment)  # noqa: S606
        self.shown = ""

    def until(self, text: str) -> str:
        """What is shown from now on, up to ``text``."""
        read = ""
        while text not in read:
            read += self._more()
        return read

    def type(self, text: str) -> None:
        os.write(self.screen, text.encode())

    def end(self) -> int:
        """The exit status."""
        with contextlib.suppress(OSError):  # Linux tells so that the other side is closed
            while self._more():
                pass
        os.close(self.screen)
        return os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1])

    def _more(self) -> str:
        assert select.select([self.screen], [], [], 60)[0], self.shown
        more = os.read(self.screen, 4096).decode("utf-8", "replace")
        self.shown += more
        return more
