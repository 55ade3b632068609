"""Train the model that finds the story: ``archive_gen/cleaning/model/weights.msgpack``.

    pip install -e '.[train]'
    python training/train_cleaning.py [--check]

Reads the pages of ``../shared/data/cleaning`` where that folder is there. It learns only from
sets whose licence allows it (``ALLOWED``); all others only score. ``--check`` cross-validates by
site, prints the scores and writes nothing. Seeded: the same pages give the same weights.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import re
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec
import numpy as np
from catboost import CatBoostClassifier

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from archive_gen.cleaning import BODY_LABELS, apply_rules, judged  # noqa: E402
from archive_gen.cleaning.base import Learned  # noqa: E402
from archive_gen.cleaning.confidence import signs  # noqa: E402
from archive_gen.cleaning.furniture import Counts, learn  # noqa: E402
from archive_gen.cleaning.lines.blocks import split_paragraphs  # noqa: E402
from archive_gen.cleaning.model.features import measure  # noqa: E402
from archive_gen.cleaning.model.trees import Forest, Tree, judge  # noqa: E402
from archive_gen.cleaning.observe import observed  # noqa: E402
from bench.cleaning import CORE, find_shared, load_scorer  # noqa: E402

ALLOWED = ("scrapinghub", "naeb", "fundus80", "fundus-parsers", "wcxb-articles")
SCORED_ONLY = ("big9", "chaos", "cleanportal")
MULTI = ("big9", "fundus80", "cleanportal")
"""Sets with several pages of each source."""
GOOD = 0.9
"""The F1 from which a page hardly needs a person."""
SHARE = {"wcxb-articles": 0.5}
"""Weight of a set's pages: blogs and guides, whose gold no person wrote, count half."""
SHORT = ", short"
"""What ends the variant of a page whose story was made short."""
BRIEFS = 0.5
"""Weight of a page whose story was made short, besides that of its set."""
FOLDS = 10
NEAR = (
    *("words", "characters", "first", "last", "gap before", "gap after", "capital words", "digits"),
    *("time", "copies", "cut", "prompt", "rule", "topical words", "opening words", "phrase words"),
)
"""Of which the two lines before and after tell something too."""
SETTINGS = {
    "iterations": 300,
    "depth": 6,
    "learning_rate": 0.12,
    "l2_leaf_reg": 10,
    "rsm": 0.3,
    "bootstrap_type": "Bernoulli",
    "subsample": 0.7,
    "border_count": 63,
    "random_seed": 7,
    "thread_count": 1,
    "allow_writing_files": False,
    "verbose": 0,
}
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

    @property
    def is_short(self) -> bool:
        """Whether its story was made short."""
        return self.variant.endswith(SHORT)

    def fold(self) -> int:
        """Which part of the pages this one belongs to; all of a site belong together."""
        digest = hashlib.sha256(f"outer:{site_of(self.gold)}".encode()).digest()
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
                share = SHARE.get(name, 1.0)
                samples.append(_sample(name, variant, gold, share))
                short = shortened(gold)
                if short:
                    samples.append(_sample(name, f"{variant}{SHORT}", short, share * BRIEFS))
    return samples


def _sample(name: str, variant: str, gold: dict[str, Any], share: float) -> Sample:
    blocks = split_paragraphs(gold["raw_text"])
    marks = [gold["gold_line_labels"][block.line - 1] for block in blocks]
    tokens = np.array([len(re.findall(r"\w+", block.text)) for block in blocks])
    truth = np.array([mark == "K" for mark in marks])
    # A line weighs what it adds to or takes from the F1 of its page.
    weight = (np.minimum(tokens, 300) + 3) / max(50, tokens[truth].sum())
    weight *= np.array([mark != "-" for mark in marks]) * share
    page = apply_rules(blocks)
    labels = [page.label(i) for i in range(len(blocks))]
    columns = measure(blocks, labels, page.story)
    return Sample(name, variant, gold, blocks, labels, columns, truth, weight)


