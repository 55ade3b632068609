"""Sentences of a story that are set large beside it."""

from __future__ import annotations

import pytest

from archive_gen.cleaning import Label, apply_rules
from archive_gen.cleaning.lines.blocks import split_blocks

QUOTE = "We are tired and we are glad."
PARAGRAPH = (
    'On Monday the crews of the ferries went back to work. "We are tired and we are glad," said '
    "Odile Marrant, who speaks for them, and the first ferry left the harbour at six."
)


@pytest.mark.parametrize("paragraphs", [5, 150])
def test_in_a_long_story_as_in_a_short_one(paragraphs: int) -> None:
    """Of more than a hundred lines the openings are looked for first."""
    told = [
        f"In the year {1800 + number} a storm took {number} boats of Lorne Harbour to the ground."
        for number in range(paragraphs)
    ]
    lines = ["Ferry crews end a strike", *told, QUOTE, PARAGRAPH, told[2] + " No one drowned."]
    page = apply_rules(split_blocks("\n\n".join(lines)))
    found = [b.text for i, b in enumerate(page.blocks) if "pull quote" in page.marks[i].reason]
    assert found == [told[2], QUOTE]
    assert page.label(len(lines) - 2) is Label.BODY


def test_a_paragraph_that_a_caption_farther_down_repeats_is_no_pull_quote() -> None:
    title = "Boats of Lorne Harbour went to the ground"
    told = [f"Boat number {n} of Lorne Harbour went to the ground in a storm." for n in range(8)]
    caption = f"{told[2]} (Photo: Ada Lund/AP)"
    page = apply_rules(split_blocks("\n\n".join([title, *told, caption, PARAGRAPH])))
    assert page.label(3) is Label.BODY
    close = [title, *told[:3], caption, *told[3:], PARAGRAPH]
    page = apply_rules(split_blocks("\n\n".join(close)))
    assert page.label(3) is Label.FURNITURE
    assert page.label(4) is Label.CAPTION
