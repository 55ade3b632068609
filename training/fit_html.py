"""Fit ``archive_gen/cleaning/html_weights.txt``, and say what it reaches on sites never seen.

    python training/fit_html.py [--cache FILE]            score out of fold, write nothing
    python training/fit_html.py [--cache FILE] --write    fit on all pages, write the weights

Fits to the sets of ``../shared/data/cleaning/html`` whose licences allow it
(docs/decisions/0006-fitted-weights.md) and scores on the core sets, each page by weights that
never saw its site. Plain Python: logistic
regression by AdaGrad (Duchi et al. 2011) with L2, pages shuffled by a fixed seed.
"""

from __future__ import annotations

import argparse
import hashlib
import math
import pickle
import random
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from archive_gen.cleaning.blocks import split_blocks  # noqa: E402
from archive_gen.cleaning.extraction import extracted, load_tree  # noqa: E402
from archive_gen.cleaning.html import lines_of  # noqa: E402
from archive_gen.cleaning.html_features import line_features  # noqa: E402
from archive_gen.cleaning.html_lines import read_spots  # noqa: E402
from archive_gen.cleaning.html_story import ADDED_LEAST, KEPT_LEAST, story_chances  # noqa: E402
from archive_gen.cleaning.phrases import fold  # noqa: E402
from bench.cleaning import CORE, find_shared, load_scorer  # noqa: E402

