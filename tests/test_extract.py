"""``archive extract``: JSON lines in, JSON lines out."""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive_gen.cleaning.furniture import ENOUGH, Counts, Observed
from archive_gen.cli import group
from archive_gen.intake.sources.counting import Tally

DUMPS = Path(__file__).resolve().parent / "fixtures" / "dumps"
TEXT = (DUMPS / "courier-2017-bridge-pier-seven.txt").read_text(encoding="utf-8")
KEYS = "id title summary body date authors source place language tags images confidence".split()


def run(lines: str | bytes, *options: str) -> Result:
    return CliRunner().invoke(group, ["extract", *options], input=lines)


def records(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def jsonl(*values: object) -> str:
    return "".join(json.dumps(value) + "\n" for value in values)


def test_the_shape_of_a_record() -> None:
    result = run(jsonl({"id": "a", "text": TEXT}))
    (record,) = records(result)
    assert result.exit_code == 0
    assert list(record) == KEYS
    assert record["title"]
    assert all(line.strip() for line in record["body"].split("\n"))


def test_a_dump_has_the_name_that_an_import_knows() -> None:
    (named,) = records(run(jsonl({"id": "a", "raw_text": TEXT})))
    (record,) = records(run(jsonl({"id": "a", "text": TEXT})))
    assert named == record
    (none,) = records(run(jsonl({"id": "a", "html": "", "content": TEXT})))
    assert none["problem"] == "has no text: known fields for it are html, text, raw_text"


def test_order_and_bad_lines() -> None:
    good = jsonl({"id": 1, "text": TEXT})
    result = run(good + "{oops\n" + jsonl([1], {"id": 4}) + "\n" + jsonl({"id": 5, "text": TEXT}))
    assert result.exit_code == 1
    assert [record["id"] for record in records(result)] == [1, None, None, 4, 5]
    assert ["problem" in record for record in records(result)] == [False, True, True, True, False]


def test_bytes_that_are_no_text_are_a_bad_line() -> None:
    result = run(b'{"id": "\xff\xfe"}\n' + jsonl({"id": 2, "text": TEXT}).encode())
    assert [record["id"] for record in records(result)] == [None, 2]


def test_a_label_for_each_line() -> None:
    (record,) = records(run(jsonl({"id": "a", "text": TEXT}), "--labels"))
    assert len(record["labels"]) == len(TEXT.split("\n"))


def test_more_processes_say_the_same() -> None:
    lines = jsonl(*({"id": n, "text": TEXT} for n in range(40)))
    assert run(lines, "--jobs", "2").stdout == run(lines).stdout


def test_body_is_no_markdown() -> None:
    stars = (
        "The *star* and [link](x) of the <b>story</b> stay as they were written, said the mayor. "
    )
    (record,) = records(run(jsonl({"id": 1, "text": f"A headline\n\n{stars * 3}\n\n{stars * 2}"})))
    assert stars.strip() in record["body"]


def test_learning_drops_what_a_source_repeats(tmp_path: Path) -> None:
    refrain = (
        "The Courier's readers pay for the paper and they also keep the harbour lights burning."
    )
    story = "Number {} of the ferries left the harbour at dawn with {} goats, the captain said."
    inputs = [
        {
            "id": n,
            "source": "C",
            "text": "\n\n".join(
                [story.format(n, m) for m in range(4)] + [refrain] + [story.format(n, 9)]
            ),
        }
        for n in range(6)
    ]
    path = tmp_path / "in.jsonl"
    path.write_text(jsonl(*inputs), encoding="utf-8")
    plain = records(run("", str(path)))
    learned = records(run("", str(path), "--learn"))
    assert all(refrain in record["body"] for record in plain)
    assert not any(refrain in record["body"] for record in learned)
    assert all(story.format(n, 9) in r["body"] for n, r in enumerate(learned))
    assert records(run(jsonl(*inputs), "--learn")) == learned


def test_no_article_is_of_the_day_after_it_was_found() -> None:
    values = [{"id": 1, "text": TEXT, "crawl_date": day} for day in ("2017-01-01", "2030-01-01")]
    early, late = records(run(jsonl(*values)))
    assert early["date"] is None
    assert late["date"]


documents = st.lists(
    st.tuples(
        st.sampled_from("ab"),
        st.builds(
            lambda keys, day_first, least: Observed(
                "", keys, day_first, frozenset(key for key in keys if key >= least)
            ),
            st.frozensets(st.sampled_from("vwxyz")),
            st.sampled_from([None, True, False]),
            st.sampled_from("vwxyz"),
        ),
    ),
    max_size=20,
)


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(documents, documents, st.sampled_from([0, 3, 1000]))
def test_counts_add_up_wherever_they_were_counted(one: Any, two: Any, room: int) -> None:
    whole: dict[str, Counts] = {}
    halves = Tally(room), Tally(room)
    for half, found in zip(halves, (one, two), strict=True):
        for source, observed in found:
            whole.setdefault(source, Counts()).add(observed)
            half.add(source, observed)
    for source, observed in one:
        halves[1].add(source, observed)
    assert sorted(whole) == list(halves[1])
    for source, counts in whole.items():
        remembered = {key: n for key, n in counts.lines.items() if n >= 2}
        below = Counter({key: n for key, n in counts.below.items() if key in remembered})
        found = halves[1].counts(source)
        assert found == dataclasses.replace(counts, lines=Counter(remembered), below=below)
        assert found.furniture() == counts.furniture()
        assert found.ends() == counts.ends() <= counts.furniture()
        assert all(counts.lines[key] >= ENOUGH for key in counts.furniture())


def test_a_refrain_of_a_large_source_is_remembered_and_its_teasers_are_not() -> None:
    tally = Tally(room=50)
    for n in range(1000):
        tally.add("a", Observed("", frozenset({"menu", f"teaser {n // 5}", f"line {n}"})))
    assert tally.counts("a").lines == {"menu": 1000}


@pytest.mark.parametrize(
    ("votes", "order"),
    [
        ((0, 0), None),
        ((1, 0), None),
        ((2, 0), True),
        ((0, 2), False),
        ((5, 5), None),
        ((8, 2), None),
        ((18, 2), True),
        ((2, 18), False),
    ],
)
def test_the_order_of_dates_needs_a_clear_majority(
    votes: tuple[int, int], order: bool | None
) -> None:
    assert Counts(100, *votes).order() is order
