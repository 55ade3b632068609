"""Names of people, places and publications as they stand in short lines of a page."""

from __future__ import annotations

import re

from archive_gen.cleaning.characters import has_case
from archive_gen.scripts import KANA_AND_HAN, WITH_VOWELS

# Small words inside names, in several languages; anything else in lower case ends a name.
_PARTICLE_LIST = (
    "al af av bin bint da das de degli dei del della den der des di do dos du e el ibn la las le "
    "lo los mc of ten ter the van vander vom von y zu zum zur ben й де ла фон ван"
)
_PARTICLES = frozenset(_PARTICLE_LIST.split(" "))
_SEPARATORS = re.compile(
    r"(?<!\s)(?:\s*[,;&،、·|/]\s*"
    r"|\s+(?:and|und|et|y|e|en|och|og|i|и|та|ve|mit|with|و)\s+(?=\S))",
    re.IGNORECASE,
)
_ROLE_LIST = (
    "analyst author bureau chief chiefs columnist columnists commentator contributor contributors "
    "correspondent correspondents critic desk editor editors educator fellow follow "
    "freelancer gardener horticulturalist horticulturist journalist photographer producer "
    "published reporter reporters reporting role staff updated writer "
    "writers autor autorin chefredakteur freier journalistin korrespondent korrespondentin "
    "redakteur redakteurin reporterin volontär volontärin online-redakteur online-redakteurin "
    "correspondant correspondante journaliste rédacteur rédactrice reportrice envoyé "
    "corresponsal enviado periodista redactor redactora correspondente jornalista repórter "
    "corrispondente giornalista inviato inviata redacteur verslaggever dziennikarz redaktor "
    "korrespondens újságíró toimittaja journalistka редактор корреспондент журналист обозреватель "
    "кореспондент журналіст muhabir muhabiri редакция مراسل محرر 記者 记者 기자 "
    "مراسلة مراسلنا صحفي صحفية خبرنگار گزارشگر نامہ‌نگار संवाददाता पत्रकार रिपोर्टर প্রতিবেদক প্রতিনিধি "
    "সংবাদদাতা நிருபர் செய்தியாளர் כתב כתבת כתבנו פרשן פרשנית ผู้สื่อข่าว wartawan jurnalis mwandishi "
    "mwanahabari δημοσιογράφος συντάκτης ανταποκριτής reportér reportérka zpravodaj redaktorka "
    "dziennikarka reporterka кореспондентка журналістка корреспондентка 特派員 編集委員 编辑 ዘጋቢ"
)
_ROLES = frozenset(_ROLE_LIST.split(" "))
_NO_ROLES = frozenset("published updated follow reporting role author autor autorin".split())
"""Those that do not say by themselves what somebody does."""
_LONGEST_ROLE = 9
"""Words."""
_KIND_LIST = (
    "acting assistant associate breaking business chief city contributing court crime culture "
    "defence defense deputy digital diplomatic economics education energy entertainment "
    "environment executive features fitness foreign freelance full gear general health head legal "
    "lifestyle local managing master media money music national news online opinion personal "
    "political politics royal science senior social special sports sport staff tech technology "
    "transport travel us wellness white world"
)
"""What stands before a role: ``Senior Political Correspondent``."""
_KINDS = frozenset(_KIND_LIST.split(" "))
_OF_ELSEWHERE = ["special", "to"]
"""So American papers call who is not of their staff: ``Special to The Port Post``."""
_ENDS_NAME = frozenset("at for from in on via für pour para per voor bei".split(" "))
_ELIDED = re.compile(r"[dl]['’]")
_GLUED_ROLE = re.compile(
    r"(?<=[^\W\d_A-Z])(?=(?:Published|Updated|Posted|Follow|Redakteur|Reporter|Contributor|"
    r"Correspondent|Staff|Senior)(?:\b|in\b|Follow))"
)
_NOT_IN_NAMES = re.compile(r"[\d@:?!…\"“”«»„#=<>\[\]{}©：？！｡。、「」『』؟؛።፣]|https?")
_CLAUSE = re.compile(rf"[{WITH_VOWELS}]{{24}}|[{KANA_AND_HAN}]{{9}}")
"""In scripts that put no spaces between words: longer than any part of a name."""
_TURKISH = re.compile(r"[İĞŞ]")
_SHORTENED = re.compile(r"\s(?:(?:[^\W\d_]\.){1,3}|[JS]r\.)\Z")
"""How a name may end with a dot: ``Nelson C.J.``, ``James Lund Jr.``"""
_PLACE_BEGINS = frozenset(
    "addis bad buenos cape ciudad fort kuala las los mount new novi port puerto saint san sankt "
    "santa st st. são tel upper".split()
)
_PLACE_ENDS = frozenset("beach city county falls heights islands springs town".split())
_ENDS_TEXT = ".,;-–—।॥۔،"


