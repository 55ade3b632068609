"""Train the model that finds the story: ``archive_gen/cleaning/weights.msgpack``.

    pip install -e '.[train]'
    python training/train_cleaning.py [--check]

Reads the pages of ``../shared/data/cleaning`` where that folder is there. It learns only from
sets whose licence allows it (``ALLOWED``); all others only score. ``--check`` cross-validates by
site, prints the scores and writes nothing. Seeded: the same pages give the same weights.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import lightgbm
import msgspec
import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from archive_gen.cleaning.blocks import split_blocks  # noqa: E402
from archive_gen.cleaning.features import look_back, measure  # noqa: E402
from archive_gen.cleaning.model import Forest, Weights  # noqa: E402
from bench.cleaning import CORE, find_shared, load_scorer  # noqa: E402

ALLOWED = ("scrapinghub", "naeb", "fundus80", "fundus-parsers", "wcxb-articles")
SCORED_ONLY = ("big9", "chaos", "cleanportal")
SHARE = {"wcxb-articles": 0.5}
"""Weight of a set's pages: blogs and guides, whose gold no person wrote, count half."""
FOLDS = 3
NEAR = ("words", "ends", "last", "first", "gap before", "gap after", "time", "digits", "prompt",
        "topical words", "common words", "copies", "capital words", "marks", "characters", "first look")
OFFSETS = (-2, -1, 1, 2)
FAR = ("first look", "ends", "gap after", "words")
FAR_OFFSETS = (-4, -3, 3, 4)
TREES = (180, 100)
SETTINGS = {
    "objective": "binary", "num_leaves": 12, "learning_rate": 0.1, "min_data_in_leaf": 100,
    "feature_fraction": 0.4, "bagging_fraction": 0.7, "bagging_freq": 1, "lambda_l2": 10.0,
    "max_bin": 63, "num_threads": 1, "seed": 7, "deterministic": True, "force_col_wise": True,
    "verbose": -1, "max_depth": 6,
}
_SUFFIXES = frozenset("co com org net gov ac edu or ne gob in".split())


@dataclass(slots=True)
class Sample:
    """A page, what is measured of it, and what is true of it."""

    name: str
    variant: str
    gold: dict[str, Any]
    blocks: Any
    columns: dict[str, bytes]
    truth: Any
    weight: Any
    fold: int


def site_of(gold: dict[str, Any]) -> str:
    """The registered domain without its suffix, nearly: pages of one site share a fold."""
    host = gold.get("host") or urlsplit(gold.get("url", "")).hostname or gold["id"].split("/")[0]
    parts = host.lower().split(".")[:-1] or [host]
    return parts[-2] if len(parts) > 1 and parts[-1] in _SUFFIXES else parts[-1]


def load(shared: Path, names: tuple[str, ...]) -> list[Sample]:
    scorer = load_scorer(shared)
    folder = shared / "data" / "cleaning" / "text"
    samples = []
    for name in names:
        for variant in ("main", "full"):
            for gold in scorer.read_jsonl(folder / f"{name}.{variant}.dev.jsonl.gz"):
                blocks = split_blocks(gold["raw_text"])
                marks = [gold["gold_line_labels"][block.line - 1] for block in blocks]
                tokens = np.array([len(re.findall(r"\w+", block.text)) for block in blocks])
                truth = np.array([mark == "K" for mark in marks])
                # A line weighs what it adds to or takes from the F1 of its page.
                weight = (np.minimum(tokens, 300) + 3) / max(50, tokens[truth].sum())
                weight *= np.array([mark != "-" for mark in marks]) * SHARE.get(name, 1.0)
                fold = int(hashlib.sha256(site_of(gold).encode()).hexdigest(), 16) % FOLDS
                samples.append(
                    Sample(name, variant, gold, blocks, measure(blocks), truth, weight, fold)
                )
    return samples


def feature_list(columns: dict[str, bytes]) -> list[tuple[str, int]]:
    return [
        *((name, 0) for name in columns),
        *((name, offset) for name in columns if name in NEAR for offset in OFFSETS),
        *((name, offset) for name in columns if name in FAR for offset in FAR_OFFSETS),
    ]


def table(columns: dict[str, bytes], features: list[tuple[str, int]]) -> Any:
    """One row a line, one column a feature."""
    count = len(columns["words"])
    rows = np.zeros((count, len(features)), np.uint8)
    for number, (name, offset) in enumerate(features):
        column = np.frombuffer(columns[name], np.uint8)
        if offset >= 0:
            rows[: max(0, count - offset), number] = column[offset:]
        else:
            rows[-offset:, number] = column[:offset]
    return rows


def fit(samples: list[Sample], tables: list[Any], trees: int) -> lightgbm.Booster:
    rows, truth = np.vstack(tables), np.concatenate([sample.truth for sample in samples])
    weight = np.concatenate([sample.weight for sample in samples])
    # Most short lines are plain furniture: a third of them, three times as heavy, say as much.
    words = np.concatenate([np.frombuffer(sample.columns["words"], np.uint8) for sample in samples])
    plain = (words < 7) & ~truth
    drawn = np.random.default_rng(7).random(len(truth)) < 1 / 3
    chosen = (weight > 0) & (~plain | drawn)
    weight = np.where(plain, 3.0, 1.0) * weight
    weight = weight[chosen] / weight[chosen].mean()
    data = lightgbm.Dataset(rows[chosen], truth[chosen], weight=weight)
    return lightgbm.train(SETTINGS, data, trees)


