"""Which line is the headline."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive_gen.article import RawDocument
from archive_gen.cleaning import Label, clean, label
from archive_gen.cleaning.base import Mark, Page
from archive_gen.cleaning.decide import better_run
from archive_gen.cleaning.headline.features import FEATURES, measure
from archive_gen.cleaning.headline.weights import WEIGHTS
from archive_gen.cleaning.lines.blocks import split_blocks
from archive_gen.cleaning.rules.title import choose
from archive_gen.cleaning.site import find_site
from archive_gen.cleaning.story import best_run, weights

DUMPS = sorted((Path(__file__).resolve().parent / "fixtures" / "dumps").glob("*.txt"))
HEADLINE = "Ferry crews at Lorne Harbour end their longest strike"
STORY = """\
Ferry crews at Lorne Harbour went back to work on Monday after a strike of nineteen days.
The harbour office agreed to shorter shifts, and the crews gave up their demand for a bonus.
"We are tired and we are glad," said Odile Marrant, who speaks for the crews of the ferries.
The first ferry left the harbour at six with forty passengers and a van full of bread."""
MENU = ["Home", "Weather", "Sport", "Letters to the editor", "Find a ferry or a bus"]


def headlines(text: str) -> list[str]:
    return label(split_blocks(text)).texts(Label.TITLE)


@pytest.mark.parametrize("gap", ["\n", "\n\n"], ids=["dense", "with blank lines"])
def test_found_between_menu_and_byline(gap: str) -> None:
    lines = [*MENU, HEADLINE, "By Hanna Quell", "5 March 2018", *STORY.split("\n")]
    assert headlines(gap.join(lines)) == [HEADLINE]


@pytest.mark.parametrize("day", ["7 October 2015", "Wednesday, October 7, 2015", "2015年10月7日"])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_day_alone_above_all_is_no_headline(day: str, gap: str) -> None:
    text = f"{day}\n\n{HEADLINE}{gap}By Hanna Quell\n\n{STORY}"
    article = clean(RawDocument("a.txt", b"", text)).article
    assert article.date is not None
    assert (article.title, article.date.text) == (HEADLINE, "2015-10-07")
    assert (article.authors, article.summary) == (("Hanna Quell",), "")


def test_the_days_of_a_life_are_neither_headline_nor_date() -> None:
    lines = ["Obituaries", HEADLINE, "May 3, 1931 - January 12, 2012", *STORY.split("\n")]
    article = clean(RawDocument("a.txt", b"", "\n".join(lines))).article
    assert (article.title, article.date) == (HEADLINE, None)
    lines = [HEADLINE, "Published May 3, 2011 - Updated January 12, 2012", *STORY.split("\n")]
    article = clean(RawDocument("a.txt", b"", "\n".join(lines))).article
    assert article.date is not None
    assert article.date.text == "2011-05-03"


def test_what_announces_something_else_is_no_standfirst() -> None:
    lines = [
        HEADLINE,
        "This story is also there in the following languages:",
        "Deutsch",
        *MENU[1:3],
    ]
    lines += ["By Hanna Quell", "5 March 2018", *STORY.split("\n")]
    assert clean(RawDocument("a.txt", b"", "\n\n".join(lines))).article.summary == ""


def test_the_name_of_a_section_before_the_day_is_no_place() -> None:
    for before, place in (("Letters", ""), ("Tolland", "Tolland")):
        lines = [HEADLINE, f"{before}, October 7, 2015", *STORY.split("\n")]
        assert clean(RawDocument("a.txt", b"", "\n".join(lines))).article.place == place


def test_a_name_before_the_day_is_a_place_only_if_the_story_names_it() -> None:
    for before, place, authors in (
        ("Lorne Harbour", "Lorne Harbour", ()),
        ("Hanna Quell", "", ("Hanna Quell",)),
    ):
        below = ["A ferry that leaves at six. Photo: Bo Lund", *STORY.split("\n")]
        lines = [HEADLINE, f"{before}, 7 October 2015, 16:20", *below]
        article = clean(RawDocument("a.txt", b"", "\n\n".join(lines))).article
        assert (article.place, article.authors) == (place, authors)


def test_a_line_that_names_writer_and_photographer_is_no_standfirst() -> None:
    lines = [HEADLINE, "Photographs and text by Hanna Quell", "October 3, 2013", *STORY.split("\n")]
    article = clean(RawDocument("a.txt", b"", "\n\n".join(lines))).article
    assert (article.summary, article.authors) == ("", ("Hanna Quell",))


def test_no_sentence_of_a_story_without_a_headline_is_taken_for_one() -> None:
    first, _, *others = STORY.split("\n")
    story = [f"LORNE (Reuters) - {first}", "The crews gave up their demand for a bonus.", *others]
    article = clean(RawDocument("a.txt", b"", "\n\n".join(story))).article
    assert article.body.split("\n\n") == story


def test_a_heading_below_the_first_paragraph_is_none_of_the_whole_text() -> None:
    first, _, third, _ = STORY.split("\n")
    assert headlines(f"{first}\n\nThe pier\n\n{third}") == []


def test_the_headline_is_preferred_to_its_copy_with_the_name_of_the_site() -> None:
    lines = [f"{HEADLINE} - Lorne Courier", "Lorne Courier", *MENU, "", HEADLINE, "", STORY]
    text = "\n".join([*lines, "", "Storm warning for the coast - Lorne Courier"])
    page = label(split_blocks(text))
    assert page.texts(Label.TITLE) == [HEADLINE]
    assert page.label(0) is Label.FURNITURE


def test_no_heading_within_the_story_is_preferred_to_the_headline_above_it() -> None:
    """A table parts the introduction from the longest run of prose, which has a heading."""
    introduction = """\
