from __future__ import annotations

import calendar
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_gen.dates import ArchiveDate, parse_date
from archive_gen.rendering.localised import machine_date, rfc3339

days = st.dates(datetime.date(1, 1, 1), datetime.date(9999, 12, 31))
points = st.tuples(days, st.sampled_from([4, 7, 10]), st.sampled_from(["", "~", "?", "%"])).map(
    lambda parts: parts[0].isoformat()[: parts[1]] + parts[2]
)


@given(points)
def test_a_normal_expression_stays_as_it_is(text: str) -> None:
    assert parse_date(text).text == text


@given(points, points)
def test_an_interval_is_refused_only_if_it_ends_before_it_begins(first: str, second: str) -> None:
    start, end = sorted([first, second])
    length = min(len(start.rstrip("~?%")), len(end.rstrip("~?%")))
    date = parse_date(f"{start}/{end}")
    assert parse_date(date.text) == date
    assert date.sort_key == parse_date(start).sort_key
    assert date.end == end.rstrip("~?%")
    assert start.startswith(date.period)
    assert date.period == start[:4] or end.startswith(date.period)
    if start[:length] != end[:length]:
        with pytest.raises(ValueError, match="ends before it begins"):
            parse_date(f"{end}/{start}")


@given(st.text(max_size=20))
def test_any_text_is_a_date_or_explained(text: str) -> None:
    try:
        date = parse_date(text)
    except ValueError:
        return
    assert parse_date(date.text) == date


@given(st.lists(st.datetimes(datetime.datetime(1, 1, 1)), min_size=2, max_size=5))
def test_order_is_that_of_time(moments: list[datetime.datetime]) -> None:
    texts = [moment.isoformat(timespec="seconds") for moment in moments]
    in_order = sorted(texts, key=lambda text: parse_date(text).sort_key)
    assert in_order == sorted(texts)


def test_what_is_less_known_comes_before_its_parts() -> None:
    texts = ["2014-12-31", "2015", "2015-10", "2015-10-07", "2015-10-07T00:00", "2015-10-08"]
    keys = [parse_date(text).sort_key for text in texts]
    assert keys == sorted(keys)


@given(days)
def test_a_date_stands_on_its_year_month_and_day(day: datetime.date) -> None:
    text = day.isoformat()
    assert parse_date(text).periods == (text[:4], text[:7], text)
    assert parse_date(text[:7]).periods == (text[:4], text[:7])
    assert parse_date(text[:4]).periods == (text[:4],)


@given(st.integers(1, 9999), st.integers(1, 12))
def test_a_month_ends_where_the_calendar_says(year: int, month: int) -> None:
    last = calendar.monthrange(year, month)[1]
    assert parse_date(f"{year:04}-{month:02}-{last}").day == last
    with pytest.raises(ValueError, match="day that does not exist"):
        parse_date(f"{year:04}-{month:02}-{last + 1}")


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2015-10-XX", "2015-10"),
        ("2015-XX", "2015"),
        ("2015-XX-XX", "2015"),
        ("2015-09-30/2015-10-31", "2015"),
        ("2015-10-01/2015-10-31", "2015-10"),
        ("2015-10-07/2015-10-07", "2015-10-07"),
        ("2015-10/2015-10-07", "2015-10"),
        ("2015/2015-03", "2015"),
        ("2015-10-07/2015", "2015"),
        ("2014-12-31/2015-01-01", "2014"),
        ("1999/2001", "1999"),
    ],
)
def test_the_page_that_a_date_stands_on(text: str, period: str) -> None:
    assert parse_date(text).period == period


