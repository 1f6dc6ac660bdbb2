"""The PDF is judged by what a reader shows: rendered pages, QR codes read back, text extracted."""

import ctypes
import io
import json
import re
import time
import unicodedata
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pypdfium2
import pytest
from PIL import Image, ImageChops
from pypdfium2 import raw

from bashi.core.brand import Brand, Name
from bashi.core.limits import (
    ADDRESS_CHARS,
    NAME_CHARS,
    SEATS_PER_ORDER,
    TICKET_TYPE_NAME_CHARS,
    TITLE_CHARS,
    VENUE_CHARS,
)
from bashi.core.mail.emails import TicketsReady
from bashi.core.text import Text
from bashi.render.documents import scripts, typesetter
from bashi.render.documents.scripts import MARK, drawable, fonts
from bashi.render.documents.ticket import tickets_pdf
from tests.render.facts import ORGANIZATION, event, ticket, tickets_ready
from tests.support.qr_reader import read_qr_codes
from tools.fonts import COVERAGE, FONTS, bundled, coverage


def pages(email: TicketsReady, locale: str = "en") -> list[Image.Image]:
    document = pypdfium2.PdfDocument(tickets_pdf(email, locale, ORGANIZATION))
    return [page.render(scale=2).to_pil() for page in document]


def page_text(email: TicketsReady, locale: str = "en") -> str:
    document = pypdfium2.PdfDocument(tickets_pdf(email, locale, ORGANIZATION))
    return " ".join(document[0].get_textpage().get_text_range().split())


def filled(words: str, length: int) -> str:
    return (words * length)[: length - 1].strip() + "Z"


def test_each_ticket_has_a_page_whose_qr_holds_its_link() -> None:
    tickets = [ticket(position) for position in range(1, SEATS_PER_ORDER + 1)]
    shown = pages(tickets_ready(tickets=tickets))
    read = [[code.text for code in read_qr_codes(page)] for page in shown]
    assert read == [[one.link] for one in tickets]


def test_the_qr_reads_at_the_size_of_a_phone() -> None:
    document = pypdfium2.PdfDocument(tickets_pdf(tickets_ready(), "en", ORGANIZATION))
    width, _ = document[0].get_size()
    picture = document[0].render(scale=390 / width).to_pil()
    assert [code.text for code in read_qr_codes(picture)] == [ticket(1).link]


def test_the_page_says_what_the_door_needs() -> None:
    text = page_text(tickets_ready())
    for part in (
        "Bengali New Year",
        "Saturday, December 5, 2026",
        "5:30 PM – 10:30 PM, Central Time",
        "Great Lawn",
        "300 SW 7th St, Oklahoma City",
        "Rina Chowdhury",
        "Adult",
        "OB-7K2M9",
        "Ticket 1 of 2",
        "Oklahomabashi",
        "help@example.org",
    ):
        assert part in text
    assert "K7M2Q9XRTB" in text.replace(" ", "")


@pytest.mark.parametrize("locale", ["en", "bn"])
def test_both_titles_are_shown(locale: str) -> None:
    shown = pages(tickets_ready(), locale)[0]
    alone = pages(tickets_ready(event=event(title=Text({"en": "Bengali New Year"}))), locale)[0]
    assert ImageChops.difference(shown, alone).getbbox()
    assert "Bengali New Year" in page_text(tickets_ready(), locale)


@pytest.mark.parametrize("locale", ["en", "bn"])
@pytest.mark.parametrize(
    ("title", "place", "name"),
    [
        ("Celebration of Spring ", "Grand Avenue Ballroom ", "Rabindranath Chattopadhyay "),
        ("বাংলা নববর্ষ উৎসব ", "বড় মিলনায়তন, প্রধান সড়ক ", "রবীন্দ্রনাথ ভট্টাচার্য্য "),
        ("WWWWWWWWWW", "MMMMMMMMMMMM", "WMWMWMWM"),
    ],
)
def test_nothing_is_cut_at_the_longest_that_the_limits_allow(
    locale: str, title: str, place: str, name: str
) -> None:
    email = tickets_ready(
        event=event(
            title=Text(
                {"en": filled(title, TITLE_CHARS), "bn": filled("উৎসব " + title, TITLE_CHARS)}
            ),
            venue=filled(place, VENUE_CHARS),
            address=filled(place, ADDRESS_CHARS),
        ),
        tickets=[
            ticket(
                attendee=filled(name, NAME_CHARS),
                type_name=Text(dict.fromkeys(("en", "bn"), filled(name, TICKET_TYPE_NAME_CHARS))),
            )
        ],
    )
    text = page_text(email, locale)
    assert "…" not in text
    # Each of the six texts ends in a Z; the two names of the type share one place.
    assert text.count("Z") == 6
    margin = pages(email, locale)[0].crop((779, 200, 838, 600))
    assert margin.getextrema() == ((255, 255),) * 3
    assert [code.text for code in read_qr_codes(pages(email, locale)[0])] == [ticket().link]


