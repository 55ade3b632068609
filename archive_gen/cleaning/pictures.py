"""Captions and credits of pictures, also where a page runs both together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive_gen.cleaning.base import Picture
from archive_gen.cleaning.lines.blocks import has_word
from archive_gen.cleaning.names import is_name, level_capitals
from archive_gen.cleaning.people.agencies import agency_of
from archive_gen.cleaning.phrases import fold
from archive_gen.cleaning.site import stem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archive_gen.cleaning.base import Block

_WORDS = (
    r"photograph(?:er|y)?|photos?|pictures?|image|credit|foto(?:grafía|grafia|graf)?|bild|quelle|"
    r"crédit(?: photo)?|crédits|imagen|imagem|immagine|zdj\.?|fot\.|фото(?:графия)?|صورة|تصوير|"
    r"fotoğraf|图片|写真|摄|عکس|فوٹو|تصویر|फ़ोटो|फोटो|तस्वीर|ছবি|படம்|ภาพ|사진|撮影|图|圖|照片|摄影|"
    r"攝影|攝|ảnh|φωτογραφία|φωτο|צילום|צילומים|fotó|kuva|valokuva|ፎቶ|gambar|picha"
)
_AGENCIES = (
    r"AP|AFP|EPA|EFE|DPA|dpa|ANSA|Reuters|REUTERS|TASS|ТАСС|Sputnik|Getty(?: Images)?|Shutterstock|"
    r"iStock(?:photo)?|Alamy|Imago|IMAGO|Unsplash|Xinhua|Bloomberg|PA(?: Wire| Images| Media)?|"
    r"Picture[- ]Alliance|picture alliance|AAP|Handout|Anadolu(?: Agency)?|Associated Press|"
    r"أ ف ب|أ\.ف\.ب|رويترز|د ب أ|الأناضول|وكالات|أسوشيتد برس|أرشيفية|رویترز|ایرنا|ایسنا|تسنیم|"
    r"Рейтер|РИА Новости|Укрінформ|Укринформ|УНІАН|УНИАН|एएनआई|पीटीआई|रॉयटर्स|रायटर्स|রয়টার্স|"
    r"路透社|路透|新华社|新華社|法新社|美联社|美聯社|中央社|共同|時事|ロイター|연합뉴스|뉴시스|뉴스1|"
    r"DHA|İHA|Lusa|PAP|ČTK|CTK|MTI|ANTARA|Antara|TTXVN|"
    r"NurPhoto|ZUMA(?: Press)?|Pixabay|Wikimedia(?: Commons)?|USA TODAY Sports|CP"
)
_BEGINS = re.compile(
    rf"(?:(?P<sign>©|\(c\))\s*|(?:{_WORDS})(?:\s+(?:by|credit))?\s*[:：]\s*)", re.IGNORECASE
)
_ENDS = re.compile(
    rf"[\s.(（|/。、，▲।۔,]+(?:(?:{_WORDS})(?:\s+(?:by|credit))?"
    r"(?:\s*[:：]|(?<!ographer)\s*[/／=＝])\s*|©\s*|photo by\s+)"
    rf"(?P<credit>[^()（）|:：]{{2,60}}?)[)）\s]*$",
    re.IGNORECASE,
)
_TAKEN = re.compile(
    r"[。、，＝=（(\s](?P<credit>[^\s。、，＝=（(）)]{2,20}|[一-鿿]{1,3}\s[一-鿿ぁ-ん]{1,4})"
    r"(?<![をがにではも])\s?(?:撮影|提供|摄|攝|摄影|攝影)[)）]?$|"
    r"＝(?P<agency>[^\s。、，＝]{2,8})$"
)
"""``…、佐藤恵子撮影``, ``… 王晓燕 摄``, ``…＝共同``, but no ``発電機を提供``."""
_TRIANGLE = re.compile(
    r"[▲△]\s?(?P<caption>\S.{3,}?[.)])\s?(?P<credit>[^\s.][^.]{1,30}?)(?:\s(?:기자|제공|캡처))\Z"
)
"""``▲ … 있다. 김도윤 기자``, as Korean captions are marked; items of lists begin so, too."""
_ENDS_TAKEN = ("影", "供", "摄", "攝", ")", "）")
_CAPTION_WORDS = (
    r"image caption|bildunterschrift|légende image|pie de foto|legenda da foto|didascalia|"
    r"подпись к фото|підпис до фото|fotoğraf altı yazısı|التعليق على الصورة|تعليق الصورة|"
    r"توضیح تصویر|شرح عکس|تصویر کا کیپشن|इमेज कैप्शन|कैप्शन|ছবির ক্যাপশা?ন|படக்குறிப்பு|คำบรรยายภาพ|"
    r"사진 ?설명|画像説明|写真説明|图像加注文字|圖像加註文字|图片说明|"
    r"圖說|图说|chú thích (?:hình )?ảnh|"
    r"keterangan (?:gambar|foto)|maelezo ya picha|የምስሉ መግለጫ|λεζάντα"
)
_SOURCE_WORDS = (
    r"image source|bildquelle|crédit photo|fuente de la imagen|автор фото|джерело фото|"
    r"مصدر الصورة|صدر الصورة|منبع تصویر|تصویر کا ذریعہ|इमेज स्रोत|ছবির উৎস|பட மூலாதாரம்|ที่มาของภาพ|"
    r"사진 ?출처|画像提供|图像来源|圖像來源|图片来源|圖片來源|"
    r"nguồn (?:hình )?ảnh|sumber (?:gambar|foto)|"
    r"chanzo cha picha|የፎቶው ባለመብት|קרדיט"
)
"""What a page calls a picture's caption, and its source."""
_CAPTIONED = re.compile(rf"(?:{_CAPTION_WORDS})\s?[,:،፣：，]\s*", re.IGNORECASE)
_SOURCED = re.compile(rf"(?:{_SOURCE_WORDS})\s?[,:،፣：，]\s*", re.IGNORECASE)
_BEGINNINGS = frozenset(fold(word)[:2] for word in f"{_CAPTION_WORDS}|{_SOURCE_WORDS}".split("|"))
"""Of these, folded: most lines begin in another way."""
_AGENCY_END = re.compile(
    rf"(?:[(（|/©–—\]]|(?<!\w)-|-(?=(?:{_AGENCIES})\b))\s*(?P<credit>[^()（）|]{{0,50}}?(?:{_AGENCIES})(?:\s*(?:Photo|via|/)[^()|]{{0,40}})?)"
    rf"\s*[)）]?\.?$"
)
_LEADS = re.compile(r"[©(:：]")
_SIGNED = re.compile(r"[:：/／=＝©]")
_AGENCY = re.compile(_AGENCIES)
"""What the patterns need: most lines have none of it."""
_TELLING = re.compile(r"[(:：|/©–—\]（／=＝摄攝影撮提▲△-]")
"""Without one of these, or "photo by", there is no credit."""
_BAR = re.compile(r"^(?P<caption>.{15,}?)(?<!\s)\s*\|\s*(?P<credit>[^|]{4,50})$")
_OPENED = re.compile(r"[(（\[](?P<name>[^()（）\[\]]{2,30})\Z")
_SHORT = 3
"""Words before the sign of a notice: ``All contents © 2023 …``."""
_BETWEEN = ("/", "|", "–", "—")
_LABELS = re.compile(
    rf"(?:(?:{_WORDS})\s*[:：]\s*|(?:{_WORDS})\s(?:by|von|par|por|di|door)\s)+", re.IGNORECASE
)
_LABEL_AT_END = re.compile(rf"(?<!\w)(?:{_WORDS})\s*[:：]\s*\Z", re.IGNORECASE)
_AROUND_MARKED = " ([|/-–—,;"
_PAIRS = ("()", "[]", "（）", "【】")
_BRACKET = re.compile(r"[()\[\]（）【】]")
_AROUND = " .。(（|/-–—▲△◀▶、，"
_LONGEST_CREDIT = 120
_LONGEST_AGENCY = 80
"""Of those, from where the name of an agency begins."""
_LONGEST_SIGN = 60
_LONGEST_CREDIT_WORDS = 12
_LONGEST_LINE = 80
"""Words: a longer one is a paragraph."""
_NOTICE = re.compile(r"rights reserved|\b(?:19|20)\d\d\b|\d\+", re.IGNORECASE)


