"""Stories that stop where readers must pay: told, whatever they look like."""

from __future__ import annotations

import json

import pytest

from archive_gen.article import HTML, PLAIN, RawDocument
from archive_gen.cleaning import Cleaned, clean

HEADLINE = "Ferry company ends its winter service"
STORY = [
    "The ferry company said on Monday that it was ending its winter service to the islands.",
    "Two boats are for sale, and thirty people have been told that their work ends in March.",
]
WALLS = """\
Subscribe to continue reading
To continue reading this article, please log in or take out a subscription.
This article is for subscribers only.
You have reached your limit of free articles
Create a free account to continue reading
Jetzt weiterlesen mit Kurier+
Dieser Artikel ist exklusiv für Abonnenten
Cet article est réservé aux abonnés.
Il vous reste 82% de cet article à lire.
Contenido exclusivo para suscriptores
Suscríbete para seguir leyendo
Exclusivo para assinantes
Contenuto riservato agli abbonati
Dit artikel is alleen voor abonnees
Pozostało jeszcze 89% artykułu
Чтобы читать дальше, оформите подписку
Abonelere özel
订阅后继续阅读
この記事は有料会員限定です
구독자 전용 콘텐츠입니다
För prenumeranter
"""


def dump(*lines: str) -> Cleaned:
    text = "\n\n".join([HEADLINE, *lines])
    return clean(RawDocument("page.txt", text.encode(), text, PLAIN))


def page(body: str, stated: object) -> Cleaned:
    data = json.dumps({"@type": "NewsArticle", "headline": HEADLINE, **stated})  # type: ignore[dict-item]
    text = (
        f"<html><head><title>{HEADLINE}</title><script type='application/ld+json'>{data}</script>"
        f"</head><body><article><h1>{HEADLINE}</h1>{body}</article></body></html>"
    )
    return clean(RawDocument("page.html", text.encode(), text, HTML))


@pytest.mark.parametrize("wall", WALLS.splitlines())
def test_a_short_story_above_a_paywall_is_doubtful(wall: str) -> None:
    found = dump(*STORY, wall, "Log in", "About us")
    doubt = found.doubts["body"]
    assert (doubt.line, doubt.message) == (7, "the story stops where readers must pay or log in")
    assert STORY[1] in found.article.body


def test_a_long_story_above_the_same_line_is_whole() -> None:
    long = [
        f"{line} It was read aloud {n} times in the harbour office."
        for line in STORY
        for n in range(9)
    ]
    assert "body" not in dump(*long, "This article is for subscribers only.").doubts


@pytest.mark.parametrize(
    "line",
    [
        "Continue reading below",
        "Please log in to comment",
        "Bitte melden Sie sich an, um zu kommentieren.",
        "Connectez-vous pour réagir",
        "Subscribe to our newsletter",
        "More stories for you",
    ],
)
def test_other_prompts_below_a_story_are_no_paywall(line: str) -> None:
    assert "body" not in dump(*STORY, line, "About us").doubts


def test_a_paywall_of_another_story_far_below_is_not_this_ones() -> None:
    below = [
        "Most read",
        "Share",
        "Comments",
        "About us",
        "Imprint",
        "Subscribe to continue reading",
    ]
    assert "body" not in dump(*STORY, *below).doubts


def test_a_sentence_of_the_story_is_no_paywall_for_its_words_amid_others() -> None:
    told = "The library calls its readings resubscribe to read events, and they are free to all."
    assert "body" not in dump(*STORY, told).doubts


@pytest.mark.parametrize("stated", [False, "False", "http://schema.org/False"])
def test_a_short_story_that_its_markup_says_is_sold_is_doubtful(stated: object) -> None:
    shown = "".join(f"<p>{line}</p>" for line in STORY)
    assert "body" in page(shown, {"isAccessibleForFree": stated}).doubts
    assert "body" not in page(shown, {"isAccessibleForFree": True}).doubts
    assert "body" not in page(shown, {}).doubts


def test_what_the_markup_has_of_a_sold_story_is_all_of_it() -> None:
    whole = " ".join(f"{line} It was read aloud {n} times." for line in STORY for n in range(12))
    shown = f"<p>{STORY[0]}</p>"
    found = page(shown, {"isAccessibleForFree": False, "articleBody": whole})
    assert len(found.article.body) > 1500
    assert "body" not in found.doubts


@pytest.mark.parametrize(
    "wall",
    [
        "To continue reading this article, please log in.",
        "有料会員になると続きをお読みいただけます。",
    ],
)
def test_what_a_page_says_of_the_rest_is_none_of_the_story(wall: str) -> None:
    assert dump(*STORY, wall).article.body.split("\n\n") == STORY
