"""Requests of a page that are held back until a test lets them go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import re

_TURNS = 3_000
_TURN = 20  # milliseconds


class Held:
    """From now on, those of ``page`` to addresses like ``pattern`` wait."""

    def __init__(self, page: Any, pattern: str | re.Pattern[str]) -> None:
        self._page, self._pattern = page, pattern
        self._routes: list[Any] = []
        self._let_go = False
        page.route(pattern, self._hold)

    def _hold(self, route: Any) -> None:
        if self._let_go:
            route.continue_()
        else:
            self._routes.append(route)

    def wait(self) -> None:
        """Until there is one: a slow machine takes its time before it asks."""
        for _ in range(_TURNS):
            if self._routes:
                return
            self._page.wait_for_timeout(_TURN)
        raise AssertionError(f"nothing asks for {self._pattern}")

    def release(self) -> int:
        """Let them go, and those that come later: how many were held."""
        self._let_go = True
        for route in self._routes:
            route.continue_()
        return len(self._routes)
