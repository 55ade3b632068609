"""Newswire in SGML: Reuters-21578, the collections of TREC, Gigaword."""

from __future__ import annotations

import gzip
import io
import tarfile
from typing import TYPE_CHECKING

import pytest

from archive_gen.article import Article, RawDocument
from archive_gen.importers import read
from archive_gen.importers.base import LeftOut
from archive_gen.intake.inputs import find_inputs
from archive_gen.intake.stated import clean_document
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from pathlib import Path

VOTED = (
    "The harbour board voted on Tuesday to rebuild the north quay, eleven years\n"
    "after a storm took it &amp; the crane."
)
WORK = "Work will begin in March and take two summers, said Ida Marsh, who chairs the board."
BODY = (
    "The harbour board voted on Tuesday to rebuild the north quay, eleven years after a storm took "
    f"it & the crane.\n\n{WORK}"
)
REUTERS = f"""<!DOCTYPE lewis SYSTEM "lewis.dtd">
<REUTERS TOPICS="YES" LEWISSPLIT="TRAIN" OLDID="5544" NEWID="1">
<DATE>26-FEB-1987 15:01:01.79</DATE>
<TOPICS><D>ship</D><D>crude</D></TOPICS>
<PLACES><D>usa</D></PLACES>
<UNKNOWN>
&#5;&#5;&#5;C T
&#22;&#22;&#1;f0704&#31;reute</UNKNOWN>
<TEXT>&#2;
<TITLE>HALE OIL &lt;HOL> TO REBUILD QUAY</TITLE>
<DATELINE>    PORT HALE, Feb 26 - </DATELINE><BODY>{VOTED}
    {WORK}
 Reuter
&#3;</BODY></TEXT>
</REUTERS>
<REUTERS TOPICS="NO" LEWISSPLIT="TRAIN" OLDID="5545" NEWID="2">
<DATE> 2-MAR-1987 15:03:27.51</DATE>
<TOPICS></TOPICS>
<TEXT TYPE="BRIEF">&#2;
******<TITLE>HALE OIL TO REBUILD QUAY, CHAIRMAN SAYS
</TITLE>Blah blah blah.
&#3;
</TEXT>
</REUTERS>
"""
TREC = f"""<DOC>
<DOCNO> LA010189-0001 </DOCNO>
<DATE>
<P>
January 1, 1989, Sunday, Home Edition
</P>
</DATE>
<HEADLINE>
<P>
HALE OIL <HOL> TO REBUILD QUAY
</P>
</HEADLINE>
<BYLINE>
<P>
By ADA QUILL, Times Staff Writer
</P>
</BYLINE>
<TEXT>
<P>
{VOTED}
</P>
<P>
{WORK}
</P>
</TEXT>
<GRAPHIC>
<P>
Photo, The quay
</P>
</GRAPHIC>
</DOC>
""".replace("<HOL>", "&lt;HOL&gt;")
ASSOCIATED = f"""<DOC>
<DOCNO> AP880408-0001 </DOCNO>
<FIRST>u i AM-Quay     04-08 0398</FIRST>
<HEAD>HALE OIL &lt;HOL> TO REBUILD QUAY</HEAD>
<DATELINE>PORT HALE (AP) </DATELINE>
<BYLINE>By ADA QUILL</BYLINE>
<TEXT>
   {VOTED}
   {WORK}
</TEXT>
</DOC>
"""
GIGAWORD = f"""<DOC id="AFP_ENG_20030408.0001" type="story" >
<HEADLINE>
HALE OIL &lt;HOL&gt; TO REBUILD QUAY
</HEADLINE>
<DATELINE>
PORT HALE, April 8 (AFP)
</DATELINE>
<TEXT>
<P>
{VOTED}
</P>
<P>
{WORK}
</P>
</TEXT>
</DOC>
"""
JOURNAL = f"""<DOC>
<DOCNO>
WSJ920324-0001
</DOCNO>
<HL>
   HALE OIL &lt;HOL> TO
   REBUILD QUAY
   ---
   Two Summers
   ----
   By Ada Quill
   Staff Reporter of The Journal
</HL>
<DATE>
03/24/92
</DATE>
<SO>
HALE JOURNAL (J), PAGE A1
</SO>
<LP>
   {VOTED}
</LP>
<TEXT>
   {WORK}
</TEXT>
</DOC>
"""
FINANCIAL = f"""<DOC>
<DOCNO>FT911-3</DOCNO>
<DATE>910514
</DATE>
<HEADLINE>
FT  14 MAY 91 / HALE OIL &lt;HOL> TO REBUILD QUAY
</HEADLINE>
<TEXT>
{VOTED}

{WORK}
</TEXT>
<PUB>The Financial Times
</PUB>
</DOC>
"""
FORMS = {
    "Reuters": REUTERS,
    "TREC": TREC,
    "AP": ASSOCIATED,
    "Gigaword": GIGAWORD,
    "WSJ": JOURNAL,
    "FT": FINANCIAL,
}