The harbour of Harlow has four ferries, and each has been tried by this newspaper in wind and rain.
We sailed on every one of them twice, in summer and in winter, and asked the crews about them.
Not all of them can be recommended to people who travel with children, as the captains told us."""
    table = [cell for n in range(7) for cell in (f"Ferry {n}", f"{n} pounds", "Seats: 40")]
    prose = [
        f"The {which} ferry is the one that most islanders take, for it leaves at dawn and comes "
        "back when the market has closed, and nobody in the village remembers a day without it."
        for which in ("first", "second", "third", "fourth", "fifth", "sixth")
    ]
    headline = "The best ferries of Harlow, tried in all weathers"
    head = [headline, "By Ada Quill", "12 March 2024", *introduction.split("\n")]
    lines = [*head, "\n".join(table), "Which ferry islanders take", *prose]
    page = label(split_blocks("\n\n".join(lines)))
    assert page.texts(Label.TITLE) == [headline]
    assert page.texts(Label.BYLINE, Label.DATE) == ["By Ada Quill", "12 March 2024"]


def test_a_headline_stands_above_a_name_with_a_short_date() -> None:
    lines = [*MENU, "Shipping & Harbours", HEADLINE, "Ada Lund, 04.28.05, 1:21 PM ET", STORY]
    assert headlines("\n".join(lines)) == [HEADLINE]


def test_what_a_headline_says_of_its_section_is_none_of_it() -> None:
    text = f"{HEADLINE} | Editorial\n\n5 March 2018\n\n{STORY}"
    assert clean(RawDocument("a.txt", b"", text)).article.title == HEADLINE


@pytest.mark.parametrize(
    ("story", "title", "better"),
    [
        (range(20, 30), 8, None),  # it stands right above the likely run
        (range(20, 30), 15, range(10, 30)),  # within it
        (range(10, 30), 15, None),  # as the rules had it
        (range(20, 30), 0, None),  # no story stands above it
        (range(20, 30), None, range(10, 30)),  # there is none
    ],
)
def test_the_rules_are_asked_again_where_they_had_the_wrong_run(
    story: range, title: int | None, better: range | None
) -> None:
    lines = [f"This is line number {n} of a long page." for n in range(30)]
    lines[1] = "Your source for news."  # the claim of the site, which reads as story
    page = Page(split_blocks("\n".join(lines)), "", story, ())
    for index in range(30):
        page.marks[index] = Mark(index, Label.BODY if index in (1, *story) else Label.TEASER, "")
    if title is not None:
        page.marks[title] = Mark(title, Label.TITLE, "")
    page.chances = [0.9 if index == 1 or index >= 10 else 0.01 for index in range(30)]
    assert better_run(page) == better


def test_a_menu_has_none() -> None:
    assert headlines("\n".join(MENU)) == []


def test_every_feature_has_a_weight() -> None:
    assert FEATURES.keys() == WEIGHTS.keys()


@pytest.mark.parametrize("dump", DUMPS, ids=lambda dump: dump.stem)
def test_no_line_that_was_passed_over_at_a_glance_scores_higher(dump: Path) -> None:
    blocks = split_blocks(dump.read_text("utf-8"))
    page = Page(blocks, find_site(blocks), best_run(weights(blocks)), ())
    scores = {
        index: sum(WEIGHTS[name] * value for name, value in values.items())
        for index, values in measure(page).items()
    }
    best = max(scores, key=lambda index: (scores[index], -index))
    assert choose(page) == (best if scores[best] > 0 else None)


@pytest.mark.parametrize("number", ["Page 3 of 12", "Seite 3 von 12", "стр. 3 из 12"])
def test_the_head_of_a_page_with_its_number_is_neither_headline_nor_story(number: str) -> None:
    first, *story = STORY.split("\n")
    lines = [f"Lorne Courier  {number}", HEADLINE, first, f"Lorne Courier  {number}", *story]
    article = clean(RawDocument("a.txt", b"", "\n\n".join(lines))).article
    assert article.title == HEADLINE
    assert article.body.split("\n\n") == [first, *story]
