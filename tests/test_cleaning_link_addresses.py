"""The addresses that Firefox puts behind links when it saves a page as text are left out."""

from __future__ import annotations

import textwrap

from archive_gen.article import PLAIN, RawDocument
from archive_gen.cleaning import clean
from archive_gen.cleaning.lines.blocks import split_paragraphs
from tests.test_printed_pages import STORY

AT = "https://courier.example/2021/03/"
LINKED = {
    "car ferry": f"{AT}car-ferry.html",
    "harbour office": f"{AT}the-harbour-office-of-port-orme-and-what-became-of-its-roof.html",
    "relatives": f"{AT}relatives",
    "Tolland": f"{AT}tolland?from=story",
    "barge": "mailto:barge@courier.example",
}
MENU = ["Home", "News", "Sport", "Obituaries"]


def saved(paragraph: str) -> str:
    """A paragraph as Firefox writes it: addresses are broken, too."""
    for words, address in LINKED.items():
        paragraph = paragraph.replace(words, f"{words} <{address}>")
    return textwrap.fill(paragraph, 72)


def test_addresses_behind_links_are_left_out() -> None:
    menu = [f"  * {item} <{AT}{item}>" for item in MENU]
    text = "\n\n".join(["\n".join(menu), *map(saved, STORY), f"<{AT}more>"])
    assert [block.text for block in split_paragraphs(text)] == [*(f"* {i}" for i in MENU), *STORY]


def test_addresses_that_a_person_cites_stay() -> None:
    text = "\n\n".join([*STORY, f"The plans lie at <{AT}plans>, as the council told the Courier."])
    assert f"{AT}plans>" in clean(RawDocument("a.txt", b"", text, PLAIN)).article.body
