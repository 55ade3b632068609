"""What press databases write as text: many articles in one file, each with its own head."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from archive_gen.article import Article, RawDocument
from archive_gen.content import frontmatter
from archive_gen.importers import read
from archive_gen.importers.base import LeftOut
from archive_gen.intake.ingest import ingest
from archive_gen.intake.learning import Stated
from archive_gen.parallel import SerialMapper
from archive_gen.problems import Problem

VOTE = (
    "The council voted 14 to 9 on Wednesday to close the Marsh Lane library, which has\n"
    "stood at the corner since 1925."
)
SHAME = 'Readers in the gallery shouted "Shame!" as the result was read.'
FERRY = "The ferry strike entered its second week on Saturday."
LEXIS = f"""

                               1 of 2 DOCUMENTS


                             Port Post

                            October 7, 2015 Wednesday
                                  Final Edition

Council votes to close the library

BYLINE: By ADA QUILL, Political editor, and Bo Berg in Harlow

SECTION: NEWS; Pg. 7

LENGTH: 112 words

DATELINE: HARLOW

{VOTE}

{SHAME}

LOAD-DATE: October 7, 2015

LANGUAGE: ENGLISH

                   Copyright 2015 Port Post
                              All Rights Reserved

                               2 of 2 DOCUMENTS

                             Port Post

                            May 4, 2019 Saturday

Strike goes on

LENGTH: 60 words

{FERRY}

LOAD-DATE: May 5, 2019
"""
NEXIS = f"""Job Number: 1234

Documents (2)

1. Council votes to close the library

Council votes to close the library

Port Post

October 7, 2015 Wednesday

Copyright 2015 Port Post All Rights Reserved

Length: 112 words

Byline: Ada Quill and Bo Berg

Dateline: HARLOW

Body

{VOTE}

{SHAME}

Load-Date: October 7, 2015

End of Document

Strike goes on

Port Post

May 4, 2019 Saturday 10:00 AM GMT

Length: 60 words

Body

{FERRY}

End of Document
"""
FACTIVA = f"""HD Council votes to close the library
BY By Ada Quill and Bo Berg
WC 112 words
PD 7 October 2015
SN Port Post
LA English
LP
{VOTE}

TD
{SHAME}

CO ppost : Port Post
AN
Document PPOST0000020151007ebla00012

HD Strike goes on
WC 60 words
PD 4 May 2019
SN Port Post
LP
{FERRY}
AN
Document PPOST0000020190504ef540000a

Search Summary
"""
FACTIVA_BARE = f"""News
Council votes to close the library
Ada Quill and Bo Berg
112 words
7 October 2015
09:00
Port Post
PPOST
7
English
Copyright 2015. Port Post. All rights reserved.

{VOTE}

{SHAME}

Document PPOST0000020151007ebla00012

Strike goes on
60 words
4 May 2019
Port Post
PPOST
English

{FERRY}

Document PPOST0000020190504ef540000a
"""
PROQUEST = f"""{"_" * 60}

Document 1 of 2

Council votes to close the library

Author: Quill, Ada; Berg, Bo

Publication title: Port Post; Harlow (UK)

Publication date: Oct 7, 2015

Full text: {VOTE}

{SHAME}

Subject: Libraries; Councils
{"_" * 60}

Document 2 of 2

Title: Strike goes on

Publication title: Port Post

Publication date: May 4, 2019

Full text: {FERRY}

Database: ProQuest
{"_" * 60}

Contact us at: https://example.org
"""
NEXIS_SAVED = NEXIS.replace(VOTE, VOTE.replace("\n", " ")).replace("\n\n", "\n")
"""As a word processor saves it."""
PAGE = """<!DOCTYPE html><html><head><title>{name}</title><style>p {{ }}</style></head><body>
<div id="menu"><a href="/">Home</a></div>{articles}<footer>© 2024 All rights reserved</footer>
</body></html>"""


def _of_europresse(title: str, day: str, number: str, author: str, *text: str) -> str:
    return f"""<article><header>
