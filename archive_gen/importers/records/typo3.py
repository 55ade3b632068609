"""News of TYPO3: the pictures of ``tt_news``, which names their files and captions in lists."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from archive_gen.importers.records.figures import figure

if TYPE_CHECKING:
    from collections.abc import Mapping

_FOLDER = "uploads/pics/"
_MOST = 50
"""Pictures of a story."""


def pictures(fields: Mapping[str, Any]) -> str:
    """Figures of what stands in ``image`` and ``imagecaption``; ``tx_news`` has only numbers
    there."""
    names, said = (str(fields.get(key) or "") for key in ("image", "imagecaption"))
    files = [name.strip() for name in names.split(",") if "." in name][:_MOST]
    captions = [line.strip() for line in said.splitlines()][: len(files) or 1]
    pairs = zip_longest(files, captions, fillvalue="")
    return "".join(figure(file and f"{_FOLDER}{file}", caption) for file, caption in pairs)
