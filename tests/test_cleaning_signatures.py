"""Who signs the story of a page dump."""

from __future__ import annotations

import pytest

from archive_gen.article import HTML, RawDocument
from archive_gen.cleaning import Label, Learned, apply_rules, clean, judged
from archive_gen.cleaning.lines.blocks import split_blocks
from archive_gen.cleaning.people.name_lists import persons_in
from archive_gen.cleaning.people.signatures import find_signatures

HEADLINE = "Ferry crews at Lorne Harbour end their longest strike"
STORY = """\
Ferry crews at Lorne Harbour went back to work on Monday after a strike of nineteen days.

The harbour office agreed to shorter shifts, and the crews gave up their demand for a bonus.

"We are tired and we are glad," said Odile Marrant, who speaks for the crews of the ferries.

The first ferry left the harbour at six with forty passengers and a van full of bread.

Nobody on the island could remember a strike that had lasted for more than a week."""


def authors(*header: str, below: str = "") -> tuple[str, ...]:
    text = "\n\n".join([HEADLINE, *header, STORY, *([below] if below else [])])
    return clean(RawDocument("a.txt", b"", text)).article.authors


@pytest.mark.parametrize(
    "line",
    [
        "By Hanna Quell on 19 Dec 2018",
        "Posted by Hanna Quell on December 19, 2018",
        "Von Hanna Quell publiziert am 19. Dezember 2018",
        "by Hanna Quell ● December 19, 2018 ● 6 min read",
        "By Hanna Quell 15 min read",
        "Hanna Quell Published 10:19am 19 December 2018",
        "By Hanna QuellContact",
        "By Hanna Quell Contact Reporter",
        "By Hanna Quell Special to The Post",
        "By HANNA QUELL Associated Press",
        "Written by: Hanna Quell Executive Digital Editor and Master Horticulturalist",
        "Written by: Hanna Quell Hanna Quell",
        "Published: 19 December 2018 10:19 Author: Hanna Quell",
        "By Hanna Quell The Associated Press",
        "Hanna Quell, 12.19.18, 1:21 PM ET",
        "Hanna Quell • lornecourier.com",
        "Hanna Quell @hannaquell",
        "Hanna Quell, Money Reporter    19 December 2018 • 3:55pm",
        "Hanna Quell   7 hours",
        "Hanna Quell   2 months",
        "Hanna Quell   LORNE TODAY",
        "Hanna Quell   The Lorne Dispatch",
        "Hanna Quell | Guest Columnists",
    ],
)
def test_what_stands_beside_a_name(line: str) -> None:
    assert authors(line) == ("Hanna Quell",)


@pytest.mark.parametrize(
    "line",
    [
        "Photographs by Bo Lund, text by Hanna Quell",
        "Text: Hanna Quell, Fotos: Bo Lund",
        "Text von Hanna Quell Illustration von Bo Lund",
        "Words by Hanna Quell | Pictures by Bo Lund",
        "Text und Fotos: Hanna Quell",
        "Photos and story by Hanna Quell",
        "Texte : Hanna Quell - Photos : Bo Lund",
    ],
)
def test_who_made_the_pictures_signs_nothing(line: str) -> None:
    assert authors(line) == ("Hanna Quell",)
    story = "".join(f"<p>{paragraph}</p>" for paragraph in STORY.split("\n\n"))
    page = f"<html><body><h1>{HEADLINE}</h1><p>{line}</p>{story}</body></html>"
    article = clean(RawDocument("a.html", b"", page, HTML)).article
    assert article.authors == ("Hanna Quell",)
    assert article.body.startswith(STORY[:40])


@pytest.mark.parametrize("name", ["Hanna Quell", "James Quell Jr.", "Hanna Q.J."])
def test_what_stands_below_a_name(name: str) -> None:
    assert authors("Share", "Print", name, "Follow", "5 min read") == (name,)
    assert authors("Share", "Print", f"{name} • LorneSports", "Publisher", "@quell") == (name,)
    assert authors("Share", "Print", name, "Advertisement", "5 min read") == ()


def test_who_signs_a_korean_story_below_it_with_an_address() -> None:
    assert authors(below="순천, 광양  구현모  기자 mo@courier.example") == ("구현모",)
    assert authors(below="이 기사는 구현모 기자 덕분입니다") == ()


@pytest.mark.parametrize("firm", ["Lorne Tech Collective", "Salt Quay Lines", "Harbour Systems"])
def test_a_firm_that_somebody_writes_for_is_no_author(firm: str) -> None:
    assert authors(f"By Hanna Quell, {firm}") == ("Hanna Quell",)


@pytest.mark.parametrize("name", ["Andrew Lines", "Jane Gardener", "Sam Partners", "Ada Page"])
def test_a_line_that_announces_a_name_says_more_than_what_it_may_mean(name: str) -> None:
    assert authors(f"By {name}") == (name,)
    assert authors(f"By Rose Gardener and {name}, Staff Writers") == ("Rose Gardener", name)