def find_pictures(blocks: Sequence[Block], site: str) -> tuple[Picture, ...]:
    """Every picture that a line with a credit speaks of, in order."""
    named = tuple(_named(blocks))
    taken = {index for picture in named for index in picture.indexes}
    others = (one for one in _pictures(blocks, site) if taken.isdisjoint(one.indexes))
    return tuple(sorted((*named, *others), key=lambda picture: picture.indexes))


def split_credit(text: str) -> tuple[str, str]:
    """What a picture's own line says: caption and credit, either may be empty."""
    found = _leading_credit(text, "") or _trailing_credit(text)
    return (found[1], found[0]) if found else (text, "")


def split_caption(text: str, marked: str) -> tuple[str, str]:
    """The same of a caption of which its page marks the end ``marked`` as the credit."""
    if not marked or not text.endswith(marked) or "@" in marked:
        return split_credit(text)
    rest = _LABEL_AT_END.sub("", text.removesuffix(marked)).strip(_AROUND_MARKED)
    caption, told = ("", "") if fold(rest) == fold(marked) else split_credit(rest)
    plain = _without_brackets(marked)
    shown, credit = split_credit(plain)
    credit = _tidy_credit(plain) if shown else credit
    label = _LABELS.match(credit)
    credit = credit[label.end() if label else 0 :]
    return caption, credit if fold(told) in fold(credit) else f"{told} / {credit}"


