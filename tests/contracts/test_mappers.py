"""What every ``Mapper`` keeps."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from archive_gen.parallel import Mapper, ProcessMapper, SerialMapper
from archive_gen.problems import ArchiveError, OperationError, Problem, UsageError


@pytest.fixture(
    params=[SerialMapper(), ProcessMapper(1), ProcessMapper(2)],
    ids=["serial", "one process", "processes"],
)
def mapper(request: pytest.FixtureRequest) -> Mapper:
    found: Mapper = request.param
    return found


def scale(factor: int, item: int) -> int:
    return factor * item


def name_of_context(context: str, item: int) -> tuple[str, int]:
    return context, item


def fail_at_three(error: ArchiveError, item: int) -> int:
    if item == 3:
        raise error
    return item


def break_at_three(_context: None, item: int) -> int:
    if item == 3:
        raise KeyError("three")
    return item


@pytest.mark.parametrize("count", [0, 1, 2, 3, 100])
def test_results_come_in_the_order_of_the_items(mapper: Mapper, count: int) -> None:
    items = range(count, 0, -1)
    assert list(mapper.map(scale, 3, items)) == [3 * item for item in items]


def double(item: int) -> int:
    return 2 * item


def refuse(item: int) -> int:
    raise UsageError(Problem("x", item, "no"))


def test_one_call_beside_others_gives_its_result_when_it_is_waited_for(mapper: Mapper) -> None:
    wait = mapper.begin(double, 21)
    assert list(mapper.map(scale, 3, range(4))) == [0, 3, 6, 9]
    assert wait() == 42


def test_one_call_beside_others_tells_why_it_failed_when_it_is_waited_for(mapper: Mapper) -> None:
    wait = mapper.begin(refuse, 7)
    with pytest.raises(UsageError):
        wait()


def touch(folder: Path, name: str) -> str:
    (folder / name).touch()
    return name


def test_other_processes_begin_before_results_are_asked_for(tmp_path: Path) -> None:
    results = ProcessMapper(2).map(touch, tmp_path, ["one", "two", "three"])
    while len(list(tmp_path.iterdir())) < 3:
        time.sleep(0.01)
    assert list(results) == ["one", "two", "three"]


def test_results_that_nobody_asks_for_keep_nobody_waiting(tmp_path: Path) -> None:
    results = ProcessMapper(2).map(touch, tmp_path, map(str, range(1_000)))
    results.close()  # type: ignore[attr-defined]
    assert len(list(tmp_path.iterdir())) < 1_000


def test_items_may_come_from_a_generator(mapper: Mapper) -> None:
    assert list(mapper.map(scale, 2, (n for n in range(10)))) == list(range(0, 20, 2))


def test_each_call_has_its_own_context(mapper: Mapper) -> None:
    first = mapper.map(name_of_context, "one", range(5))
    second = mapper.map(name_of_context, "two", range(5))
    both = list(zip(first, second, strict=True))
    assert both == [(("one", n), ("two", n)) for n in range(5)]


@pytest.mark.parametrize("kind", [UsageError, OperationError])
def test_an_error_arrives_with_its_problems(mapper: Mapper, kind: type[ArchiveError]) -> None:
    error = kind([Problem("content/a.md", 3, "is wrong", "mend it"), Problem("b", 0, "x")])
    results = mapper.map(fail_at_three, error, range(6))
    with pytest.raises(kind) as caught:
        list(results)
    assert caught.value.problems == error.problems


def test_what_came_before_an_error_is_not_lost(mapper: Mapper) -> None:
    seen = []
    with pytest.raises(KeyError):  # noqa: PT012 (the results before it count)
        for result in mapper.map(break_at_three, None, range(6)):
            seen.append(result)
    assert seen == [0, 1, 2]


def test_a_mapper_can_be_used_again_after_an_error(mapper: Mapper) -> None:
    with pytest.raises(KeyError):
        list(mapper.map(break_at_three, None, range(6)))
    assert list(mapper.map(scale, 1, range(6))) == list(range(6))


def test_results_may_be_left_unread(mapper: Mapper) -> None:
    results = mapper.map(scale, 1, range(50))
    assert next(results) == 0
    del results
    assert list(mapper.map(scale, 1, range(3))) == [0, 1, 2]


# The rest is about one of them.


class Context:
    """Counts how often it is pickled, and can be told apart."""

    pickled = 0

    def __reduce__(self) -> tuple[type[Context], tuple[()]]:
        type(self).pickled += 1
        return (Context, ())


def identity_of_context(context: Context, item: int) -> tuple[int, int]:
    return os.getpid(), id(context)


def test_processes_get_the_context_once_each() -> None:
    places = list(ProcessMapper(2).map(identity_of_context, Context(), range(40)))
    assert len(set(places)) == len({process for process, _ in places}) <= 2
    assert os.getpid() not in {process for process, _ in places}
    assert Context.pickled <= 2


@pytest.mark.parametrize("mapper", [SerialMapper(), ProcessMapper(1)])
def test_in_this_process_nothing_is_done_before_it_is_asked_for(mapper: Mapper) -> None:
    made: list[int] = []
    results = mapper.map(note, made, iter(range(5)))
    assert made == []
    next(results)
    assert made == [0]


def note(made: list[int], item: int) -> None:
    made.append(item)


def test_a_single_item_starts_no_process() -> None:
    assert list(ProcessMapper(8).map(process_of, None, [0])) == [os.getpid()]


def process_of(_context: None, _item: int) -> int:
    return os.getpid()


def end_the_process(_context: None, item: int) -> int:
    if item == 3:
        os._exit(9)
    return item


def test_a_worker_that_is_killed_is_a_problem_and_no_traceback() -> None:
    with pytest.raises(OperationError, match="worker"):
        list(ProcessMapper(2).map(end_the_process, None, range(10)))


_LIMITED = """
import os, resource, threading
from archive_gen.parallel import ProcessMapper
from tests.contracts.test_mappers import double, process_of
pages = int(open("/proc/self/statm").read().split()[0])
most = pages * resource.getpagesize() + (48 << 20)
resource.setrlimit(resource.RLIMIT_AS, (most, most))
threading.stack_size(32 << 20)
mapper = ProcessMapper(2)
assert {*mapper.map(process_of, None, range(9))} == {os.getpid()}
assert mapper.begin(double, 21)() == 42
"""


@pytest.mark.skipif(sys.platform != "linux", reason="limits memory and stacks as Linux does")
def test_where_no_more_may_be_started_this_process_does_the_work() -> None:
    """A host of many lets each have a few processes, and one thread fewer than a pool takes."""
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", _LIMITED],
        cwd=root,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
