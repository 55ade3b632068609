"""What a server says in place of a page: a crawl keeps it as if it were one.

Such a text has a headline and sentences, so it looks like a story. A person decides.
"""

from __future__ import annotations

import re

from archive_gen.cleaning.phrases import fold

_HEADLINES = """
page not found
not found
404 not found
404 page not found
error 404
404 error
404
the page you are looking for
page unavailable
page does not exist
this page isn t available
access denied
403 forbidden
forbidden
500 internal server error
internal server error
502 bad gateway
bad gateway
503 service unavailable
service unavailable
504 gateway time out
gateway timeout
just a moment
attention required
one more step
are you a robot
are you human
verify you are human
pardon our interruption
robot or human
checking your browser
site maintenance
down for maintenance
under maintenance
account suspended
this account has been suspended
unavailable for legal reasons
unavailable due to legal reasons
seite nicht gefunden
fehler 404
zugriff verweigert
page non trouvée
page introuvable
erreur 404
accès refusé
página no encontrada
error 404 página no encontrada
acceso denegado
página não encontrada
erro 404
pagina non trovata
errore 404
pagina niet gevonden
nie znaleziono strony
strona nie została znaleziona
страница не найдена
ошибка 404
доступ запрещен
сторінку не знайдено
sayfa bulunamadı
الصفحة غير موجودة
页面不存在
找不到页面
找不到網頁
ページが見つかりません
お探しのページは見つかりませんでした
페이지를 찾을 수 없습니다
that page can t be found
oops that page can t be found
the page cannot be found
the page cannot be displayed
the page you are looking for does not exist
the page you requested could not be found
object not found
object moved
object moved to here
service temporarily unavailable
503 service temporarily unavailable
error establishing a database connection
sorry you have been blocked
access to this page has been denied
please verify you are a human
enable javascript and cookies to continue
security check
this domain is for sale
before you continue
log in to your account
subscribe to continue reading
die seite wurde nicht gefunden
wartungsarbeiten
site en maintenance
página en mantenimiento
acesso negado
accesso negato
toegang geweigerd
odmowa dostępu
strona nie istnieje
strona której szukasz nie istnieje
stránka nenalezena
stránka nebyla nalezena
stránka sa nenašla
sidan kunde inte hittas
sidan hittades inte
siden blev ikke fundet
siden ble ikke funnet
sivua ei löytynyt
az oldal nem található
pagina nu a fost găsită
stranica nije pronađena
страницата не е намерена
η σελίδα δεν βρέθηκε
aradığınız sayfa bulunamadı
erişim engellendi
halaman tidak ditemukan
không tìm thấy trang
ไม่พบหน้า
ไม่พบหน้านี้
صفحه پیدا نشد
הדף לא נמצא
पृष्ठ नहीं मिला
"""
_KNOWN = frozenset(filter(None, map(fold, _HEADLINES.split("\n"))))
_BETWEEN = re.compile(r"[|·»:–—]| - ")
"""Between such a headline and the name of the site."""


_LONGEST = 2000
"""Characters: what a server says is shorter; below *Access denied: how banks choose* a story is
longer."""


def is_error_page(headline: str, body: str) -> bool:
    """Whether a page is that of an error, an interruption or a check of a server."""
    parts = _BETWEEN.split(headline)
    says = not _KNOWN.isdisjoint(map(fold, (parts[0], parts[-1], headline)))
    return says and len(body) <= _LONGEST
