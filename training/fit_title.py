"""Fit the weights by which a headline is known: ``archive_gen/cleaning/headline/weights.py``.

    pip install numpy scipy
    python training/fit_title.py [--data ../shared/data/cleaning] [--write]

A page is a choice among its lines (McFadden's conditional logit): the chance of a line is the
softmax of its weighted features, and the weights make the gold headlines most likely. Scores are
out of fold: no page is scored by weights that saw its site. Only sets whose licence allows it
are fitted (docs/decisions/0006-fitted-weights.md); all others only score. No randomness: the
same pages give the same weights. ``--write`` puts the table there.
"""

# it reports to a person

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import sys
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.optimize import minimize

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from archive_gen.cleaning.base import Page  # noqa: E402
from archive_gen.cleaning.headline.features import FEATURES, measure  # noqa: E402
from archive_gen.cleaning.lines.blocks import split_blocks  # noqa: E402
from archive_gen.cleaning.pictures import find_pictures  # noqa: E402
from archive_gen.cleaning.rules.prompts import prompts  # noqa: E402
from archive_gen.cleaning.site import find_site  # noqa: E402
from archive_gen.cleaning.story import best_run, weights  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

TABLE = ROOT / "archive_gen" / "cleaning" / "headline" / "weights.py"
FITTED = ("naeb", "fundus-parsers", "wcxb-articles")
SCORED_ONLY = ("big9", "chaos", "cleanportal")
DENSE = 0.3
"""Weight of a page fitted once more with all blank lines taken out, as many dumps come."""
WEIGHT_OF_SET = {"wcxb-articles": 0.5}
"""Blogs and guides are not what we clean most."""
FOLDS = 5
PENALTY = 1.0
"""Of the squared weights, against the summed log chance of all pages."""
NO_HEADLINE = 0.01
"""Each page is fitted again without its headline, so much of a page: then no line should win."""


@dataclass
class Sample:
    """A page: the features of its candidates, and which of them are the headline."""

    name: str
    variant: str
    fold: int
    features: NDArray[np.float64]
    right: NDArray[np.bool_]
    target: NDArray[np.bool_]
    """What to learn: ``right``, or the lines most like the headline if it stands nowhere."""
    like: NDArray[np.bool_]
    """Lines that say nearly the same as the headline."""
    on_page: bool