@pytest.mark.parametrize("text", ["Our Team", "Staff Writer", "Gardener Staff", "Home Menu"])
def test_what_no_person_is_called_is_none_though_announced(text: str) -> None:
    assert authors(f"By {text}") == ()


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("本报记者 李晓明 王芳", ("李晓明", "王芳")),
        ("記者陳怡君／台北報導", ("陳怡君",)),
        ("港灣日報 記者陳怡君／台北報導", ("陳怡君",)),
        ("记者：李晓明、王芳", ("李晓明", "王芳")),
        ("เผยแพร่: 19 ธ.ค. 2561 08:14 โดย: สมชาย ใจดี", ("สมชาย ใจดี",)),
        ("Του Νίκου Παπαδάκη", ("Νίκου Παπαδάκη",)),
    ],
)
def test_bylines_of_other_languages(line: str, names: tuple[str, ...]) -> None:
    assert authors(line, "19 December 2018") == names


def test_the_number_of_a_link_hides_no_name() -> None:
    lines = ["[1]Post", HEADLINE, "By [2]Hanna Quell, 3 June 2018", *STORY.split("\n\n")]
    links = "References\n\n   1. http://a.example/\n   2. http://a.example/quell\n"
    text = "\n\n".join([*(f"   {line}" for line in lines), links])
    assert clean(RawDocument("a.txt", b"", text)).article.authors == ("Hanna Quell",)


def test_of_names_in_lines_of_their_own_all_are_read() -> None:
    names = ["Hanna Quell", "Bo Aldin", "Tove Pell", "Levi Stroud"]
    assert authors("By", "Hanna Quell,", "Bo Aldin,", "Tove Pell &", "Levi Stroud") == tuple(names)


def test_from_where_somebody_wrote_is_no_name() -> None:
    assert authors("From Hanna Quell in Tolland", "19 December 2018") == ("Hanna Quell",)


def test_what_stands_beside_a_writer_s_name_may_be_a_role_of_the_trade() -> None:
    assert authors("By Hanna Quell, Master Gardener & Garden Educator") == ("Hanna Quell",)


def test_what_somebody_is_may_stand_in_brackets() -> None:
    found = authors("By Hanna Quell, Martí Abad (special correspondent)")
    assert found == ("Hanna Quell", "Martí Abad")


def test_a_name_that_two_lines_tell_is_one_author() -> None:
    assert authors("By", "Hanna Quell", "Hanna Quell", "19 December 2018") == ("Hanna Quell",)


def test_a_name_alone_signs_if_nothing_else_tells_of_it() -> None:
    assert authors("Hanna Quell") == ("Hanna Quell",)
    assert authors("Hanna Quell", "19 December 2018", "Hanna Quell") == ("Hanna Quell",)
    assert authors("Odile Marrant") == ()
    assert authors("Lorne Harbour") == ()
    assert authors("कॉपी लिंक") == ()
    assert authors("While Sailors Celebrate, Bakers Count Up All Their Loaves") == ()


def test_what_stands_above_the_same_sentence_twice_heads_a_teaser() -> None:
    teaser = ("Universal Appeal", "How more people came to see a museum of ships in a small town.")
    assert authors(*teaser, "Read on", *teaser) == ()


def test_what_all_pages_of_a_site_write_above_the_name_announces_it() -> None:
    signed = "Readers can gift this to anyone\nBy\nHanna Quell | The Lorne Courier"
    caption = (
        "The crew of a ferry on the quay of Lorne Harbour on Monday. (Photo: The Lorne Courier)"
    )
    footer = "Footer\nAbout us\nThe Harbour Gazette\nThe Lorne Courier"
    text = "\n\n".join(
        [HEADLINE, "Updated: Dec. 22, 2018, 1:59 p.m.", caption, signed, STORY, footer]
    )
    learned = Learned(furniture=frozenset(("by", "readers can gift this to anyone")))
    assert clean(RawDocument("a.txt", b"", text), learned).article.authors == ("Hanna Quell",)


@pytest.mark.parametrize("line", ["### 12/28/2013 @ 2:30PM |1,268 views", "[0](#disqus)"])
def test_signs_alone_are_no_name(line: str) -> None:
    text = "\n".join([f"{HEADLINE} - Post", "Post", line, STORY.partition("\n")[0]])
    assert clean(RawDocument("a.txt", b"", text)).article.authors == ()


BOX = (
    "Hanna Quell\n\nQuell has lived on three islands and writes on ferries and those who miss them."
)


def test_who_is_told_of_below_the_story_signs_above_it() -> None:
    assert authors("Hanna Quell", below=BOX) == ("Hanna Quell",)
    assert authors("Hanna Quell", "19 December 2018", below=f"About {BOX}") == ("Hanna Quell",)


