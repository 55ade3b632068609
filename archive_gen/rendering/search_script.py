"""``assets/search.js``: its parts, joined.

It ships as one file, because an archive's own ``search.html`` names one, and as a script that is no
module, because a browser loads no module from a disk. So each part is a script as well: a function
that runs at once and hands over what others may use.
"""

from __future__ import annotations

from pathlib import Path

NAME = "assets/search.js"
"""The file, as a theme knows it."""

FOLDER = "search/"
"""Where the theme has the parts."""

PARTS = (
    "words", "query", "codec", "files", "shards", "lexicon", "terms", "matching", "relaxing",
    "correction", "meaning", "documents", "ranking", "best", "engine", "elements", "sentences",
    "passages", "index", "server", "answers", "narrowing", "page",
)  # fmt: skip
"""Each uses only those before it."""


def joined(theme: Path) -> bytes:
    """All parts that are in the folder of a theme, each behind a line that names it."""
    paths = [f"{FOLDER}{part}.js" for part in PARTS]
    return b"\n".join(b"// %b\n%b" % (path.encode(), (theme / path).read_bytes()) for path in paths)
