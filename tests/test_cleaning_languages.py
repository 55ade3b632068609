"""What pages in many languages say around their stories: who signs, who files, what is shown."""

from __future__ import annotations

import pytest

from archive_gen.article import PLAIN, Article, RawDocument
from archive_gen.cleaning import Label, clean
from archive_gen.cleaning.datelines import read_dateline, titled
from archive_gen.cleaning.keywords import read_keywords
from archive_gen.cleaning.lines.blocks import split_blocks
from archive_gen.cleaning.names import is_name, level_capitals
from archive_gen.cleaning.people.agencies import agency_of, is_desk
from archive_gen.cleaning.pictures import split_credit


def cleaned(text: str) -> Article:
    return clean(RawDocument("page", b"", text, PLAIN)).article


DATELINES = """\
القاهرة – (أ ف ب) افتتح المحافظ الجسر. | القاهرة | AFP |
دمشق - سانا افتتح المحافظ الجسر. | دمشق | SANA |
(رويترز) - افتتح المحافظ الجسر. |  | Reuters |
МОСКВА, 13 октября. /ТАСС/. Мост открыли во вторник. | Москва | TASS |
Madrid, 13 oct (EFE).- El puente se abre este martes. | Madrid | EFE |
Praha 13. října (ČTK) - Most otevřeli v úterý. | Praha | CTK |
İZMİR (AA) - Köprü salı günü açıldı. | İzmir | AA |
(대전=연합뉴스) 김민지 기자 = 다리가 13일 문을 열었다. | 대전 | Yonhap | 김민지
新华社南京10月13日电（记者 王晓燕）大桥今天通车。 | 南京 | Xinhua | 王晓燕
（中央社記者陳怡君台北13日電）大橋今天通車。 | 台北 | CNA | 陳怡君
【ソウル時事】橋が１３日に開通した。 | ソウル | Jiji Press |
［ワシントン 13日 ロイター］ - 橋が開通した。 | ワシントン | Reuters |
नई दिल्ली (भाषा) पुल मंगलवार को खुला। | नई दिल्ली | PTI |
"""


@pytest.mark.parametrize("line", DATELINES.splitlines())
def test_a_dateline_names_place_agency_and_writer(line: str) -> None:
    text, place, agency, author = (part.strip() for part in line.split("|"))
    found = read_dateline(text)
    assert found is not None
    assert (found.place, agency_of(found.agency), found.author) == (place, agency, author)


@pytest.mark.parametrize(
    "text",
    [
        "وقال الوزير - وهو طبيب - إن الجسر آمن.",
        "The bridge (which nobody wanted) is open.",
        "大桥今天通车，市长剪彩。",
        "（記者会で）市長が述べた。",
        "다리(길이 300m)가 열렸다.",
        "Apple - Bloomberg says so - is late.",
        "Huber (SID) gewann das Rennen vor drei anderen.",
        "Senator Casey (PA) voted against the bill.",
        "Россия (ТАСС) сообщила о мосте.",
        "शांति-वार्ता मंगलवार को फिर शुरू हुई।",
        "हिंदी-भाषा को लेकर विवाद बढ़ गया है।",
    ],
)
def test_what_begins_in_another_way_is_no_dateline(text: str) -> None:
    assert read_dateline(text) is None


