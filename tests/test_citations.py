"""Citations: what each format says, and that no title or name can break out of its value."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archive_gen.article import Article
from archive_gen.catalogue.entry import Row
from archive_gen.dates import parse_date
from archive_gen.rendering.citations import citations

HOSTILE = "}, author = {Eve}\nER  - \r\nTI  - <b>\\end{x} 100% \u2028 \x00 “a”"


def cited(
    title: str, date: str = "", source: str = "", authors: tuple[str, ...] = (), address: str = ""
) -> dict[str, str]:
    parsed = parse_date(date) if date else None
    entry = Row("2015/10/a-slug/", title, "", parsed, source, "", "en")
    article = Article(title, authors=authors)
    made = citations(entry, article, address=address, archive="Our archive", date=date)
    return {citation.name: citation.text for citation in made}


FULL = {
    "Text": "Ann Lee, Bo, “A title”, The Post, 2015-10-07, Our archive. https://x.example/a/",
    "BibTeX": """\
@article{2015/10/a-slug,
  title = {{A title}},
  author = {{Ann Lee} and {Bo}},
  journal = {The Post},
  year = {2015},
  month = oct,
  day = {7},
  url = {https://x.example/a/},
  langid = {en},
  note = {Our archive},
}""",
    "RIS": """\
TY  - NEWS
TI  - A title
AU  - Ann Lee
AU  - Bo
T2  - The Post
PY  - 2015
DA  - 2015/10/07/
LA  - en
DB  - Our archive
UR  - https://x.example/a/
ER  - """,
    "CSL-JSON": {
        "id": "2015/10/a-slug",
        "type": "article-newspaper",
        "title": "A title",
        "author": [{"literal": "Ann Lee"}, {"literal": "Bo"}],
        "container-title": "The Post",
        "issued": {"date-parts": [[2015, 10, 7]]},
        "language": "en",
        "archive": "Our archive",
        "URL": "https://x.example/a/",
    },
}
BARE = {
    "Text": "“A title”, Our archive.",
    "BibTeX": """\
@article{2015/10/a-slug,
  title = {{A title}},
  langid = {en},
  note = {Our archive},
}""",
    "RIS": """\
TY  - NEWS
TI  - A title
LA  - en
DB  - Our archive
ER  - """,
    "CSL-JSON": {
        "id": "2015/10/a-slug",
        "type": "article-newspaper",
        "title": "A title",
        "language": "en",
        "archive": "Our archive",
    },
}


def test_each_format_says_what_is_known() -> None:
    made = cited("A title", "2015-10-07", "The Post", ("Ann Lee", "Bo"), "https://x.example/a/")
    assert {**made, "CSL-JSON": json.loads(made["CSL-JSON"])[0]} == FULL


def test_no_format_says_what_nobody_knows() -> None:
    made = cited("A title")
    assert {**made, "CSL-JSON": json.loads(made["CSL-JSON"])[0]} == BARE


@pytest.mark.parametrize(
    ("date", "parts", "ris"),
    [
        ("2015~", {"date-parts": [[2015]], "circa": True}, "DA  - 2015///"),
        ("2015-10", {"date-parts": [[2015, 10]]}, "DA  - 2015/10//"),
        ("2015-10/2015-11-02", {"date-parts": [[2015, 10], [2015, 11, 2]]}, "DA  - 2015/10//"),
        ("", None, None),
    ],
)
def test_a_date_is_as_precise_as_it_is_known(
    date: str, parts: dict[str, object] | None, ris: str | None
) -> None:
    made = cited("T", date)
    assert json.loads(made["CSL-JSON"])[0].get("issued") == parts
    found = [line for line in made["RIS"].split("\n") if line.startswith("DA")]
    assert found == ([ris] if ris else [])


@given(st.text(), st.text(), st.text())
@example(HOSTILE, HOSTILE, HOSTILE)
def test_no_value_breaks_out(title: str, name: str, address: str) -> None:
    made = cited(title, "2015", name, (name,), address)
    tags = [line[:6] for line in re.split(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]", made["RIS"])]
    assert [tag[2:] for tag in tags] == ["  - "] * len(tags)
    assert [tag[:2] for tag in tags].count("ER") == 1
    assert len(made["Text"].splitlines()) == 1
    depth, lowest = 0, []
    for mark in re.findall(r"[{}]", made["BibTeX"]):
        depth += 1 if mark == "{" else -1
        lowest.append(depth)
    assert lowest[-1] == 0
    assert all(level > 0 for level in lowest[:-1])
    assert re.findall(r"^  (\w+) = ", made["BibTeX"], re.MULTILINE).count("author") <= 1
    assert len(json.loads(made["CSL-JSON"])) == 1
