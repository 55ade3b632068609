"""The words with which a byline begins, in many languages."""

from __future__ import annotations

import re

from archive_gen.texts import one_line

_BY = (
    r"by|von|par|por|door|di|af|av|przez|автор(?:ы)?|текст|autora?|autor(?:in|es)?|auteur|penulis|"
    r"text|words|מאת|بقلم|كتب|كتبت|yazan|作者|记者|文"
)
_BY_OR_WHO = (
    r"(?:(?:an? |eine? )?(?:(?:photos and )?story|this post was written|words|written|posted|"
    r"reported|published|authored|created|compiled|analysis|column|comment|commentary|essay|"
    r"interview|opinion|review|reportage|analyse|gastbeitrag|kolumne|kommentar|veröffentlicht|erstellt|eingestellt|"
    rf"geschrieben) ?)?(?:by|von)|{_BY}"
    r"|oleh|authors?|autoren|auteurs|autore|interview|haber|記者|글|โดย|του|της|των"
    r"|zeige alle beiträge von|alle beiträge von|view all posts by|more (?:about|from)"
)
_WRITER = (
    r"szerző|penulis|tác giả|συντάκτης|auteure?|autora?|autork[ai]|autore|autor(?:in|en|es)?|"
    r"автор(?:ы|и|ка)?|yazan|muhabir|نویسنده|خبرنگار|تحریر|مصنف|रिपोर्टर|लेखक|लेखिका|লেখক|প্রতিবেদক|"
    r"எழுதியவர்|நிருபர்|ผู้เขียน|ผู้สื่อข่าว|כתב|作者|记者|記者|기자|글쓴이|mwandishi|ጸሐፊ|ዘጋቢ"
)
_MARKED = (
    rf"(?:(?:{_WRITER}|textos?|texte|testo|tekst|teksti|text|reportagem|haber|reporter|oleh|bài|"
    r"thực hiện|γράφει|إعداد|रिपोर्ट|เรื่อง|כתבה|צילום וכתיבה|取材・文|取材|撰文|撰稿|文字|文|글|"
    r"redacción|redação|rédaction|redazione|pewarta|wartawan|संवाददाता|पत्रकार|সংবাদদাতা|przygotował[a]?|připravil[a]?)"
    rf"\s?[:：｜|]|(?:{_WRITER})[,،፣](?=\s))\s*"
)
"""The same, where a colon must follow; or, after who writes, a comma, as where each value of a list
has its name. What is written (``تقرير: …``, a report) begins headlines, too."""
OPENING = re.compile(
    r"(?:(?:kolumne|kommentar|analyse|interview|analysis|column|opinion|comment|reportage) )?"
    rf"(?:written by|reported by|story by|{_BY})(?:\s*[:：]\s*|\s+)|{_MARKED}",
    re.IGNORECASE,
)
"""Of a byline anywhere on a page: few words, as other lines begin with the rest of them."""
_ALONE = re.compile(
    r"(?:by|von|par|por|автор|بقلم|كتب|words|נכתב על ידי|מאת|نویسنده|लेखक|লেখক|作者|文|글|โดย|oleh)"
    r"\s*:?",
    re.IGNORECASE,
)
NEAR_HEADLINE = re.compile(
    rf"(?:{_BY_OR_WHO})(?:\s*[:：]\s*|\s+(?=\S)|(?-i:(?<=[byBY])(?=[A-ZÀ-ÖØ-Þ][a-zß-ÿ])))"
    rf"|{_MARKED}",
    re.IGNORECASE,
)
"""Of a byline in a dump, which may have lost the space after it (``ByAda Lund``)."""
NEAR_HEADLINE_ALONE = re.compile(
    rf"(?:{_BY_OR_WHO}|authors?(?:\(s\))?(?: of (?:the|this) article)?)\s*[:：]?", re.IGNORECASE
)
_IN_BYLINE = re.compile(
    rf"(?:{_BY_OR_WHO})(?:\s?[:：]\s?|\s(?=\S)|(?-i:(?<![Dd]i)(?=[A-ZÀ-ÖØ-Þ][a-zß-ÿ])))|{_MARKED}",
    re.IGNORECASE,
)
"""Of a byline in markup; ``ByAda Lund``, but not ``DiCaprio``, ``BYRNE`` or ``PARIS``."""
_OFFER = re.compile(
    r"\s(?:(?:see|read|view|show)\s)?(?:more|all)\s(?:[a-z]{4,8}\s)?(?:about|from|by)\s.*",
    re.IGNORECASE,
)
"""``Ada Lund See more from Ada Lund``."""
BY_LATER = re.compile(
    rf"(?<!\w)(?:(?:by|von|par|por|oleh|โดย)\s|(?:{_WRITER}|authors?|by|von|par|por|oleh"
    r"|โดย)\s?[:：]\s?)(?=\S)",
    re.IGNORECASE,
)
"""``Posted on May 4, 2019 by Ada Lund``."""


_OF = r"\s?(?:[:：]\s?|\s(?:by|von|par|por|di|de|af|av|van|przez)\s)"
_PICTURED = (
    r"(?:photograph(?:s|y)?|photos?|pictures?|images?|illustrations?|graphics?|videos?|fotos?|bilder|"
    r"bild|fotografien?|fotograf(?:ías|ia)|illustration(?:en)?|grafik(?:en)?|photographies?|dessins?|"
    r"ilustraci(?:ón|ones)|ilustrações|immagini|foto's|zdjęcia|фото|мал[.]|写真|攝影|摄影)"
)
_WRITTEN = r"(?:texts?|words|story|stories|texte|textos?|testi|testo|tekst|текст|文)"
_BOTH = re.compile(
    rf"(?:{_PICTURED}{_OF}[^:：]{{2,60}}?[\s,;|/&–—-]{{1,4}}{_WRITTEN}{_OF}(?P<last>\S.*)"
    rf"|{_WRITTEN}{_OF}(?P<first>\S[^:：]{{2,60}}?)[\s,;|/&–—-]{{1,4}}{_PICTURED}{_OF}\S.*"
    rf"|(?:{_WRITTEN}\s?(?:and|und|et|y|e|og|och|en|i|&|[+/])\s?{_PICTURED}"
    rf"|{_PICTURED}\s?(?:and|und|et|y|e|og|och|en|i|&|[+/])\s?{_WRITTEN}){_OF}(?P<all>\S.*))",
    re.IGNORECASE,
)
_REPORTING = re.compile(r"(?:記者|记者|撰文)\s?([一-鿿]{2,4})[／/][一-鿿]{2,4}(?:報導|报道)")
"""``記者陳怡君／台北報導``: who reports from where."""


def writers_of(text: str) -> str:
    """Whom a line names as writers that names photographers beside them, or the same people as
    both, or where they were: ``Text: Ada Lund, photos: Bo Quill`` → ``Ada Lund``; empty for other
    lines."""
    match = _BOTH.fullmatch(text) or _REPORTING.search(text)
    return next(filter(None, match.groups()), "") if match else ""


def is_by_alone(text: str) -> bool:
    """Whether ``text`` only announces names: ``By``."""
    return bool(_ALONE.fullmatch(text))


def announces(text: str) -> bool:
    """Whether what an element holds begins as bylines do; the name may stick to it."""
    return bool(_IN_BYLINE.match(text) or writers_of(text))


def without_by(text: str) -> str:
    """A byline as one line, without what announces it and what offers more of its writer."""
    line = one_line(text)
    announced = _IN_BYLINE.match(line)
    return writers_of(line) or _OFFER.sub("", line[announced.end() if announced else 0 :])
