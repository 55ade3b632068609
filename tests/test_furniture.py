"""What the documents of a source share is its furniture, and some of it ends every story."""

from __future__ import annotations

from archive_gen.cleaning import BODY_LABELS, apply_rules, judged
from archive_gen.cleaning.decide import ENDED
from archive_gen.cleaning.furniture import Counts, Observed, for_page, learn
from archive_gen.cleaning.lines.blocks import split_blocks
from archive_gen.cleaning.observe import observed

STORY = [
    "The harbour master opened the gates at dawn, and the ferry left with its goats on board.",
    "Nobody on the quay could tell the two captains apart, least of all the goats themselves.",
]
ASIDE = "Our readers' favourite walks along the harbour"
PAGE = split_blocks("\n".join([*STORY, ASIDE]))
SURE, DOUBTFUL = 0.95, 0.5


def counts(shared: list[str], documents: int, holding: int = 2) -> Counts:
    """A source of which the first so many documents hold ``shared``."""
    found = Counts()
    for number in range(documents):
        lines = [f"A story of its own, number {number}.", *(shared if number < holding else [])]
        keys = frozenset(block.key for block in split_blocks("\n".join(lines)))
        found.add(Observed("", keys))
    return found


def furniture(known: Counts, chances: list[float], keep: tuple[str, ...] = ()) -> list[str]:
    learned = for_page(learn(known, keep), PAGE, chances)
    return [block.text for block in PAGE if block.key in learned.furniture]


def test_a_doubtful_line_of_two_documents_is_furniture() -> None:
    assert furniture(counts([ASIDE], 6), [SURE, SURE, DOUBTFUL]) == [ASIDE]


def test_a_line_of_two_documents_that_reads_as_story_is_none() -> None:
    assert furniture(counts([ASIDE], 6), [SURE, SURE, SURE]) == []


def test_a_line_of_three_documents_is_furniture_however_it_reads() -> None:
    assert furniture(counts([ASIDE], 6, 3), [SURE, SURE, SURE]) == [ASIDE]


def test_two_documents_of_a_large_source_say_nothing() -> None:
    assert furniture(counts([ASIDE], 40), [SURE, SURE, DOUBTFUL]) == []


def test_what_a_person_kept_is_no_furniture() -> None:
    key = PAGE[2].key
    assert furniture(counts([ASIDE], 6), [SURE, SURE, DOUBTFUL], keep=(key,)) == []


def test_a_story_that_was_found_twice_is_left_whole() -> None:
    assert furniture(counts([*STORY, ASIDE], 6), [SURE, SURE, DOUBTFUL]) == []


MORE = "Related topics"
PARAGRAPHS = [
    "The harbour master opened the gates at dawn, and the ferry left with its goats on board.",
    "Nobody on the quay could tell the two captains apart, least of all the goats themselves.",
    "By noon the wind had turned, and the harbour was as quiet as it had been on the day before.",
    "The council will speak of the ferry again on Tuesday, when both captains are to be heard.",
]
BELOW = "In another harbour, far away, the lamps were lit an hour early for the feast of the nets."


def seen(*documents: list[str]) -> Counts:
    """What documents with these lines tell of their source."""
    found = Counts()
    for lines in documents:
        found.add(observed("", split_blocks("\n".join(lines))))
    return found


def own(number: int) -> list[str]:
    """Paragraphs that no other document has."""
    return [f"{line[:-1]} in the year {number}." for line in PARAGRAPHS]


def body(known: Counts, lines: list[str], chances: list[float], keep: tuple[str, ...] = ()) -> str:
    page = judged(apply_rules(split_blocks("\n".join(lines))), chances, learn(known, keep))
    return "\n".join(page.texts(*BODY_LABELS))


ENDING = seen(*([*own(number), MORE] for number in range(4)))
LINES = [*PARAGRAPHS, MORE, BELOW]
CHANCES = [SURE] * 4 + [0.1, DOUBTFUL]


def test_what_is_doubted_below_a_line_that_ends_all_stories_is_dropped() -> None:
    assert BELOW in body(Counts(), LINES, CHANCES)
    assert body(ENDING, LINES, CHANCES) == "\n".join(PARAGRAPHS)


def test_what_is_surely_story_stays_wherever_it_stands() -> None:
    assert BELOW in body(ENDING, LINES, [*CHANCES[:-1], SURE])


def test_what_a_person_kept_ends_no_story_and_stays_below_one() -> None:
    story, more = (split_blocks(line)[0].key for line in (BELOW, MORE))
    assert BELOW in body(ENDING, LINES, CHANCES, keep=(more,))
    assert BELOW in body(ENDING, LINES, CHANCES, keep=(story,))


def test_a_line_after_which_stories_go_on_ends_none() -> None:
    within = seen(*([*own(number)[:1], MORE, *own(number)[1:]] for number in range(4)))
    both = seen(*([MORE, *own(number), MORE] for number in range(4)))
    for known in (within, both):
        assert known.lines[split_blocks(MORE)[0].key] == 4
        assert BELOW in body(known, LINES, CHANCES)


def test_two_documents_do_not_tell_where_stories_end() -> None:
    assert BELOW in body(seen([*own(1), MORE], [*own(2), MORE]), LINES, CHANCES)


def test_a_line_above_all_of_a_story_does_not_end_it() -> None:
    lines = [MORE, BELOW, *PARAGRAPHS]
    assert BELOW in body(ENDING, lines, [0.1, DOUBTFUL, *[SURE] * 4])


def test_it_is_told_why_a_line_below_the_end_was_dropped() -> None:
    page = judged(apply_rules(split_blocks("\n".join(LINES))), CHANCES, learn(ENDING))
    assert [mark.reason for mark in page.marks.values()].count(ENDED) == 1
    assert page.chances[-1] == 0
