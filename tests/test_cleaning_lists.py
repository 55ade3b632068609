"""Lists of short lines that a story announces."""

from __future__ import annotations

from typing import Any

import pytest

from archive_gen.article import RawDocument
from archive_gen.cleaning import BODY_LABELS, Label, Learned, apply_rules, clean, judged, label
from archive_gen.cleaning.base import Block
from archive_gen.cleaning.confidence import line_confidences
from archive_gen.cleaning.lines.blocks import split_blocks

HEADLINE = "Nine bakers win the bread prize of Lorne Harbour"
STORY = """\
The guild of bakers gave its yearly prize on Monday night in the old salt store by the harbour.
The jury tasted sixty loaves in four hours, and two of its members asked for water after the rye.
"I have never seen so many good crusts on one table," said Odile Marrant, who led the jury."""
ANNOUNCED = "The jury read out the names of all winners at midnight:"
WINNERS = (
    *("White bread", "Hanna Quell", "Tove Aldin", "Rye", "Jorun Pell", "Mattis Orre"),
    *("Rolls", "Sunna Vik", "Levi Stroud"),
)
"""The last is no name alone, which at the end of a story would sign it."""
LAST = "Seed bread of the island"


def labels(*lines: str, learned: Learned | None = None) -> list[tuple[str, Label | None]]:
    blocks = split_blocks("\n\n".join([HEADLINE, *STORY.split("\n"), *lines]))
    page = label(blocks, learned) if learned else label(blocks)
    return [(block.text, page.label(index)) for index, block in enumerate(page.blocks)]


def kept(*lines: str) -> list[str]:
    return [text for text, label in labels(*lines) if label in BODY_LABELS]


def test_a_list_that_the_story_announces_is_kept_whole() -> None:
    assert kept(ANNOUNCED, *WINNERS, LAST)[-11:] == [ANNOUNCED, *WINNERS, LAST]


def test_it_ends_where_the_page_speaks() -> None:
    found = kept(ANNOUNCED, *WINNERS, LAST, "Read more", "Weather", "Tides", "Ferries")
    assert found[-1] == LAST


def test_it_ends_above_a_notice() -> None:
    found = kept(ANNOUNCED, *WINNERS, LAST, "© 2017-2025 Lorne Courier", "Weather", "Tides")
    assert found[-1] == LAST


def test_of_a_list_without_end_forty_lines_are_kept() -> None:
    first = "Hanna Tove Jorun Sunna Odile Mattis Levi Ada".split()
    towns = [name + end for name in first for end in "quell aldin pell vik orre stroud".split()]
    found = dict(labels(ANNOUNCED, *towns, LAST))
    assert found[towns[39]] is Label.LIST
    assert found[towns[40]] is Label.FURNITURE


PICTURE = ("The jury in the salt store", "(Getty Images)", "Comments")


def test_a_picture_may_stand_between_the_story_and_the_line_that_announces() -> None:
    announced = "See the full list of this year's winning bakers below:"
    found = kept(*PICTURE, announced, *WINNERS, LAST)
    assert found[-11:] == [announced, *WINNERS, LAST]


def test_far_below_the_story_no_line_announces_anything() -> None:
    found = kept(
        "Weather",
        "Tides",
        "Ferries",
        "Share",
        "See all the offers of this week below:",
        *WINNERS,
        LAST,
    )
    assert not {"Hanna Quell", "Jorun Pell", "Rolls"} & set(found)


@pytest.mark.parametrize("above", ["More:", "The jury read out the names of all winners."])
def test_nothing_else_announces_one(above: str) -> None:
    """A heading of a menu ends with a colon, too."""
    assert not {"Hanna Quell", "Jorun Pell", "Rolls"} & set(kept(above, *WINNERS, LAST))


def test_a_few_short_lines_are_left_to_the_model() -> None:
    assert not {"Tides", "Ferries"} & set(kept(ANNOUNCED, "Weather", "Tides", "Ferries"))


def test_what_the_site_repeats_ends_a_list() -> None:
    repeated = Learned(furniture=frozenset({"rolls"}))
    found = dict(labels(ANNOUNCED, *WINNERS, LAST, learned=repeated))
    assert found["Rolls"] is Label.FURNITURE
    assert found["Jorun Pell"] is not Label.LIST


def test_a_person_is_told_that_such_lines_are_not_sure() -> None:
    page = label(split_blocks("\n\n".join([HEADLINE, *STORY.split("\n"), ANNOUNCED, *WINNERS])))
    sure = line_confidences(page)
    listed = [sure[index] for index in page.indexes(Label.LIST)]
    assert listed
    assert max(listed) < 0.9


class _Counted(tuple[Block, ...]):
    """Blocks that count how often one of them is asked for."""

    asked = 0

    def __getitem__(self, index: Any) -> Any:
        _Counted.asked += 1
        return super().__getitem__(index)


def _asked(announcing: int) -> int:
    lines = [f"The mill was bought again on day {n}, he said:" for n in range(announcing)]
    blocks = split_blocks("\n\n".join([HEADLINE, *STORY.split("\n"), *lines]))
    _Counted.asked = 0
    label(_Counted(blocks))
    return _Counted.asked


