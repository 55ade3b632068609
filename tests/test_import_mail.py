"""Newsletters as they arrive: text broken to a width, and what a mail says of itself."""

from __future__ import annotations

from pathlib import Path

from archive_gen.article import Article
from archive_gen.content import frontmatter
from archive_gen.intake.ingest import ingest
from archive_gen.intake.learning import Stated
from archive_gen.parallel import SerialMapper

HEAD = """From: Valley Courier <news@courier.example>
To: reader@example.org
Subject: =?utf-8?q?The_week_in_Harlow=3A_flood=2C_votes_and_a_f=C3=AAte?=
Date: Sun, 08 Nov 2015 09:00:00 +0000
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8; format=flowed
Content-Transfer-Encoding: 8bit

"""
STORY = """The river fell on Thursday and the bridge may open again by the end of
the month, engineers told the council. The repair has cost the town half
a million dollars so far, and a second inspection is planned.

The autumn fête drew two thousand visitors to the market square, more
than in any year since the mill closed.

"We ran out of cider by noon," said Ruth Ellery, the mayor, who opened
the fair.
"""
FOOT = """
You are receiving this email because you signed up at courier.example.

Unsubscribe: https://courier.example/u
Update your preferences
"""


def read(folder: Path, mail: str) -> Article:
    file = folder / "mail.eml"
    file.write_text(mail, "utf-8")
    (outcome,) = ingest(folder / "content", [file], Stated({}), SerialMapper())
    assert outcome.status == "new", outcome.problems
    data = (folder / "content" / str(outcome.path)).read_bytes()
    article, problems = frontmatter.parse_bytes(data, "")
    assert article is not None, problems
    return article


def test_a_newsletter_becomes_its_story(tmp_path: Path) -> None:
    head = "View this email in your browser\n\nTHE VALLEY COURIER\n\n"
    article = read(tmp_path, HEAD + head + STORY + FOOT)
    assert article.title == "The week in Harlow: flood, votes and a fête"
    paragraphs = [" ".join(each.split()) for each in STORY.split("\n\n")]
    assert article.body.strip().split("\n\n") == paragraphs
    assert article.source == "Valley Courier"
    assert article.date is not None
    assert article.date.text.startswith("2015-11-08")


def test_no_paragraph_of_a_short_mail_is_taken_for_its_headline(tmp_path: Path) -> None:
    story = (
        "The river fell on Thursday and the bridge may open again soon.\n\n"
        "The autumn fête drew two thousand visitors to the market square.\n"
    )
    article = read(tmp_path, HEAD + story + FOOT)
    assert article.body.strip() == story.strip()
    assert article.title == "The week in Harlow: flood, votes and a fête"


def test_a_mail_that_was_passed_on_has_the_title_of_the_first_and_no_source_of_its_sender(
    tmp_path: Path,
) -> None:
    mail = HEAD.replace("Subject: ", "Subject: WG: Fwd: AW: ").replace("Valley Courier", "Pat Lee")
    article = read(tmp_path, mail + STORY + FOOT)
    assert article.title == "The week in Harlow: flood, votes and a fête"
    assert article.source != "Pat Lee"


def test_a_subject_that_only_begins_like_a_mark_of_mail_programs_is_whole(tmp_path: Path) -> None:
    subject = "Subject: Return: the fair is back in Harlow\n"
    lines = [subject if one.startswith("Subject") else one for one in HEAD.splitlines(True)]
    article = read(tmp_path, "".join(lines) + STORY)
    assert article.title == "Return: the fair is back in Harlow"
    assert article.source == "Valley Courier"


def test_an_address_is_no_source(tmp_path: Path) -> None:
    head = HEAD.replace("Valley Courier <", '"pat@mail.example" <')
    assert "@" not in (read(tmp_path, head + STORY).source or "")


def test_a_mail_of_substack_names_its_author_and_its_publication(tmp_path: Path) -> None:
    sender = "Ada Quill from Valley Courier <courier@substack.com>"
    head = HEAD.replace("Valley Courier <news@courier.example>", sender)
    article = read(tmp_path, head + STORY)
    assert (article.source, article.authors) == ("Valley Courier", ("Ada Quill",))
    alone = HEAD.replace("<news@courier.example>", "<courier@substack.com>")
    (tmp_path / "b").mkdir()
    assert read(tmp_path / "b", alone + STORY).source == "Valley Courier"


def test_the_signature_of_a_mail_is_no_story(tmp_path: Path) -> None:
    article = read(tmp_path, f"{HEAD}{STORY}\n-- \nValley Courier, 4 Mill Street, Harlow\n")
    assert article.body.endswith("the fair.")
    (tmp_path / "b").mkdir()
    ruled = read(tmp_path / "b", f"{HEAD}First it rained.\n\n-- \n{STORY * 9}")
    assert "The river fell" in ruled.body
