"""Dates as news pages write them."""

from __future__ import annotations

import dataclasses
import datetime
import importlib.util
import json
from pathlib import Path

import pytest

from archive_gen.article import RawDocument
from archive_gen.cleaning import Learned, clean
from archive_gen.cleaning.dates.in_text import Reading, date_order, find_age, find_date
from archive_gen.cleaning.dates.publication import before, date_in_address
from archive_gen.dates import parse_date


@pytest.mark.parametrize(
    ("text", "day_first"),
    [
        ("Stand: 25/12/2015", True),
        ("25.12.2015, 18:05 Uhr", True),
        ("25. 12. 2015", True),
        ("Posted 12-25-2015", False),
        ("Updated 04/05/2015\nPosted 12/25/2015", False),
        ("٢٥/١٢/٢٠١٥", True),
        ("04/05/2015", None),
        ("12/25/2015 and 25/12/2015", None),
        ("version 1.25.12.2015", None),
        ("Ada Lund, 04.28.05, 1:21 PM ET", False),
        ("28.04.05 | 14:07 Uhr", True),
        ("28.04.05", None),
        ("2015/12/25", None),
        ("45/46/2015", None),
        ("0/25/2015", None),
        ("", None),
    ],
)
def test_a_date_that_can_be_read_one_way_only_tells_the_order(
    text: str, *, day_first: bool | None
) -> None:
    assert date_order(text) is day_first


SEVENTH_OF_OCTOBER = """\
en | Published: Wednesday, October 7, 2015 at 2:05 p.m.
en | Oct. 7, 2015
en | 7th of October 2015, 14:05 GMT
en | OCT 7 2015
en | Written by Nora SableOct 7, 2015
en | 07-Oct-2015
en | Oct 7,2015 - Last updated at Oct 7,2015
en | October 7. 2015
en | Oct.7.2015 / 10:50 AM
en | Published On 7 Oct 20157 Oct 2015
es | Publicado el 7 de octubre de 2015 a las 14:05
es | Miércoles, 7 de octubre del 2015
fr | Publié le mercredi 7 octobre 2015 à 14h05
de | Mittwoch, 7. Oktober 2015, 14:05 Uhr
de | Stand: 07.10.2015
pt | Quarta-feira, 7 de outubro de 2015
it | mercoledì 7 ottobre 2015
nl | woensdag 7 oktober 2015 om 14.05 uur
pl | środa, 7 października 2015
ru | 7 октября 2015 г., 14:05
uk | 7 жовтня 2015 року
ar | الأربعاء 7 أكتوبر 2015
ar | ٧ تشرين الأول/أكتوبر ٢٠١٥
fa | چهارشنبه ۷ اکتبر ۲۰۱۵
fa | چهارشنبه ۱۵ مهر ۱۳۹۴
fa | ۱۳۹۴/۰۷/۱۵
fa | 15 مهر 1394
zh | 2015年10月7日 星期三
zh | 发布时间：2015年10月07号 14:05
ja | 2015年10月7日（水）14時05分
ko | 2015년 10월 7일 수요일
ko | 2015. 10. 7. 오후 2:05
hi | बुधवार, 7 अक्टूबर 2015
hi | ७ अक्टूबर २०१५
bn | ৭ অক্টোবর ২০১৫
bn | ৭ই অক্টোবর, ২০১৫
tr | 7 Ekim 2015 Çarşamba
tr | 7 EKİM 2015
id | Rabu, 7 Oktober 2015 14:05 WIB
vi | Thứ tư, ngày 7 tháng 10 năm 2015
vi | 7 tháng 10, 2015
sv | onsdag 7 oktober 2015
cs | středa 7. října 2015
el | Τετάρτη 7 Οκτωβρίου 2015
el | 7 ΟΚΤΩΒΡΙΟΥ 2015
he | יום רביעי, 7 באוקטובר 2015
ro | miercuri, 7 octombrie 2015
hu | 2015. október 7., szerda
th | วันพุธที่ 7 ตุลาคม 2558
th | 7 ต.ค. 2558
th | ๗ ตุลาคม พ.ศ. ๒๕๕๘
fi | keskiviikko 7. lokakuuta 2015
da | onsdag d. 7. oktober 2015
bg | 7 октомври 2015 г.
ca | 7 d’octubre de 2015
lt | 2015 m. spalio 7 d.
ur | 7 اکتوبر 2015
ta | 7 அக்டோபர் 2015
ar | الأربعاء، 7 أكتوبر، 2015
fa | ۱۵ مهرماه ۱۳۹۴
fa | چهارشنبه ۱۵ مهر‌ماه ۱۳۹۴
ja | 平成27年10月7日（水）
ja | 平成二十七年十月七日
ja | 2015年（平成27年）10月7日
zh | 二〇一五年十月七日
zh | 中華民國104年10月7日
ko | 주체104(2015)년 10월 7일
vi | 7 Thg 10, 2015
th | 7 ต.ค. 58
th | ๗ ต.ค. ๕๘
th | 7 ตุลาคม 58 14:30 น.
am | 7 ኦክተውበር 2015
fil | Oktubre 7, 2015
fil | Miyerkules, Oktubre 7, 2015
am | መስከረም 26 ቀን 2008 ዓ.ም.
am | አዲስ አበባ፣ መስከረም 26፣ 2008
am | 26 መስከረም 2008 ዓ.ም
any | 2015-10-07T14:05:00Z
any | 2015/10/07
any | LondonOCTOBER 7, 2015Updated: 1 hour ago
any | Oct 7, 20155 min read
"""


