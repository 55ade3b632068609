"""News agencies, and what else signs a story without being a person."""

from __future__ import annotations

import re

from archive_gen.cleaning.phrases import fold

_AGENCIES = """\
AAP Australian Associated Press
Adnkronos
AFP Agence France-Presse|Agence France Presse
AGERPRES
AGI Agenzia Italia
AKI
ANI Asian News International
ANP
ANSA
APA Austria Presse Agentur
AP The Associated Press|Associated Press
ATS Agence télégraphique suisse
BELGA
BelTA БЕЛТА
Bernama
Bloomberg Bloomberg News
BNS
BTA БТА
CNA Central News Agency|中央社
CP The Canadian Press|Canadian Press
CTK ČTK|ČTK
DHA Demirören Haber Ajansı
dpa Deutsche Presse-Agentur|dpa-AFX
EFE Agencia EFE|Agência EFE
Europa Press
Field Level Media Field Level
HINA
IANS Indo-Asian News Service
İHA İhlas Haber Ajansı
Interfax Интерфакс
IRNA ایرنا
Jiji Press 時事通信|時事
KCNA
Keystone-SDA SDA|Keystone
Kyodo Kyodo News|共同通信|共同
Lusa Agência Lusa
MTI
NAN News Agency of Nigeria
Novosti RIA Novosti|РИА Новости
NTB
PA PA Media|Press Association
PAP Polska Agencja Prasowa
PTI Press Trust of India
Reuters Thomson Reuters|Рейтер|رويترز|رویترز|路透社|ロイター|로이터
Ritzau
SID
SANA سانا
SPA
STA
STT
TASS ITAR-TASS|ТАСС|ИТАР-ТАСС
TT
UNI
UPI United Press International
Ukrinform Укринформ|Укрінформ
WAM
Xinhua Xinhua News Agency|新华社|新華社
Yonhap 연합뉴스|Yonhap News Agency
AA Anadolu|Anadolu Agency|Anadolu Ajansı|Agence Anadolu|الأناضول
"""
"""One agency a line: its name, which is the first word, and after it other spellings."""
_LONG_NAMES = ("Europa Press", "Field Level Media", "Jiji Press")
_DESK = re.compile(
    r"(?:.*\b)?(?:staff|staff writers?|agenc(?:y|ies)|agenturen|newsroom|news ?desk|desk|team|"
    r"redaktion|redaktionen|redakcja|redakce|redactie|redaçao|redação|redacción|redazione|"
    r"rédaction|editors|wire services|agencias|agências|agenzie|agences|editorial board|"
    r"correspondents|редакция|редакція|агентства|haber merkezi|وكالات|编辑部|編集部)(?:\b.*)?",
    re.IGNORECASE,
)


def _table() -> dict[str, str]:
    found = {}
    for line in _AGENCIES.splitlines():
        name = next((long for long in _LONG_NAMES if line.startswith(long)), line.split()[0])
        for spelling in (name, *line.removeprefix(name).strip().split("|")):
            if spelling:
                found[fold(spelling)] = name
    return found


_BY_NAME = _table()


def agency_of(name: str) -> str:
    """The agency that ``name`` names, in its usual spelling; empty if it is none."""
    return _BY_NAME.get(fold(name), "")


def is_desk(name: str) -> bool:
    """Whether ``name`` is an office rather than a person: ``Staff``, ``Redaktion Politik``."""
    return bool(_DESK.fullmatch(name))
