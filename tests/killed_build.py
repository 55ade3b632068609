"""A build that dies at a chosen moment, as by ``kill -9``: ``killed_build.py FOLDER MOMENT``."""

import os
import sys
from collections.abc import Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from archive_gen.building.build import build
from archive_gen.building.publish import FolderSink
from archive_gen.config import load_config
from archive_gen.parallel import SerialMapper


class DyingSink(FolderSink):
    """Ends the process while it publishes."""

    def publish(self, staged: Iterable[str], removed: Iterable[str], made_from: str = "") -> None:
        staged = list(staged)
        if MOMENT == "half":
            for path in staged[: len(staged) // 2]:
                self._move(path)
        if MOMENT == "published":
            super().publish(staged, removed, made_from)
        os._exit(9)


FOLDER, MOMENT = Path(sys.argv[1]), sys.argv[2]
config = load_config(FOLDER)
build(FOLDER, config, mapper=SerialMapper(), sink=DyingSink(FOLDER / config.output))
