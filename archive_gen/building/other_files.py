"""The files of the site that are no pages: the theme's, those for its root, the search's."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive_gen.building.publish import MARKER
from archive_gen.building.workers import Made
from archive_gen.layout import TEMPLATES_FOLDER
from archive_gen.problems import Problem
from archive_gen.rendering.theme_files import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from archive_gen.building.publish import FolderSink
    from archive_gen.building.state import BuildState
    from archive_gen.pages import Group

ASSETS: Group = ("asset", "")
"""The theme's files, and those for the root."""
SEARCH_FILES: Group = ("search", "")


@dataclass(frozen=True, slots=True)
class OtherFiles:
    """Puts them where they will be published from."""

    sink: FolderSink
    state: BuildState

    def stage_assets(self, assets: Mapping[str, bytes]) -> list[Made]:
        """``assets``: output path → bytes."""
        return [self._stage(path, ASSETS, data) for path, data in assets.items()]

    def stage_root_files(
        self, files: Mapping[str, bytes], problems: list[Problem]
    ) -> Iterator[Made]:
        """Those of ``files`` that no page is in the place of; ``problems`` tells the others."""
        for path, data in files.items():
            if path == MARKER or self.state.has_page(path, ASSETS):
                shown = f"{TEMPLATES_FOLDER}/{ROOT}{path}"
                message = "would be in the place of a file that the build makes"
                problems.append(Problem(shown, 0, message, "give it another name"))
            else:
                yield self._stage(path, ASSETS, data)

    def stage_search(self, name: str, data: bytes) -> Made:
        """A file of the page's index."""
        return self._stage(search_url(name), SEARCH_FILES, data)

    def search_file_before(self, name: str) -> bytes | None:
        """A file of the page's index, if it still is as a build made it."""
        url = search_url(name)
        data = self.sink.read(url)
        made = data is not None and _digest(data) == self.state.page(url, SEARCH_FILES)
        return data if made else None

    def _stage(self, path: str, group: Group, data: bytes) -> Made:
        staged = self.sink.stage(path, data)
        return Made(path, group, _digest(data), rendered=False, staged=staged)


def search_url(name: str) -> str:
    """Where a file of the page's index is published."""
    return f"search/{name}"


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()
