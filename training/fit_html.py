"""Fit ``archive_gen/cleaning/html/weights.msgpack``, the trees that know the lines of HTML pages.

    pip install -e '.[train]'
    python training/fit_html.py [--cache FILE] [--check]

Learns from the sets of ``../shared/data/cleaning/html`` whose licences allow it
(docs/decisions/0006-fitted-weights.md). ``--check`` writes nothing and scores the core sets, each
page by trees that never saw its site. Seeded: the same pages give the same trees.
"""

from __future__ import annotations

import argparse
import hashlib
import pickle
import sys
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from catboost import CatBoostClassifier

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from train_cleaning import export, site_of, table  # noqa: E402

from archive_gen.cleaning.html.extraction import extracted, load_tree  # noqa: E402
from archive_gen.cleaning.html.features import NAMES, line_features  # noqa: E402
from archive_gen.cleaning.html.lines import lines_of, read_spots  # noqa: E402
from archive_gen.cleaning.html.page import told  # noqa: E402
from archive_gen.cleaning.html.stated.head import read_head  # noqa: E402
from archive_gen.cleaning.html.stated.title import find_title  # noqa: E402
from archive_gen.cleaning.html.story import least_chance  # noqa: E402
from archive_gen.cleaning.lines.blocks import split_blocks  # noqa: E402
from archive_gen.cleaning.phrases import fold  # noqa: E402
from bench.cleaning import CORE, find_shared, load_scorer  # noqa: E402

