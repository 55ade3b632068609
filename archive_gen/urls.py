"""Addresses: slugs, permalinks, and links that work from a server and from ``file://``.

A *url* is a path from the site's root without a leading slash. One that ends in ``/`` (or is
empty: the home page) is a page, kept in that folder's ``index.html``.
"""

from __future__ import annotations

import functools
import hashlib
import re
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urljoin, urlsplit

from anyascii import anyascii

if TYPE_CHECKING:
    from archive_gen.dates import ArchiveDate

ROOT = "\ufdd0"
"""Stands for "the way back to the site's root" in rendered text, until a page is finished.

A code point that Unicode keeps out of text for ever; input that holds it has it removed.
"""

_MAX_SLUG = 80
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
# Windows keeps these for devices, whatever stands behind a dot.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[\d¹²³]) *(?:\..*)?", re.I)
# Names that list pages and periods use.
_RESERVED = re.compile(r"\d+|page-\d+|index")
# What Finder, Explorer and their like note of a folder, or of a file beside it.
_OF_SYSTEMS = re.compile(r"\.DS_Store|\._.+|Thumbs\.db|desktop\.ini|\.directory", re.IGNORECASE)
_PERMALINK = re.compile(r"/?(undated|-?\d{4,}(?:/\d\d){0,2})/([a-z0-9-]+)(?:/|/index\.html)?")
# Of these characters, nothing is quoted.
_PLAIN_URL = re.compile(r"[a-z0-9./_-]*")
_WEB_ADDRESS = re.compile(r"https?://[^\s/?#<>\"][^\s<>\"]*", re.IGNORECASE)
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
# Of a folder's name the end must be one that folders hardly have otherwise.
_FOLDER_OF_HOST = re.compile(
    rf"(?:{_LABEL}\.){{1,4}}(?:com|org|net|info|news|edu|gov|biz|(?:com?|net|org|gov|edu|ac)\.[a-z]{{2}})"
    rf"|www\.(?:{_LABEL}\.){{1,3}}[a-z]{{2,18}}"
)
FOR_PHONES = r"(?:m|mobile|amp|wap|touch)\."
"""How the host of a site's copy for phones begins."""
_FOR_PHONES = re.compile(rf"{FOR_PHONES}(?=.+\.)")
_NOT_IN_NAMES = re.compile(r"[\x00-\x1f\x7f<>:\"/\\|?*]")


def slugify(text: str) -> str:
    """``text`` as lower-case ASCII words joined by hyphens: 1 to 80 characters.

    Other scripts are transliterated; what leaves nothing gets a short digest, so the result
    is never empty, never a name that some file system reserves, and always the same.
    """
    slug = _NOT_SLUG.sub("-", anyascii(text).lower()).strip("-")
    slug = slug or short_digest(text)
    if len(slug) > _MAX_SLUG:
        cut = slug.rfind("-", _MAX_SLUG // 2, _MAX_SLUG - 8)
        slug = f"{slug[: cut if cut > 0 else _MAX_SLUG - 9]}-{short_digest(text)}"
    if _RESERVED.fullmatch(slug) or _DEVICE.fullmatch(slug):
        slug = f"{slug}-{short_digest(text)}"
    return slug


def is_portable(name: str) -> bool:
    """Whether Linux, macOS and Windows can all keep a file or folder of that name."""
    return not (
        name != name.rstrip(". ")
        or not 0 < len(name.encode("utf-8", "surrogatepass")) <= 255
        or _NOT_IN_NAMES.search(name)
        or _DEVICE.fullmatch(name)
    )


def is_of_system(name: str) -> bool:
    """Whether a system leaves files of that name in folders that people look at."""
    return bool(_OF_SYSTEMS.fullmatch(name))


def short_digest(text: str) -> str:
    """Eight hexadecimal digits that stand for ``text``."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def period_url(period: str) -> str:
    """``2015-10-07`` → ``2015/10/07/``."""
    return period.replace("-", "/") + "/"


def article_url(slug: str, date: ArchiveDate | None) -> str:
    """The permalink: below the finest period that the date is known to."""
    return (period_url(date.period) if date else "undated/") + slug + "/"


def article_url_of(text: str) -> str:
    """The permalink that a person wrote, with a slash before it or not; empty if it can be none."""
    found = _PERMALINK.fullmatch(text)
    return f"{found[1]}/{found[2]}/" if found and slugify(found[2]) == found[2] else ""


def term_url(taxonomy: str, slug: str) -> str:
    """A term's page: ``tags/syria/``."""
    return f"{taxonomy}/{slug}/"


def numbered_url(url: str, number: int) -> str:
    """Page ``number`` of the list at ``url``, counted from the oldest."""
    return f"{url}page-{number}/"


def output_path(url: str) -> str:
    """The file that holds a url, from the output folder."""
    return url + "index.html" if url == "" or url.endswith("/") else url


def link(url: str) -> str:
    """A link to ``url`` (which may have a ``#fragment``) from the root, file name included."""
    if _PLAIN_URL.fullmatch(url):
        return ROOT + output_path(url)
    path, mark, fragment = url.partition("#")
    return ROOT + quote(output_path(path)) + mark + quote(fragment, safe="/?:@=,~")


def way_back(url: str) -> str:
    """What ``ROOT`` becomes on the page at ``url``: ``../`` once for each folder."""
    return "../" * url.count("/")


@functools.lru_cache(maxsize=1 << 10)  # a page asks for its own again and again
def absolute(base_url: str, url: str) -> str:
    """The public address of ``url``: without the file name, as people share it."""
    return base_url.rstrip("/") + "/" + (url if _PLAIN_URL.fullmatch(url) else quote(url))


def resolved(base: str, written: str) -> str:
    """The address that ``written`` means on the page at ``base``; empty if it means none."""
    try:
        return urljoin(base, written)
    except ValueError:
        return ""


def path_of(address: str) -> str:
    """The path of an address; empty if it has none."""
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def host(address: str) -> str:
    """The host of a web address, without ``www.``; empty if there is none."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def site(address: str) -> str:
    """The host of a web address, the same for a site and for its copy for phones."""
    name = host(address)
    return name[found.end() :] if (found := _FOR_PHONES.match(name)) else name


def is_folder_of_host(name: str) -> bool:
    """Whether a folder of that name, in small letters, can only be that of a host."""
    return bool(_FOLDER_OF_HOST.fullmatch(name))


def address_key(address: str) -> str:
    """Equal for addresses that lead to one page: without scheme, ``www.``, case of the host, the
    last slash, and the place in the page. Empty for what is no web address."""
    if not is_web_address(address):
        return ""
    parts = urlsplit(address)
    query = f"?{parts.query}" if parts.query else ""
    server = parts.netloc.rpartition("@")[2].lower().removeprefix("www.")
    return f"{server}{unquote(parts.path).rstrip('/')}{query}"


def is_web_address(text: str) -> bool:
    """Whether ``text`` is an http or https address."""
    try:
        return bool(_WEB_ADDRESS.fullmatch(text) and urlsplit(text).hostname)
    except ValueError:
        return False