@pytest.mark.parametrize(
    ("text", "caption", "credit"),
    [
        ("再開した閲覧室、佐藤恵子撮影", "再開した閲覧室", "佐藤恵子"),
        (
            "▲ 주인 박만호씨가 거울을 닦고 있다. 김도윤 기자",
            "주인 박만호씨가 거울을 닦고 있다",
            "김도윤",
        ),
        ("▲ 서울 출생 ▲ 서울대 졸업", "▲ 서울 출생 ▲ 서울대 졸업", ""),
        ("再開した閲覧室（ソウルで、３日）＝ＡＰ", "再開した閲覧室（ソウルで、３日）", "ＡＰ"),
        ("读者在阅览室内看书。 王晓燕 摄", "读者在阅览室内看书", "王晓燕"),
        ("▲讀者在閱覽室看書。（圖／記者陳怡君攝）", "讀者在閱覽室看書", "記者陳怡君攝"),
        (
            "▲ 소방대원들이 불을 끄고 있다. /사진=한바다일보",
            "소방대원들이 불을 끄고 있다",
            "한바다일보",
        ),
        ("الجسر كما بدا صباح أمس (أ ف ب)", "الجسر كما بدا صباح أمس", "أ ف ب"),
        ("אולם הקריאה החדש (צילום: שי כהן)", "אולם הקריאה החדש", "שי כהן"),
        ("সংস্কারের পর পাঠকক্ষ। ছবি: রফিক আজাদ", "সংস্কারের পর পাঠকক্ষ", "রফিক আজাদ"),
        ("Y bác sĩ khám bệnh. Ảnh: Trần Hà", "Y bác sĩ khám bệnh", "Trần Hà"),
        ("政府、ウクライナに発電機を提供", "政府、ウクライナに発電機を提供", ""),
        ("天文家、彗星を撮影", "天文家、彗星を撮影", ""),
        ("The harbour on Friday-REUTERS", "The harbour on Friday", "Reuters"),
        ("후보가 'K-다리TV'를 찍고 있다. 뉴시스", "후보가 'K-다리TV'를 찍고 있다. 뉴시스", ""),
    ],
)
def test_caption_and_credit_are_told_apart(text: str, caption: str, credit: str) -> None:
    shown, told = split_credit(text)
    assert (shown.rstrip("।"), told) == (caption, credit)


def test_a_caption_that_is_called_so_has_the_source_in_the_line_above() -> None:
    article = cleaned("""पहाड़ समाचार
भारत
पहाड़ी गांव को मिली पहली एंबुलेंस, अस्पताल का सफर हुआ आसान
नेहा शर्मा
पहाड़ समाचार संवाददाता, देहरादून
25 नवंबर 2017
इमेज स्रोत, Getty Images
इमेज कैप्शन, गांव पहुंची एंबुलेंस का स्वागत करते लोग
जिले के सबसे दूर बसे गांव को शनिवार को पहली एंबुलेंस मिल गई और लोगों ने उसका स्वागत किया।
अब तक मरीजों को डोली में बैठाकर बारह किलोमीटर पैदल ले जाना पड़ता था और रास्ता कच्चा था।
बारिश के मौसम में सड़क बंद होने का डर अब भी बना हुआ है, ऐसा ग्राम प्रधान ने बताया।
""")
    assert [(image.caption, image.credit) for image in article.images] == [
        ("गांव पहुंची एंबुलेंस का स्वागत करते लोग", "Getty Images")
    ]
    assert article.authors == ("नेहा शर्मा",)


SIGNED = """\
نویسنده: مریم کاظمی | مریم کاظمی
লেখক: শামীমা আক্তার | শামীমা আক্তার
எழுதியவர், கவிதா சுந்தரம் | கவிதா சுந்தரம்
โดย สมชาย ใจดี | สมชาย ใจดี
文｜王晓燕 | 王晓燕
撰文：陳怡君 | 陳怡君
作者： 记者王敬照 | 王敬照
by 佐藤花子 ／ 2016.12.01 | 佐藤花子
글 김민지 | 김민지
Автор: Оксана Гнатюк | Оксана Гнатюк
Haber: Ayşe Yıldırım | Ayşe Yıldırım
Penulis: Sari Wulandari | Sari Wulandari
"""


STORIES = """\
Der Rat tagt länger
Der Stadtrat hat am Dienstag den Haushalt mit großer Mehrheit beschlossen.
Die Bürgermeisterin sagte, die Stadt müsse in den kommenden Jahren weiter sparen.
Kritik kam von der Opposition, die mehr Geld für Schulen gefordert hatte.
Die neuesten Zahlen zeigen einen deutlichen Rückgang der Arbeitslosigkeit im Land.
Mehr dazu wollte der Sprecher am Montag nicht sagen.
Über uns kreisten die ganze Nacht Hubschrauber, sagte eine Anwohnerin.
Die Abstimmung dauerte bis in den späten Abend, weil viele Anträge beraten wurden.

El pleno acaba tarde
El ayuntamiento aprobó el martes el presupuesto con una amplia mayoría de los votos.
La alcaldesa dijo que la ciudad tendrá que ahorrar en los próximos años.
Puedes leer un libro al día, aseguró la escritora entre risas.
Menú y precios del restaurante no han cambiado desde 1990.
La votación duró hasta la noche porque hubo que debatir muchas enmiendas.

Рада ухвалила бюджет
Міська рада у вівторок ухвалила бюджет на наступний рік значною більшістю голосів.
Головна проблема полягає в нестачі грошей, сказав міністр.
Реєстрація кандидатів розпочалася в понеділок.
Опозиція розкритикувала рішення і вимагала більше грошей для шкіл та лікарень.
Голосування тривало до ночі, тому що довелося обговорити багато поправок.
Останні новини з фронту були тривожними.

Hội đồng thông qua ngân sách
Hội đồng thành phố đã thông qua ngân sách năm tới với đa số phiếu.
Thị trưởng nói rằng thành phố sẽ phải tiết kiệm trong những năm tới.
Tổng biên tập báo Thanh Niên bị bắt hôm thứ Năm.
Phe đối lập chỉ trích quyết định này và yêu cầu thêm tiền cho trường học.
Tòa soạn báo bị khám xét vào sáng thứ Tư.
"""