@pytest.mark.parametrize("line", SEVENTH_OF_OCTOBER.splitlines())
def test_a_date_is_read_in_its_language(line: str) -> None:
    found = find_date(line.partition(" | ")[2])
    assert found is not None
    assert found.date == "2015-10-07"


@pytest.mark.parametrize(
    "line",
    [
        "31 November 2015",
        "In 2015 October brought 7 storms",
        "7 Oktober 2558",
        "Room 7, Building 2015",
        "12345-10-07",
        "192.168.10.7.2015",
        "7 October",
        "October 2015",
        "Page 3 of 2015 results",
        "۳۱ مهر ۱۳۹۴",
        "7 Sable 2015",
        "104年10月7日",  # of which era, nobody says
        "平成32年10月7日",  # after its end
        "26 መስከረም 2008",  # of Ethiopia's calendar, or of ours?
        "መስከረም 26 ቀን 2015 እ.ኤ.አ",
        "ጳጉሜ 6 ቀን 2008 ዓ.ም",
        "२०७२/०६/२०",  # a year of Nepal
        "29 ذو الحجة 1436",
        "ราคา 7 บาท 58",
        "十月七日",
    ],
)
def test_what_is_no_full_date_gives_none(line: str) -> None:
    assert find_date(line) is None


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("गुरुवार, 4 फरवरी 2016", "2016-02-04"),
        ("गुरुवार, 4 फ़रवरी 2016", "2016-02-04"),
        ("۳۰ اسفند ۱۳۹۹", "2021-03-20"),  # of a leap year
        ("۱ فروردین ۱۴۰۰", "2021-03-21"),
        ("۲۲ بهمن ۱۳۵۷", "1979-02-11"),
        ("令和元年5月1日", "2019-05-01"),
        ("昭和64年1月7日", "1989-01-07"),
        ("ጳጉሜ 6 ቀን 2007 ዓ.ም", "2015-09-11"),
        ("መስከረም 1 ቀን 2008 ዓ.ም", "2015-09-12"),
        ("ነሃሴ 12፣ 2011", "2019-08-18"),
        ("25/10/2558 14:30", "2015-10-25"),
        ("15 ก.พ. 2470", "1928-02-15"),  # its year began in April
        ("15 เม.ย. 2470", "1927-04-15"),
    ],
)
def test_years_of_other_calendars_are_read(text: str, date: str) -> None:
    found = find_date(text)
    assert found is not None
    assert found.date == date


def test_the_first_date_of_a_line_counts_with_what_stands_around_it() -> None:
    found = find_date("Posted October 7, 2015 | Updated 2015-11-03")
    assert found is not None
    assert (found.before, found.date, found.after) == (
        "Posted ",
        "2015-10-07",
        " | Updated 2015-11-03",
    )


