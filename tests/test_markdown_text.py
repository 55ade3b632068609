"""Escaped text renders as itself."""

from __future__ import annotations

import html
import re
from typing import Any

import lxml.html
import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive_gen.markdown_text import Span, escape, marked_up
from archive_gen.markup import to_html

marks = st.text(st.sampled_from("ab _*`[]()<>&;#+-.!\\{}:=|~1\"'/"), max_size=14)
anything = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]), max_size=20)


def rendered_text(source: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", markdown.markdown(source))).strip()


@settings(deadline=None)
@given(marks | anything)
def test_renders_as_the_same_text(text: str) -> None:
    source = escape(text)
    assert rendered_text(source) == " ".join(text.split())
    assert re.fullmatch(r"(<p>[^<]*</p>)?", markdown.markdown(source))


@pytest.mark.parametrize("prefix", ["## ", "> ", "- "])
@settings(deadline=None)
@given(text=(marks | anything).filter(str.strip))
def test_renders_as_the_same_text_inside_a_block(prefix: str, text: str) -> None:
    assert rendered_text(prefix + escape(text)) == " ".join(text.split())


@pytest.mark.parametrize(
    "text",
    [
        "He said: “no”.",
        "Smith [sic] paid 5 - 6 crowns & left!",
        "file_name.txt",
        "AT&T (US) #1",
        "a < b",
    ],
)
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert escape(text) == text


@st.composite
def lines_with_spans(draw: st.DrawFn) -> tuple[str, tuple[Span, ...]]:
    """A line of words, and links and stress in it as a page can have them."""
    words = draw(st.lists((marks | anything).filter(str.strip), min_size=1, max_size=8))
    parts = " ".join(" ".join(words).split()).split(" ")
    line = " ".join(parts)
    starts = [0]
    for part in parts[:-1]:
        starts.append(starts[-1] + len(part) + 1)
    edge = st.integers(0, len(parts) - 1)
    spans = []
    for mark in ("", "**", "", "*"):
        first, last = sorted((draw(edge), draw(edge)))
        new = (starts[first], starts[last] + len(parts[last]))
        address = "" if mark else draw(addresses)
        if all(_fits(new, bool(mark), one) for one in spans):
            spans.append(Span(*new, mark, address))
    return line, tuple(draw(st.permutations(spans)))


def _fits(new: tuple[int, int], is_stress: bool, other: Span) -> bool:
    apart = new[1] < other.start or new[0] > other.stop
    within = other.start <= new[0] and new[1] <= other.stop
    around = new[0] <= other.start and other.stop <= new[1]
    return apart or (is_stress != bool(other.mark) and (within or around))


addresses = st.builds(
    "https://a.example/{}".format,
    st.text(st.sampled_from("ab/_*`[]()<>&;#+-.!\\{}:=|~1\"'? ü%"), max_size=16),
)


def spans_of(html_text: str) -> tuple[str, set[tuple[int, int, str]]]:
    """The text of a paragraph, and from where to where each of its elements stands."""
    root = lxml.html.fragment_fromstring(html_text)
    found = set()
    text = ""

    def walk(element: Any) -> None:
        nonlocal text
        start = len(text)
        text += element.text or ""
        for child in element:
            walk(child)
            text += child.tail or ""
        found.add((start, len(text), element.tag))

    walk(root)
    return text, {one for one in found if one[2] != "p"}


@settings(deadline=None, max_examples=400)
@given(lines_with_spans())
def test_links_and_stress_render_where_they_stood(drawn: tuple[str, tuple[Span, ...]]) -> None:
    line, spans = drawn
    shown = to_html(marked_up(line, spans))
    tags = {"": "a", "*": "em", "**": "strong"}
    told, found = spans_of(shown)
    assert told == line
    assert found == {(span.start, span.stop, tags[span.mark]) for span in spans}
