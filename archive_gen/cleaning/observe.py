"""What a document tells of its source before any page of it is cleaned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive_gen.article import ARTICLE, HTML
from archive_gen.cleaning.dates.in_text import date_order
from archive_gen.cleaning.furniture import Observed
from archive_gen.cleaning.lines.blocks import split_blocks, split_paragraphs
from archive_gen.cleaning.main_run import find_story, told_from
from archive_gen.cleaning.site import find_host, find_site
from archive_gen.urls import host

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive_gen.article import RawDocument
    from archive_gen.cleaning.base import Block

_SHORT = 12
"""A longer line is prose: the dates in it may be written by anyone."""


def observe(raw: RawDocument) -> Observed:
    """The lines of ``raw``, the name of its source, and the order of its dates.

    The source is the one stated, else the host of the address or of the folder, else the site
    that the page names. Of a text that a crawler has cleaned no line is counted: they are gone.
    Where the program fails on ``raw``, nothing is told; whoever cleans it hears of that.
    """
    try:
        return _observe(raw)
    except Exception:
        return Observed(_stated_source(raw))


def _observe(raw: RawDocument) -> Observed:
    if raw.media_type.endswith(ARTICLE):
        return Observed(_stated_source(raw))
    if raw.media_type == HTML:
        return _observe_html(raw)
    blocks = split_paragraphs(raw.text)
    return observed(_stated_source(raw) or find_host(raw)[0] or find_site(blocks), blocks)


def _stated_source(raw: RawDocument) -> str:
    return str(raw.known.get("source") or "") or host(str(raw.known.get("url") or ""))


def _observe_html(raw: RawDocument) -> Observed:
    # The libraries of HTML take long to load.
    from archive_gen.cleaning.html.extraction import load_tree
    from archive_gen.cleaning.html.lines import lines_of, read_spots
    from archive_gen.cleaning.html.stated.head import find_address, read_head
    from archive_gen.cleaning.html.untold import show_untold

    tree = load_tree(raw.text)
    source = _stated_source(raw)
    if tree is None:
        return Observed(source)
    head = read_head(tree)
    show_untold(tree, head)
    if not source:
        source = find_host(raw, find_address(tree, head, "").value)[0] or head.site.value
    return observed(source, split_blocks(lines_of(read_spots(tree))))


def observed(source: str, blocks: Sequence[Block]) -> Observed:
    """What the lines of one document tell of ``source``."""
    short = " \n".join(block.text for block in blocks if block.words <= _SHORT)
    keys = [block.key for block in blocks]
    story, _ = find_story(blocks, blocks, frozenset())
    told = told_from(blocks, story)
    below = frozenset(keys[told:]).difference(keys[:told])
    return Observed(source, frozenset(keys), date_order(short), below)