@pytest.mark.parametrize(
    ("text", "day_first", "date"),
    [
        ("04/05/2015", True, "2015-05-04"),
        ("04/05/2015", False, "2015-04-05"),
        ("04/05/2015", None, "2015"),
        ("05/05/2015", None, "2015-05-05"),
        ("25/05/2015", False, "2015-05-25"),
        ("05/25/2015", True, "2015-05-25"),
        ("04.05.2015", None, "2015-05-04"),
        ("7. listopada 2015", None, "2015"),  # Croatian October, Polish November
        ("7. listopada 2015.", None, "2015-10-07"),
        ("7 listopada 2015", None, "2015-11-07"),
        ("7 listopada 2015.", None, "2015-11-07"),
        ("27\u200f/10\u200f/2015", None, "2015-10-27"),
    ],
)
def test_day_and_month_stay_open_where_nothing_tells_them_apart(
    text: str, *, day_first: bool | None, date: str
) -> None:
    found = find_date(text, Reading(day_first))
    assert found is not None
    assert found.date == date
    assert found.open == (len(date) == 4)


def test_no_date_lies_after_the_crawl() -> None:
    crawl = datetime.date(2015, 6, 1)
    assert find_date("7 October 2015", Reading(latest=crawl)) is None
    found = find_date("04/12/2015", Reading(latest=crawl))
    assert found is not None
    assert found.date == "2015-04-12"


AGES = """\
3 hour | 3 hours ago
3 hour | Updated 3 hours ago
2 hour | vor 2 Stunden
3 day | hace 3 días
2 hour | il y a 2 heures
3 day | há 3 dias
3 hour | 3 ore fa
3 hour | 3 uur geleden
2 hour | 2 godziny temu
5 hour | 5 часов назад
3 hour | 3 години тому
3 hour | منذ 3 ساعات
3 day | قبل 3 أيام
3 hour | ۳ ساعت پیش
3 hour | 3小时前
3 hour | 3時間前
3 hour | 3시간 전
3 hour | 3 घंटे पहले
3 hour | 3 saat önce
3 hour | 3 jam yang lalu
3 hour | 3 giờ trước
3 hour | för 3 timmar sedan
3 hour | před 3 hodinami
3 hour | πριν από 3 ώρες
3 hour | לפני 3 שעות
3 hour | acum 3 ore
3 hour | 3 órával ezelőtt
3 hour | 3 ชั่วโมงที่ผ่านมา
1 day | Yesterday
1 day | вчера, 14:05
0 day | Heute, 14:05 Uhr
1 day | 昨天 18:05
2 week | 2 weeks ago
"""


@pytest.mark.parametrize("line", AGES.splitlines())
def test_an_age_is_read_in_its_language(line: str) -> None:
    expected, _, text = line.partition(" | ")
    age = find_age(text)
    assert age is not None
    assert f"{age.count} {age.unit}" == expected


@pytest.mark.parametrize("text", ["Today", "Heute", "Hier klicken", "12", "30 days", "x" * 500])
def test_what_may_be_a_button_is_no_age(text: str) -> None:
    assert find_age(text) is None


@pytest.mark.parametrize(
    ("crawled", "text", "date"),
    [
        ("2015-10-08T02:00:00Z", "3 hours ago", "2015-10-07"),
        ("2015-10-08T14:00:00Z", "3 hours ago", "2015-10-08"),
        ("2015-10-08", "3 hours ago", "2015-10-08~"),
        ("2015-10-08", "Yesterday", "2015-10-07"),
        ("2015-10-10", "3 days ago", "2015-10-07"),
        ("2015-11-03", "4 weeks ago", "2015-10~"),
        ("2016-01-31", "3 months ago", "2015-10~"),
        ("2017-10-08", "2 years ago", "2015~"),
    ],
)
def test_an_age_is_counted_from_the_crawl(crawled: str, text: str, date: str) -> None:
    age = find_age(text)
    assert age is not None
    assert before(parse_date(crawled), age).text == date


