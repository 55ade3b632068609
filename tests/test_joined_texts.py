"""Articles that a person put into one text, with lines of signs between them."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive_gen.content import frontmatter
from archive_gen.intake.ingest import ingest
from archive_gen.intake.learning import Stated
from archive_gen.intake.outcome import Outcome
from archive_gen.parallel import SerialMapper

STORIES = {
    "Ferry returns to Orme Sound": (
        "By Ada Quill\n14 March 2021",
        "The car ferry sailed again on Sunday, nine weeks after its ramp broke in a storm.",
        "About two hundred people had come to the quay before sunrise to see it leave the port.",
    ),
    "School at Tolland is closed": (
        "2 April 2021, by Simon Fell",
        "Parents kept their children at home, because rain has run through the roof since autumn.",
        "The head teacher wrote to the council five times, and the council answered her once.",
    ),
    "Mill of Marl is sold": (
        "Thursday, 20 May 2021",
        "Forty-one workers of the paper mill have bought it from its owners in the capital.",
        "Each of them put in what would have been three months of wages, the new chair said.",
    ),
}
ARTICLES = [
    "\n\n".join([f"{title}\n{story[0]}", *story[1:]]) + "\n" for title, story in STORIES.items()
]
DAYS = [(3, "Monday"), (4, "Tuesday"), (5, "Wednesday")]
BODIES = {title: "\n\n".join(story[1:]) for title, story in STORIES.items()}


def take(folder: Path, text: str) -> tuple[dict[str, str], list[Outcome]]:
    """The bodies of what was imported, by their titles, and the outcomes."""
    file = folder / "stories.txt"
    file.write_bytes(text.encode())
    outcomes = list(ingest(folder / "content", [file], Stated({}), SerialMapper()))
    bodies = {}
    for path in (folder / "content").rglob("*.md"):
        article, problems = frontmatter.parse_bytes(path.read_bytes(), str(path))
        assert article, problems
        bodies[article.title] = article.body
    return bodies, outcomes


@pytest.mark.parametrize(
    "rule", ["=====", "***", "* * *", "--- {} ---", "####", "––––", "-----\r"], ids=str
)
def test_each_is_an_article(tmp_path: Path, rule: str) -> None:
    parts = [f"{rule.format(number)}\n\n{text}" for number, text in enumerate(ARTICLES, start=1)]
    bodies, outcomes = take(tmp_path, "\n".join(parts))
    assert bodies == BODIES
    assert [one.date for one in outcomes] == ["2021-03-14", "2021-04-02", "2021-05-20"]


def test_fields_of_a_scraper_are_a_head_too(tmp_path: Path) -> None:
    address = "https://orme.example/news/{}"
    parts = [f"URL: {address.format(n)}\n\n{text}" for n, text in enumerate(ARTICLES)]
    bodies, _ = take(tmp_path, "\n==========\n".join(parts))
    assert bodies == BODIES


@pytest.mark.parametrize("end", ["\f", "\f\n", "\r\n\f"])
def test_each_on_a_page_of_its_own_is_an_article(tmp_path: Path, end: str) -> None:
    bodies, outcomes = take(tmp_path, end.join([*ARTICLES, ""]))
    assert bodies == BODIES
    assert [one.date for one in outcomes] == ["2021-03-14", "2021-04-02", "2021-05-20"]


def test_of_two_pages_the_line_is_told(tmp_path: Path) -> None:
    _, outcomes = take(tmp_path, "\f".join(ARTICLES[:2]))
    told = [problem.line for outcome in outcomes for problem in outcome.problems]
    assert told == [ARTICLES[0].count("\n") + 1]


def test_pages_of_one_article_are_not_parted(tmp_path: Path) -> None:
    """Though each has the name of the newspaper, its number and the day above it."""
    head = "The Orme Gazette, page {}\n14 March 2021\n\n"
    pages = [head.format(n) + text * 2 for n, text in enumerate(BODIES.values(), start=1)]
    _, outcomes = take(tmp_path, "\f".join(pages))
    assert len(outcomes) == 1
    assert not outcomes[0].problems or "another article" not in str(outcomes[0].problems)


@pytest.mark.parametrize("first", ["URL", "Title"])
def test_the_same_fields_above_each_part_them(tmp_path: Path, first: str) -> None:
    parts = []
    for number, (title, body) in enumerate(BODIES.items()):
        fields = [f"URL: https://orme.example/{number}", f"Title: {title}", "Date: 2021-03-14"]
        fields.sort(key=lambda field: not field.startswith(first))
        parts.append("\n".join([*fields, "", body]))
    bodies, _ = take(tmp_path, "\n\n".join(parts))
    assert bodies == BODIES


@pytest.mark.parametrize(
    "below", ["URL: https://orme.example/2\n" + "More of it.\n" * 20, "URL: none\n" * 20]
)
def test_a_field_that_comes_again_alone_parts_nothing(tmp_path: Path, below: str) -> None:
    head = "URL: https://orme.example/1\nTitle: Ferry returns to Orme Sound\n\n"
    _, outcomes = take(tmp_path, head + ARTICLES[0] + "\n" + below)
    assert [one.status for one in outcomes] == ["new"]


@pytest.mark.parametrize(
    "parts",
    [
        [ARTICLES[0], "But then it rained.\n" * 20, "And then it snowed.\n" * 20],
        [ARTICLES[0], "3 May 1923\n" + "On this day it rained.\n" * 20],
        [ARTICLES[0].replace("2021", "2021 |"), *[ARTICLES[0] + "More.\n" * n for n in (1, 2)]],
        [ARTICLES[0], *[f"{day}\n{n} May 2021\n" + "It rained.\n" * 20 for n, day in DAYS]],
        [ARTICLES[0], "Correction\n3 May 2021\nIt was nine weeks, not ten."],
    ],
    ids=["parts of a story", "days", "pages of one headline", "a diary", "a note below"],
)
def test_a_story_is_never_parted(tmp_path: Path, parts: list[str]) -> None:
    _, outcomes = take(tmp_path, "\n***\n\n".join(parts))
    assert [one.status for one in outcomes] == ["new"]


@pytest.mark.parametrize(
    ("parts", "line"),
    [
        (ARTICLES[:2], 11),
        ([ARTICLES[0], ARTICLES[1].replace("2021", ""), ARTICLES[2]], 11),
        ([ARTICLES[0], ARTICLES[1], "Collected by Bo Berg."], 20),
    ],
)
def test_where_it_is_not_sure_the_line_is_told(tmp_path: Path, parts: list[str], line: int) -> None:
    _, outcomes = take(tmp_path, "\n=====\n\n".join(parts))
    assert [one.status for one in outcomes] == ["new", "failed"]
    (problem,) = outcomes[1].problems
    assert (problem.line, problem.message) == (
        line,
        "another article may begin at this line, and was not parted from those above it",
    )


def test_a_heading_with_a_line_below_it_is_no_part(tmp_path: Path) -> None:
    texts = [text.replace("\n", "\n======\n", 1) for text in ARTICLES]
    _, outcomes = take(tmp_path, "\n".join(texts))
    assert [one.status for one in outcomes] == ["new"]


@pytest.mark.parametrize(
    ("stories", "days"),
    [
        (
            {
                "渡轮将在秋天停止运行": "渡轮将在十月最后一次开航，船主说，他十年来一直在亏钱。",
                "旧港口的墙将要重建": "市议会的工程师说，旧的墙已经无法挽救，需要花费四百万元。",
                "市长拒绝对新桥收费": "市长说，只要她在任，新桥就不会收费，她的对手们不同意。",
            },
            ("2021年4月2日", "2021年4月3日 星期六", "2021 年 4 月 4 日"),
        ),
        (
            {
                "페리 노선 가을에 폐쇄": "페리가 시월에 마지막으로 출항한다고 선주가 말했다.",
                "낡은 항구 벽 재건": "기술자들은 항구 벽을 더 이상 구할 수 없다고 일요일에 말했다.",
                "시장 통행료 거부": "시장은 재임하는 동안 새 다리에 통행료가 없을 것이라고 말했다.",
            },
            ("2021년 4월 2일", "2021년 4월 3일", "2021년 4월 4일"),
        ),
    ],
    ids=["zh", "ko"],
)
def test_days_of_east_asia(tmp_path: Path, stories: dict[str, str], days: tuple[str, ...]) -> None:
    parts = [
        f"{title}\n{day}\n" + "\n".join(f"{number}{text}" for number in range(2016, 2021))
        for (title, text), day in zip(stories.items(), days, strict=True)
    ]
    bodies, outcomes = take(tmp_path, "\n=====\n".join(parts))
    assert sorted(bodies) == sorted(stories)
    assert [one.date for one in outcomes] == ["2021-04-02", "2021-04-03", "2021-04-04"]
