"""What may not be in a site, whatever its articles say: the verdict of other parsers."""

from __future__ import annotations

import json
import re

import html5lib
from lxml import etree

from tests.test_markup import as_browser_reads, assert_harmless

XHTML = "{http://www.w3.org/1999/xhtml}"
_SCHEMES = ("http", "https", "mailto")
_ADDRESSES = ("href", "src", "action", "formaction", "data", "poster", "background", "xlink:href")


def assert_inactive(path: str, page: str) -> None:
    """An independent parser finds nothing in it that could run or load."""
    for element in html5lib.parse(page, treebuilder="etree").iter():
        if not isinstance(element.tag, str):
            continue
        name = element.tag.removeprefix(XHTML)
        place = f"<{name}> {element.attrib} in {path}"
        assert name not in ("iframe", "object", "embed", "base", "style", "math", "frame"), place
        if name == "script" and "src" not in element.attrib:
            assert element.get("type") in ("application/ld+json", "application/json"), place
            json.loads(element.text or "")
        for key, value in element.attrib.items():
            assert isinstance(key, tuple) or not key.lower().startswith("on"), place
            assert key not in ("style", "srcdoc"), place
            if key in _ADDRESSES:
                scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", as_browser_reads(value))
                assert not scheme or scheme[1].lower() in _SCHEMES, place
                # Nothing is loaded from elsewhere.
                assert key != "src" or not scheme, place


def assert_data_inactive(output: dict[str, bytes]) -> None:
    """Feeds, lists and sitemaps of a site hold text; what a feed calls HTML is harmless."""
    for path, data in output.items():
        if path.endswith(".json"):
            json.loads(data)
        elif path.endswith((".xml", ".svg")):
            tree = etree.fromstring(data)
            assert not [e for e in tree.iter() if str(e.tag).endswith("}script")], path
            for element in tree.iter():
                assert not [key for key in element.attrib if key.startswith("on")], path
                address = as_browser_reads(element.get("href", ""))
                assert not re.match(r"(?i)(javascript|vbscript|data):", address), path
                if element.get("type") == "html":
                    assert_harmless(element.text or "")
    for item in json.loads(output["feed.json"])["items"]:
        assert_harmless(item.get("content_html", ""))
        for key in ("url", "external_url", "image"):
            assert re.match(r"https?://|$", item.get(key, ""))
