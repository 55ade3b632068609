"""Times ``archive build`` beside Hugo and Pelican on the same articles, alternating in one run.

    python -m bench.build --n 1000 10000 [--articles FILE.jsonl.gz] [--runs 3] [--write]

Generators that are not installed are left out. ``--write`` puts the tables into
``docs/performance.md``. Single times of a shared machine mean little: look at the ratios, and at
processor time, which suffers least from what else runs.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.corpus import (
    REUTERS,
    BenchArticle,
    from_jsonl,
    invented,
    write_archive,
    write_hugo,
    write_pelican,
    write_plain_archive,
)
from bench.memory import PeakMemory

_ARCHIVE = [sys.executable, "-m", "archive_gen", "build", "--json", "--site"]
_UNCOMPILED = ("PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX")
_PAGE = Path(__file__).parents[1] / "docs" / "performance.md"
_MARK = "<!-- The tables below are written by `python -m bench.build --write`. -->\n"


@dataclass(frozen=True)
class Cost:
    """What one run of a program took."""

    wall: float
    cpu: float
    """User and system time of all its processes, in seconds."""
    memory: float
    """The most that all its processes held at once, in MB; 0 where the system does not tell."""
    report: dict[str, object]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, nargs="+", default=[1000])
    parser.add_argument("--articles", type=Path, default=REUTERS if REUTERS.exists() else None)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    tables: list[str] = []
    measured: list[Size] = []
    for number in arguments.n:
        with tempfile.TemporaryDirectory() as folder:
            table, size = measure(Path(folder), number, arguments.articles, arguments.runs)
        print(table, flush=True)
        tables.append(table)
        measured.append(size)
        if arguments.write:
            write([growth(measured), *tables])
    print(growth(measured))


@dataclass(frozen=True)
class Size:
    """What a cold build with both indexes took, for one number of articles."""

    articles: int
    cpu: float
    memory: float
    files: int
    output: int
    """Bytes."""


def growth(sizes: list[Size]) -> str:
    """A table of cost against the number of articles."""
    lines = [
        "### Cost against size",
        "",
        "A cold build with both indexes. Memory is the most that all processes held at once, what "
        "they share counted once.",
        "",
        "| articles | processor ms an article | memory MB | more an article | files | MB out |",
        "|---|---|---|---|---|---|",
    ]
    for before, size in zip([None, *sizes], sizes, strict=False):
        more = " |"
        if before:
            each = (size.memory - before.memory) / (size.articles - before.articles)
            more = f" {each * 1024:.1f} kB |"
        lines.append(
            f"| {size.articles:,} | {size.cpu / size.articles * 1000:.2f} | {size.memory:.0f} |"
            f"{more} {size.files:,} | {size.output / 1e6:.0f} |"
        )
    return "\n".join([*lines, ""])


def measure(folder: Path, number: int, articles: Path | None, runs: int) -> tuple[str, Size]:
    """A table of what each generator took for ``number`` articles, and what ours took in all."""

    def corpus() -> Iterator[BenchArticle]:
        return from_jsonl(articles, number) if articles else invented(number)

    ours = folder / "ours"
    write_archive(ours, corpus())
    plain = folder / "plain"
    write_plain_archive(plain, corpus())
    others: dict[str, Callable[[], Cost]] = {}
    if shutil.which("hugo"):
        write_hugo(folder / "hugo", corpus())
        others["Hugo"] = generator(folder / "hugo", ["hugo", "--quiet", "-s"])
    if shutil.which("pelican"):
        write_pelican(folder / "pelican", corpus())
        others["Pelican"] = generator(folder / "pelican", ["pelican", "-q", "-s", "conf.py"])
    cold: list[Cost] = []
    cold_plain: list[Cost] = []
    rivals: dict[str, list[Cost]] = {name: [] for name in others}
    for _ in range(runs):
        cold.append(from_nothing(ours))
        cold_plain.append(from_nothing(plain))
        for name, build in others.items():
            rivals[name].append(build())
    files, size = extent(ours / "public")
    archive(ours)  # files that were written just before the first build are looked at once more
    rows = {
        "cold build with both search indexes": cold,
        "cold build, without the indexes": [without_index(cost) for cost in cold],
        "the same with pages like Hugo's": [without_index(cost) for cost in cold_plain],
        "nothing changed": [archive(ours) for _ in range(runs)],
        "one article edited": list(edits(ours, runs)),
        "one article added, the latest": list(additions(ours, runs)),
        "one article deleted": list(deletions(ours, runs)),
    }
    lines = [
        f"### {number:,} articles, {cold[0].report['pages']:,} pages",
        "",
        f"| | wall s | processor s | memory MB |{''.join(f' of {name} |' for name in others)}",
        f"|---|---|---|---|{'---|' * len(others)}",
        *(row(name, costs, list(rivals.values())) for name, costs in rows.items()),
        *(row(name, costs, []) for name, costs in rivals.items()),
        "",
        f"{files:,} files, {size / 1e6:.0f} MB.",
        "",
    ]
    memory = max(cost.memory for cost in cold)
    return "\n".join(lines), Size(number, median(cold, "cpu"), memory, files, size)


def row(name: str, costs: list[Cost], rivals: list[list[Cost]]) -> str:
    """A line of the table; the ratios are of medians, of wall and of processor time."""
    wall, cpu = (median(costs, of) for of in ("wall", "cpu"))
    ratios = "".join(
        f" {wall / median(other, 'wall'):.2f} / {cpu / median(other, 'cpu'):.2f} |"
        for other in rivals
    )
    memory = max(cost.memory for cost in costs)
    return f"| {name} | {wall:.2f} | {cpu:.2f} | {memory:.0f} |{ratios}"


def median(costs: list[Cost], of: str) -> float:
    values: list[float] = [getattr(cost, of) for cost in costs]
    return statistics.median(values)


def edits(site: Path, runs: int) -> Iterator[Cost]:
    """What a build takes after one article got another paragraph."""
    paths = sorted((site / "content").rglob("*.md"))
    for at in range(runs):
        path = paths[(at + 1) * len(paths) // (runs + 1)]
        path.write_text(path.read_text(encoding="utf-8") + f"\n\nEdit {at}.\n", encoding="utf-8")
        os.utime(path, (at + 1, at + 1))
        yield archive(site)


def additions(site: Path, runs: int) -> Iterator[Cost]:
    """What a build takes after an article came that is later than all others."""
    pattern = max((site / "content").rglob("*.md"))
    for at in range(runs):
        path = site / "content" / "new" / f"added-{at}.md"
        path.parent.mkdir(exist_ok=True)
        body = pattern.read_text(encoding="utf-8").rpartition("\n---\n")[2]
        front = f"---\ntitle: Added {at}\ndate: 2031-01-{at + 1:02}\n---\n"
        path.write_text(front + body, encoding="utf-8")
        os.utime(path, (at + 1, at + 1))
        yield archive(site)


def deletions(site: Path, runs: int) -> Iterator[Cost]:
    """What a build takes after an article went: the page counts those after it anew."""
    paths = sorted((site / "content").rglob("*.md"))
    for at in range(runs):
        paths[(at + 1) * len(paths) // (runs + 1)].unlink()
        yield archive(site)


def without_index(cost: Cost) -> Cost:
    """The cost of the site alone: the time without the phase of the indexes, with that in which the
    program starts and ends; of processor time, which no phase tells, the same share."""
    seconds = cost.report["seconds"]
    if not isinstance(seconds, dict):
        raise TypeError("a report has seconds by phase")
    wall = cost.wall - seconds.get("index", 0)
    return Cost(wall, cost.cpu * wall / cost.wall, cost.memory, cost.report)


def from_nothing(site: Path) -> Cost:
    """What a build takes of which nothing is there yet."""
    for derived in (".archive", "public"):
        set_aside(site / derived)
    return archive(site)


def archive(site: Path) -> Cost:
    return run([*_ARCHIVE, str(site)])


def set_aside(folder: Path) -> None:
    """Take a folder out of the way. It goes with all the rest when everything is measured.

    ext4 looks for a long time for files that it may give out anew while many were deleted just
    before: that took a builder of thousands of files up to five seconds of system time.
    """
    if folder.exists():
        aside = folder.parents[1] / f"aside-{time.monotonic_ns()}"
        folder.rename(aside)


def generator(site: Path, command: list[str]) -> Callable[[], Cost]:
    """A build of another generator from nothing."""

    def build() -> Cost:
        for made in ("public", "output"):
            set_aside(site / made)
        if command[0] == "hugo":
            return run([*command, str(site)])
        return run(command, site)

    return build


def run(command: list[str], folder: Path | None = None) -> Cost:
    before, started = spent(), time.perf_counter()
    with (
        subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, cwd=folder, env=as_installed()
        ) as process,
        PeakMemory(process) as memory,
    ):
        output, _ = process.communicate()
        wall, cpu = time.perf_counter() - started, spent() - before
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    ours = command[:-1] == _ARCHIVE
    return Cost(wall, cpu, memory.mb, json.loads(output) if ours else {})


def as_installed() -> dict[str, str]:
    """The environment, in which Python keeps a program that it has compiled, as it is installed."""
    return {name: value for name, value in os.environ.items() if name not in _UNCOMPILED}


def spent() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def extent(folder: Path) -> tuple[int, int]:
    """How many files, and how many bytes in them."""
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return len(sizes), sum(sizes)


def write(tables: list[str]) -> None:
    head, mark, _ = _PAGE.read_text("utf-8").partition(_MARK)
    _PAGE.write_text(f"{head}{mark or _MARK}\n" + "\n".join(tables), "utf-8")


if __name__ == "__main__":
    main()