def _without_brackets(text: str) -> str:
    text = text.strip(" |/-–—,;")
    inner = text[1:-1]
    return inner if text[:1] + text[-1:] in _PAIRS and not _BRACKET.search(inner) else text


def _pictures(blocks: Sequence[Block], site: str) -> Iterator[Picture]:
    texts = {block.text: block.key for block in blocks if block.words <= _LONGEST_LINE}
    trailing = {
        text: _trailing_credit(text)
        for text, key in texts.items()  # what a dump says again is looked at once
        if _TELLING.search(text) or "photo by" in key
    }
    for index, block in enumerate(blocks):
        if block.text not in trailing:
            continue
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        alt = stem(following.text, site) if following and not block.gap_after else ""
        found = _leading_credit(block.text, alt) or trailing[block.text]
        if found:
            credit, caption = found
            indexes = (index, index + 1) if alt else (index,)
            yield Picture(indexes, caption or alt, credit)


def _named(blocks: Sequence[Block]) -> Iterator[Picture]:
    """``Image caption, …``, perhaps with ``Image source, …`` in the line above."""
    credit, before = "", -1
    for index, block in enumerate(blocks):
        if block.key[:2] not in _BEGINNINGS:
            continue
        source, caption = _SOURCED.match(block.text), _CAPTIONED.match(block.text)
        if caption and block.words <= _LONGEST_LINE:
            indexes = (before, index) if before == index - 1 >= 0 else (index,)
            shown, told = split_credit(block.text[caption.end() :])
            yield Picture(indexes, shown, told or (credit if len(indexes) > 1 else ""))
        if source and block.words <= _LONGEST_CREDIT_WORDS:
            credit, before = _tidy_credit(block.text[source.end() :]), index
            following = blocks[index + 1 : index + 2]
            if not any(_CAPTIONED.match(other.text) for other in following):
                yield Picture((index,), "", credit)