def articles(path: Path) -> list[Article]:
    items = [item for item in read(path) if not isinstance(item, LeftOut)]
    assert not [item for item in items if isinstance(item, Problem)]
    return [clean_document(item).article for item in items if isinstance(item, RawDocument)]


@pytest.mark.parametrize("name", ["a.sgm", "a.sgml", "a.txt", "a.xml", "a"])
@pytest.mark.parametrize("form", FORMS)
def test_each_form_is_read_whatever_its_file_is_called(
    tmp_path: Path, form: str, name: str
) -> None:
    (tmp_path / name).write_text(FORMS[form], "utf-8")
    (article,) = articles(tmp_path / name)
    assert (article.title, article.body) == ("HALE OIL <HOL> TO REBUILD QUAY", BODY)
    assert article.date
    said = (article.date.text, article.place, article.authors, article.source)
    assert (
        said
        == {
            "Reuters": ("1987-02-26", "Port Hale", (), "Reuters"),
            "TREC": ("1989-01-01", "", ("Ada Quill",), ""),
            "AP": ("1988-04-08", "Port Hale", ("Ada Quill",), ""),
            "WSJ": ("1992-03-24", "", ("Ada Quill",), "HALE JOURNAL"),
            "FT": ("1991-05-14", "", (), "The Financial Times"),
            "Gigaword": ("2003-04-08", "Port Hale", (), ""),
        }[form]
    )
    assert article.tags == (("ship", "crude") if form == "Reuters" else ())


def test_a_headline_without_a_text_is_counted(tmp_path: Path) -> None:
    (tmp_path / "a.sgm").write_text(REUTERS, "utf-8")
    kinds = [item.kind for item in read(tmp_path / "a.sgm") if isinstance(item, LeftOut)]
    assert kinds == ["headlines without a text"]


@pytest.mark.parametrize(
    "number", ["120115", "X-120115-1", "LA010189-0001", "AP150408-1", "20030408"]
)
def test_a_number_that_names_no_day_for_sure_is_no_date(tmp_path: Path, number: str) -> None:
    (tmp_path / "a.sgm").write_text(ASSOCIATED.replace("AP880408-0001", number), "utf-8")
    (article,) = articles(tmp_path / "a.sgm")
    assert article.date is None


def test_files_without_an_ending_are_found_in_folders_and_archives(tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "la010189").write_text(TREC, "utf-8")
    (folder / "afp_eng_200304.gz").write_bytes(gzip.compress(GIGAWORD.encode()))
    (folder / "broken.gz").write_bytes(b"\x1f\x8b\x08 no")
    (folder / "readme").write_text("What this is.", "utf-8")
    inputs = find_inputs([folder])
    assert [file.name for file in inputs.files] == ["afp_eng_200304.gz", "la010189"]
    assert dict(inputs.passed_over) == {".gz": 1, "no ending": 1}
    assert sum(len(articles(file)) for file in inputs.files) == 2
    with tarfile.open(tmp_path / "corpus.tar", "w") as packed:
        packed.add(folder, "corpus")
    assert len(articles(tmp_path / "corpus.tar")) == 2


def test_what_is_cut_off_is_told_and_kept(tmp_path: Path) -> None:
    (tmp_path / "a.sgm").write_text(TREC + TREC[: TREC.index("</P>\n</TEXT>")], "utf-8")
    whole, cut, problem = read(tmp_path / "a.sgm")
    assert isinstance(whole, RawDocument)
    assert isinstance(cut, RawDocument)
    assert whole.text == cut.text == BODY
    assert isinstance(problem, Problem)
    assert str(problem).endswith(
        "a.sgm#2: can't be read further: its end is missing — the file may be damaged"
    )


def test_other_sgml_costs_a_line(tmp_path: Path) -> None:
    (tmp_path / "a.sgm").write_text('<!DOCTYPE book SYSTEM "x"><book>x</book>', "utf-8")
    (problem,) = read(tmp_path / "a.sgm")
    assert isinstance(problem, Problem)


def test_articles_are_read_one_by_one(tmp_path: Path) -> None:
    """Nothing of what follows is read before an article is asked for."""

    class Counted(io.BytesIO):
        asked = 0

        def readline(self, size: int | None = -1, /) -> bytes:
            self.asked += 1
            return super().readline(size)

    from archive_gen.importers.sgml import read as read_sgml

    stream = Counted((GIGAWORD * 100).encode())
    next(read_sgml("a", stream))
    assert stream.asked == GIGAWORD.count("\n")