def test_qualifiers() -> None:
    marks = {
        text: (parse_date(text).approximate, parse_date(text).uncertain)
        for text in (
            "2015",
            "2015~",
            "2015-10?",
            "2015-10-07%",
            "2015~/2016",
            "2015/2016?",
            "2015?/2016~",
            "2015/2016",
        )
    }
    assert marks == {
        "2015": (False, False),
        "2015~": (True, False),
        "2015-10?": (False, True),
        "2015-10-07%": (True, True),
        "2015~/2016": (True, False),
        "2015/2016?": (False, True),
        "2015?/2016~": (True, True),
        "2015/2016": (False, False),
    }


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        (" 2015-10-07 ", "2015-10-07"),
        ("2015-10-07 14:05", "2015-10-07T14:05"),
        ("2015-10-07T14:05:00Z", "2015-10-07T14:05:00Z"),
        ("2015-10-07 14:05:00 +0200", "2015-10-07T14:05:00+02:00"),
        ("2015-10-07T14:05:00-03:30", "2015-10-07T14:05:00-03:30"),
        ("2015-10-07 14:05:00.250 Z", "2015-10-07T14:05:00.250Z"),
        ("2015-10 / 2015-11", "2015-10/2015-11"),
    ],
)
def test_what_people_write_becomes_one_form(written: str, normal: str) -> None:
    date = parse_date(written)
    assert date.text == normal
    assert parse_date(normal) == date


def test_a_clock_time_keeps_its_zone_and_the_day_it_was_there() -> None:
    date = parse_date("2015-10-07T23:30:00-08:00")
    assert date.text.endswith("-08:00")
    assert date.period == "2015-10-07"
    assert date.time == "23:30:00"


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "/", "2015/", "/2015", "2015/2016/2017", "15", "20151007", "2015-1-7", "Y2015"),
        *("2015-13", "2015-00", "2015-10-00", "2015-10-32", "2015-02-29", "1900-02-29", "0000"),
        *("0000-01-01", "2015-XX-07", "2015-xx", "201X", "2015-10-07T24:00", "2015-10-07T12:60"),
        *("2015-10-07T12:00:61", "2015-10T12:00", "2015T12:00", "2015-10-07T14", "2015-10-07T"),
        *("2015-10-07T14:05+99:00", "2015-10-07T14:05+0275", "2015-10-07T14:05\nZ", "2015 - 10"),
        *(
            "2015-10-07Z",
            "2015-10-07T14:05:00ZZ",
            "2015~?",
            "~2015",
            "2015-10-07T1:05",
            "..",
            "../2015",
        ),
        *("٢٠١٥", "２０１５", "2015-1０", "2015\u201310\u201307", "2015-10-07T1４:05", "2015-²1"),
        *("2016/2015", "2015-10-08/2015-10-07", "2015-11/2015-10-31", "today", "7 October 2015"),
    ],
)
def test_what_is_no_date_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w+ \w+"):
        parse_date(text)


def test_leap_days() -> None:
    assert parse_date("2016-02-29").day == parse_date("2000-02-29").day == 29


def test_a_date_is_a_plain_value() -> None:
    assert parse_date("2015-10-07") == ArchiveDate("2015-10-07", 2015, 10, 7)
    assert len({parse_date("2015~"), parse_date("2015~"), parse_date("2015")}) == 2


@pytest.mark.parametrize(
    ("text", "in_html", "in_feeds"),
    [
        ("2015", "2015", "2015-01-01T00:00:00Z"),
        ("2015-XX", "2015", "2015-01-01T00:00:00Z"),
        ("2015-10~", "2015-10", "2015-10-01T00:00:00Z"),
        ("2015-10-07?", "2015-10-07", "2015-10-07T00:00:00Z"),
        ("2015-09-30/2015-10", "2015-09-30", "2015-09-30T00:00:00Z"),
        ("2015-10-07 14:05", "2015-10-07T14:05", "2015-10-07T14:05:00Z"),
        ("2015-10-07T14:05:09Z%", "2015-10-07T14:05:09Z", "2015-10-07T14:05:09Z"),
        ("2015-10-07T14:05+0300", "2015-10-07T14:05+03:00", "2015-10-07T14:05:00+03:00"),
        ("2015-10-07 03:30 +03:30~", "2015-10-07T03:30+03:30", "2015-10-07T03:30:00+03:30"),
        ("0033-01-01T00:00:00.5", "0033-01-01T00:00:00.5", "0033-01-01T00:00:00.5Z"),
    ],
)
def test_what_machines_read_of_a_date(text: str, in_html: str, in_feeds: str) -> None:
    date = parse_date(text)
    assert (machine_date(date), machine_date(text)) == (in_html, in_html)
    assert rfc3339(date) == in_feeds