def plain(text: str) -> str:
    """Letters and digits only, case-folded, accents levelled."""
    text = unicodedata.normalize("NFKD", text.replace("\u00ad", "")).casefold()
    bare = "".join(c for c in text if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", bare))


def likeness(one: str, other: str) -> float:
    """Shared words by all words (Jaccard)."""
    first, second = set(one.split()), set(other.split())
    return len(first & second) / max(1, len(first | second))


def read_page(raw_text: str) -> Page:
    """The page as the title rule meets it."""
    blocks = split_blocks(raw_text)
    site = find_site(blocks)
    page = Page(blocks, site, best_run(weights(blocks)), find_pictures(blocks, site))
    page.mark(prompts(page))
    return page


def read_samples(folder: Path, name: str, variant: str) -> Iterator[Sample]:
    """The pages of a set that have a gold headline."""
    path = folder / "text" / f"{name}.{variant}.dev.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for gold in map(json.loads, lines):
            if plain(gold.get("gold_title") or ""):
                yield make_sample(name, variant, gold)
                if variant == "main" and name in FITTED:
                    text = re.sub(r"\n\s*\n", "\n", gold["raw_text"])
                    yield make_sample(name, "dense", gold | {"raw_text": text})


def make_sample(name: str, variant: str, gold: dict[str, Any]) -> Sample:
    """Measure a page and find its headline among the candidates."""
    page, headline = read_page(gold["raw_text"]), plain(gold["gold_title"])
    measured = measure(page)
    keys = [plain(page.blocks[index].text) for index in measured]
    right = np.array([key == headline for key in keys], dtype=bool)
    near = np.array([likeness(key, headline) for key in keys])
    like = near >= 0.5
    target = right if right.any() else like & (near == near.max(initial=0))
    site = gold.get("host") or gold["id"]
    return Sample(
        name,
        variant,
        fold=int(hashlib.sha256(site.encode()).hexdigest(), 16) % FOLDS,
        features=np.array([list(row.values()) for row in measured.values()], ndmin=2),
        right=right,
        target=target,
        like=like,
        on_page=any(plain(block.text) == headline for block in page.blocks),
    )


def fit(samples: list[Sample]) -> NDArray[np.float64]:
    """The weights, in the order of ``FEATURES``."""
    choices = [choice for sample in samples for choice in make_choices(sample)]
    features = np.vstack([features for features, _, _ in choices])
    target = np.concatenate([target for _, target, _ in choices])
    sizes = np.array([len(target) for _, target, _ in choices])
    weight = np.array([weight for _, _, weight in choices])
    starts = np.cumsum(sizes) - sizes

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = features @ weights
        chosen = np.where(target, scores, -np.inf)
        whole, part = (np.logaddexp.reduceat(x, starts) for x in (scores, chosen))
        chance = np.exp(scores - whole.repeat(sizes)) - np.exp(chosen - part.repeat(sizes))
        slope = (chance * weight.repeat(sizes)) @ features + 2 * PENALTY * weights
        return float(weight @ (whole - part) + PENALTY * weights @ weights), slope

    result = minimize(loss, np.zeros(len(FEATURES)), jac=True, method="L-BFGS-B")
    return np.asarray(result.x)


def make_choices(sample: Sample) -> Iterator[tuple[NDArray[Any], NDArray[np.bool_], float]]:
    """Features, target and weight: of the page, and of the page without its headline.

    The last row of each is no line at all, which scores 0.
    """
    weight = WEIGHT_OF_SET.get(sample.name, 1.0) * (DENSE if sample.variant == "dense" else 1.0)
    nothing = np.zeros((1, len(FEATURES)))
    if sample.target.any():
        yield np.vstack([sample.features, nothing]), np.append(sample.target, False), weight
    others = sample.features[~sample.like]
    if len(others):
        none_of_them = np.append(np.zeros(len(others), bool), True)
        yield np.vstack([others, nothing]), none_of_them, NO_HEADLINE * weight


def is_found(sample: Sample, weights: NDArray[np.float64]) -> bool:
    """Whether the line that the rule would choose is the headline."""
    if not len(sample.right):
        return False
    scores = sample.features @ weights
    best = int(scores.argmax())
    return bool(scores[best] > 0 and sample.right[best])


def cross_validate(samples: list[Sample]) -> None:
    """Print the share of headlines found, by weights that never saw the page's site."""
    rows: dict[tuple[str, str], list[tuple[bool, bool]]] = defaultdict(list)
    for fold in range(FOLDS):
        weights = fit([s for s in samples if s.fold != fold and s.name in FITTED])
        for sample in samples:
            if sample.fold == fold:
                row = (is_found(sample, weights.round(2)), sample.on_page)
                rows[sample.variant, sample.name].append(row)
                if sample.name in FITTED:
                    rows[sample.variant, "all fitted"].append(row)
    print(f"{'':22}{'pages':>6}{'found':>8}{'of those that are on the page':>32}")
    for (variant, name), found in sorted(rows.items()):
        here = [ok for ok, on_page in found if on_page]
        share = np.mean([ok for ok, _ in found])
        print(f"{variant + ' ' + name:22}{len(found):>6}{share:>8.3f}{np.mean(here):>32.3f}")


def show_table(weights: NDArray[np.float64]) -> str:
    """The weights as they stand in the program."""
    rows = (f'        "{n}": {w:.2f},\n' for n, w in zip(FEATURES, weights, strict=True))
    return "    {\n" + "".join(rows) + "    }\n"


def write_table(table: str) -> None:
    """Put the table in place of the old one."""
    head, name, _ = TABLE.read_text(encoding="utf-8").partition("WEIGHTS: ")
    text = f"{head}{name}Mapping[str, float] = MappingProxyType(\n{table})\n"
    TABLE.write_text(text, encoding="utf-8")


def main() -> None:
    """Cross-validate, fit, print and perhaps write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    default = next(
        (p / "shared/data/cleaning" for p in ROOT.parents if (p / "shared").is_dir()), ""
    )
    parser.add_argument("--data", type=Path, default=default, help="the folder with the pages")
    parser.add_argument("--write", action="store_true", help="put the weights into the rule")
    options = parser.parse_args()
    samples = [
        sample
        for name in FITTED + SCORED_ONLY
        for variant in ("main", "full")
        for sample in read_samples(options.data, name, variant)
    ]
    cross_validate(samples)
    table = show_table(fit([sample for sample in samples if sample.name in FITTED]))
    print(table)
    if options.write:
        write_table(table)


if __name__ == "__main__":
    main()
