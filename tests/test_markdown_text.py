"""Escaped text renders as itself."""

from __future__ import annotations

import html
import re

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive_gen.markdown_text import escape

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