def test_many_lines_that_announce_one_are_looked_at_once_each() -> None:
    """Lines that end with a colon, one below the other: all one list."""
    assert _asked(800) < 2.5 * _asked(400)


@pytest.mark.parametrize(
    ("items", "written"),
    [
        (("1. White bread of wheat", "2. Rye"), "1. White bread of wheat\n2. Rye"),
        (("1) White bread of wheat", "2) Rye"), "1. White bread of wheat\n2. Rye"),
        (("10. White bread of wheat", "9. Rye"), "10\\. White bread of wheat\n\n9\\. Rye"),
        (("• White bread of wheat", "• Rye"), "- White bread of wheat\n- Rye"),
        (("•White bread of wheat", "•Rye"), "- White bread of wheat\n- Rye"),
    ],
)
def test_numbers_of_a_list_are_kept(items: tuple[str, ...], written: str) -> None:
    first, *more = STORY.split("\n")
    text = "\n\n".join((HEADLINE, first, *items, *more))
    assert f"\n\n{written}\n\n" in clean(RawDocument("a.txt", b"", text)).article.body


def test_so_are_those_of_items_with_paragraphs_between_them() -> None:
    walks = [
        ("3. Oak Hill", "Steep at first, but the view over the bay is worth it."),
        ("4. The harbour wall", "It is short and windy, and there are chips at the end."),
    ]
    text = "\n\n".join((HEADLINE, STORY, *(line for walk in walks for line in walk), STORY))
    body = clean(RawDocument("a.txt", b"", text)).article.body
    assert all("\n\n".join(walk) in body for walk in walks)


def test_numbers_between_the_cells_of_a_table_are_kept() -> None:
    blocks = split_blocks("\n\n".join([HEADLINE, *STORY.split("\n"), "Rye", "$250+", "Wheat", "9"]))
    for chance, found in ((0.5, Label.BODY), (0.1, Label.FURNITURE)):
        chances = [0.9] * len(blocks)
        chances[-3] = chance
        page = judged(apply_rules(blocks), chances, Learned())
        assert page.label(len(blocks) - 3) is found


MATCH = """\
Rovers leave it late to sink Athletic
By Danny Sugden at Nethermoor Park
Saturday 8 October 2005
A stoppage-time header from substitute Lee Naylor gave Rovers a win they hardly deserved.
Athletic led after nine minutes when Paul Stansfield volleyed in from twenty yards.
"We rode our luck," said Rovers manager Terry Deacon.
Goals: Stansfield 9, Midgley (pen) 71, Naylor 90+3.
Booked: Hall, Trees, Serrant.
Referee: M Oliver (Ashington).
Attendance: 612
Man of the match: Dickinson.
More football
Tadcaster held at home
Back to top"""


def test_facts_of_the_story_in_a_row_are_kept_together() -> None:
    article = clean(RawDocument("a.txt", b"", MATCH.replace("\n", "\n\n"))).article
    assert article.body.split("\n\n") == MATCH.split("\n")[3:11]


def test_lines_of_a_page_with_colons_are_no_facts_of_its_story() -> None:
    below = ("Related stories", "Football: Home draw", "Cricket: Rain", "Rowing: Two golds")
    text = "\n".join((*MATCH.split("\n")[:6], *below))
    article = clean(RawDocument("a.txt", b"", text.replace("\n", "\n\n"))).article
    assert article.body.split("\n\n") == MATCH.split("\n")[3:6]


RESULTS = ["Margaret Ann (Cray) 3:12:04", "Gull (Harlow) 3:14:51", "Good Hope (San Telmo) 3:20:33"]
WON = (
    "The Margaret Ann won the spring regatta on Tuesday for the third time in a row, ahead of "
    "fourteen boats from five harbours, in a wind that tore two sails."
)
SAID = (
    "Her skipper, Ida Marsh, said the crew had trained since January, and that the new keel made "
    "the difference on the last leg to the lighthouse."
)
NEXT = (
    "The next race is the midsummer cup, for which eighteen boats have been entered so far, said "
    "the club's secretary."
)


@pytest.mark.parametrize("announced", ["Results:", "The results of the first three boats:"])
@pytest.mark.parametrize("mark", ["- ", "• ", "* ", ""])
def test_a_short_list_with_marks_that_the_story_announces(announced: str, mark: str) -> None:
    items = [(mark or f"{at}. ") + words for at, words in enumerate(RESULTS, 1)]
    page = ["Harbour Post", "Home", "News", "Regatta won by the Margaret Ann", "By Tom Hale"]
    below = ["Share this article", "Read more: The keel that changed it all"]
    text = "\n\n".join([*page, WON, SAID, announced, "\n".join(items), NEXT, *below])
    body = clean(RawDocument("x", text.encode(), text)).article.body
    kept = [("- " if mark else f"{at}. ") + words for at, words in enumerate(RESULTS, 1)]
    assert body.split("\n\n") == [WON, SAID, announced, "\n".join(kept), NEXT]


def test_a_list_below_what_is_no_story_is_none_of_it() -> None:
    more = "Most read today:\n1. Ferry late again\n2. A keel for Cray\n3. Rain until Sunday"
    text = "\n\n".join(["Regatta won by the Margaret Ann", WON, SAID, NEXT, "Share", "Print", more])
    assert clean(RawDocument("x", text.encode(), text)).article.body.endswith(NEXT)
