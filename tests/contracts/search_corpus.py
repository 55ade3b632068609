"""A small archive with everything that search must cope with."""

from __future__ import annotations

import random

from archive_gen.search.values import SearchDocument

_TEXTS = {
    "en": "The harbour council voted on flood barriers. Residents of the old port asked for "
    "higher walls; the mayor's office promised an answer by spring. Dr. Obama's letter named "
    "state-of-the-art pumps. Banks are banking on better bankers.",
    "de": "Die Häuser am Hafen stehen unter Wasser. Der Bürgermeister gibt den Anwohnern Geld "
    "für neue Türen. Ein Haus ist kein Port.",
    "fr": "Les élections municipales ont été reportées. Les portes de l'école resteront fermées; "
    "le maire portera plainte.",
    "ar": "أعلنت المدرسة العربية عن افتتاح مكتبة جديدة في المدينة. الطلاب سعداء.",
    "zh": "港口城市的经济增长放缓。中国经济专家说明年会更好。",
    "ru": "Жители города обсудили новый мост. Ёлка стоит на площади.",
    "th": "ประเทศไทยประกาศแผนใหม่สำหรับท่าเรือ",
    "es": "La información llegó tarde. Las informaciones sobre el puerto cambiaron.",
}
_DATES = ("2015-10-07", "2015-10", "2015", "", "2016-02-03T14:05:00Z", "2015~", "2016-02-03")
_TAGS = (("Harbour", "Flood"), ("harbour",), (), ("White House", "__proto__"), ("Élections",))
_TERMS = ((), (("desks", "Sport"), ("forms", "Long Read")), (("forms", "Sport"),), ())


def document(number: int, **fields: object) -> SearchDocument:
    """Article ``number`` of the corpus, with some fields replaced."""
    language = list(_TEXTS)[number % len(_TEXTS)]
    values: dict[str, object] = {
        "path": f"{number % 7}/{number}.md",
        "url": f"article/{number}/",
        "title": _TEXTS[language].split()[-1] + f" port number {number % 9}",
        "summary": "" if number % 3 else "A summary about port pumps and the council.",
        "text": "\n".join(_TEXTS[language].rstrip(".") for _ in range(number % 4 + 1)),
        "date": _DATES[number % len(_DATES)],
        "source": ("Harbour Post", "Nordblatt", "")[number % 3],
        "authors": ("Ann Lee",) if number % 2 else ("Ann Lee", "José Núñez"),
        "place": "Port Haven" if number % 4 else "",
        "tags": _TAGS[number % len(_TAGS)],
        "language": language,
        "unshown_keywords": (("story", "Seawall years"),) if number % 5 == 1 else (),
        "terms": _TERMS[number % len(_TERMS)],
    }
    values |= fields
    values["digest"] = repr(values)
    return SearchDocument(**values)  # type: ignore[arg-type]


def corpus(size: int = 160) -> list[SearchDocument]:
    """The first ``size`` articles."""
    return [document(number) for number in range(size)]


