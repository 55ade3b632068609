"""Whatever titles, tags and slugs are: each file has a name that every system keeps."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Iterable

import pytest

from tests.archive_folder import ArchiveFolder

_DEVICES = {"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in "0123456789")}
HOSTILE = (
    *("con", "CON", "Prn", "aux", "NUL", "com1", "LPT9", "nul.txt", "con.", "COM¹", "conin$"),
    *(
        "../../etc/passwd",
        "..",
        ".",
        "/",
        "/etc/passwd",
        "\\\\host\\share",
        "C:\\x",
        "c:x",
        "~root",
    ),
    *(
        "a/b",
        "a\\b",
        "a:b",
        "a|b",
        "a?b",
        "a*b",
        "<a>",
        '"a"',
        "a.",
        "a ",
        "a...",
        " a",
        "a\u2028b",
    ),
    *("é", "e\u0301", "É", "ﬁ", "fi", "FI", "ß", "ss", "SS", "İ", "i", "I", "ı", "ſ", "s"),
    *(
        "a" * 300,
        "é" * 300,
        "日" * 300,
        "\U0001f600" * 90,
        "\u202ea",
        "a\u200bb",
        "\u00adx",
        "\u3000",
    ),
    *("index", "index.html", "page-1", "2015", "10", "feed.xml", "terms.json", "articles.json"),
    *(
        "%2e%2e%2f",
        "%00",
        "a%",
        "#a",
        "?a",
        "&",
        ";",
        "$HOME",
        "`x`",
        "-",
        "--",
        "_",
        ".git",
        "...",
    ),
)


def faults(paths: Iterable[str]) -> list[str]:
    """What keeps these files from lying on one disk of Linux, macOS or Windows."""
    paths = list(paths)
    found = [f"{path}: {name!r}" for path in paths for name in path.split("/") if not is_name(name)]
    names = {"/".join(path.split("/")[:n]) for path in paths for n in range(1, path.count("/") + 2)}
    same = Counter(unicodedata.normalize("NFC", name).casefold() for name in names)
    found += [f"{name}: {count} names are one" for name, count in same.items() if count > 1]
    return found + [f"{path}: too long" for path in paths if len(path) > 200]


def is_name(name: str) -> bool:
    return (
        0 < len(name.encode()) <= 255
        and name not in (".", "..")
        and name[-1] not in ". "
        and name.split(".")[0].rstrip().casefold() not in _DEVICES
        and not any(c in '<>:"|?*\\' or ord(c) < 32 or ord(c) == 127 for c in name)
    )


@pytest.mark.parametrize("path", ["con", "a/nul.md", "a.", "a /b", "a:b", "é" * 128, "a\0"])
def test_the_judge_sees_a_bad_name(path: str) -> None:
    assert faults([path])


def test_the_judge_sees_names_that_are_one() -> None:
    assert faults(["A/x", "a/y"])
    assert faults(["é", "e\u0301"])
    assert not faults(["a/x", "a/y", "b"])


def test_every_file_of_a_hostile_archive_can_lie_on_every_disk(archive: ArchiveFolder) -> None:
    for number, text in enumerate(HOSTILE):
        quoted = json.dumps(text)
        archive.article(
            f"{number}.md",
            date=f"20{number % 20:02}-10-07",
            title=json.dumps(f"{text}"),
            place=quoted,
            source=quoted,
            authors=f"[{quoted}]",
            tags=f"[{quoted}]",
        )
    for number, text in enumerate(HOSTILE):
        archive.article(f"slugs/{number}.md", slug=json.dumps(text), title="A")
    archive.build()
    paths = list(archive.output())
    assert len(paths) > 5 * len(HOSTILE)
    assert faults(paths) == []
    outside = [p for p in archive.path.parent.rglob("*") if archive.path not in (p, *p.parents)]
    assert outside == []
