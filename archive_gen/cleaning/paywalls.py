"""Stories that stop where readers must pay or log in: what is left looks whole, and is not.

What a page kept for its subscribers can't be won back, but nobody shall take the beginning of a
story for all of it. A person decides.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive_gen.cleaning.base import BODY_LABELS
from archive_gen.cleaning.phrases import fold
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from archive_gen.cleaning.base import Line

_PHRASES = """
subscribe to continue
subscribe to keep reading
subscribe to read
subscribe to unlock
subscribe now to read
to continue reading subscribe
to continue reading this
to read more subscribe
to read the rest of this
to read this article in full
to read the full article subscribe
to read the full story subscribe
keep reading with a
continue reading with a
continue reading this article
continue reading your article
account to continue reading
log in to read
log in to continue
sign in to read
sign in to continue
register to read
register to continue
article is for subscribers
story is for subscribers
content is for subscribers
article is for members
content is for members
article is only for subscribers
article is available to subscribers
available only to subscribers
available to subscribers only
available exclusively to subscribers
exclusive to subscribers
exclusively for subscribers
only for subscribers
for subscribers only
for paying subscribers
for paid subscribers
for members only
subscriber only
subscriber exclusive
reserved for subscribers
limit of free articles
your free articles
free article limit
artikel ist für abonnenten
nur für abonnenten
nur mit abo
nur im abo
exklusiv für abonnenten
abonnenten vorbehalten
jetzt weiterlesen
weiterlesen mit
um weiterzulesen
um weiter zu lesen
diesen artikel weiterlesen
lesen sie diesen artikel mit
lesen sie diesen artikel weiter
um diesen artikel zu lesen
um den ganzen artikel zu lesen
réservé aux abonnés
réservée aux abonnés
réservé à nos abonnés
réservée à nos abonnés
pour lire la suite
pour continuer la lecture
pour poursuivre la lecture
poursuivez votre lecture
continuez votre lecture
abonnez vous pour lire
abonnez vous pour accéder
connectez vous pour lire
de cet article à lire
de cet article à découvrir
exclusivo para suscriptores
exclusiva para suscriptores
exclusivo para socios
sólo para suscriptores
solo para suscriptores
para seguir leyendo
para continuar leyendo
suscríbete para leer
suscríbete y sigue leyendo
suscríbete para continuar
inicia sesión para leer
exclusivo para assinantes
exclusiva para assinantes
exclusivo de assinantes
só para assinantes
apenas para assinantes
para continuar lendo
para continuar a ler
continue a ler este artigo
continue lendo esta
assine para ler
assine para continuar
riservato agli abbonati
riservata agli abbonati
solo per abbonati
solo per gli abbonati
per continuare a leggere
per continuare la lettura
per leggere l articolo completo
abbonati per leggere
abbonati per continuare
alleen voor abonnees
exclusief voor abonnees
artikel is voor abonnees
om verder te lezen
lees verder met
word abonnee om
log in om verder
tylko dla prenumeratorów
tylko dla subskrybentów
dla prenumeratorów
pozostało jeszcze
aby czytać dalej
by czytać dalej
aby przeczytać całość
czytaj dalej z
wykup dostęp
только для подписчиков
доступно только подписчикам
доступна только подписчикам
доступен только подписчикам
доступно по подписке
чтобы читать дальше
чтобы прочитать полностью
чтобы дочитать
оформите подписку чтобы
тільки для передплатників
лише для передплатників
доступно лише передплатникам
щоб читати далі
للمشتركين فقط
لمتابعة القراءة
لقراءة المقال كاملا
اشترك لقراءة
abonelere özel
sadece abonelere
sadece aboneler
okumaya devam etmek için
devamını okumak için
订阅后继续阅读
订阅以继续阅读
订阅后阅读全文
登录后阅读全文
登录阅读全文
付费阅读全文
付费后阅读
会员专享
訂閱後繼續閱讀
訂閱以繼續閱讀
訂閱閱讀全文
登入後閱讀全文
付費閱讀全文
會員專享
有料会員限定
会員限定記事
会員限定の有料記事
有料会員になると
会員限定の記事
続きを読むには
続きをお読みいただくには
会員登録すると続き
この記事は有料
구독자 전용
유료회원 전용
회원 전용 기사
계속 읽으려면
전문을 읽으려면
기사 전문은
för prenumeranter
endast för prenumeranter
för att läsa vidare
för att läsa hela
läs vidare med
logga in för att läsa
kun for abonnenter
for abonnenter
for å lese hele
for å lese videre
for å lese saken
les videre med
logg inn for å lese
for at læse hele
for at læse videre
læs videre med
log ind for at læse
vain tilaajille
tilaajille
lukeaksesi
pouze pro předplatitele
jen pro předplatitele
pro předplatitele
len pre predplatiteľov
pre predplatiteľov
csak előfizetőknek
előfizetőknek
a cikk folytatásához
az olvasás folytatásához
doar pentru abonați
rezervat abonaților
pentru a citi în continuare
само за абонати
за да прочетете
samo za pretplatnike
za nastavak čitanja
μόνο για συνδρομητές
για να διαβάσετε τη συνέχεια
για να συνεχίσετε την ανάγνωση
למנויים בלבד
להמשך קריאה
exclusiu per a subscriptors
per continuar llegint
khusus pelanggan
untuk melanjutkan membaca
berlangganan untuk membaca
dành cho thuê bao
để đọc tiếp
สำหรับสมาชิกเท่านั้น
पूरा लेख पढ़ने के लिए
पढ़ना जारी रखने के लिए
केवल सदस्यों के लिए
"""
_SAYS_SO = re.compile(
    "|".join(rf"(?:\b{re.escape(p)})" for p in sorted({*map(fold, _PHRASES.split("\n"))} - {""}))
)
"""In a folded line. A word may go on after it: scripts without spaces do."""
_LONGEST_PROMPT = 40
"""Words of a line that says so."""
_BELOW = 4
"""Lines below the story among which it stands."""
_STUB = 1500
"""Characters: of a longer story much is there, and more such prompts stand below whole ones."""


def behind_paywall(name: str, line: int = 0) -> Problem:
    """What there is to tell of such a story; ``line``: the one that says so, 0 if none does."""
    hint = "look for the whole story, or leave it as it is: this is all that the page has"
    return Problem(name, line, "the story stops where readers must pay or log in", hint)


def is_stub(body: str) -> bool:
    """Whether a story is as short as what a paywall shows of one."""
    return 0 < len(body) <= _STUB


def find_paywall(lines: Sequence[Line], body: str) -> int:
    """The line, from 1, at which a page stops a short story; 0 if none does."""
    if not is_stub(body):
        return 0
    spoken = [line for line in lines if line.label]
    story = [place for place, line in enumerate(spoken) if line.label in BODY_LABELS]
    around = spoken[story[-1] : story[-1] + 1 + _BELOW] if story else []
    return next((line.line for line in around if is_paywall(line.text)), 0)


def is_for_payers(article: Mapping[str, object]) -> bool:
    """Whether the object of an article in JSON-LD says that readers must pay for it.

    https://schema.org/isAccessibleForFree
    """
    stated = str(article.get("isAccessibleForFree", "")).lower()
    return stated.rpartition("/")[2] == "false"


def is_paywall(text: str) -> bool:
    """Whether a line says that the rest is for those who pay or log in."""
    key = fold(text)
    return key.count(" ") < _LONGEST_PROMPT and _SAYS_SO.search(key) is not None
