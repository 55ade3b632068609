from __future__ import annotations

import pickle

import pytest

from archive_gen.problems import (
    ArchiveError,
    OperationError,
    Problem,
    SettingsError,
    UsageError,
    unmerged,
)


def test_a_problem_reads_as_editors_expect() -> None:
    assert str(Problem("content/a.md", 3, "is wrong", "mend it")) == (
        "content/a.md:3: is wrong — mend it"
    )
    assert str(Problem("site.yaml", 0, "is not here")) == "site.yaml: is not here"


def test_problems_sort_by_place() -> None:
    problems = [Problem("b", 1, "x"), Problem("a", 10, "x"), Problem("a", 9, "z")]
    assert [(p.path, p.line) for p in sorted(problems)] == [("a", 9), ("a", 10), ("b", 1)]


@pytest.mark.parametrize("kind", [ArchiveError, SettingsError, UsageError, OperationError])
def test_an_error_survives_the_way_home_from_a_worker(kind: type[ArchiveError]) -> None:
    error = kind([Problem("a", 1, "x", "y"), Problem("b", 0, "z")])
    back = pickle.loads(pickle.dumps(error))  # noqa: S301 (ours)
    assert type(back) is kind
    assert back.problems == error.problems
    assert str(back) == str(error) == "a:1: x — y\nb: z"


def test_one_problem_needs_no_list() -> None:
    assert UsageError(Problem("a", 1, "x")).problems == [Problem("a", 1, "x")]


def test_exit_statuses_tell_apart_what_could_not_start() -> None:
    assert SettingsError.exit_status == UsageError.exit_status == 2
    assert OperationError.exit_status == 1


CONFLICT = "<<<<<<< HEAD\nours\n||||||| base\nold\n=======\ntheirs\n>>>>>>> branch\n"


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_what_was_not_merged_has_its_line(newline: str) -> None:
    text = f"title: T\n{CONFLICT}".replace("\n", newline)
    problem = unmerged("a.md", text, 3)
    assert problem
    assert (problem.path, problem.line) == ("a.md", 4)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "    <<<<<<< HEAD\n    =======\n    >>>>>>> of a text on git\n",
        "<<<<<<< alone",
        "Title\n=======\n>>>>>>> quoted\n<<<<<<< in another order\n",
        "<<<<<<<< eight\n=======\n>>>>>>>> eight\n",
    ],
)
def test_marks_that_belong_to_a_text_are_left(text: str) -> None:
    assert unmerged("a.md", text) is None
