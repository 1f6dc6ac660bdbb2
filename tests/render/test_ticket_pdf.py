"""The PDF is judged by what a reader shows: rendered pages, QR codes read back, text extracted."""

import io
import time
from importlib.resources import files

import pypdfium2
import pytest
import uharfbuzz
import zxingcpp
from PIL import Image, ImageChops

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
from bashi.render.ticket_pdf import tickets_pdf
from bashi.render.ticket_text import LATIN, load_fonts, printable
from tests.render.facts import ORGANIZATION, event, ticket, tickets_ready


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
    read = [[code.text for code in zxingcpp.read_barcodes(page)] for page in shown]
    assert read == [[one.link] for one in tickets]


def test_the_qr_reads_at_the_size_of_a_phone() -> None:
    document = pypdfium2.PdfDocument(tickets_pdf(tickets_ready(), "en", ORGANIZATION))
    width, _ = document[0].get_size()
    picture = document[0].render(scale=390 / width).to_pil()
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [ticket(1).link]


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
                type_name=Text(
                    {
                        "en": filled(name, TICKET_TYPE_NAME_CHARS),
                        "bn": filled(name, TICKET_TYPE_NAME_CHARS),
                    }
                ),
            )
        ],
    )
    text = page_text(email, locale)
    assert "…" not in text
    # Each of the six texts ends in a Z; the two names of the type share one place.
    assert text.count("Z") == 6
    margin = pages(email, locale)[0].crop((779, 200, 838, 600))
    assert margin.getextrema() == ((255, 255),) * 3
    assert [code.text for code in zxingcpp.read_barcodes(pages(email, locale)[0])] == [
        ticket().link
    ]


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


def drawn(text: str, *, shaped: bool) -> Image.Image:
    """One line of text as tickets set it up, or with the shaping engine off."""
    from fpdf import FPDF

    pdf = FPDF(unit="mm", format=(60, 20))
    pdf.set_auto_page_break(False)
    load_fonts(pdf)
    if not shaped:
        pdf.set_text_shaping(use_shaping_engine=False)
    pdf.add_page()
    pdf.set_font(LATIN, "", 24)
    pdf.set_xy(5, 5)
    pdf.cell(50, 10, text)
    document = pypdfium2.PdfDocument(bytes(pdf.output()))
    picture: Image.Image = document[0].render(scale=4).to_pil()
    return picture


@pytest.mark.parametrize("text", ["ক্ষ", "কি", "ন্দ্র", "স্ত্রী", "র্য", "কো"])
def test_bengali_is_shaped(text: str) -> None:
    """Conjuncts join and vowel signs move before their email, which plain drawing can't do."""
    shaped = drawn(text, shaped=True)
    assert ImageChops.difference(shaped, drawn("", shaped=True)).getbbox()
    assert ImageChops.difference(shaped, drawn(text, shaped=False)).getbbox()


def test_the_shaped_line_has_the_glyphs_that_harfbuzz_names() -> None:
    """ক্ষি is two glyphs, the vowel sign first, and as wide as both."""
    path = str(files("bashi.render") / "fonts" / "NotoSansBengali-Regular.ttf")
    font = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(path)))
    buffer = uharfbuzz.Buffer()
    buffer.add_str("ক্ষি")
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer)
    glyphs = [font.glyph_to_string(info.codepoint) for info in buffer.glyph_infos]
    assert len(glyphs) == 2
    assert glyphs[0].startswith("ivowelsign")
    ink = drawn("ক্ষি", shaped=True).convert("L").point(lambda level: 255 - level).getbbox()
    assert ink is not None
    advance = sum(position.x_advance for position in buffer.glyph_positions)
    pixels = advance / 1000 * 24 * 4
    assert pixels * 0.8 < ink[2] - ink[0] < pixels * 1.1


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


def test_signs_that_no_font_has_are_left_out() -> None:
    assert printable("Baul 🎶 Night\ufe0f\n\x07 now") == "Baul Night now"
    assert printable("ক\u09cd\u200dষ") == "ক\u09cd\u200dষ"