def signed_at_end(name: str, *header: str) -> tuple[str, ...]:
    """Who signs, where the model finds all lines below the header to be story."""
    text = "\n\n".join([HEADLINE, *header, STORY, name])
    blocks = split_blocks(text)
    chances = [0.9] * len(blocks)
    page = judged(apply_rules(blocks), chances)
    assert page.label(len(blocks) - 1) is Label.BYLINE
    return tuple(found for found, _ in find_signatures(page, text.split("\n")))


def test_a_name_that_ends_the_story_signs_if_nothing_else_tells_of_it() -> None:
    assert signed_at_end("Hanna Quell") == ("Hanna Quell",)
    assert signed_at_end("Odile Marrant") == ()
    assert signed_at_end("Hanna Quell", "By Ada Lund") == ("Ada Lund",)


def test_a_button_above_and_below_the_story_signs_nothing() -> None:
    prices = "Our Prices\n\nThe island pays for bread what the ferry takes for a bicycle."
    assert authors("Our Prices", below=prices) == ()


@pytest.mark.parametrize(
    "line",
    ["Most Read", "Personal Finance", "By New York Post", "By Our Correspondent",
     "From Our Own Correspondent"],
)  # fmt: skip
def test_sections_and_publications_sign_nothing(line: str) -> None:
    assert authors(line, "19 December 2018") == ()


@pytest.mark.parametrize(
    ("end", "names"),
    [
        ("Phước Tuấn", ("Phước Tuấn",)),
        ("Phước Tuấn - Thanh Sơn", ("Phước Tuấn", "Thanh Sơn")),
        ("Trở lại Thời sự", ()),
    ],
)
def test_vietnamese_stories_are_signed_below(end: str, names: tuple[str, ...]) -> None:
    lines = [
        "Cháy chợ Bình Long, hàng chục sạp hàng bị thiêu rụi",
        "Thứ tư, 9/10/2019, 15:30 (GMT+7)",
        "Khoảng 2h ngày 9/10, người dân sống gần chợ phát hiện lửa bốc lên từ dãy sạp quần áo.",
        "Hơn 50 cảnh sát cùng 7 xe chữa cháy được điều tới, đến 5h đám cháy mới được khống chế.",
        '"Cả gia tài của tôi nằm trong đó", bà Nguyễn Thị Hoa, 52 tuổi, nói với phóng viên.',
        "Nguyên nhân vụ cháy đang được công an tỉnh điều tra.",
        end,
        "Chia sẻ",
        "Ý kiến bạn đọc (12)",
    ]
    assert clean(RawDocument("a.txt", b"", "\n\n".join(lines))).article.authors == names


def test_the_agency_that_a_line_below_the_story_names_is_its_source() -> None:
    for below, agency in (
        ("Source: Reuters", "Reuters"),
        ("(Avec AFP)", "AFP"),
        ("(NAN)", "NAN"),
        ("Quelle: Weltbank", None),
        ("(Weltbank)", None),
    ):
        text = f"{HEADLINE}\n\n14 March 2018\n\n{STORY}\n\n{below}\n\nShare"
        assert clean(RawDocument("a.txt", b"", text)).article.extra.get("agency") == agency


def test_the_desk_of_an_agency_is_nobody() -> None:
    assert authors("By HANNA QUELL, AP National Security Writer") == ("Hanna Quell",)
    page = "<html><head><meta name=author content='By HANNA QUELL, AP National Security'></head>"
    page += f"<body><h1>{HEADLINE}</h1><p>{STORY}</p></body></html>"
    found = clean(RawDocument("a.html", b"", page, HTML)).article
    assert found.authors == ("Hanna Quell",)


@pytest.mark.parametrize(
    ("end", "names"),
    [
        ("【佐藤健一】", ("佐藤健一",)),
        ("（佐藤健一、山本花子）", ("佐藤健一", "山本花子")),
        ("\n\n【佐藤 健一】", ("佐藤 健一",)),
        ("（敬称略）", ()),
        ("（東京都）", ()),
        ("\n\n【関連記事】", ()),
        ("【写真特集】", ()),
    ],
)
def test_japanese_stories_are_signed_at_their_end(end: str, names: tuple[str, ...]) -> None:
    text = f"""大川に新しい橋が開通 着工から3年
2018年3月14日 12時40分

大川市の大川に架かる新しい橋が14日開通し、記念の式典が行われた。橋の長さは320メートルで、総工費は約48億円。

市長は式典で「市民が長く待ち望んだ橋です」とあいさつし、近くに住む人は「買い物が便利になる」と話した。{end}

関連ニュース
"""
    assert clean(RawDocument("a.txt", b"", text)).article.authors == names


@pytest.mark.parametrize("line", ["[ 3 tools for every ferry", "![2020 ballot", '"7 days'])
def test_a_mark_is_no_name(line: str) -> None:
    assert persons_in(line, "The Lorne Courier") == ()
