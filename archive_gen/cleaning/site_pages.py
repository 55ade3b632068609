"""Pages that a site has of itself, by their headlines: forms, terms, how to reach it.

A crawl keeps them as if they were stories, and they read like some. A person decides.
"""

from __future__ import annotations

import re

from archive_gen.cleaning.phrases import fold

_HEADLINES = """
about us
about this site
advanced search
advertise with us
cart
checkout
contact us
cookie policy
cookie settings
create an account
create account
forgot password
forgot your password
lost password
log in
login
my account
newsletter signup
privacy notice
privacy policy
privacy statement
register
reset password
search results
sign in
sign up
site map
sitemap
terms and conditions
terms of service
terms of use
user account
your cart
anmelden
benutzerkonto
datenschutz
datenschutzerklärung
impressum
kontakt
nutzungsbedingungen
passwort vergessen
registrieren
suchergebnisse
über uns
warenkorb
connexion
conditions d utilisation
conditions générales d utilisation
contactez nous
créer un compte
mentions légales
mon compte
mot de passe oublié
plan du site
politique de confidentialité
qui sommes nous
résultats de recherche
aviso legal
contacto
crear cuenta
iniciar sesión
mapa del sitio
política de cookies
política de privacidad
quiénes somos
resultados de la búsqueda
términos y condiciones
contato
fale conosco
mapa do site
política de privacidade
quem somos
termos de uso
accedi
chi siamo
contatti
informativa sulla privacy
mappa del sito
note legali
contact opnemen
gebruiksvoorwaarden
inloggen
over ons
privacybeleid
zoekresultaten
logowanie
mapa strony
polityka prywatności
regulamin
wyniki wyszukiwania
zaloguj się
вход
вход на сайт
карта сайта
контакты
о нас
политика конфиденциальности
пользовательское соглашение
регистрация
результаты поиска
вхід
карта сайту
контакти
політика конфіденційності
про нас
реєстрація
giriş yap
gizlilik politikası
hakkımızda
iletişim
logga in
om oss
integritetspolicy
log ind
om os
privatlivspolitik
logg inn
personvern
kirjaudu sisään
tietosuojaseloste
přihlášení
ochrana osobních údajů
o nás
adatvédelmi nyilatkozat
bejelentkezés
rólunk
despre noi
politica de confidențialitate
σύνδεση
πολιτική απορρήτου
hubungi kami
kebijakan privasi
tentang kami
chính sách bảo mật
đăng nhập
اتصل بنا
تسجيل الدخول
سياسة الخصوصية
من نحن
ورود
تماس با ما
התחברות
מדיניות פרטיות
लॉग इन करें
गोपनीयता नीति
เข้าสู่ระบบ
นโยบายความเป็นส่วนตัว
关于我们
登录
联系我们
隐私政策
會員登入
關於我們
隱私權政策
お問い合わせ
プライバシーポリシー
ログイン
会社概要
로그인
개인정보처리방침
"""
_KNOWN = frozenset(filter(None, map(fold, _HEADLINES.split("\n"))))
_SITE = re.compile(r"\s(?:[|·»:–—]|- )")
"""What stands between such a headline and the name of the site, which comes behind it."""


def is_site_page(headline: str) -> bool:
    """Whether a page is one of the site itself, and no story."""
    return fold(_SITE.split(headline, maxsplit=1)[0]) in _KNOWN