@pytest.mark.parametrize(
    ("url", "date"),
    [
        ("https://a.example/2015/10/07/some-story.html", "2015-10-07"),
        ("https://a.example/news/2015-10-07-story", "2015-10-07"),
        ("https://a.example/20151007/story", "2015-10-07"),
        ("https://a.example/world/2015/oct/07/story", "2015-10-07"),
        ("https://a.example/world/2015/october/07/story", "2015-10-07"),
        ("https://a.example/news/17-10-2015-story", "2015-10-17"),
        ("https://a.example/news/07-10-2015-story", None),
        ("https://a.example/2015/10/story", "2015-10"),
        ("https://a.example/2015/13/45/story", None),
        ("https://a.example/story-20151007123", None),
        ("https://a.example/article/A2015100714320005196", "2015-10-07"),
        ("https://a.example/view/201510071432", "2015-10-07"),
        ("https://a.example/view/201510072532", None),
        ("https://a.example/view/201510451432", None),
        ("https://a.example/2015/story", None),
        ("https://a.example/?d=/2015/10/07/", None),
        ("http://[", None),
    ],
)
def test_an_address_may_name_the_day_or_the_month(url: str, date: str | None) -> None:
    found = date_in_address(url)
    assert (found.text if found else None) == date


STORY = """Bridge put back two years as pier sinks into clay

{date}

The Estuary Bridge will not carry traffic before 2021, the port authority said on Wednesday.

Engineers found that the seventh pier had sunk by eleven centimetres since the spring, and that
two more would have to be founded again on piles that reach below the layer of soft clay.
"""


def dated(date: str, **fields: object) -> tuple[str, list[str]]:
    learned = fields.pop("learned", Learned())
    raw = RawDocument("a.txt", b"", STORY.format(date=date), **fields)  # type: ignore[arg-type]
    cleaned = clean(raw, learned)  # type: ignore[arg-type]
    found = cleaned.article.date
    return (found.text if found else ""), [problem.message for problem in cleaned.problems]


def test_an_open_date_is_listed_for_review() -> None:
    date, problems = dated("04/05/2015")
    assert date == "2015"
    assert problems == ["day and month of the date can't be told apart"]


def test_the_order_that_the_source_uses_closes_it() -> None:
    assert dated("04/05/2015", learned=Learned(day_first=True)) == ("2015-05-04", [])


def test_the_page_tells_the_order_where_its_source_does_not() -> None:
    assert dated("04/05/2015\n12/25/2015") == ("2015-04-05", [])
    assert dated("04.05.2015\n12.25.2015") == ("2015-04-05", [])
    assert dated("04.05.2015") == ("2015-05-04", [])


@pytest.mark.parametrize(
    ("language", "date"),
    [
        ("de", "2015-05-04"),
        ("fr-FR", "2015-05-04"),
        ("es", "2015-05-04"),
        ("es-US", "2015"),
        ("fr-CA", "2015"),
        ("en-GB", "2015"),
        ("hu", "2015"),
    ],
)
def test_a_language_that_always_writes_the_day_first_tells_the_order(
    language: str, date: str
) -> None:
    raw = RawDocument("a.txt", b"", "", known={"language": language})
    story = " ".join("lorem" for _ in range(40))
    text = f"Lorem in ipsum\n\n04/05/2015\n\n{story}.\n\n{story}.\n"
    found = clean(dataclasses.replace(raw, text=text)).article.date
    assert found is not None
    assert found.text == date


def test_the_language_that_a_text_is_in_tells_the_order() -> None:
    story = """Brücke über die Elbe wird später fertig

04/05/2015

Die neue Brücke über die Elbe wird erst im Jahr 2021 für den Verkehr freigegeben, sagte der Hafen.

Ingenieure fanden heraus, dass der siebte Pfeiler seit dem Frühjahr um elf Zentimeter gesunken ist.
"""
    for text, date in ((story, "2015-05-04"), (f"{story}\n12/25/2015\n", "2015-04-05")):
        found = clean(RawDocument("a.txt", b"", text)).article.date
        assert found is not None
        assert found.text == date


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Fri 25.04.24 | 14:07", "2024-04-25"),
        ("by Nora Sable - 12/22/23 11:35 AM ET", "2023-12-22"),
        ("Nora Sable, 09.18.98, 06:50 PM EDT", "1998-09-18"),
        ("Updated on 09/22/15", ""),
        ("Audio 03:07 Min. | 25.04.24 | Nora Sable", ""),
        ("25.04.24 오후 2시", ""),
        ("25.04.60", ""),
    ],
)
def test_a_year_of_two_digits_below_the_headline(line: str, date: str) -> None:
    assert dated(line)[0] == date


