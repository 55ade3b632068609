"""Short stories that a teaser parts: what stands below it is theirs, too."""

from __future__ import annotations

import pytest

from archive_gen.article import RawDocument
from archive_gen.cleaning import clean

STORIES = {
    "id": (
        "Harga Cabai di Pasar Bantul Naik",
        "08 Februari 2022",
        "Harga cabai rawit merah di sejumlah pasar di Bantul menembus Rp90 ribu per kilogram.",
        "Pedagang di Pasar Niten mengatakan kenaikan terjadi sejak sepekan terakhir.",
        "Baca juga: Petani Cabai di Sleman Gagal Panen",
        "Kepala Dinas Perdagangan menyebut pasokan dari Jawa Timur berkurang separuh.",
    ),
    "uk": (
        "У Полтаві закрили міст через Ворсклу на ремонт",
        "3 квітня 2019, 16:20",
        "У Полтаві закрили для транспорту міст через річку Ворскла, повідомила міськрада.",
        "Ремонт триватиме до 31 серпня. За цей час підрядник має замінити прогонові балки.",
        "Читайте також: На Полтавщині відремонтують 12 мостів",
        "«Міст не ремонтували з 1974 року, він був в аварійному стані», — сказав міський голова.",
        "Пішоходи зможуть користуватися тимчасовим переходом.",
    ),
}
FOOT = ("Facebook", "Telegram", "© 2022")


def body(lines: tuple[str, ...]) -> list[str]:
    raw = RawDocument("a.txt", b"", "\n\n".join((*lines, *FOOT)))
    return clean(raw).article.body.split("\n\n")


@pytest.mark.parametrize("language", sorted(STORIES))
def test_the_last_paragraphs_below_a_teaser_in_one_line_are_kept(language: str) -> None:
    _, _, *story = STORIES[language]
    told = [line for line in story if not line.startswith(("Baca", "Читайте"))]
    assert body(STORIES[language]) == told


def test_a_prompt_or_a_question_below_a_teaser_is_no_story() -> None:
    head = STORIES["id"][:5]
    for below in (
        "Apa penyebab harga cabai di pasar naik tajam?",
        "Dapatkan update berita pilihan dan breaking news setiap hari!",
        "Dapatkan berita pilihan.",
    ):
        assert body((*head, below)) == list(head[2:4])
