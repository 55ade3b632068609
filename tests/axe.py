"""What axe-core finds on a page: WCAG 2.2 AA and best practices, in light and in dark."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

_ALL = {"resultTypes": ["violations"]}
_OF_COLOUR = _ALL | {"runOnly": ["color-contrast", "link-in-text-block"]}
"""The rules of ``cat.color`` that are on: in the dark, a site has other colours and no others."""


_RUN = "async (options) => (await axe.run(options)).violations"


def broken_rules(page: Any) -> Iterator[tuple[str, list[str]]]:
    """Rule and element; with all that can be opened open."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page.evaluate("for (const all of document.querySelectorAll('details')) all.open = true")
    page.evaluate(axe.axe_script)  # once, and what holds stays there: both take half of the time
    for scheme, options in (("light", _ALL), ("dark", _OF_COLOUR)):
        page.emulate_media(color_scheme=scheme)
        for fault in page.evaluate(_RUN, options):
            for node in fault["nodes"]:
                yield fault["id"], node["target"]
