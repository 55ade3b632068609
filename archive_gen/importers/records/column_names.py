"""The words that a newsroom's own table has for its columns → the names that ``records`` knows.

Only for tables: records of programs have English names, beside which the same words mean other
things.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from archive_gen.importers.records.fields import fold_name

if TYPE_CHECKING:
    from collections.abc import Iterable

_IN_OTHER_WORDS = {
    "body": (
        "inhalt volltext artikeltext textkörper contenu texte contenido cuerpo texto conteúdo "
        "corpo story copy article_content testo contenuto inhoud tekst treść brödtext obsah текст "
        "содержание içerik metin 正文 "
        "内容 本文 본문 النص"
    ),
    "title": (
        "titel überschrift schlagzeile titre título titular titolo tytuł överskrift "
        "overskrift otsikko nadpis заголовок название başlık 标题 標題 タイトル 見出し 제목 "
        "العنوان"
    ),
    "date": (
        "datum erscheinungsdatum veröffentlicht veröffentlicht_am geschrieben_am "
        "date_de_publication fecha fecha_de_publicación data data_de_publicação dato päivämäärä "
        "дата дата_публикации tarih 日期 发布时间 日付 날짜 التاريخ"
    ),
    "summary": (
        "zusammenfassung vorspann résumé chapô resumen resumo riassunto samenvatting "
        "аннотация özet 摘要"
    ),
    "author": (
        "autor autorin autoren verfasser verfasst_von geschrieben_von auteur auteurs autora "
        "autores autore autori författare forfatter kirjoittaja автор авторы yazar 作者 記者 저자 "
        "الكاتب"
    ),
    "source": (
        "quelle zeitung journal fuente periódico fonte bron krant źródło источник kaynak 来源"
    ),
    "tags": (
        "category categories rubrik ressort rubrique schlagwörter schlagworte stichwörter "
        "mots_clés etiquetas palabras_clave "
        "palavras_chave parole_chiave trefwoorden tagi słowa_kluczowe теги ключевые_слова "
        "etiketler 标签 キーワード"
    ),
    "language": "sprache langue idioma lingua taal język язык",
    "url": "enlace lien ссылка",
    "place": "ort lieu lugar luogo plaats место",
}
_ENGLISH = {
    fold_name(word): english for english, words in _IN_OTHER_WORDS.items() for word in words.split()
}

_OF_TEXTS = frozenset(map(fold_name, "article articles news body_content".split()))
"""Columns for texts, beside others in which the same words are headlines or numbers of rows."""


def in_english(names: Iterable[str]) -> list[str]:
    """The names of a table's columns; one of another language as the first of ours that it means.

    Where a column has that English name, the other one is something else.
    """
    named = list(names)
    taken = set(map(fold_name, named))
    found = []
    for name in named:
        english = _ENGLISH.get(fold_name(unicodedata.normalize("NFC", name)), "")
        found.append(english if english and english not in taken else name)
        taken.add(fold_name(found[-1]))
    return found


def with_text_named(names: Iterable[str]) -> list[str]:
    """The names of a table's columns, none of which is that of a text: the first one that may hold
    them is ``body``."""
    named = list(names)
    at = next((at for at, name in enumerate(named) if fold_name(name) in _OF_TEXTS), None)
    return named if at is None else [*named[:at], "body", *named[at + 1 :]]