@pytest.mark.parametrize("story", STORIES.split("\n\n"))
def test_a_sentence_may_begin_with_the_words_of_a_button(story: str) -> None:
    title, *paragraphs = story.strip().split("\n")
    article = cleaned("\n\n".join((title, *paragraphs)))
    assert article.title == title
    assert article.body.split("\n\n") == paragraphs


@pytest.mark.parametrize(
    "line", ["Über uns", "Die neuesten", "Головна", "переглядів 1 024", "페이스북 트위터"]
)
def test_such_words_alone_are_a_button(line: str) -> None:
    (block,) = split_blocks(line)
    assert block.prompt
    assert block.alone


def test_a_legend_is_more_than_a_caption() -> None:
    story = """Le champion de boxe est mort mardi à 90 ans

13 octobre 2015

Le champion est mort mardi dans sa maison, a annoncé sa famille dans un communiqué.

Légende, il l'était déjà de son vivant, dit son fils.

La ville lui rendra hommage dimanche dans la salle où il avait gagné son premier titre.
"""
    article = cleaned(story)
    assert article.body.split("\n\n") == story.strip().split("\n\n")[2:]
    assert article.images == ()


NO_SIGNATURES = """\
تقرير: إسرائيل تستهدف مطار دمشق
گزارش: حمله هوایی اسرائیل
취재: 물가 상승 계속
Laporan: Ekonomi Indonesia Tumbuh
Reportage: Deutsche Bahn
Redacción, Madrid
Reportage, Opinion
Reporter, Kameras, Blitzlicht
"""


@pytest.mark.parametrize("line", NO_SIGNATURES.splitlines())
def test_what_a_story_is_called_names_nobody(line: str) -> None:
    article = cleaned(f"""The old mill by the river burned down again

{line}

25 November 2017

The old mill burned on Saturday night, and nobody was hurt, as the fire brigade said on Sunday.

The cause of the fire is not known yet, and the families were taken to the school for the night.
""")
    assert article.authors == ()


@pytest.mark.parametrize("line", SIGNED.splitlines())
def test_who_signs_is_announced_in_many_languages(line: str) -> None:
    byline, name = line.split(" | ")
    article = cleaned(f"""Harlow Mercury

The old mill by the river burned down again

{byline}

25 November 2017

The old mill burned on Saturday night, and nobody was hurt, as the fire brigade said on Sunday.

The cause of the fire is not known yet, and the families were taken to the school for the night.
""")
    assert article.authors == (name,)


def test_a_phrase_of_the_page_signs_nothing() -> None:
    article = cleaned("""جريدة الجسر
الرأي
افتتاح جسر جديد يربط ضفتي النهر بعد تأخير دام ثلاث سنوات
الثلاثاء 13 أكتوبر 2015
استمع إلى الخبر
افتتح محافظ المدينة صباح اليوم جسراً جديداً يربط ضفتي النهر، بعد تأخير دام ثلاث سنوات.
وقال المحافظ خلال حفل الافتتاح إن المشروع كلّف خزينة الدولة نحو أربعمئة مليون جنيه.
""")
    assert article.authors == ()