def export(booster: lightgbm.Booster, features: list[tuple[str, int]]) -> Forest:
    """The trees with whole numbers for leaves; each tree's lowest leaf is 0."""
    dumped = [tree["tree_structure"] for tree in booster.dump_model()["tree_info"]]
    leaves = [list(_leaves(tree)) for tree in dumped]
    span = sum(max(values) - min(values) for values in leaves)
    scale = 65000 / span
    questions: dict[tuple[int, int], int] = {}
    used: dict[tuple[str, int], int] = {}

    def walk(node: Any, lowest: float) -> Any:
        if "leaf_value" in node:
            return round((node["leaf_value"] - lowest) * scale)
        feature = used.setdefault(features[node["split_feature"]], len(used))
        question = (feature, int(node["threshold"]))
        number = questions.setdefault(question, len(questions))
        return [number, walk(node["left_child"], lowest), walk(node["right_child"], lowest)]

    trees = [walk(tree, min(values)) for tree, values in zip(dumped, leaves, strict=True)]
    zero = -sum(min(values) for values in leaves) * scale
    return Forest(list(used), list(questions), trees, scale, round(zero))


def _leaves(node: Any) -> Any:
    if "leaf_value" in node:
        yield node["leaf_value"]
    else:
        yield from _leaves(node["left_child"])
        yield from _leaves(node["right_child"])


def train(samples: list[Sample]) -> Weights:
    """Two forests; the second learns from what the first says of pages it has not seen."""
    features = feature_list(samples[0].columns)
    tables = [table(sample.columns, features) for sample in samples]
    unseen: dict[int, Any] = {}
    for fold in range(FOLDS):
        rest = [i for i, sample in enumerate(samples) if sample.fold != fold]
        first = fit([samples[i] for i in rest], [tables[i] for i in rest], TREES[0])
        unseen |= {
            i: first.predict(tables[i]) for i, s in enumerate(samples) if s.fold == fold
        }
    first = fit(samples, tables, TREES[0])
    both = [s.columns | look_back(s.blocks, list(unseen[i])) for i, s in enumerate(samples)]
    more = feature_list(both[0])
    second = fit(samples, [table(columns, more) for columns in both], TREES[1])
    return Weights(export(first, features), export(second, more))


def check(samples: list[Sample], scorer: Any) -> None:
    """Cross-validate by site; every page is scored by trees that never saw its site."""
    may = [sample.name in ALLOWED for sample in samples]
    features = feature_list(samples[0].columns)
    tables = [table(sample.columns, features) for sample in samples]
    chances = across(samples, may, tables, TREES[0])
    report("first look", samples, chances, scorer)
    both = [s.columns | look_back(s.blocks, list(c)) for s, c in zip(samples, chances, strict=True)]
    more = feature_list(both[0])
    tables = [table(columns, more) for columns in both]
    chances = across(samples, may, tables, TREES[1])
    report("second look", samples, chances, scorer)


def across(samples: list[Sample], may: list[bool], tables: list[Any], trees: int) -> list[Any]:
    chances: list[Any] = [None] * len(samples)
    for fold in range(FOLDS):
        own = [i for i, s in enumerate(samples) if s.fold != fold and may[i]]
        booster = fit([samples[i] for i in own], [tables[i] for i in own], trees)
        for i, sample in enumerate(samples):
            if sample.fold == fold:
                chances[i] = booster.predict(tables[i])
    return chances


def report(title: str, samples: list[Sample], chances: list[Any], scorer: Any) -> None:
    print(title)
    for threshold in (0.4, 0.45, 0.5):
        rows: dict[tuple[str, str], list[Any]] = {}
        for sample, chance in zip(samples, chances, strict=True):
            lines = (b.text for b, c in zip(sample.blocks, chance, strict=True) if c > threshold)
            counts = scorer.body_counts(sample.gold["gold_body"], "\n".join(lines))
            row = scorer.page_prf(*counts[:3])
            rows.setdefault((sample.variant, sample.name), []).append(row)
            if sample.name in CORE:
                rows.setdefault((sample.variant, "core"), []).append(row)
        for (variant, name), values in sorted(rows.items()):
            if name == "core" or threshold == 0.45:
                p, r, f = np.mean(values, axis=0)
                print(f"  {threshold} {name:<16}{variant:<6}{len(values):>5}{p:8.4f}{r:8.4f}{f:8.4f}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="cross-validate by site instead")
    options = parser.parse_args()
    shared = find_shared()
    if shared is None:
        raise SystemExit("no ../shared/data/cleaning here: nothing to learn from")
    if options.check:
        check(load(shared, ALLOWED + SCORED_ONLY), load_scorer(shared))
        return
    weights = train(load(shared, ALLOWED))
    target = ROOT / "archive_gen" / "cleaning" / "weights.msgpack"
    target.write_bytes(msgspec.msgpack.encode(weights))
    print(f"{target.relative_to(ROOT)}: {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
