"""What two documents of a source share is furniture only where the model doubts its being story."""

from __future__ import annotations

from archive_gen.cleaning.blocks import split_blocks
from archive_gen.cleaning.furniture import Counts, Observed, for_page, learn

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
