"""Tables in which some row is broken: the others are read."""

from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from archive_gen.article import RawDocument
from archive_gen.importers import csv_table
from archive_gen.problems import Problem

TEXT = "The tide rose on Monday night, in the storm. Nobody was hurt, the council said."


def read(data: str) -> tuple[list[str], list[str]]:
    """The titles of the documents, and the problems."""
    found = list(csv_table.read("f.csv", io.BytesIO(data.encode())))
    titles = [str(one.known.get("title")) for one in found if isinstance(one, RawDocument)]
    return titles, [str(one) for one in found if isinstance(one, Problem)]


def rows(number: int, text: str = TEXT) -> list[str]:
    return [f'"Tide {n}",2013-04-02,"{text}"\n' for n in range(1, number + 1)]


def table(lines: list[str]) -> str:
    return "title,date,text\n" + "".join(lines)


def test_a_quotation_mark_that_is_not_closed_is_told_and_glues_no_rows() -> None:
    lines = rows(6)
    lines[2] = lines[2].replace('"\n', "\n")
    titles, (problem,) = read(table(lines))
    assert titles == ["Tide 1", "Tide 2", "Tide 5", "Tide 6"]
    assert problem.startswith(
        "f.csv:4: a quotation mark is not closed: nothing is read up to line 5"
    )


def test_a_mark_that_is_part_of_a_text_opens_nothing() -> None:
    lines = [*rows(1), '"A screen of\nthe town",2013-04-02,It is 27" wide\n', *rows(1)]
    titles, problems = read(table(lines))
    assert titles == ["Tide 1", "A screen of the town", "Tide 1"]
    assert not problems


def test_one_that_swallows_all_that_follows_is_told() -> None:
    lines = [f"Tide {n},2013-04-02,The tide rose and fell again.\n" for n in range(1, 900)]
    lines[4] = lines[4].replace("The", '"The')
    titles, (problem,) = read(table(lines))
    assert titles == ["Tide 1", "Tide 2", "Tide 3", "Tide 4"]
    assert "f.csv:6:" in problem
    assert "up to line 900" in problem


def test_text_whose_commas_are_not_quoted_is_told_and_not_cut() -> None:
    titles, (problem,) = read(table([*rows(2), f"Tide 3,2013-04-02,{TEXT}\n", *rows(1)]))
    assert titles == ["Tide 1", "Tide 2", "Tide 1"]
    assert problem.startswith("f.csv:4: has 5 cells, not 3 as the others")


def test_cells_without_a_header_are_no_fault_if_all_rows_have_them() -> None:
    titles, problems = read(
        "title,date,text\n" + "".join(f"T{n},2013,{TEXT.replace(',', '')},x\n" for n in range(3))
    )
    assert titles == ["T0", "T1", "T2"]
    assert not problems


def test_empty_cells_at_the_end_are_no_fault() -> None:
    titles, problems = read(table([*rows(1), rows(1)[0].replace("\n", ",,\n")]))
    assert titles == ["Tide 1", "Tide 1"]
    assert not problems


WORDS = st.text(st.sampled_from('ab",\n '), max_size=12)


@given(
    st.lists(st.tuples(WORDS, WORDS), max_size=8),
    st.sampled_from(",;\t|"),
    st.sampled_from(["Sent, seen", "Sent; seen; printed", 'The "day"', "Day"]),
)
def test_what_is_written_right_is_never_a_fault(
    cells: list[tuple[str, str]], delimiter: str, column: str
) -> None:
    written = io.StringIO()
    header = ["title", column, "text"]
    csv.writer(written, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerow(header)
    table = csv.writer(written, delimiter=delimiter)
    for number, (title, text) in enumerate(cells):
        table.writerow([f"T{number} {title}", "2013-04-02", f"Text {text}"])
    titles, problems = read(written.getvalue())
    assert titles == [" ".join(f"T{n} {title}".split()) for n, (title, _) in enumerate(cells)]
    assert not problems


@given(st.text(st.sampled_from('a",\n'), max_size=80))
def test_whatever_is_broken_reading_ends(data: str) -> None:
    titles, problems = read("title,date,text\na,b,c\n" + data)
    assert len(titles) + len(problems) <= 2 + data.count("\n") + 1


def test_names_of_columns_may_go_over_lines() -> None:
    header = '"title","first\nprinted, in\nthe Port Post","text"\n'
    titles, problems = read(header + "".join(rows(2)))
    assert titles == ["Tide 1", "Tide 2"]
    assert not problems
    (problem,) = read(header + rows(1)[0] + 'Tide 2,2013-04-02,"The tide\nrose\n')[1]
    assert problem.startswith("f.csv:5: a quotation mark is not closed")


def test_a_mark_in_the_name_of_a_column_swallows_no_row() -> None:
    titles, problems = read('title,date,text,"inches\n' + "".join(rows(30)))
    assert len(titles) == 30
    assert not problems


def test_blank_lines_are_none() -> None:
    lines = table([rows(1)[0], "\n", *rows(1)]).replace(",", ";").replace("\n", "\r\n")
    titles, problems = read("\r\n  \r\nsep=;\r\n" + lines.replace("text", "text;seen, by, us, all"))
    assert titles == ["Tide 1", "Tide 1"]
    assert not problems
    for nothing in ("", "\n\n", "sep=;\n"):
        assert len(read(nothing)[1]) == 1


def test_of_columns_of_one_name_the_first_that_says_something_counts() -> None:
    first, second = f'One,2013-04-02,"{TEXT}",\n', f',2013-04-02,"{TEXT}",Two\n'
    assert read("title,date,text,title\n" + first + second) == (["One", "Two"], [])