def test_below_an_announcement_with_its_headline_the_story_goes_on() -> None:
    text = """Волна
Общество
Столетняя библиотека открылась после четырёх лет ремонта
13 октября 2015, 15:47
Столетняя городская библиотека открылась во вторник после ремонта, который длился четыре года.
По словам мэра, треть расходов взяли на себя жители и предприятия, остальное дала область.
Читайте также: Курс евро вырос на открытии торгов
Сотрудники жалуются, что половина ставок до сих пор не заполнена.
Главный врач рассказал, что дорога до материка теперь занимает сорок минут, а не день.
"""
    assert "половина ставок" in cleaned(text).body
    assert "Курс евро" not in cleaned(text).body


def test_a_sentence_with_an_age_is_no_date_line() -> None:
    text = """ひかりプレス
地域
離島に初のドクターヘリ、搬送時間が半分に
2017年11月25日 07:00
離島の病院に25日、初めてドクターヘリが着陸し、島民ら約三百人が拍手で迎えた。
これまで急病人は船で本土に運ばれており、搬送には最短でも2時間かかっていた。
住民は7年前に署名活動を始め、県は今年度の予算に運航費を計上した。
"""
    labels = {line.text: line.label for line in clean(RawDocument("p", b"", text)).lines}
    assert labels["住民は7年前に署名活動を始め、県は今年度の予算に運航費を計上した。"] is Label.BODY


THAI = """\
ลมทะเล
หน้าแรก
การเมือง
เศรษฐกิจ
ห้องสมุดร้อยปีกลับมาเปิดอีกครั้งหลังซ่อมนานสี่ปี
13 ต.ค. 2558 14:30 น.
ห้องสมุดเก่าแก่ร้อยปีใจกลางเมืองกลับมาเปิดให้บริการอีกครั้งเมื่อวันอังคาร หลังปิดซ่อมแซมนานสี่ปี นายกเทศมนตรีกล่าว
ครูที่อาศัยอยู่ใกล้ห้องสมุดเล่าว่าดีใจที่พื้นไม้เดิมยังอยู่ และมีห้องสำหรับเด็กเพิ่มขึ้น ด้านพนักงานระบุว่าตำแหน่งยังว่างอยู่ครึ่งหนึ่ง
บทความที่เกี่ยวข้อง
ราคาทองวันนี้ปรับลง 100 บาท
รถไฟฟ้าสายใหม่ทดลองวิ่งฟรี
"""


def test_thai_paragraphs_are_none_the_less_story_without_full_stops() -> None:
    article = cleaned(THAI)
    assert article.title == "ห้องสมุดร้อยปีกลับมาเปิดอีกครั้งหลังซ่อมนานสี่ปี"
    assert article.body.split("\n\n") == THAI.splitlines()[6:8]
    assert article.date is not None
    assert article.date.text == "2015-10-13"
    assert article.authors == ()


def test_four_letters_of_thai_count_as_a_word_two_of_chinese() -> None:
    assert [block.words for block in split_blocks("ห้องสมุดร้อยปี\n百年图书馆重新开放\nabcd efgh")] == [
        4,
        5,
        2,
    ]


@pytest.mark.parametrize(
    "text",
    [
        "ครูที่อาศัยอยู่ใกล้ห้องสมุดเล่าว่า ดีใจที่พื้นไม้เดิมยังอยู่และมีห้องสำหรับเด็ก",
        "百年图书馆重新开放市民 读者排队等候很久很久",
        "वह चला गया।",
        "لم يحدث شيء؟",
    ],
)
def test_a_sentence_without_capitals_is_no_name(text: str) -> None:
    assert not is_name(text)


@pytest.mark.parametrize(
    ("capitals", "name"),
    [
        ("AYŞE YILDIRIM", "Ayşe Yıldırım"),
        ("İBRAHİM KILIÇ", "İbrahim Kılıç"),
        ("INÉS BALTAR", "Inés Baltar"),
        ("ЕЛЕНА МОРОЗОВА", "Елена Морозова"),
    ],
)
def test_capitals_are_bent_as_the_language_does(capitals: str, name: str) -> None:
    assert level_capitals(capitals) == name


def test_a_place_in_turkish_capitals_keeps_its_dots() -> None:
    assert titled("İZMİR") == "İzmir"
    assert titled("ISPARTA") == "Isparta"