def test_the_same_facts_give_the_same_bytes_at_any_time(monkeypatch: pytest.MonkeyPatch) -> None:
    cover = picture("red")
    before = tickets_pdf(tickets_ready(event=event(cover=cover)), "bn", ORGANIZATION)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 86_400)
    assert tickets_pdf(tickets_ready(event=event(cover=cover)), "bn", ORGANIZATION) == before


def picture(color: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (1280, 720), color).save(out, "WEBP")
    return out.getvalue()


def test_the_event_s_picture_is_on_top_once_in_the_file() -> None:
    with_cover = tickets_ready(event=event(cover=picture("#0000ff")))
    red, green, blue = pages(with_cover)[0].getpixel((400, 20))  # type: ignore[misc]
    assert (red < 30, green < 30, blue > 225) == (True, True, True)
    many = tickets_ready(
        event=event(cover=picture("#0000ff")), tickets=[ticket(n) for n in range(1, 11)]
    )
    assert tickets_pdf(many, "en", ORGANIZATION).count(b"/DCTDecode") == 1


def name_drawn(name: str) -> Image.Image:
    """The place of the attendee's name on the page."""
    page = pages(tickets_ready(tickets=[ticket(attendee=name)]))[0]
    return page.crop((60, 690, 360, 800))


@pytest.mark.parametrize("text", ["ক্ষ", "ন্দ্র", "স্ত্রী", "র্য"])
def test_bengali_conjuncts_join(text: str) -> None:
    apart = text.replace("\u09cd", "\u09cd\u200c")  # the joiner's opposite shows each letter
    assert ImageChops.difference(name_drawn(text), name_drawn(apart)).getbbox()


def test_a_bengali_vowel_sign_stands_before_its_letter() -> None:
    """ক begins its line, also with ী after it; ি comes after it in the text, is drawn before."""
    alone, after, before = (name_drawn(text).crop((0, 0, 10, 110)) for text in ("ক", "কী", "কি"))
    assert ImageChops.difference(alone, after).getbbox() is None
    assert ImageChops.difference(alone, before).getbbox()


def test_mixed_scripts_keep_their_letters() -> None:
    """A Latin line right after a Bengali one, in the same size, is still drawn in Latin glyphs."""
    email = tickets_ready(
        tickets=[ticket(attendee="Rina")],
        event=event(venue="ভবন (Hall) ৩য় তলা", address="Hall Street"),
    )
    text = page_text(email, "bn")
    assert "(Hall)" in text
    assert "Hall Street" in text
    latin = pages(tickets_ready(event=event()), "bn")[0]
    assert ImageChops.difference(latin, pages(email, "bn")[0]).getbbox()


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("Łukasz Đukić Þór", "Noto Sans"),
        ("Ольга Ивановна", "Noto Sans"),
        ("ক্ষিতীশ ভট্টাচার্য্য", "Noto Sans Bengali"),
        ("रवि शर्मा", "Noto Sans Devanagari"),
        ("محمد رحيم", "Noto Sans Arabic"),
        ("שרה כהן", "Noto Sans Hebrew"),
        ("தமிழ்ச்செல்வி", "Noto Sans Tamil"),
        ("రాముడు శ్రీ", "Noto Sans Telugu"),
        ("ਗੁਰਪ੍ਰੀਤ", "Noto Sans Gurmukhi"),
        ("પ્રિયા શાહ", "Noto Sans Gujarati"),
        ("สมชาย ใจดี", "Noto Sans Thai"),
        ("សុខា ស្រី", "Noto Sans Khmer"),
    ],
)
def test_no_field_is_empty_because_of_a_script(name: str, family: str) -> None:
    assert drawable(name) == unicodedata.normalize("NFC", name)
    assert family in fonts([name])
    everywhere = tickets_ready(
        event=event(title=Text({"en": name}), venue=name, address=name),
        tickets=[ticket(attendee=name, type_name=Text({"en": name}))],
    )
    organization = replace(ORGANIZATION, brand=Brand({"en": Name(name)}))
    content = tickets_pdf(everywhere, "en", organization)
    assert _family_in(content, family), "the letters are from the script's own font"
    shown = pypdfium2.PdfDocument(content)[0].get_textpage().get_text_range()
    assert MARK not in shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Baul 🎶 Night\ufe0f\n\x07 now", f"Baul {MARK} Night now"),
        ("🎉🎉", MARK * 2),
        ("👨‍👩‍👧", MARK),
        ("👍🏽 ok", f"{MARK} ok"),
        ("გიორგი", MARK * 6),
        ("王小明", MARK * 3),
        ("\U00020000", MARK),
        ("ক\u09cd\u200dষ", "ক\u09cd\u200dষ"),
        ("ক\u09cd\u200cষ", "ক\u09cd\u200cষ"),
    ],
)
def test_what_no_font_has_is_marked(text: str, shown: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetter, "optional_families", frozenset)  # whatever this machine has
    assert drawable(text) == shown
    read = page_text(tickets_ready(tickets=[ticket(attendee=text)]))
    assert read.count(MARK) == shown.count(MARK)