QUERIES = (
    "port", "port flood", "portes", "bank", "banking", "harbour OR hafen",
    "council port OR bridge", "port AND council OR hafen", "-port", "port -council", "NOT (a b)",
    '"flood barriers"', '"barriers flood"', '"harbour council voted"', "state-of-the-art",
    "obama", "obama's", "title:port", 'title:"port number 3"', "title:council", "Häuser",
    "hauser", "haus", "élections", "elections", "Bürgermeister", "informacion", "информация",
    "información", "informaciones", "المدرسة", "المكتبه", "مدرس", "中国", "中国经济", "经",
    '"中国 经济"', "港口城市的经济", "ประเทศไทย", "ท่าเรือ", "ёлка", "елка", "tag:harbour",
    'tag:"White House"', "tag:__proto__", "__proto__", "constructor", "tag:har*",
    'source:"harbour post"',
    "source:nordblatt port", "author:lee", 'author:"jose nunez"', 'place:"port haven"',
    "lang:de", "language:zh port", "date:2015", "date:2015-10", "date:2015-10-07",
    "date:2015-10-07T14:05:00Z", 'date:"2016-02-03 14:05 +0100~"', "date:2015-10-XX?",
    "date:2015-XX", "date:2015/2016", "date:2015-10/2015-11", "date:2015-10-07/2015-10",
    "before:2016-02-03/2016-02-05",
    "date:2015-10..2016-02", "date:..2015", "date:2016..", "before:2016", "after:2015-10",
    "is:undated", "is:undated port", "port*", "por*", "b*k", "p?rt", "*", "port*umps", "banc~",
    "harbor~", "hrabour~2", "(port OR hafen) (council OR haus)", "port port", "zzz", "zzz OR port",
    "a", "the", "pumps number 3", "pump", "title:por*", "-title:port", "number:3", "12:30",
    '"', "()", "( port",
    "port OR council OR haus OR hafen OR puerto OR title:number", "p* h* c* OR b* OR *r*",
    "ta:2005-10 ?ort p*t* *g{r*", "port AND council O hafen hafen",
    "*bour", "?????ur", "*ун*", "h*fen~", "ёлкк~", "title:counicl~",
    # with slips
    "port xumber", "hrabour -flood", '"flood bariers"', "title:potr", "tag:flood hrabour",
    "counicl numbr", "mayr date:2015", "state-of-teh-art", "puerrto mot", "Hrabour's OR (Cuoncil)",
    "informaicoens", "bürgermesiter", "мосст ёлкка", "المدرسسة", "港口 prot", "hrabour xyl*",
    "hrabour qqqqq", "flood haus", "lang:de hrabour", "ab", "xport",
    # of which nothing has all
    "port xylophone", "port AND xylophone OR hafen", "flood number port xylophone qqq",
    "hafen banking", "haus AND banking AND puerto", "port haus puerto", "xylophone", "counters",
    "haus banking tag:harbour", '"harbour barriers"', '"barriers OR harbour" port',
    "haeuser", "haeusern", "buergermeister", "fuer tueren", "tueer", "queelle", "title:haeuser",
    "title:banking", "title:banking port", "office-mayor's", 'title:flood',
    'title:"flood barriers" port', "title:xylophone",
    "author:núñez", "source:post port", "place:haven tag:nope", "tag:hou", "tag:ro", "tag:har*x",
    "tag:harbinger", 'tag:"white horse" port', "tag:nope", "port tag:nope", "port date:1950",
    "port tag:harbour date:2016-02-03 lang:ar", "xylophone tag:harbour", "xylophone date:1950",
    "port -the", "-*", "port -port", "xylophone -port", "(xylophone OR qqq) port",
    "(tag:nope OR xylophone)", "xyl* port", "title:xyl* port", "qqqqq~ port",
    '"中国港口"', "港口经济", "中国経済オリン", "中国 港口 หาด",
    "port council date:2015..2016 is:undated -haus",
    "NOT OR xylophone", "port date:1950 tag:harbour date:1950", "xylophone xylophone -port -port",
    "\ufefftag:harbour xylophone", "port\ufeffNOT\x1chaus", "tag:OR", "port tag:NOT haus",
    'story:"seawall years" walls', "stories:seaw* -tag:flood", "story:port walls",
    "term:sport", "terms:desks/sport port", "term:desks/*", 'term:"forms/long read" -port',
    "term:forms/spo", "term:long", "sport read",
    "xylophone AND place:AND port", "title:\x85", "xylophone\x1f date:1950",
    "\u0640", "port \u0640",
)  # fmt: skip

_PARTS = (
    "port", "council", "haus", "banks", "puerto", "flood", "élections", "мост", "中国", "港口经济",
    "ประเทศไทย", "المدرسة", "state-of-the-art", "mayor's", "xylophone", "qqq", "title:port",
    "title:council", "title:qqq", "counc*", "*an*", "b?nk", "qq*", "*", "haus~", "qqqqq~2",
    "x:port", 'council:"flood barriers"', 'xylophone:"flood barriers"', '"flood barriers"',
    '"barriers flood"', '"港口城市"', 'title:"port number"',
    "“neue Türen„", "tag:flood", "tag:harbour", 'tag:"white house"', 'tag:"wh*"', "tag:qqq",
    "lang:de", "lang:*",
    "source:nordblatt", "author:lee", "date:2015", "date:..2015", "date:1950", "before:2016",
    "after:2015-10", "is:undated", "-port", "-tag:flood", "--haus", "-(haus OR port)", "(", ")",
    "(port", "-(", "council)", "(qqq OR xylophone)", "-", "OR",
    "OR", "OR", "AND", "NOT", "'", "😀", "\u0301", "\u200b", "\u3000", "\x1f", "\ufeff",
)  # fmt: skip


def drawn_queries(count: int) -> list[str]:
    """Queries of a few parts each, whether they make sense or not; the same every time."""
    chance = random.Random(1)  # noqa: S311
    return [" ".join(chance.choices(_PARTS, k=chance.randint(2, 7))) for _ in range(count)]