def _leading_credit(text: str, alt: str) -> tuple[str, str] | None:
    """``© Agency / Name`` with the caption run on, which the next line may repeat."""
    match = _BEGINS.match(text) if _LEADS.search(text, 0, _LONGEST_SIGN) else None
    if not match or (match["sign"] and _NOTICE.search(text[:60])):
        return None
    rest = text[match.end() :]
    if alt and rest.endswith(alt):
        credit, caption = rest[: -len(alt)], alt
    else:
        cut = _run_on(rest)
        credit, caption = rest[:cut], rest[cut:]
    if match["sign"] and not caption and not alt:
        return None  # a copyright notice as likely as a credit
    return _tidy_credit(("© " if match["sign"] else "") + credit), caption


def _trailing_credit(text: str) -> tuple[str, str] | None:
    start = max(0, len(text) - _LONGEST_CREDIT)
    signed = _SIGNED.search(text, start) or "photo by" in text[start:].lower()
    match = _ENDS.search(text, start) if signed else None
    if not match and _AGENCY.search(text, max(0, len(text) - _LONGEST_AGENCY)):
        match = _AGENCY_END.search(text, start)
    if match:
        return _with_agency(text[: match.start()], match)
    told = text.endswith(_ENDS_TAKEN) or "＝" in text
    match = _TAKEN.search(text, start) if told else None
    credit = (match["credit"] or match["agency"]) if match else ""
    if match and (match["credit"] or agency_of(credit)):
        return credit, text[: match.start()].strip(_AROUND)
    match = _TRIANGLE.match(text) if text.startswith(("▲", "△")) else None
    if match:
        return match["credit"], match["caption"].rstrip(" .")
    match = _BAR.match(text) if "|" in text else None
    if match and match["credit"].isupper() and is_name(match["credit"]):
        return _tidy_credit(match["credit"]), match["caption"].rstrip(" .")
    return None


def _with_agency(before: str, match: re.Match[str]) -> tuple[str, str]:
    """The credit, with the agency or the person before it, and the caption:
    ``… (AP Photo/Ada Lund)``, ``Ada Lund/Getty Images``. Beside a notice of copyright and within an
    address there is none."""
    mark = match[0][: match.start("credit") - match.start()].strip()
    credit, caption = _tidy_credit(match["credit"].lstrip("/")), before.strip(_AROUND)
    is_notice = mark == "©" and _NOTICE.search(credit) and len(caption.split()) <= _SHORT
    if is_notice or before.endswith(("http:", "https:")):
        return credit, ""
    opened = _OPENED.search(before)
    agency = agency_of(opened["name"] if opened else caption)
    if agency:
        return f"{agency} / {credit}", before[: opened.start()].strip(_AROUND) if opened else ""
    if mark in _BETWEEN and is_name(caption, 3):
        return f"{caption} / {credit}", ""
    return credit, caption


def _run_on(text: str) -> int:
    """Where a capital follows a small letter without a space: ``VinogradovRussian``."""
    for at in range(4, min(len(text), 90)):
        joint = text[at].isupper() and text[at - 1].islower() and text[at - 3 : at] != " Mc"
        if joint and len(text[at:].split()) >= 3:
            return at
    return len(text)


def _tidy_credit(credit: str) -> str:
    """Agency and name; a link's text among them (``Go to the mediabank``) is left out."""
    parts = [part.strip(" .,;-") for part in credit.split(" / ")]
    kept = [part for n, part in enumerate(parts) if n == 0 or _is_label(part)][:3]
    return " / ".join(level_capitals(part) for part in kept if has_word(part))


def _is_label(part: str) -> bool:
    """Whether a part is a name: most words of a link that calls readers are small."""
    words = part.split()
    return len(words) < 3 or 2 * sum(word[0].islower() for word in words) < len(words)
