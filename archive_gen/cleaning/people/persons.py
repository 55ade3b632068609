"""Whom a byline names: persons, told from the desks, agencies, roles and sites beside them."""

from __future__ import annotations

import re

from archive_gen.cleaning.characters import has_case
from archive_gen.cleaning.dates.in_text import find_date
from archive_gen.cleaning.names import is_name, level_capitals, split_names
from archive_gen.cleaning.people.agencies import agency_of, is_desk
from archive_gen.cleaning.people.bylines import BY_LATER, without_by
from archive_gen.cleaning.phrases import fold
from archive_gen.texts import one_line

_AND = re.compile(
    r"(?<!\s)(?:\s*[;,&|/、،·]\s*|\s+(?:and|und|et|y|e|i|og|och|en|и|та|و)\s+(?=\S)|\s{2,})",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"(?<!\s)\s*(?:[,(|–—-]\s*)?\b(?:(?:senior|chief|staff|political|special|foreign|business"
    r"|sports?|contributing|opinion|executive|digital|deputy|managing|associate)\s{1,9}){0,3}"
    r"(?:reporter|editor|writer|correspondent|columnist|journalist|contributor|(?:co-)?founder|ceo"
    r"|director|manager|redakteur(?:in)?|chefredakteur(?:in)?|subscribe|follow|contact)\b.*"
    r"|\sspecial\s(?:to|for)\s.*"
    r"|\s(?-i:[Ff](?:or|OR)\s(?:[Tt]he|THE)\s).*|,?\s(?-i:in)\s.*|\s기자$",
    re.IGNORECASE | re.DOTALL,
)
_HAN_ROLE = re.compile(r"\A\s*(?:本[报報刊])?(?:记者|記者|通讯员)\s?(?=[一-鿿·]{2,4}\s*\Z)")
"""``记者王敬照``."""
_FROM = re.compile(r"\A\s*(?:From|FROM)\s+(?=\S+\s)")
"""``From Ada Lund in Tolland``."""
_OF_DATE = re.compile(
    r"\s(?:last|updated|published|posted|stand|on|am|vom|le|el)\b.*", re.IGNORECASE | re.DOTALL
)
_NO_PERSON = re.compile(
    r"https?:|www\.|@|\d|^(?:the|in|on|news|about|all|view|more|name|archiv|table|über)\b|"
    r"\b(?:staff|editors?|editorial|editorial board|news ?desk|newsroom|desk|redaktion|"
    r"redacci[oó]n|redazione|rédaction|redactie|redação|admin|administrator|"
    r"associated press|reuters|agence|agency|agencies|"
    r"agenc[ij]as?|afp|dpa|ansa|efe|tass|bloomberg|wire|press association|correspondent|"
    r"contributors?|contributing|officer|"
    r"head of|team|media|unknown|anonymous|guest|publisher|"
    r"times|news|magazine|report|tv|online|published|posted|publiziert|author|posts|profile|"
    r"articles?|artikel|beiträge|says|sagt|writes|schreibt|consultant|certified|creator|reviewer|"
    r"facebook|twitter|linkedin|whatsapp|telegram|instagram|pinterest|youtube|tiktok|"
    r"expert|comments?|sponsored|specialist|follow|subscribe|"
    r"dear readers?|good (?:morning|afternoon|evening)|guten (?:morgen|tag|abend)|"
    r"liebe leser(?:innen)?|bonjour|buenos d[ií]as|buongiorno|goedemorgen)\b",
    re.IGNORECASE,
)
_DESK = re.compile(
    r"(?:AP|AFP|UPI|EFE|DPA|PTI)\s(?:\w+\s)?(?:national|security|business|sports?|politics|technology|"
    r"health|science|entertainment|religion|food|economics|legal|medical|music|movies?|film|auto|"
    r"environment|education|military|diplomatic|world|racing|golf|baseball|basketball|football|"
    r"hockey|soccer|tennis|travel)\b",
    re.IGNORECASE,
)
"""``AP National Security``, of which the role was cut off."""
_NO_NAME = re.compile(
    r"https?:|www\.|[@\d_/\\<>{}]|\.\w|admin|unknown|anonymous|guest|editor|"
    r"author|sponsored",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"\b(?:GmbH|Inc|Ltd|LLC|PLC|e\. ?V|S\. ?r\. ?l|Sp\. ?z ?o\. ?o|super ?user|webmaster|moderator"
    r"|an[oó]nim\w*)(?!\w)",
    re.IGNORECASE,
)
"""Who publishes a page, or made its system, and the names that such systems give."""
_MOST_WORDS = 6
LONGEST_BYLINE = 120
"""Characters of a byline."""
EVERYWHERE = frozenset(
    fold(word)
    for word in "our|news|home|blog|nachrichten|noticias|notícias|notizie|nieuws|nyheter|nyheder|"
    "actualités|новости|haberler|berita|أخبار|חדשות|समाचार|뉴스|ニュース|新闻|新聞".split("|")
)
"""What a section is called on any site, and what is left of *our correspondent*."""