ALLOWED = ("scrapinghub", "naeb", "fundus80", "fundus-parsers", "wcxb-articles")
SHARE = {"wcxb-articles": 0.4}
"""Weight of a set's pages: blogs and guides, whose gold draws the line elsewhere in places."""
FOLDS = 4
NEAR = (
    "kept words linked ends kind prompt last first bold gap-after copies characters "
    "share-of-kept prose-of-siblings digits same-as-after"
).split()
"""Of which the lines around tell something too."""
FAR = "kept words ends linked".split()
FEATURES = [
    *((name, 0) for name in NAMES),
    *((name, offset) for name in NEAR for offset in (-2, -1, 1, 2)),
    *((name, offset) for name in FAR for offset in (-4, -3, 3, 4)),
]
SETTINGS = {
    "iterations": 400,
    "depth": 6,
    "learning_rate": 0.08,
    "l2_leaf_reg": 10,
    "rsm": 0.3,
    "bootstrap_type": "Bernoulli",
    "subsample": 0.7,
    "border_count": 63,
    "random_seed": 7,
    "thread_count": 2,
    "allow_writing_files": False,
    "verbose": 0,
}
PLAIN = 4
"""One in so many of the short lines that are plainly furniture is learned from."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="cross-validate by site instead")
    parser.add_argument("--cache", type=Path, help="keep what was read of the pages here")
    options = parser.parse_args()
    shared = find_shared()
    if shared is None:
        raise SystemExit("no ../shared/data/cleaning here: nothing to learn from")
    scorer = load_scorer(shared)
    pages = read_pages(shared, scorer, options.cache)
    if options.check:
        check(pages, scorer)
        return
    trees = fit([page for page in pages if page["set"] in ALLOWED])
    target = ROOT / "archive_gen" / "cleaning" / "html" / "weights.msgpack"
    target.write_bytes(msgspec.msgpack.encode(export(trees, FEATURES)))
    print(f"{target.relative_to(ROOT)}: {target.stat().st_size} bytes")


def read_pages(shared: Path, scorer: Any, cache: Path | None) -> list[dict[str, Any]]:
    if cache and cache.exists():
        return pickle.loads(cache.read_bytes())
    folder = shared / "data" / "cleaning" / "html"
    pages = [
        read_page(name, gold, scorer)
        for name in dict.fromkeys((*CORE, *ALLOWED))
        for gold in scorer.read_jsonl(folder / f"{name}.dev.jsonl.gz")
    ]
    if cache:
        cache.write_bytes(pickle.dumps(pages))
    return pages


def read_page(name: str, gold: dict[str, Any], scorer: Any) -> dict[str, Any]:
    """What is seen of a page's lines, and which of them are of the gold body."""
    tree = load_tree(gold["html"])
    spots = [] if tree is None else read_spots(tree)
    blocks = split_blocks(lines_of(spots))
    kept = [] if tree is None else extracted(tree, [block.key for block in blocks])
    texts = [block.text for block in blocks]
    page = {
        "set": name,
        "gold": {"id": gold["id"], "gold_body": gold["gold_body"]},
        "site": site_of(gold),
        "texts": texts,
        "words": [block.words for block in blocks],
        "kept": kept,
        "title": "",
    }
    if tree is None or not blocks:
        return page | {"rows": np.zeros((0, len(FEATURES)), np.uint8)}
    head = read_head(tree)
    title = find_title(tree, head).value
    says = told(head.story, head.summary.value, title)
    columns = line_features(blocks, spots, kept, says)
    truth = np.array(wanted(texts, gold["gold_body"], scorer))
    tokens = np.array([len(scorer.TOKEN.findall(text)) for text in texts])
    # A line weighs what it adds to or takes from the F1 of its page.
    weight = (np.minimum(tokens, 300) + 2) / max(50, tokens[truth].sum()) * SHARE.get(name, 1.0)
    if tokens[truth].sum() < 30:
        weight *= 0.0  # the gold is not on the page
    return page | {
        "rows": table(columns, FEATURES),
        "truth": truth,
        "weight": weight,
        "title": fold(title),
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


def fit(pages: list[dict[str, Any]]) -> CatBoostClassifier:
    pages = [page for page in pages if page["texts"]]
    rows = np.vstack([page["rows"] for page in pages])
    truth = np.concatenate([page["truth"] for page in pages])
    weight = np.concatenate([page["weight"] for page in pages])
    words = np.concatenate([page["words"] for page in pages])
    kept = np.concatenate([page["kept"] for page in pages])
    plain = (words < 7) & ~truth & ~kept
    drawn = np.random.default_rng(7).random(len(truth)) < 1 / PLAIN
    chosen = (weight > 0) & (~plain | drawn)
    weight = np.where(plain, PLAIN, 1.0) * weight
    weight = weight[chosen] / weight[chosen].mean()
    booster = CatBoostClassifier(**SETTINGS)
    booster.fit(rows[chosen], truth[chosen], sample_weight=weight)
    return booster


def check(pages: list[dict[str, Any]], scorer: Any) -> None:
    """Cross-validate by site: every page is judged by trees that never saw its site."""
    library = {page["gold"]["id"]: body(page, page["kept"]) for page in pages}
    found = {}
    for number in range(FOLDS):
        trees = fit([p for p in pages if p["set"] in ALLOWED and fold_of(p["site"]) != number])
        for page in pages:
            if fold_of(page["site"]) == number and page["set"] in CORE:
                found[page["gold"]["id"]] = body(page, keep(page, trees))
    print(f"{'set':<16}{'method':<9}{'pages':>6}{'P':>8}{'R':>8}{'F1':>8}")
    for name in (*CORE, "core"):
        golds = [
            p["gold"]
            for p in pages
            if p["set"] == name or (name, p["set"] in CORE) == ("core", True)
        ]
        for method, bodies in (("library", library), ("ours", found)):
            macro = scorer.score(golds, bodies)[0]["body"]["macro"]
            scores = f"{macro['p']:8.4f}{macro['r']:8.4f}{macro['f1']:8.4f}"
            print(f"{name:<16}{method:<9}{len(golds):>6}{scores}", flush=True)


def keep(page: dict[str, Any], trees: CatBoostClassifier) -> list[bool]:
    chances = list(trees.predict_proba(page["rows"])[:, 1]) if page["texts"] else []
    least = least_chance(chances, page["words"])
    return [
        chance >= least and fold(text) != page["title"]
        for chance, text in zip(chances, page["texts"], strict=True)
    ]


def fold_of(site: str) -> int:
    return hashlib.sha256(site.encode()).digest()[0] % FOLDS


def body(page: dict[str, Any], chosen: list[bool]) -> dict[str, str]:
    return {"body": "\n".join(t for t, k in zip(page["texts"], chosen, strict=True) if k)}


if __name__ == "__main__":
    main()
