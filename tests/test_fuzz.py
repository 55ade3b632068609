"""No input breaks what the parsers promise: the corpus, and what a few changes make of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from archive_gen.importers import IMPORTERS, importer_for
from tests.fuzz.mutate import mutations
from tests.fuzz.targets import CORPUS, FILES, TARGETS, inputs

pytestmark = pytest.mark.soak
_AS_MANY = int(os.environ.get("ARCHIVE_SOAK", "1"))
_MUTATIONS = {"page": 20, "fragment": 30, "text_dump": 60, "markdown": 60}
"""Where an input takes milliseconds."""
_OTHERS = 150
CASES = [(target, path) for target in TARGETS for path in inputs(target)]


@pytest.mark.parametrize(("target", "path"), CASES, ids=[f"{t}-{p.name}" for t, p in CASES])
def test_the_corpus_keeps_every_promise(target: str, path: Path) -> None:
    TARGETS[target](path.read_bytes())


@pytest.mark.parametrize("target", TARGETS)
def test_what_is_near_the_corpus_keeps_every_promise(target: str) -> None:
    seeds = [path.read_bytes() for path in inputs(target)]
    for data in mutations(seeds, _AS_MANY * _MUTATIONS.get(target, _OTHERS), target):
        try:
            TARGETS[target](data)
        except Exception as error:
            raise AssertionError(f"{target} with {data!r}: {error!r}") from error


def test_every_importer_is_a_target() -> None:
    importers = (importer_for(name) for name in FILES.values() if name != "a.txt.gz")
    opened = {importer.__module__ for importer in importers if importer}
    assert {f"archive_gen.importers.{module}" for module in IMPORTERS.values()} <= opened


def test_every_file_of_the_corpus_belongs_to_a_target() -> None:
    assert {path.name for path in CORPUS.iterdir()} == set(TARGETS)


def test_mutations_are_the_same_every_time() -> None:
    first, second = (list(mutations([b"one", b"two words"], 50, "seed")) for _ in range(2))
    assert first == second
    assert len(set(first)) > 30