def may_sign(text: str, site: str) -> bool:
    """Whether ``text`` is a name at all: no account, address, desk, agency, and not the site's."""
    name = one_line(text)
    words, key, own = name.split(), fold(name), fold(site)
    if not key or key in EVERYWHERE or len(words) > _MOST_WORDS:
        return False
    if _NO_NAME.search(name) or _NOBODY.search(name):
        return False
    if name[0].islower() or (len(words) == 1 and name.isupper() and name.isascii()):
        return False
    if agency_of(freed(name, site)) or is_desk(name):
        return False
    of_site = bool(own) and (key in own or own in key)
    return not of_site or (len(words) > 1 and looks_like_person(name))


def read_persons(text: str, site: str = "") -> tuple[str, ...]:
    """The persons that a meta element or JSON-LD names."""
    line = without_by(text)
    parts = (freed(part, site) for part in _AND.split(line))
    return tuple(dict.fromkeys(level_capitals(part) for part in parts if _is_person(part, site)))


def read_byline(text: str, site: str = "") -> tuple[str, ...]:
    """The persons that a byline shows: it holds more than names, so only what looks like one."""
    line = without_by(text)
    if len(line) > LONGEST_BYLINE:
        return ()
    date = find_date(line)
    if date:
        later = BY_LATER.search(date.after)
        line = date.after[later.end() :] if later else _OF_DATE.sub("", date.before)
    names = [once(freed(name, site)) for name in split_names(line)]
    return tuple(name for name in dict.fromkeys(names) if looks_like_person(name, site))


def once(name: str) -> str:
    """``Ada Lund Ada Lund``, of a picture's text and the name beside it → ``Ada Lund``."""
    words = name.split()
    half = len(words) // 2
    return " ".join(words[:half]) if half and words[:half] == words[half:] else name


def looks_like_person(name: str, site: str = "") -> bool:
    """Whether ``name`` has the form of a person's and is not that of a desk, agency or site."""
    return _is_person(name, site) and (is_name(name) or not has_case(name)) and not agency_of(name)


def freed(part: str, site: str) -> str:
    """A name without the role or the publication that follows it, or a role that sticks to it."""
    part = _without_agency(_FROM.sub("", _HAN_ROLE.sub("", _ROLE.sub("", part))))
    at = part.casefold().find(f" {site.casefold()}") if site else -1
    part = part[:at] if at > 0 else part
    return part.strip(" ,:;()-–—*")


def _without_agency(part: str) -> str:
    """``Ada Lund Associated Press`` → ``Ada Lund``."""
    words = part.split()
    for start in range(max(2, len(words) - 3), len(words)):
        if agency_of(" ".join(words[start:])):
            return " ".join(words[:start])
    return part


def _is_person(text: str, site: str) -> bool:
    words = text.split()
    return (
        (2 if has_case(text) else 1) <= len(words) <= 5
        and len(text) <= 60
        and any(map(str.isalpha, text))
        and not _NO_PERSON.search(text)
        and not _NOBODY.search(text)
        and not _DESK.match(text)
        and not _names_site(fold(text), fold(site))
    )


def _names_site(key: str, site: str) -> bool:
    """Whether it is the site's name, be it with something that sticks to it (``TimesNovember``)."""
    return key == site or (" " in site and key.startswith(site))