<div class="rdp__DocPublicationName"><span class="DocPublicationName">Port Post, no. 22017
 <span class="icon-Information"></span></span></div>
<div class="rdp__DocHeader"><span class="DocHeader">News, {day} 112 words, p. 5</span></div>
<div class="titreArticle"><p class="sm-margin-TopNews titreArticleVisu rdp__articletitle">{title}
</p></div>{author}</header>
<section><div class="docOcurrContainer"><div class="DocText clearfix"><p>{"</p><p>".join(text)}</p>
<p><a href="https://port-post.example/{title[:7].lower()}">Cet article est paru dans Port Post
(site web)</a></p></div></div></section>
<footer>Tous droits réservés.<div class="publiC-lblNodoc">{number}</div></footer></article>"""


def _of_factiva(title: str, author: str, day: str, number: str, *text: str) -> str:
    paragraphs = "".join(f'<p class="articleParagraph enarticleParagraph">\n{p}</p>' for p in text)
    return f"""<div id="article-{number}" class="article enArticle"><div id="hd"><span
class="enHeadline">{title}\n</span></div>{author}<div>112 words</div><div>{day}</div>
<div>Port Post</div><div>PPOST</div><div>English</div><div>© 2015 Port Post</div>{paragraphs}
<p>Document {number}</p></div><br/><span></span>"""


def _with_fields(title: str, author: str, day: str, number: str, *text: str) -> str:
    fields = {"HD": title, "BY": author, "WC": "112 words", "PD": day, "SN": "Port Post"}
    fields |= {"LA": "English", "LP": f"<p>{text[0]}</p>"}
    fields |= {"TD": "".join(f"<p>{p}</p>" for p in text[1:]), "AN": f"Document {number}"}
    rows = (f"<tr><td><b>{k}</b>&nbsp;</td><td>{v}</td></tr>" for k, v in fields.items() if v)
    return f'<div class="article deArticle"><table>{"".join(rows)}</table></div>'


_AUTHORS = '<div class="author">By Ada Quill and Bo Berg</div>'
_DAYS = ("7 October 2015", "4 May 2019")
_NUMBERS = ("PPOST0000020151007ebla00012", "PPOST0000020190504ebla00013")
_TITLES = ("Council votes to close the library", "Strike goes on")
PAGES = {
    "Europresse": _of_europresse(
        *(_TITLES[0], "mercredi 7 octobre 2015", "news·20151007·PP·7841225"),
        *('<p class="sm-margin-bottomNews">Ada Quill; Bo Berg</p>', VOTE, SHAME),
    )
    + _of_europresse(_TITLES[1], "Saturday, May 4, 2019", "", "", FERRY),
    "Factiva": _of_factiva(_TITLES[0], _AUTHORS, _DAYS[0], _NUMBERS[0], VOTE, SHAME)
    + _of_factiva(_TITLES[1], "", _DAYS[1], _NUMBERS[1], FERRY),
    "Factiva with its fields": _with_fields(
        *(_TITLES[0], "Ada Quill and Bo Berg", _DAYS[0], _NUMBERS[0], VOTE, SHAME),
    )
    + _with_fields(_TITLES[1], "", _DAYS[1], _NUMBERS[1], FERRY),
}


def articles(folder: Path, text: str, name: str = "export.txt") -> list[Article]:
    file = folder / name
    file.write_text(text, "utf-8")
    content = folder / "content"
    found = []
    for outcome in ingest(content, [file], Stated({}), SerialMapper()):
        if outcome.left_out:
            continue
        assert (outcome.status, outcome.problems) == ("new", ())
        data = (content / str(outcome.path)).read_bytes()
        found.append(frontmatter.parse_bytes(data, "")[0])
    return [article for article in found if article]


@pytest.mark.parametrize(
    "text",
    [LEXIS, NEXIS, NEXIS_SAVED, FACTIVA, FACTIVA_BARE, PROQUEST],
    ids=["LexisNexis", "Nexis Uni", "saved", "Factiva", "Factiva without its fields", "ProQuest"],
)
def test_each_article_of_a_file_is_one(tmp_path: Path, text: str) -> None:
    _assert_both(articles(tmp_path, text))


@pytest.mark.parametrize("name", PAGES)
def test_each_article_of_a_page_is_one(tmp_path: Path, name: str) -> None:
    page = PAGE.format(name=name, articles=PAGES[name])
    found = articles(tmp_path, page, "export.HTML")
    _assert_both(found)
    addresses = ["https://port-post.example/council", "https://port-post.example/strike"]
    assert [one.url for one in found] == (addresses if name == "Europresse" else ["", ""])


def test_an_article_of_a_page_without_its_text_costs_a_line(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        PAGE.format(name="x", articles=PAGES["Europresse"].replace(FERRY, "")), "utf-8"
    )
    _, problem = read(tmp_path / "a.html")
    assert isinstance(problem, Problem)
    assert (problem.path[-8:], problem.message) == ("a.html#2", "has no text")


def _assert_both(found: list[Article]) -> None:
    vote, strike = found
    assert [vote.title, strike.title] == ["Council votes to close the library", "Strike goes on"]
    assert [vote.date and vote.date.text, strike.date and strike.date.text] == [
        "2015-10-07",
        "2019-05-04",
    ]
    assert vote.source == strike.source == "Port Post"
    assert (vote.authors, strike.authors) == (("Ada Quill", "Bo Berg"), ())
    assert vote.body.replace("\n", " ").split() == f"{VOTE} {SHAME}".split()
    assert strike.body == FERRY


def test_lines_that_were_broken_to_a_width_are_put_together(tmp_path: Path) -> None:
    vote, _ = articles(tmp_path, LEXIS)
    assert vote.body.split("\n\n")[0] == VOTE.replace("\n", " ")
    assert vote.place == "Harlow"


def test_what_begins_like_a_field_in_the_text_is_text(tmp_path: Path) -> None:
    vote, _ = articles(tmp_path, FACTIVA.replace("Readers in", "Not\nIN spring, readers in"))
    assert "IN spring, readers" in vote.body


def test_an_article_whose_head_is_unknown_costs_a_line(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(LEXIS.replace("LENGTH: 60 words", "WORDS: 60").replace(FERRY, FERRY * 8))
    (problem,) = (item for item in read(file) if isinstance(item, Problem))
    assert problem.message == "has no head as its database writes it"


def test_what_stands_beside_the_articles_is_told(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(FACTIVA)
    assert [item for item in read(file) if isinstance(item, LeftOut)] == [
        LeftOut("notes beside articles", str(file))
    ]


FORMS = {
    "LexisNexis": LEXIS,
    "LexisNexis, ended": NEXIS,
    "Factiva": FACTIVA,
    "Factiva, wide": re.sub(r"^([A-Z]{2}) (?=\S)", r"\1  ", FACTIVA, flags=re.MULTILINE),
    "Factiva, on lines": re.sub(r"^([A-Z]{2}) (?=\S)", r"\1\n", FACTIVA, flags=re.MULTILINE),
    "Factiva without its fields": FACTIVA_BARE,
    "Factiva with short codes": re.sub(
        r"^PPOST$", "J", FACTIVA_BARE.replace("PPOST00000", "J0000000"), flags=re.MULTILINE
    ),
    "ProQuest": PROQUEST,
}
LIKE_A_FIELD = (
    *("4 of 5", "1 of 12", "Length: 320 pages.", "Length: 5 miles", "Notes: bring boots."),
    *(
        "Type: A",
        "Body",
        "SECTION TWO",
        "Section: two",
        "Url: none",
        "Copyright law changes in 2016.",
    ),
    *("LA Galaxy won 3-1.", "ED Miliband said so.", "HD television is here.", "TD Bank paid."),
    *("IN London: fog", "CT scans are dear.", "CO", "IN", "ART", "PUB", "AN", "WINNERS", "ED"),
    *("120 words", "English", "PPOST", "Document one says so.", "Location: Town Hall, 8 pm."),
    *("Year: 1999 was better.", "Title: The Wall", "Author: Bo Berg", "Full text: see there."),
    *("Pages: 320", "Edition: the third", "Credit: Bo Berg"),
)


@pytest.mark.parametrize("line", LIKE_A_FIELD)
@pytest.mark.parametrize("form", FORMS)
def test_no_line_of_a_text_is_a_field(tmp_path: Path, form: str, line: str) -> None:
    """It stands above, in and below the text."""
    text = FORMS[form]
    for old, new in (
        (VOTE, f"{VOTE}\n\n{line}"),
        (SHAME, f"{line}\n\n{SHAME}"),
        (SHAME, f"{SHAME}\n\n{line}"),
        (FERRY, f"{FERRY}\n\n{line}\n\n{FERRY}"),
    ):
        file = tmp_path / "a.txt"
        file.write_text(text.replace(old, new), "utf-8")
        found = list(read(file))
        assert not any(isinstance(item, Problem) for item in found)
        vote, strike = (item.text for item in found if isinstance(item, RawDocument))
        changed, other = (strike, vote) if old == FERRY else (vote, strike)
        assert line in changed.split("\n")
        for sentence in (FERRY,) if old == FERRY else (VOTE.split("\n")[0], SHAME):
            assert sentence in changed
        assert line not in other.split("\n")


@pytest.mark.parametrize("form", FORMS)
def test_an_article_that_breaks_off_is_one(tmp_path: Path, form: str) -> None:
    file = tmp_path / "a.txt"
    file.write_text(FORMS[form].partition(FERRY)[0] + FERRY)
    assert [FERRY in item.text for item in read(file) if isinstance(item, RawDocument)] == [
        False,
        True,
    ]


@pytest.mark.parametrize("form", FORMS)
def test_two_articles_with_nothing_between_cost_a_line(tmp_path: Path, form: str) -> None:
    """No text is taken for the foot of another."""
    between = re.compile(
        r"^(?:End of Document|AN\nDocument.*|Document PP.*|Document J0.*|_+| +2 of 2.*)$",
        re.MULTILINE,
    )
    head, vote, rest = FORMS[form].partition(SHAME)
    file = tmp_path / "a.txt"
    file.write_text(f"{FORMS[form]}\n{head}{vote}{between.sub('', rest, count=1)}")
    found = list(read(file))
    texts = " ".join(item.text for item in found if isinstance(item, RawDocument))
    assert any(isinstance(item, Problem) for item in found) or texts.count(FERRY) == 2


def test_a_page_that_says_a_length_and_a_number_is_a_page(tmp_path: Path) -> None:
    story = f"{VOTE} {SHAME} {FERRY}"
    page = (
        f"Home\n\nThe coast path\n\nBy Ada Lund\n\n7 October 2015\n\n1 of 12\n\nPhoto: Bo Berg\n\n"
        f"{story}\n\nDocuments say so. {story}\n\nFactbox\n\nLength: 5 miles\n\nLast: {story}\n"
    )
    file = tmp_path / "a.txt"
    for text in (
        page,
        page.replace("5 miles", "500 words"),
        page.replace("1 of 12", "End of Document"),
    ):
        file.write_text(text)
        (document,) = read(file)
        assert isinstance(document, RawDocument)
        assert document.text == text


def test_a_notice_in_brackets_is_no_text(tmp_path: Path) -> None:
    text = FACTIVA_BARE.replace(
        "Copyright 2015. Port Post. All", "(Copyright (c) 2015, Port Post) All"
    )
    vote, _ = articles(tmp_path, text)
    assert vote.body.startswith("The council voted")


@pytest.mark.parametrize(
    "text", [f"Document 1 of 2\n\n{VOTE}", f"{VOTE}\n\nEnd of Document\n", f"Full text: {VOTE}"]
)
def test_any_other_text_stays_one(tmp_path: Path, text: str) -> None:
    file = tmp_path / "a.txt"
    file.write_text(text)
    (document,) = read(file)
    assert not isinstance(document, Problem)
    assert document.name == str(file)
