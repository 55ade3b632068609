"""What a scraper left of HTML in a text is read as it was meant; texts on HTML stay as they are."""

from __future__ import annotations

import html
import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_gen.importers import read
from archive_gen.importers.texts.unstripped import stripped
from tests.imported import imported

if TYPE_CHECKING:
    from pathlib import Path


STORY = (
    "The council’s engineers said on Sunday that the wall & pier can’t be saved. It will cost £4 "
    "million.",
    "“We have looked at every stone,” said Bo Berg, who leads the works.",
    "Fishermen asked who would pay – and when – at a meeting in the café on the quay.",
)
HEAD = ("Harbour wall & pier to be rebuilt after storm", "By Ada Lund", "4 May 2014")
ESCAPED = {
    "’": "&#8217;",
    "&": "&amp;",
    "£": "&pound;",
    "“": "&ldquo;",
    "”": "&#x201D;",
    "é": "&eacute;",
    "–": "&ndash;",
}


def escaped(text: str) -> str:
    return "".join(ESCAPED.get(sign, sign) for sign in text)


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(map(escaped, (*HEAD, *STORY))),
        "\n".join(escaped(escaped(line)) for line in (*HEAD, *STORY)),
        "\n".join((*HEAD, *(f"<p>{escaped(line)}</p>" for line in STORY))),
        "\n".join((*HEAD, "<P class=x>".join(("", *STORY)) + "</P>")),
        "\n".join(HEAD) + "\n" + "<br />".join(STORY),
        "\n".join((*HEAD, *(f"{line}<br>" for line in STORY))),
        "\n".join((*HEAD, *STORY))
        .replace("Bo Berg", '<a href="/people/bo"><b>Bo</b> Berg</a>')
        .replace("rebuilt", "<i>rebuilt</i>"),
    ],
    ids=["signs", "signs-twice", "paragraphs", "one-line", "breaks", "breaks-at-ends", "emphasis"],
)
def test_the_article_is_the_same(tmp_path: Path, text: str) -> None:
    article = imported(tmp_path, text)
    assert (article.title, article.authors) == (HEAD[0], ("Ada Lund",))
    assert article.date
    assert article.date.text == "2014-05-04"
    assert html.unescape(article.body) == "\n\n".join(STORY)


def test_the_original_stays(tmp_path: Path) -> None:
    data = "\n".join(map(escaped, (*HEAD, *STORY))).encode()
    (tmp_path / "page.txt").write_bytes(data)
    (found,) = read(tmp_path / "page.txt")
    assert getattr(found, "data", b"") == data


def test_dumps_in_records(tmp_path: Path) -> None:
    text = "\n".join(map(escaped, (*HEAD, *STORY)))
    (tmp_path / "pages.jsonl").write_text(json.dumps({"raw_text": text}), "utf-8")
    (found,) = read(tmp_path / "pages.jsonl")
    assert getattr(found, "text", "") == "\n".join((*HEAD, *STORY))


@pytest.mark.parametrize(
    "text",
    [
        "Write &amp; for an ampersand, says R&D at AT&T & Co.",
        "Write &lt;b&gt; and &amp; and &lt;i&gt;, & mind the order.",
        "Between <b> and <p> there is no difference in size.",
        "A sum of 3 <5 and 7> 2, x <y and z> w.",
        "The tree of <p>Hello</p> works.",
        "http://host.example/?a=1&copy=2&lt=3&x=4&",
        "&num; and &nosuch; are left.",
        "if (a <b && c> d) { } </b>",
    ],
)
def test_what_was_read_well_stays(text: str) -> None:
    assert stripped(text) == text


def test_what_came_out_of_escaping_is_no_markup_to_strip() -> None:
    text = "&lt;b&gt;Bold&lt;/b&gt; isn&#8217;t &quot;strong&quot;, it&#8217;s said."
    assert stripped(text) == '<b>Bold</b> isn’t "strong", it’s said.'


@given(st.text(st.characters(exclude_characters="<&\r")))
def test_any_text_that_was_escaped_comes_back(text: str) -> None:
    shown = "".join(f"&#{ord(sign)};" if ord(sign) > 127 else sign for sign in text)
    assert stripped(shown) == html.unescape(shown)
    assert stripped(text) == text


@given(st.text(st.sampled_from("<>/bp &;ampr\n=\"'x"), max_size=60))
def test_nothing_is_lost_but_tags(text: str) -> None:
    left = iter(html.unescape(html.unescape(text)))
    assert all(any(sign == other for other in left) for sign in stripped(text) if sign != "\n")