def test_a_year_of_two_digits_may_leave_the_day_open() -> None:
    date, problems = dated("Nora Sable, 06.10.08, 12:35 PM EDT")
    assert date == "2008"
    assert problems == ["day and month of the date can't be told apart"]
    assert dated("06.10.08", learned=Learned(day_first=False)) == ("2008-06-10", [])


def test_whether_it_appeared_on_the_day_of_a_change_alone_is_uncertain() -> None:
    assert dated("Last updated on 7 October 2015") == ("2015-10-07?", [])
    assert dated("7 May 2013\nLast updated on 7 October 2015") == ("2013-05-07", [])


@pytest.mark.parametrize("time", ["11:48 a.m. ET", "20:22 Uhr", "2 PM"])
def test_who_tells_the_time_of_a_change_changed_it_on_the_day(time: str) -> None:
    assert dated(f"Updated Oct. 7, 2015, {time}") == ("2015-10-07", [])


def test_of_days_beside_each_other_the_earlier_one_counts() -> None:
    assert dated("July 13, 2024October 10, 2020 by Nora Sable")[0] == "2020-10-10"
    assert dated("13 July 2024\n10 October 2020")[0] == "2020-10-10"
    assert dated("Published 13 July 2024\n10 October 2020")[0] == "2024-07-13"


def test_a_post_that_the_story_shows_does_not_date_it() -> None:
    post = "— Nora Sable (@sable) October 6, 2015"
    assert dated(post)[0] == ""
    assert dated(f"by Ada Quill October 7, 2015 9:45 am\n\n{post}")[0] == "2015-10-07"


def test_a_day_above_the_headline_before_one_below_the_story() -> None:
    lines = STORY.format(date="").rstrip().split("\n\n")
    assert len(lines) == 4
    site, headline, *story = lines
    text = "\n\n".join([site, "7 October 2015", headline, *story * 4, "5 May 2015"])
    found = clean(RawDocument("a.txt", b"", text)).article.date
    assert found is not None
    assert found.text == "2015-10-07"


def test_a_line_with_name_day_and_sections_below_the_headline() -> None:
    line = (
        "by Nora Sable | Oct 7, 2015 | All About Bridges and Piers, Learn About Clay | 0 comments"
    )
    assert dated(line)[0] == "2015-10-07"


def test_an_age_needs_a_crawl() -> None:
    assert dated("3 days ago") == ("", [])
    assert dated("3 days ago", crawled=parse_date("2015-10-10")) == ("2015-10-07", [])


@pytest.mark.parametrize(
    ("line", "month", "date"),
    [
        ("Do 25.04.24 | 14:07 Uhr", "2024/04", "2024-04-25"),
        ("Do 25.04.24 | 14:07 Uhr", "2024/05", "2024-05"),  # of another month
        ("Version 25.04.24.1", "2024/04", "2024-04"),
        ("31.04.24", "2024/04", "2024-04"),  # no such day
    ],
)
def test_a_short_year_is_read_if_the_address_tells_the_month(
    line: str, month: str, date: str
) -> None:
    url = f"https://example.org/{month}/bridge.html"
    assert dated(line, known={"url": url}) == (date, [])


def test_the_address_helps_where_the_page_says_less() -> None:
    day = {"url": "https://a.example/2015/10/07/bridge"}
    month = {"url": "https://a.example/2015/10/bridge"}
    assert dated("Photo: Ada Quill", known=day)[0] == "2015-10-07"
    assert dated("Photo: Ada Quill", known=month)[0] == "2015-10"
    assert dated("October 6, 2015", known=day)[0] == "2015-10-06"
    assert dated("04/05/2015", known={"url": "https://a.example/2015/05/04/bridge"}) == (
        "2015-05-04",
        [],
    )


def test_the_table_of_names_is_as_its_libraries_have_it() -> None:
    """But for the few names in which releases of CLDR differ."""
    pytest.importorskip("dateparser")
    path = Path(__file__).parent.parent / "training" / "write_date_names.py"
    spec = importlib.util.spec_from_file_location("write_date_names", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    kept, now = json.loads(module.TARGET.read_text("utf-8")), json.loads(module.table())
    assert kept.keys() == now.keys()
    for part in kept:
        both = kept[part], now[part]
        here, there = (set(map(str, x.items() if isinstance(x, dict) else x)) for x in both)
        assert len(here ^ there) < 0.1 * len(here), part
