"""News agencies, and what else signs a story without being a person."""

from __future__ import annotations

import re

from archive_gen.cleaning.phrases import fold

_AGENCIES = """\
AAP Australian Associated Press
Adnkronos
ANA-MPA ΑΠΕ-ΜΠΕ|ΑΠΕ|AMNA|Athens-Macedonian News Agency
AFP Agence France-Presse|Agence France Presse|أ ف ب|ا ف ب
AFP فرانس برس|وكالة فرانس برس|AFP時事|法新社|एएफपी|এএফপি|เอเอฟพี
AFP اے ایف پی
AGERPRES
AGI Agenzia Italia
AKI
ANI Asian News International|एएनआई
ANP
ANSA
Antara ANTARA
APP Associated Press of Pakistan|اے پی پی
APS وأج|Algérie Presse Service
APA Austria Presse Agentur
AP The Associated Press|Associated Press|أسوشيتد برس|أسوشييتد برس|美联社|美聯社|ＡＰ|एपी
ATS Agence télégraphique suisse
BELGA
BelTA БЕЛТА
Bernama
Bloomberg Bloomberg News
BNS
BSS বাসস
BTA БТА
Chinanews 中新社|中新网
CNA Central News Agency|中央社|中央通訊社
CP The Canadian Press|Canadian Press
CTK ČTK
DHA Demirören Haber Ajansı
dpa Deutsche Presse-Agentur|dpa-AFX|د ب أ|德新社
EFE Agencia EFE|Agência EFE
dts dts Nachrichtenagentur
epd Evangelischer Pressedienst
ENA ኢዜአ|ኢ ዜ አ
Europa Press
Fana ኤፍ ቢ ሲ|ኤፍቢሲ|ፋና
Field Level Media Field Level
HINA
IANS Indo-Asian News Service|आईएएनएस
İHA İhlas Haber Ajansı
Interfax Интерфакс
Interfax-Ukraine Интерфакс-Украина|Інтерфакс-Україна
IRNA ایرنا|خبرگزاری جمهوری اسلامی
ISNA ایسنا
Jiji Press 時事通信社|時事通信|時事
KCNA
Keystone-SDA SDA|Keystone
KNA Katholische Nachrichten-Agentur
KUNA كونا
Kyodo Kyodo News|共同通信社|共同通信|共同|共同社|교도통신
Lusa Agência Lusa
MENA أ ش أ|وكالة أنباء الشرق الأوسط
MTI
NAN News Agency of Nigeria
Novosti RIA Novosti|РИА Новости
News1 뉴스1
Newsis 뉴시스
NTB
PA PA Media|Press Association
PAP Polska Agencja Prasowa
Petra بترا
PTI Press Trust of India|पीटीआई|भाषा|पीटीआई-भाषा
QNA قنا
Reuters Thomson Reuters|Reuter|Рейтер|Ройтерс|رويترز|رویترز|روئٹرز
Reuters 路透社|路透|ロイター|ロイター通信|로이터|로이터통신|रॉयटर्स|রয়টার্স|רויטרס
Reuters รอยเตอร์|รอยเตอร์ส|Ρόιτερς|Рейтерз
Ritzau
SID
SANA سانا
SPA
STA
STT
Tanjug Танјуг
TAP وات
Tasnim تسنیم|خبرگزاری تسنیم
TASR
TASS ITAR-TASS|ТАСС|ИТАР-ТАСС|تاس|塔斯社|タス通信|타스 통신|타스통신
Télam Telam
TT
UNB ইউএনবি
UNI वार्ता|यूनीवार्ता
UNIAN УНІАН|УНИАН
UPI United Press International
Ukrinform Укринформ|Укрінформ
VNA TTXVN|Vietnam News Agency
WAFA وفا
WAM
Xinhua Xinhua News Agency|新华社|新華社|新华网|新華網|新华|신화통신|新華社通信
Yonhap 연합뉴스|Yonhap News Agency|韩联社|韓聯社|聯合ニュース
AA Anadolu|Anadolu Agency|Anadolu Ajansı|Agence Anadolu|الأناضول
"""
"""One agency a line, or several: its name, the first word, and after it other spellings."""
_LONG_NAMES = ("Europa Press", "Field Level Media", "Jiji Press")
_DESK = re.compile(
    r"\b(?:staff|staff writers?|agenc(?:y|ies)|agenturen|newsroom|news ?desk|desk|team|"
    r"redaktion|redaktionen|redakcja|redakce|redactie|redaçao|redação|redacción|redazione|"
    r"rédaction|editors|wire services|agencias|agências|agenzie|agences|editorial board|"
    r"correspondents|редакция|редакція|агентства|haber merkezi|وكالات|编辑部|編集部)\b|"
    r"(?:ڈیسک|डेस्क|ডেস্ক|டெஸ்க்|ब्यूरो|ব্যুরো|எங்கள் நிருபர்|নিজস্ব প্রতিবেদক|নিজস্ব সংবাদদাতা|প্রতিনিধি|"
    r"স্টাফ রিপোর্টার|هيئة التحرير|أسرة التحرير|غرفة الأخبار|تحریریه|سرویس|מערכת|ban biên tập|"
    r"กองบรรณาธิการ|ออนไลน์|뉴스팀|편집부|디지털뉴스|綜合報導|本报讯|本报记者|编辑部|編輯部|取材班|報道部|"
    r"tim redaksi|mwandishi wetu|ዝግጅት ክፍል|συντακτική ομάδα|пресс-служба|пресслужба)",
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
    return bool(_DESK.search(name))
