"""The text of a PDF: what its pages have in common goes, and paragraphs are whole."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from archive_gen.importers import read
from tests.imported import imported

TITLE = "Ferry returns to Orme Sound"
STORY = [
    "The car ferry between Port Orme and the island of Hask sailed again on Sunday, nine weeks "
    "after its ramp broke in a storm that also took the roof of the harbour office.",
    "About two hundred people had come to the quay before sunrise. Many of them had not seen "
    "their relatives on the other side since the first days of January.",
    "The county paid for the new ramp, which cost 1.4 million crowns. It was built in a yard at "
    "Tolland and came by barge, which had to wait two weeks for calm water.",
    "Engineers will look at the old pier in April. Until then no lorry of more than twelve tonnes "
    "may go on board, the harbour master said.",
]
LINES = [line for one in STORY for line in (*textwrap.wrap(one, 60), "")]
PER_PAGE = 6


def printed(above: str, below: str, indent: str = "") -> str:
    """The story on pages, with a line above and below each."""
    lines = [f"{indent}{line}" for line in [TITLE, "By Ada Quill", "14 March 2021", "", *LINES]]
    pages = [lines[at : at + PER_PAGE] for at in range(0, len(lines), PER_PAGE)]
    shown = (
        "\n".join([above.format(number), "", *page, "", below.format(number), ""])
        for number, page in enumerate(pages, start=1)
    )
    return "".join(f"{page}\f" for page in shown)


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("", ""),
        ("", "{}"),
        ("", "Page {} of 4"),
        ("THE ORME COURIER", "{}"),
        ("THE ORME COURIER          {}", "14 March 2021"),
    ],
)
@pytest.mark.parametrize("indent", ["", "        "])
def test_lines_around_pages_go_and_paragraphs_are_whole(
    tmp_path: Path, above: str, below: str, indent: str
) -> None:
    article = imported(tmp_path, printed(above, below, indent))
    assert article.title == TITLE
    assert article.body.strip().split("\n\n") == STORY


def test_what_stands_above_the_first_page_is_known(tmp_path: Path) -> None:
    article = imported(tmp_path, printed("THE ORME COURIER\n14 March 2021\n", "{}"))
    assert article.source == "The Orme Courier"


def test_lines_that_pages_do_not_have_in_common_stay(tmp_path: Path) -> None:
    pages = ["\n\n".join([TITLE, *STORY[:2]]), "\n\n".join(["The ramp", *STORY[2:]])]
    article = imported(tmp_path, "\n\f".join(pages))
    assert article.body.strip().split("\n\n") == [*STORY[:2], "## The ramp", *STORY[2:]]


def test_columns_side_by_side_are_told(tmp_path: Path) -> None:
    """As ``pdftotext -layout`` puts them; a table of results has short cells."""
    left, right = VOTES, VOTES[::-1]
    columns = "\n".join(f"{a:<60}{b}" for a, b in zip(left, right, strict=True))
    table = "\n".join(f"{name:<30}{number:>8}{number + 7:>8}" for number, name in enumerate(VOTES))
    (tmp_path / "columns.txt").write_text(f"Board votes\n\n{columns}\n", "utf-8")
    (tmp_path / "table.txt").write_text(f"Board votes\n\n{table}\n", "utf-8")
    (tmp_path / "plain.txt").write_text("\n".join(["Board votes", "", *VOTES]), "utf-8")
    found = {name: list(read(tmp_path / f"{name}.txt")) for name in ("columns", "table", "plain")}
    assert [len(items) for items in found.values()] == [2, 1, 1]
    assert "without -layout" in str(found["columns"][1])


VOTES = [
    f"{number} of the members voted for the {thing} of the harbour"
    for number, thing in enumerate(
        "quay wall crane light shed ramp gate road yard bell".split() * 2
    )
]
