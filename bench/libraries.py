"""The libraries that a user would pick instead, each as a method from a page to a prediction.

None of them is needed to run the archive: those that are not installed are left out
(``pip install -e '.[quality]'`` brings them all).
"""

from __future__ import annotations

import importlib.util
import logging
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    Prediction = dict[str, Any]
    Method = Callable[[str, str], Prediction]


def installed() -> dict[str, Method]:
    """Name → method of an HTML page and its address, for every library that is here."""
    for name in ("trafilatura", "htmldate", "readability", "newspaper", "justext"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return {
        name: method
        for name, (module, method) in _METHODS.items()
        if importlib.util.find_spec(module)
    }


def metadata() -> dict[str, Method]:
    """The same for title, date and authors."""
    here = installed()
    return {
        name: method
        for name, method in (("trafilatura", trafilatura_metadata), ("newspaper4k", newspaper4k))
        if name in here
    }


def trafilatura(page: str, _url: str) -> Prediction:
    from trafilatura import extract

    return {"body": extract(page) or ""}


def trafilatura_precise(page: str, _url: str) -> Prediction:
    from trafilatura import extract

    return {"body": extract(page, favor_precision=True) or ""}


def trafilatura_metadata(page: str, url: str) -> Prediction:
    from trafilatura import extract_metadata

    found = extract_metadata(page, default_url=url or None)
    authors = [name.strip() for name in (found.author or "").split(";") if name.strip()]
    return {"title": found.title or "", "date": found.date or "", "authors": authors}


def readability(page: str, _url: str) -> Prediction:
    from lxml.html import fromstring
    from readability import Document

    summary = fromstring(Document(page).summary())
    blocks = summary.iter("p", "li", "h2", "h3", "h4", "blockquote", "pre")
    return {"body": "\n".join(block.text_content() for block in blocks)}


def newspaper4k(page: str, url: str) -> Prediction:
    from newspaper import Article

    # Else it asks the network for every picture of the page.
    article = Article(url or "https://example.org/", fetch_images=False)
    article.download(input_html=page)
    article.parse()
    date = article.publish_date
    return {
        "body": article.text,
        "title": article.title,
        "date": date.isoformat()[:10] if hasattr(date, "isoformat") else str(date or "")[:10],
        "authors": list(article.authors),
    }


def justext(page: str, _url: str) -> Prediction:
    """With its settings for any language: no list of stop words."""
    from justext import justext as classify

    paragraphs = classify(page.encode(), frozenset(), stopwords_low=0, stopwords_high=0)
    return {"body": "\n".join(p.text for p in paragraphs if not p.is_boilerplate)}


_METHODS: dict[str, tuple[str, Method]] = {
    "trafilatura": ("trafilatura", trafilatura),
    "… precision": ("trafilatura", trafilatura_precise),
    "readability": ("readability", readability),
    "newspaper4k": ("newspaper", newspaper4k),
    "jusText": ("justext", justext),
}