def shortened(gold: dict[str, Any]) -> dict[str, Any] | None:
    """The page as if its story had but two to six paragraphs; None if it has no more.

    They are some that follow each other, every second time the first ones; of what stands
    between others nothing is left. The sets have hardly a story of fewer than 150 words,
    archives have many.
    """
    drawn = hashlib.sha256(f"short:{gold['id']}".encode()).digest()
    lines, marks = gold["raw_text"].split("\n"), gold["gold_line_labels"]
    story = [number for number, mark in enumerate(marks) if mark == "K"]
    size = 2 + drawn[0] % 5
    if len(story) <= size:
        return None
    first = drawn[1] % (len(story) - size) if drawn[2] % 2 else 0
    kept = story[first : first + size]
    outside = range(story[0]), range(kept[0], kept[-1] + 1), range(story[-1] + 1, len(lines))
    numbers = [number for part in outside for number in part]
    return {
        **gold,
        "raw_text": "\n".join([lines[number] for number in numbers]),
        "gold_line_labels": "".join([marks[number] for number in numbers]),
        "gold_body": "\n".join([lines[number] for number in kept]),
    }


def asked_about(columns: dict[str, bytes]) -> list[tuple[str, int]]:
    """The features that trees may ask about, also of the lines near by."""
    return [
        *((name, 0) for name in columns),
        *((name, offset) for name in NEAR for offset in (-2, -1, 1, 2)),
        *(("words", offset) for offset in (-4, -3, 3, 4)),
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


def train(samples: list[Sample]) -> Forest:
    """Trees that tell the lines of the story from all others.

    Half of them have seen only whole stories, the others those made short, too.
    """
    features = asked_about(samples[0].columns)
    whole = [sample for sample in samples if not sample.is_short]
    return export([fit(whole, features), fit(samples, features)], features)


def fit(samples: list[Sample], features: list[tuple[str, int]]) -> CatBoostClassifier:
    """The trees that these pages teach."""
    rows = np.vstack([table(sample.columns, features) for sample in samples])
    truth = np.concatenate([sample.truth for sample in samples])
    weight = np.concatenate([sample.weight for sample in samples])
    # Most short lines are plain furniture: a third of them, three times as heavy, say as much.
    words = np.concatenate([np.frombuffer(sample.columns["words"], np.uint8) for sample in samples])
    plain = (words < 7) & ~truth
    drawn = np.random.default_rng(7).random(len(truth)) < 1 / 3
    chosen = (weight > 0) & (~plain | drawn)
    weight = np.where(plain, 3.0, 1.0) * weight
    booster = CatBoostClassifier(**SETTINGS)
    booster.fit(rows[chosen], truth[chosen], sample_weight=weight[chosen] / weight[chosen].mean())
    return booster


def export(boosters: list[CatBoostClassifier], features: list[tuple[str, int]]) -> Forest:
    """The mean of all, with small whole numbers for leaves; each tree's lowest leaf is 0."""
    models = [read_model(booster) for booster in boosters]
    grown = [tree for model in models for tree in model["oblivious_trees"]]
    values = [np.array(tree["leaf_values"]) / len(models) for tree in grown]
    spans = [value.max() - value.min() for value in values]
    scale = min(255 / max(spans), 65000 / sum(spans))
    questions: dict[tuple[int, int], int] = {}
    used: dict[tuple[str, int], int] = {}
    trees = []
    for tree, value in zip(grown, values, strict=True):
        asked = []
        for split in tree["splits"]:
            feature = used.setdefault(features[split["float_feature_index"]], len(used))
            question = (feature, math.floor(split["border"]))
            asked.append(questions.setdefault(question, len(questions)))
        leaves = np.rint((value - value.min()) * scale).astype(np.uint8)
        trees.append(Tree(asked, leaves.tobytes()))
    if any(model["scale_and_bias"][0] != 1 for model in models):
        raise ValueError("the trees are scaled")
    bias = np.mean([model["scale_and_bias"][1][0] for model in models])
    zero = -(sum(value.min() for value in values) + bias) * scale
    return Forest(list(used), list(questions), trees, float(scale), round(zero))


def read_model(booster: CatBoostClassifier) -> Any:
    """All trees of ``booster``, as JSON tells them."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "model.json")
        booster.save_model(path, format="json")
        return json.loads(path.read_text("utf-8"))


def check(samples: list[Sample], scorer: Any) -> None:
    """Cross-validate by site: every page is judged by weights that never saw its site."""
    rows: dict[tuple[str, str], list[Any]] = {}
    sure: list[tuple[dict[str, float], float]] = []
    known = learn_all(samples)
    for part in range(FOLDS):
        weights = train([s for s in samples if s.name in ALLOWED and s.fold() != part])
        for sample in samples:
            if sample.fold() != part:
                continue
            chances = judge(weights, sample.columns)
            page = judged(apply_rules(sample.blocks), chances)
            row = scored(page, sample, scorer)
            for name in (sample.name, *(["core"] if sample.name in CORE else [])):
                rows.setdefault((sample.variant, name), []).append(row)
            if sample.name in CORE and not sample.is_short:
                sure.append((signs(page), row[2]))
            if sample.name in MULTI:
                learned = known[source_of(sample)]
                page = judged(apply_rules(sample.blocks), chances, learned)
                row = scored(page, sample, scorer)
                rows.setdefault((sample.variant, "multi, learned"), []).append(row)
    report(rows)
    report_confidence(sure)


def learn_all(samples: list[Sample]) -> dict[tuple[str, str], Learned]:
    """What the pages of a source repeat, for the batches of one site."""
    counts: dict[tuple[str, str], Counts] = {}
    for sample in samples:
        if sample.name in MULTI:
            counts.setdefault(source_of(sample), Counts()).add(observed("", sample.blocks))
    return {source: learn(each) for source, each in counts.items()}


def source_of(sample: Sample) -> tuple[str, str]:
    """Which pages are learned from together; the two variants apart."""
    return sample.variant, sample.gold["source"]


def scored(page: Any, sample: Sample, scorer: Any) -> Any:
    """Precision, recall and F1 of one page."""
    body = "\n".join(page.texts(*BODY_LABELS))
    return scorer.page_prf(*scorer.body_counts(sample.gold["gold_body"], body)[:3])


def report(rows: dict[tuple[str, str], list[Any]]) -> None:
    """Macro scores, set by set."""
    print(f"{'set':<24}{'pages':>5}{'P':>8}{'R':>8}{'F1':>8}")
    for (variant, name), values in sorted(rows.items()):
        precision, recall, f1 = np.mean(values, axis=0)
        row = f"{len(values):>5}{precision:8.4f}{recall:8.4f}{f1:8.4f}"
        print(f"{name + ' ' + variant:<24}{row}")


def report_confidence(sure: list[tuple[dict[str, float], float]]) -> None:
    """Fit ``confidence.py``: the odds that a page is good, from its signs (Newton's method)."""
    names = list(sure[0][0])
    rows = np.array([[signs[name] for name in names] for signs, _ in sure])
    f1 = np.array([score for _, score in sure])
    good = f1 >= GOOD
    weights = np.zeros(len(names))
    for _ in range(30):
        chances = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (good - chances) - 0.1 * weights
        bend = (rows * (chances * (1 - chances))[:, None]).T @ rows + 0.1 * np.eye(len(names))
        weights += np.linalg.solve(bend, slope)
    print({name: round(float(weight), 2) for name, weight in zip(names, weights, strict=True)})
    chances = 1 / (1 + np.exp(-rows @ weights))
    for tenth in np.array_split(np.argsort(chances), 10):
        low, high = chances[tenth].min(), chances[tenth].max()
        share = good[tenth].mean()
        print(f"{low:.2f}–{high:.2f}: mean F1 {f1[tenth].mean():.3f}, {share:.0%} good")
    print(
        f"below 0.5: {(chances < 0.5).mean():.1%} of pages, mean F1 {f1[chances < 0.5].mean():.3f}"
    )


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
    target = ROOT / "archive_gen" / "cleaning" / "model" / "weights.msgpack"
    target.write_bytes(msgspec.msgpack.encode(weights))
    print(f"{target.relative_to(ROOT)}: {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