TRAINED = ("scrapinghub", "naeb", "fundus80", "fundus-parsers", "wcxb-articles")
WEIGHTS = ROOT / "archive_gen/cleaning/html_weights.txt"
FOLDS, EPOCHS, RATE, DECAY, LEAST = 4, 6, 0.15, 2e-6, 6
EXTRA_WEIGHT = 0.35
"""Of a page outside the core sets: its gold draws the line elsewhere in places."""
HEAD = """# Weights of the lines of an HTML page; made by training/fit_html.py.
# Fitted on scrapinghub/article-extraction-benchmark (MIT), dobbersc/fundus-evaluation (MIT),
# flairNLP/fundus (MIT), AndyTheFactory/article-extraction-dataset (Apache-2.0) and WCXB by
# Murrough Foley (CC-BY-4.0).
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--cache", type=Path, help="keep what was read of the pages here")
    options = parser.parse_args()
    shared = find_shared()
    if shared is None:
        raise SystemExit("no ../shared/data/cleaning here: nothing to train on")
    scorer = load_scorer(shared)
    pages = read_pages(shared, scorer, options.cache)
    if options.write:
        table = fit([page for page in pages if page["set"] in TRAINED])
        rows = sorted(f"{name} {weight:.3f}" for name, weight in table.items())
        WEIGHTS.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    else:
        validate(pages, scorer)


def read_pages(shared: Path, scorer: Any, cache: Path | None) -> list[dict[str, Any]]:
    if cache and cache.exists():
        return pickle.loads(cache.read_bytes())
    folder = shared / "data" / "cleaning" / "html"
    pages = [
        read_page(name, gold, scorer)
        for name in dict.fromkeys((*CORE, *TRAINED))
        for gold in scorer.read_jsonl(folder / f"{name}.dev.jsonl.gz")
    ]
    if cache:
        cache.write_bytes(pickle.dumps(pages))
    return pages


def read_page(name: str, gold: dict[str, Any], scorer: Any) -> dict[str, Any]:
    tree = load_tree(gold["html"])
    spots = [] if tree is None else read_spots(tree)
    blocks = split_blocks(lines_of(spots))
    kept = [] if tree is None else extracted(tree, [block.key for block in blocks])
    texts = [block.text for block in blocks]
    return {
        "set": name,
        "gold": {"id": gold["id"], "gold_body": gold["gold_body"]},
        "host": gold["host"],
        "texts": texts,
        "kept": kept,
        "wanted": wanted(texts, gold["gold_body"], scorer),
        "features": line_features(blocks, spots, kept),
    }


def wanted(texts: list[str], body: str, scorer: Any) -> list[bool]:
    """Whether each line is of the gold body: half of its shingles, or the same short line."""
    gold = scorer.shingles(body)[0]
    lines = {fold(line) for line in body.split("\n")}
    found = []
    for text in texts:
        mine, tokens = scorer.shingles(text)
        common = (mine & gold).total() if len(tokens) >= 4 else 0
        found.append(2 * common >= mine.total() if len(tokens) >= 4 else fold(text) in lines)
    return found


def fit(pages: list[dict[str, Any]]) -> dict[str, float]:
    counts: dict[str, int] = {}
    for page in pages:
        for names in page["features"]:
            for name in names:
                counts[name] = counts.get(name, 0) + 1
    ids = {n: i for i, n in enumerate(sorted(n for n, c in counts.items() if c >= LEAST))}
    rows = [row for page in pages for row in examples(page, ids)]
    table, squares = [0.0] * len(ids), [1e-2] * len(ids)
    shuffle = random.Random(1)
    for epoch in range(EPOCHS):
        shuffle.shuffle(rows)
        rate = RATE / (1 + epoch)
        for names, target, importance in rows:
            value = sum(map(table.__getitem__, names))
            error = 1 / (1 + math.exp(-max(-30.0, min(30.0, value)))) - target
            gradient = error * importance
            square = gradient * gradient
            for i in names:
                squares[i] += square
                step = rate * gradient / math.sqrt(squares[i])
                table[i] -= step + DECAY * table[i]
    return {name: table[i] for name, i in ids.items() if abs(table[i]) >= 5e-3}


def examples(page: dict[str, Any], ids: dict[str, int]) -> list[tuple[list[int], int, float]]:
    story = sum(len(t) for t, w in zip(page["texts"], page["wanted"], strict=True) if w)
    if story < 200:
        return []  # the gold is not on the page
    share = 1.0 if page["set"] in CORE else EXTRA_WEIGHT
    return [
        (
            [ids[n] for n in names if n in ids],
            int(want),
            share * (0.02 + min(3.0, 10 * len(text) / story)),
        )
        for names, want, text in zip(page["features"], page["wanted"], page["texts"], strict=True)
    ]


def validate(pages: list[dict[str, Any]], scorer: Any) -> None:
    golds = [page["gold"] for page in pages if page["set"] in CORE]
    library, found = {}, {}
    thresholds = [(k, a) for k in (0.35, 0.45, 0.55) for a in (0.5, 0.6, 0.7)]
    tried: dict[tuple[float, float], dict[str, Any]] = {t: {} for t in thresholds}
    for number in range(FOLDS):
        inside = [page for page in pages if fold_of(page["host"]) == number]
        table = fit([p for p in pages if fold_of(p["host"]) != number and p["set"] in TRAINED])
        for page in inside:
            name = page["gold"]["id"]
            if page["set"] not in CORE:
                continue
            chances = story_chances(page["features"], table)
            library[name] = body(page, page["kept"])
            for keep_least, add_least in thresholds:
                tried[keep_least, add_least][name] = body(
                    page,
                    [
                        chance >= (keep_least if keep else add_least)
                        for chance, keep in zip(chances, page["kept"], strict=True)
                    ],
                )
    show("library", golds, library, scorer)
    for thresholds_, found in tried.items():
        mark = " *" if thresholds_ == (KEPT_LEAST, ADDED_LEAST) else ""
        show(f"{thresholds_}{mark}", golds, found, scorer)


def fold_of(host: str) -> int:
    return hashlib.sha256(host.encode()).digest()[0] % FOLDS


def body(page: dict[str, Any], keep: list[bool]) -> dict[str, str]:
    return {"body": "\n".join(t for t, k in zip(page["texts"], keep, strict=True) if k)}


def show(name: str, golds: list[Any], found: dict[str, Any], scorer: Any) -> None:
    macro = scorer.score(golds, found)[0]["body"]["macro"]
    print(f"{name:<16} P {macro['p']:.4f}  R {macro['r']:.4f}  F1 {macro['f1']:.4f}", flush=True)


if __name__ == "__main__":
    main()
