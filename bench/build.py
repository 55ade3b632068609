"""Times ``archive build`` beside Hugo on the same articles, alternating in one run.

    python -m bench.build --n 1000 10000 [--articles FILE.jsonl.gz] [--runs 3]

Prints ratios of medians; single times of a shared machine mean little.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.corpus import REUTERS, BenchArticle, from_jsonl, invented, write_archive, write_hugo

_ARCHIVE = [sys.executable, "-m", "archive_gen", "build", "--json", "--site"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, nargs="+", default=[1000])
    parser.add_argument("--articles", type=Path, default=REUTERS if REUTERS.exists() else None)
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    for number in arguments.n:
        with tempfile.TemporaryDirectory() as folder:
            measure(Path(folder), number, arguments.articles, arguments.runs)


def measure(folder: Path, number: int, articles: Path | None, runs: int) -> None:
    def corpus() -> Iterator[BenchArticle]:
        return from_jsonl(articles, number) if articles else invented(number)

    ours, hugo = folder / "ours", folder / "hugo"
    write_archive(ours, corpus())
    with_hugo = shutil.which("hugo") is not None
    if with_hugo:
        write_hugo(hugo, corpus())
    cold: list[float] = []
    cold_hugo: list[float] = []
    for _ in range(runs):
        shutil.rmtree(ours / ".archive", ignore_errors=True)
        shutil.rmtree(ours / "public", ignore_errors=True)
        cold.append(timed(lambda: archive(ours)))
        if with_hugo:
            shutil.rmtree(hugo / "public", ignore_errors=True)
            cold_hugo.append(timed(lambda: run(["hugo", "--quiet", "-s", str(hugo)])))
    report = archive(ours)
    print(f"{number:,} articles, {report['pages']:,} pages")
    show("cold build", cold, cold_hugo)
    show("nothing changed", [timed(lambda: archive(ours)) for _ in range(runs)], cold_hugo)
    show("one edit", list(edits(ours, runs)), cold_hugo)


def edits(site: Path, runs: int) -> Iterator[float]:
    paths = sorted((site / "content").rglob("*.md"))
    for at in range(runs):
        path = paths[(at + 1) * len(paths) // (runs + 1)]
        path.write_text(path.read_text(encoding="utf-8") + f"\n\nEdit {at}.\n", encoding="utf-8")
        started = time.perf_counter()
        report = archive(site)
        yield time.perf_counter() - started
        print(f"  edit: {report['rendered']} rendered, {report['indexed']} indexed")


def archive(site: Path) -> dict[str, int]:
    result: dict[str, int] = json.loads(run([*_ARCHIVE, str(site)]))
    return result


def run(command: list[str]) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def show(name: str, ours: list[float], others: list[float]) -> None:
    line = f"  {name:<16} {statistics.median(ours):8.2f} s"
    if others:
        ratio = statistics.median(ours) / statistics.median(others)
        line += f"   Hugo {statistics.median(others):6.2f} s   ratio {ratio:.2f}"
    print(line)


if __name__ == "__main__":
    main()
