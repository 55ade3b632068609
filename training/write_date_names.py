"""Write ``archive_gen/cleaning/dates/names.json``: how many languages name months, days and ages.

    python -m training.write_date_names

Names of months and weekdays are CLDR's through Babel, and with them those that dateparser has
collected. So it is with "3 hours ago"; "yesterday" is dateparser's alone. Both libraries take
long to load and to ask; the table takes a millisecond. A test fails when it is far
from what they say; releases differ in a few names.
"""

from __future__ import annotations

import importlib
import json
import re
import unicodedata
from itertools import product
from pathlib import Path
from typing import Any

from babel import Locale

TARGET = Path(__file__).parent.parent / "archive_gen" / "cleaning" / "dates" / "names.json"
LOCALES = (
    "en de fr es pt it nl pl ru uk ar ar_SY ar_MA ar_DZ fa tr he el ro cs sk hu sv da nb fi bg sr "
    "sr_Latn hr bs sl lt lv et id ms vi hi bn ta te mr gu ur ne th ca gl eu az kk uz ka hy be mk "
    "sq is sw am km my"
).split()
LANGUAGES = (
    "en de fr es pt it nl pl ru uk ar fa tr he el ro cs sk hu sv da nb fi bg sr hr sl lt lv et id "
    "ms vi hi bn th ca ta te mr ur zh zh-Hant ja ko"
).split()
MONTHS = (
    "january february march april may june july august september october november december"
).split()
UNITS = ("minute", "hour", "day", "week", "month", "year")
FILIPINO = "pebrero marso hunyo hulyo setyembre oktubre nobyembre disyembre".split()
"""Whose other months are those of Spanish; its short names are words of other languages."""
FILIPINO_DAYS = "linggo lunes martes miyerkules huwebes biyernes sabado".split()
SPELLINGS = {"ኦክተውበር": 10, **dict(zip(FILIPINO, (2, 3, 6, 7, 9, 10, 11, 12), strict=True))}
"""Names of months that are not taken from either library."""
_AGO = re.compile(r"\\1 (minute|hour|day|week|month|year) ago")
_DAYS_AGO = re.compile(r"([012]) day ago")
_NUMBER = r"(\d++[.,]?\d*+)"


def fold(name: str) -> str:
    """As ``archive_gen.cleaning.dates.in_text`` folds what it looks up."""
    return " ".join(name.casefold().replace("\u0307", "").rstrip(".").split())


def bare(name: str) -> str:
    """Without accents, as capitals are often set, and Hindi without the dot below a letter."""
    script = unicodedata.name(name[0], "")
    if script.startswith("DEVANAGARI"):
        return unicodedata.normalize("NFD", name).replace("\u093c", "")
    if not script.startswith(("LATIN", "GREEK")):
        return name
    plain = unicodedata.normalize("NFD", name.replace("ı", "i"))
    return "".join(c for c in plain if not unicodedata.combining(c))


def info(language: str) -> dict[str, Any]:
    module = importlib.import_module(f"dateparser.data.date_translation_data.{language}")
    found: dict[str, Any] = module.info
    return found


def months() -> dict[str, list[int]]:
    """Name → number; a name that means two months in two languages has both."""
    found: dict[str, set[int]] = {}
    for locale in map(Locale.parse, LOCALES):
        for context, width in product(("format", "stand-alone"), ("wide", "abbreviated")):
            for number, name in locale.months[context][width].items():
                _add_month(found, name, number)
    for language, (number, month) in product(LANGUAGES, enumerate(MONTHS, start=1)):
        for name in info(language).get(month, ()):
            if fold(name) not in found:
                _add_month(found, name, number)
    for name, number in SPELLINGS.items():
        _add_month(found, name, number)
    return {name: sorted(numbers) for name, numbers in sorted(found.items())}


def _add_month(found: dict[str, set[int]], name: str, number: int) -> None:
    key = fold(name)
    if key and not key.isdecimal() and not re.search(r"[\[\](){}|*+?\\]", key):
        for spelling in {key, fold(bare(key)), fold(unicodedata.normalize("NFC", key))}:
            found.setdefault(spelling, set()).add(number)


def weekdays() -> list[str]:
    found = set(FILIPINO_DAYS)
    for locale in map(Locale.parse, [*LOCALES, "zh", "zh_Hant", "ja", "ko"]):
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                names = map(fold, locale.days[context][width].values())
                found |= {name for name in names if name[0] < "\u3040" or len(name) > 1}
    return sorted(found)


def ages() -> dict[str, str]:
    """``vor {} stunden`` → ``hour``."""
    found: dict[str, set[str]] = {}
    for locale in map(Locale.parse, [*LOCALES, "zh", "zh_Hant", "ja", "ko"]):
        for unit in UNITS:
            for width in ("", "-short", "-narrow"):
                # Babel's ``format_timedelta`` reads the same.
                forms = locale._data["date_fields"].get(unit + width, {}).get("past", {})
                for form in forms.values():
                    _add_age(found, form.replace("{0}", "{}"), unit)
    for language in LANGUAGES:
        for meaning, patterns in info(language).get("relative-type-regex", {}).items():
            unit = _AGO.fullmatch(meaning)
            for pattern in patterns if unit else ():
                _add_age(found, pattern.replace(_NUMBER, "{}"), unit[1])
    return {pattern: min(units) for pattern, units in sorted(found.items()) if len(units) == 1}


def _add_age(found: dict[str, set[str]], pattern: str, unit: str) -> None:
    text = fold(pattern)
    around = text.replace("{}", "").strip()
    if around[:1] in "-−":
        return
    if text.count("{}") == 1 and len(around) > 1 and not re.search(r"[\\()\[|\d+]", text):
        found.setdefault(text, set()).add(unit)
        if text.startswith("قبل "):  # CLDR's word; the press writes the other as often
            found.setdefault(text.replace("قبل ", "منذ ", 1), set()).add(unit)


def days_ago() -> dict[str, int]:
    """``yesterday`` → 1, ``gestern`` → 1, ``today`` → 0."""
    found: dict[str, set[int]] = {}
    for language in LANGUAGES:
        for meaning, names in info(language).get("relative-type", {}).items():
            days = _DAYS_AGO.fullmatch(meaning)
            for name in names if days else ():
                if not re.search(r"[\\()\[|\d]", name):
                    found.setdefault(fold(name), set()).add(int(days[1]))
    return {name: min(days) for name, days in sorted(found.items()) if len(days) == 1}


def table() -> str:
    values = {"months": months(), "weekdays": weekdays(), "ages": ages(), "days_ago": days_ago()}
    lines = (
        f'"{key}":' + json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        for key, value in values.items()
    )
    return "{" + ",\n".join(lines) + "}\n"


if __name__ == "__main__":
    TARGET.write_text(table(), encoding="utf-8")
