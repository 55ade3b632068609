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

from archive_gen.cleaning import BODY_LABELS, apply_rules  # noqa: E402
from archive_gen.cleaning.blocks import split_blocks  # noqa: E402
from archive_gen.cleaning.decide import decide  # noqa: E402
from archive_gen.cleaning.features import look_back, measure  # noqa: E402
from archive_gen.cleaning.model import Forest, Weights, judge  # noqa: E402
from bench.cleaning import CORE, find_shared, load_scorer  # noqa: E402

ALLOWED = ("scrapinghub", "naeb", "fundus80", "fundus-parsers", "wcxb-articles")
SCORED_ONLY = ("big9", "chaos", "cleanportal")
SHARE = {"wcxb-articles": 0.5}
"""Weight of a set's pages: blogs and guides, whose gold no person wrote, count half."""
FOLDS = 3
NEAR = frozenset(
    {"words", "ends", "last", "first", "gap before", "gap after", "time", "digits", "prompt"}
    | {"topical words", "common words", "copies", "capital words", "marks", "characters"}
)
"""Of which the lines around tell something too."""
FAR = frozenset({"ends", "gap after", "words"})
TREES = (180, 50)
SETTINGS = {
    "objective": "binary",
    "num_leaves": 12,
    "learning_rate": 0.1,
    "min_data_in_leaf": 100,
    "feature_fraction": 0.4,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 10.0,
    "max_bin": 63,
    "num_threads": 1,
    "seed": 7,
    "deterministic": True,
    "force_col_wise": True,
    "verbose": -1,
    "max_depth": 6,
}
SECOND = {"num_leaves": 8, "learning_rate": 0.06, "feature_fraction": 0.5}
_SUFFIXES = frozenset("co com org net gov ac edu or ne gob in".split())


@dataclass(slots=True)
class Sample:
    """A page, what is measured of it, and what is true of it."""

    name: str
    variant: str
    gold: dict[str, Any]
    blocks: Any
    labels: Any
    columns: dict[str, bytes]
    truth: Any
    weight: Any

    def fold(self, purpose: str) -> int:
        """Which part of the pages this one belongs to; all of a site belong together."""
        digest = hashlib.sha256(f"{purpose}:{site_of(self.gold)}".encode()).digest()
        return digest[0] % FOLDS


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
                page = apply_rules(blocks)
                labels = [page.label(i) for i in range(len(blocks))]
                columns = measure(blocks)
                samples.append(Sample(name, variant, gold, blocks, labels, columns, truth, weight))
    return samples


def first_features(columns: dict[str, bytes]) -> list[tuple[str, int]]:
    return [
        *((name, 0) for name in columns),
        *((name, offset) for name in columns if name in NEAR for offset in (-2, -1, 1, 2)),
        *((name, offset) for name in columns if name in FAR for offset in (-4, -3, 3, 4)),
    ]


def second_features(columns: dict[str, bytes]) -> list[tuple[str, int]]:
    return [
        *((name, 0) for name in columns),
        *(("first look", offset) for offset in (-4, -3, -2, -1, 1, 2, 3, 4)),
        *(("rule", offset) for offset in (-2, -1, 1, 2)),
    ]


def table(columns: dict[str, bytes], features: list[tuple[str, int]]) -> Any:
    """One row a line, one column a feature."""
    count = len(next(iter(columns.values())))
    rows = np.zeros((count, len(features)), np.uint8)
    for number, (name, offset) in enumerate(features):
        column = np.frombuffer(columns[name], np.uint8)
        if offset >= 0:
            rows[: max(0, count - offset), number] = column[offset:]
        else:
            rows[-offset:, number] = column[:offset]
    return rows


def fit_second(samples: list[Sample], tables: list[Any], chances: list[Any]) -> lightgbm.Booster:
    """Trees that mend what the first look found."""
    odds = log_odds(np.concatenate(chances))
    weight = np.concatenate([sample.weight for sample in samples])
    plain = odds < -5
    chosen = (weight > 0) & (~plain | (np.random.default_rng(7).random(len(odds)) < 1 / 5))
    weight = weight[chosen] / weight[chosen].mean()
    truth = np.concatenate([sample.truth for sample in samples])[chosen]
    rows = np.vstack(tables)[chosen]
    data = lightgbm.Dataset(rows, truth, weight=weight, init_score=odds[chosen])
    return lightgbm.train(SETTINGS | SECOND, data, TREES[1])


def log_odds(chances: Any) -> Any:
    return np.log(chances / (1 - chances))


def fit(samples: list[Sample], tables: list[Any]) -> lightgbm.Booster:
    """The first look."""
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
    return lightgbm.train(SETTINGS, data, TREES[0])


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
    """Two forests; the second learns from what the first says of sites it has not seen."""
    features = first_features(samples[0].columns)
    tables = [table(sample.columns, features) for sample in samples]
    first = fit(samples, tables)
    chances = unseen(samples, tables)
    looks = [look_back(s.blocks, c, s.labels) for s, c in zip(samples, chances, strict=True)]
    more = second_features(looks[0])
    second = fit_second(samples, [table(look, more) for look in looks], chances)
    return Weights(export(first, features), export(second, more))


def unseen(samples: list[Sample], tables: list[Any]) -> list[Any]:
    """What a first forest that never saw the site says of each page."""
    chances: list[Any] = [None] * len(samples)
    for part in range(FOLDS):
        rest = [i for i, sample in enumerate(samples) if sample.fold("inner") != part]
        forest = fit([samples[i] for i in rest], [tables[i] for i in rest])
        for i, sample in enumerate(samples):
            if sample.fold("inner") == part:
                chances[i] = forest.predict(tables[i])
    return chances


def check(samples: list[Sample], scorer: Any) -> None:
    """Cross-validate by site: every page is judged by weights that never saw its site."""
    chances: dict[str, Any] = {}
    for part in range(FOLDS):
        rest = [s for s in samples if s.name in ALLOWED and s.fold("outer") != part]
        weights = train(rest)
        for sample in samples:
            if sample.fold("outer") == part:
                chances[sample.gold["id"]] = judge(weights, sample.blocks, sample.labels)
    report(samples, chances, scorer)


def report(samples: list[Sample], chances: dict[str, Any], scorer: Any) -> None:
    """Macro scores of the decided pages, set by set."""
    rows: dict[tuple[str, str], list[Any]] = {}
    for sample in samples:
        page = apply_rules(sample.blocks)
        decide(page, chances[sample.gold["id"]])
        body = "\n".join(page.texts(*BODY_LABELS))
        counts = scorer.body_counts(sample.gold["gold_body"], body)
        row = scorer.page_prf(*counts[:3])
        rows.setdefault((sample.variant, sample.name), []).append(row)
        if sample.name in CORE:
            rows.setdefault((sample.variant, "core"), []).append(row)
    print(f"{'set':<24}{'pages':>5}{'P':>8}{'R':>8}{'F1':>8}")
    for (variant, name), values in sorted(rows.items()):
        precision, recall, f1 = np.mean(values, axis=0)
        row = f"{len(values):>5}{precision:8.4f}{recall:8.4f}{f1:8.4f}"
        print(f"{name + ' ' + variant:<24}{row}")


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
