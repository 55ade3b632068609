"""Stories that a teaser parts: ``Read also: Bridge put back`` between two of their paragraphs.

To the model what little of a short story is left below such a line reads like the page's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive_gen.cleaning.base import BODY_LABELS, Label, Mark
from archive_gen.cleaning.decide import is_open

if TYPE_CHECKING:
    from archive_gen.cleaning.base import Page

_FIRST, _FURTHER = 6, 4
"""Words, at least, of the first sentence below a teaser and of those below it."""
_CALLS = ("?", "!", "؟", "？", "！")
"""So end headlines of other stories and prompts to subscribe, too."""
_GOES_ON = 0.9
"""The chance that such sentences get: of 132 below a teaser in one line 127 are story."""


def keep_parted(page: Page) -> None:
    """Keep the sentences below a teaser that stands right below the story, all in one line.

    What announces a list of teasers (``Read also`` alone) stands below stories as often as in them.
    """
    blocks = page.blocks
    for index, block in enumerate(blocks):
        if block.prompt != "related" or block.alone or not index:
            continue
        above = blocks[index - 1]
        if not (above.ends and page.label(index - 1) in BODY_LABELS):
            continue
        for below in range(index + 1, len(blocks)):
            least = _FIRST if below == index + 1 else _FURTHER
            if not _goes_on(page, below, least):
                break
            page.marks[below] = Mark(below, Label.BODY, "goes on below a teaser")
            page.chances[below] = _GOES_ON


def _goes_on(page: Page, index: int, least: int) -> bool:
    """Whether a line that was dropped is a sentence of ``least`` words that calls nobody."""
    block, mark = page.blocks[index], page.marks[index]
    is_sentence = block.ends and block.words >= least and not block.prompt
    is_dropped = mark.label not in BODY_LABELS and is_open(mark)
    return is_sentence and is_dropped and not block.text.endswith(_CALLS)