@pytest.mark.parametrize(
    "name",
    [
        "ویب ڈیسک",
        "নিজস্ব প্রতিবেদক",
        "রাজশাহী প্রতিনিধি",
        "न्यूज डेस्क",
        "온라인뉴스팀",
        "本报记者",
        "กองบรรณาธิการ",
    ],
)
def test_desks_of_many_languages_are_no_persons(name: str) -> None:
    assert is_desk(name)


def test_a_weekday_of_two_words_is_no_place() -> None:
    article = cleaned("""יומן הצפון
מקומי
הספרייה העירונית תיפתח מחדש אחרי שיפוץ שנמשך ארבע שנים
יום שלישי, 13 באוקטובר 2015
הספרייה העירונית תיפתח מחדש בשבוע הבא אחרי שיפוץ שנמשך ארבע שנים ועלה לעירייה כשלושים מיליון שקלים.
ראש העיר אמר בטקס שנערך אתמול כי הבניין הישן שומר וחודש, וכי נוספו לו אולם לילדים ומעבדת הקלטה.
""")
    assert article.place == ""
    assert article.date is not None
    assert article.date.text == "2015-10-13"


def test_the_agency_from_which_a_story_is_stands_apart() -> None:
    article = cleaned("""华北日报
要闻
百年图书馆修缮四年后重新开放
2015年10月13日 星期二 14:05:33 来源：新华社
位于市中心的百年图书馆在经历四年修缮后，13日上午重新向市民开放，开馆前已有约两百人排队等候。
据介绍，修缮工程总投资约1.2亿元，其中三成来自市民和企业捐款，新增了儿童阅览室和自习室。
""")
    assert article.extra == {"agency": "Xinhua"}
    assert article.authors == ()


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("04/02/2016, 14:32", "2016-02-04"),  # as all French but that of Canada
        ("04/02/2016 - 12/25/2016", "2016-04-02"),
        ("04/02/2016 - 25/12/2016", "2016-02-04"),
    ],
)
def test_another_date_of_the_page_tells_the_order_of_day_and_month(line: str, date: str) -> None:
    article = cleaned(f"""Ouest Info
Régions
Après la grêle, les arboriculteurs demandent de l'aide
{line}
Les arboriculteurs de la vallée ont demandé une aide d'urgence au préfet après la grêle de lundi.
D'après les premières estimations, plus de la moitié de la récolte est perdue cette année.
""")
    assert article.date is not None
    assert article.date.text == date


def test_a_name_before_the_name_of_the_site_signs() -> None:
    article = cleaned("""Ombak News
Nasional
Perpustakaan seabad dibuka lagi setelah empat tahun renovasi
Sari Wulandari - Ombak News
Selasa, 13 Okt 2015 14:35 WIB
Perpustakaan berusia seabad di pusat kota dibuka lagi pada Selasa setelah empat tahun direnovasi.
Wali kota mengatakan sepertiga biaya berasal dari sumbangan warga dan perusahaan di kota itu.
Copyright @ 2015 Ombak News
""")
    assert article.authors == ("Sari Wulandari",)
    assert article.date is not None
    assert article.date.text == "2015-10-13"


def test_the_publication_at_the_top_of_the_page_is_no_author() -> None:
    article = cleaned("""Folha do Mar
Política
Biblioteca centenária reabre após quatro anos de obras
Por Mariana Albuquerque, Folha do Mar
13 de outubro de 2015
A biblioteca centenária da cidade reabriu nesta terça-feira após quatro anos de obras caras.
Segundo o prefeito, um terço do dinheiro veio de moradores e empresas; o resto saiu do estado.
""")
    assert article.authors == ("Mariana Albuquerque",)


def test_turkish_capitals_say_the_same_as_small_letters() -> None:
    shown = split_blocks("İLGİLİ HABERLER\nİlgili haberler\nYAZDIR\nYazdır")
    assert [(block.key, block.prompt) for block in shown] == [
        ("ilgili haberler", "related"),
        ("ilgili haberler", "related"),
        ("yazdir", "share"),
        ("yazdir", "share"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "תגיות: גשר, תקציב",
        "برچسب‌ها: پل، بودجه",
        "標籤：大橋、預算",
        "태그: 다리, 예산",
        "Мітки: міст, бюджет",
    ],
)
def test_keywords_are_announced_in_many_languages(line: str) -> None:
    assert len(read_keywords(line)) == 2