def test_chinese_japanese_and_korean_come_with_their_optional_fonts() -> None:
    installed = frozenset({"Noto Sans CJK SC", "Noto Sans CJK JP", "Noto Sans CJK KR"})
    for name, first in (
        ("王小明", "Noto Sans CJK SC"),
        ("김민수", "Noto Sans CJK KR"),
        ("山田はなこ", "Noto Sans CJK JP"),
    ):
        assert drawable(name, installed) == name
        assert fonts([name], installed)[1] == first
    assert drawable("\U00020000", installed) == MARK
    assert fonts(["Rina"], installed) == ["Noto Sans"]


def test_a_character_that_an_optional_font_turns_out_to_lack_is_marked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Named as installed, absent in fact: what a face without that character is to Typst."""
    monkeypatch.setattr(typesetter, "optional_families", lambda: frozenset({"Noto Sans CJK XX"}))
    named = dict.fromkeys(scripts._EAST_ASIAN, ("Noto Sans CJK XX",))
    monkeypatch.setattr(scripts, "_EAST_ASIAN", named)
    assert MARK * 3 in page_text(tickets_ready(tickets=[ticket(attendee="王小明")]))


def test_the_fonts_draw_what_their_list_says() -> None:
    """`python -m tools.fonts` writes it anew."""
    assert json.loads(COVERAGE.read_text()) == bundled()
    for regular in FONTS.glob("*-Regular.ttf"):
        bold = regular.with_name(regular.name.replace("Regular", "Bold"))
        assert coverage(bold) == coverage(regular)


def test_it_is_accessible() -> None:
    """PDF/UA-1: what Typst refuses to break, and what it takes from us."""
    email = tickets_ready()
    content = tickets_pdf(email, "bn", ORGANIZATION)
    assert b"pdfuaid:part" in content
    document = pypdfium2.PdfDocument(content)
    assert document.get_metadata_value("Title") == "টিকিট: বাংলা নববর্ষ"
    assert document.get_metadata_value("Author") == ORGANIZATION.name
    found = list(structure(document[1]))
    assert [kind for kind, _ in found].count("H1") == 1
    assert [alt for kind, alt in found if kind == "Figure"] == [
        f"{email.tickets[1].typed_code} টিকিটের QR কোড, গেটের স্ক্যানারের জন্য"
    ]


def test_it_is_read_in_the_order_in_which_it_is_seen() -> None:
    text = page_text(tickets_ready())
    parts = ("Bengali New Year", "When", "Where", "Admits", "Order", "K7M2Q", "Show this code")
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def structure(page: Any) -> Iterator[tuple[str, str]]:
    """Kind and alternative text of each element of the page's structure, in reading order."""
    tree = raw.FPDF_StructTree_GetForPage(page)
    try:
        for index in range(raw.FPDF_StructTree_CountChildren(tree)):
            yield from _elements(raw.FPDF_StructTree_GetChildAtIndex(tree, index))
    finally:
        raw.FPDF_StructTree_Close(tree)


def _elements(element: Any) -> Iterator[tuple[str, str]]:
    yield (
        _said(raw.FPDF_StructElement_GetType, element),
        _said(raw.FPDF_StructElement_GetAltText, element),
    )
    for index in range(raw.FPDF_StructElement_CountChildren(element)):
        child = raw.FPDF_StructElement_GetChildAtIndex(element, index)
        if child:
            yield from _elements(child)


def _said(ask: Any, element: Any) -> str:
    length = ask(element, None, 0)
    buffer = ctypes.create_string_buffer(length)
    ask(element, buffer, length)
    return buffer.raw.decode("utf-16-le").rstrip("\0")


def _family_in(content: bytes, family: str) -> bool:
    return f"+{family.replace(' ', '')}-".encode() in _names(content)


def _names(content: bytes) -> bytes:
    """The file with its compressed streams unpacked, in which fonts are named."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL)
    unpacked = [content]
    for stream in streams:
        with suppress(zlib.error):
            unpacked.append(zlib.decompress(stream))
    return b"".join(unpacked)