def is_name(text: str, most: int = 4) -> bool:
    """Whether ``text`` has the form of a person's name of 2 to ``most`` words."""
    words = text.split()
    return (
        2 <= len(words) <= most
        and not _NOT_IN_NAMES.search(text)
        and all(_begins_as_name(word) or word.casefold() in _PARTICLES for word in words)
        and _begins_as_name(words[0])
        and _begins_as_name(words[-1])
        and (text[-1] not in _ENDS_TEXT or _SHORTENED.search(text) is not None)
        and not _CLAUSE.search(text)
    )


def is_named_as_place(name: str) -> bool:
    """Whether the first or the last of several words is one that names of places have: *San Telmo*,
    *Mexico City*."""
    words = name.casefold().split()
    return len(words) > 1 and (words[0] in _PLACE_BEGINS or words[-1] in _PLACE_ENDS)


def split_names(text: str) -> tuple[str, ...]:
    """The names in a list of names, roles and places after them left out."""
    parts = _SEPARATORS.split(_GLUED_ROLE.sub(" ", text))
    names = [level_capitals(_leading_name(part)) for part in parts if not is_role(part)]
    if any(" " in name for name in names):  # then one word alone is a place: ``Ada Quill, London``
        names = [name for name in names if " " in name or not has_case(name) or name.isupper()]
    return tuple(dict.fromkeys(name for name in names if name))


def leading_name(text: str) -> str:
    """The name with which ``Ada Quill in Paris`` begins; ``text`` where nothing like it follows."""
    names = split_names(text)
    rest = text[len(names[0]) :].split() if len(names) == 1 and is_name(names[0]) else []
    return names[0] if rest and rest[0].casefold() in _ENDS_NAME else text


def is_role(text: str) -> bool:
    """Whether ``text`` says what somebody is: ``Political Correspondent``."""
    words = text.casefold().split()
    if not words:
        return True
    if words[0] in _ROLES | _ENDS_NAME or words[:2] == _OF_ELSEWHERE:
        return True
    return words[0] in _KINDS and any(word in _ROLES for word in words)


def tells_role(text: str) -> bool:
    """Whether a short line or a part of one says what somebody does: ``ESPN Staff Writer``."""
    words = [word.strip(".,:;()") for word in text.casefold().split()]
    return len(words) <= _LONGEST_ROLE and not _NO_ROLES.issuperset(_ROLES.intersection(words))


def level_capitals(text: str) -> str:
    """``INÉS BALTAR`` → ``Inés Baltar``; short words (agencies) stay as they are."""
    if not text.isupper() or len(text) < 5:
        return text
    return (
        " ".join(
            word.lower() if word.casefold() in _PARTICLES and n else word
            for n, word in enumerate(with_capitals(text).split())
        )
        .replace("’S", "’s")
        .replace("'S", "'s")
    )


def with_capitals(words: str) -> str:
    """``words``, of which all letters are capitals, with the first one of each as it is.

    A word with letters that Turkish alone has is bent as Turkish does: ``İZMİR`` → ``İzmir``,
    ``AYŞE YILDIRIM`` → ``Ayşe Yıldırım``.
    """
    if _TURKISH.search(words):
        return " ".join(
            word[:1] + word[1:].replace("İ", "i").replace("I", "ı").lower()
            for word in words.split(" ")
        )
    return words.title()


def _leading_name(text: str) -> str:
    words: list[str] = []
    for word in text.split():
        plain = word.casefold().strip(".,()")
        if words and word.startswith("(") and not word.endswith(")"):
            break  # a remark begins; a name by which somebody is called is one word
        if len(words) > 1 and plain in _ROLES | _KINDS | _ENDS_NAME:
            break
        if not (_begins_as_name(word) or (words and word.casefold() in _PARTICLES)):
            break
        words.append(word)
    while words and words[-1].casefold() in _PARTICLES and not _begins_as_name(words[-1]):
        words.pop()
    name = " ".join(words).strip(" .,;:-–—|()")
    return name if 0 < len(words) <= 6 and not _NOT_IN_NAMES.search(name) else ""


def _begins_as_name(word: str) -> bool:
    """A capital, or a letter of a script that has none."""
    first = _ELIDED.sub("", word.lstrip("'’(‘`-."), count=1)[:1]
    return first.isalpha() and (first.isupper() or not has_case(first))


def is_particle(word: str) -> bool:
    """Whether ``word`` is a small word inside names: ``de``, ``of``, ``van``."""
    return word in _PARTICLES
