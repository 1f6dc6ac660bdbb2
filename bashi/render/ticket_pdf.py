"""An order's tickets as one PDF: an A5 page each, made to be shown on a phone or printed.

The page in millimetres: the event's picture, its name in both languages, when and where; below the
perforation who it admits, the QR code and the code to type when the QR can't be read.
"""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bashi.core.languages import spoken
from bashi.core.mail.emails import EventFacts, Organization, TicketFacts, TicketsReady
from bashi.render import images, qr
from bashi.render.locales import digits, span_words
from bashi.render.ticket_text import Box, Color, Style, load_fonts, printable, write
from bashi.render.words import document_words

if TYPE_CHECKING:
    from fpdf import FPDF

_WIDTH, _HEIGHT, _MARGIN = 148.0, 210.0, 11.0
_INNER = _WIDTH - 2 * _MARGIN
_PICTURE_HEIGHT, _PICTURE_HEIGHT_LOW = 53.0, 31.0
_LONG_CHARS = 260
"""Titles, venue and address that are longer together get the lower picture, and its room."""
_PERFORATION_Y = 113.0
_QR_SIDE = 70.0
_PIXELS_PER_MM = 8
_STRIP = "strip"

_BRAND: Color = (143, 18, 48)
_BRAND_DARK: Color = (94, 10, 31)
_GOLD: Color = (242, 182, 50)
_INK: Color = (42, 18, 24)
_MUTED: Color = (115, 88, 92)
_PAPER: Color = (255, 248, 236)
_WHITE: Color = (255, 255, 255)

_LABEL = Style(8, 7, _BRAND, bold=True)
_TITLE = Style(23, 8, _INK, bold=True)
_SECOND_TITLE = Style(13, 8, _MUTED)
_FACT = Style(11.5, 5, _INK, bold=True)
_DETAIL = Style(10.5, 5, _INK)
_NAME = Style(18, 7, _INK, bold=True)
_CODE = Style(22, 14, _INK, bold=True, align="C")
_SMALL = Style(8, 6, _MUTED)


def picture_pixels(event: EventFacts) -> tuple[int, int]:
    """Width and height of the strip that `cut` is asked for."""
    return round(_WIDTH * _PIXELS_PER_MM), round(_picture_height(event) * _PIXELS_PER_MM)


def tickets_pdf(
    email: TicketsReady, locale: str, organization: Organization, cut: images.Cut = images.strip
) -> bytes:
    """One page a ticket, in their order. The same facts give the same bytes."""
    from fpdf import FPDF  # noqa: PLC0415 - a second to import, and only the mail needs it

    lang = spoken(locale, organization.languages)
    event = email.event
    pdf = FPDF(unit="mm", format=(_WIDTH, _HEIGHT))
    pdf.set_auto_page_break(False)
    pdf.set_margin(0)
    pdf.c_margin = 0
    pdf.set_creation_date(datetime.fromtimestamp(event.updated_at / 1000, UTC))
    pdf.set_lang(lang)
    pdf.set_title(document_words("ticket", lang)["document"].format(title=_titles(event, lang)[0]))
    pdf.set_author(organization.name)
    load_fonts(pdf)
    height = _picture_height(event)
    strip = cut(event.cover, *picture_pixels(event)) if event.cover else None
    if strip:
        _keep(pdf, strip, *picture_pixels(event))
    for ticket in email.tickets:
        pdf.add_page()
        _picture(pdf, height, organization)
        _event(pdf, height + 8, event, lang)
        _perforation(pdf)
        _holder(pdf, email, ticket, lang)
        _codes(pdf, ticket)
        _footer(pdf, organization, lang)
    return bytes(pdf.output())


def _titles(event: EventFacts, lang: str) -> tuple[str, str]:
    """The title in the holder's language, and the other one if there is another."""
    first = event.title.pick(lang)
    others = (words for words in event.title.words.values() if words != first)
    return first, next(others, "")


def _picture_height(event: EventFacts) -> float:
    texts = (*event.title.words.values(), event.venue, event.address)
    return _PICTURE_HEIGHT if sum(map(len, texts)) <= _LONG_CHARS else _PICTURE_HEIGHT_LOW


def _keep(pdf: "FPDF", strip: bytes, width: int, height: int) -> None:
    """As fpdf does it after asking Pillow, absent at the edge, for the size that is known here."""
    from fpdf.image_datastructures import RasterImageInfo  # noqa: PLC0415 - see above

    pdf.image_cache.images[_STRIP] = RasterImageInfo(
        i=1, usages=0, data=strip, w=width, h=height, cs="DeviceRGB", dpn=3, bpc=8,
        f="DCTDecode", inverted=False, iccp=None, iccp_i=None, dp="",
    )  # fmt: skip


def _picture(pdf: "FPDF", height: float, organization: Organization) -> None:
    if _STRIP in pdf.image_cache.images:
        pdf.image(_STRIP, 0, 0, _WIDTH, height)
    else:
        _pattern(pdf, height)
    pdf.set_font("NotoSans", "B", 10)
    width = min(
        pdf.get_string_width(printable(organization.name)) + 8,
        _INNER,
    )
    pdf.set_fill_color(*_BRAND)
    pdf.rect(_MARGIN, height - 4.5, width, 9, style="F", round_corners=True, corner_radius=2)
    style = Style(10, 6, _WHITE, bold=True, align="C")
    write(
        pdf,
        Box(_MARGIN + 4, height - 2.4, width - 8, 5),
        organization.name,
        style,
    )


def _pattern(pdf: "FPDF", height: float) -> None:
    """For an event without a picture: rings like those of an alpana, drawn on festive floors."""
    pdf.set_fill_color(*_BRAND_DARK)
    pdf.rect(0, 0, _WIDTH, height, style="F")
    pdf.set_draw_color(*_GOLD)
    pdf.set_line_width(0.5)
    with pdf.rect_clip(0, 0, _WIDTH, height):
        for center in range(5):
            for ring in range(1, 7):
                with pdf.local_context(stroke_opacity=0.75 - ring * 0.1):
                    pdf.circle(center * _WIDTH / 4, height / 2, ring * 5.5, style="D")


def _event(pdf: "FPDF", y: float, event: EventFacts, lang: str) -> None:
    first, second = _titles(event, lang)
    y += write(pdf, Box(_MARGIN, y, _INNER, 18), first, _TITLE)
    if second:
        y += write(pdf, Box(_MARGIN, y, _INNER, 12), second, _SECOND_TITLE)
    y += 3.5
    day, hours = span_words(event.starts_at, event.ends_at, event.time_zone, lang)
    column = (_INNER - 8) / 2
    _fact(pdf, (_MARGIN, y, column), document_words("ticket", lang)["when"], day, hours)
    right = (_MARGIN + column + 8, y, column)
    _fact(pdf, right, document_words("ticket", lang)["where"], event.venue, event.address)


def _fact(
    pdf: "FPDF", place: tuple[float, float, float], label: str, main: str, detail: str
) -> None:
    """A column at (x, y, width), down to the perforation."""
    x, y, width = place
    write(pdf, Box(x, y, width, 4), label, _LABEL)
    y += 4.2
    y += write(pdf, Box(x, y, width, 14), main, _FACT)
    write(pdf, Box(x, y, width, _PERFORATION_Y - 2 - y), detail, _DETAIL)


def _perforation(pdf: "FPDF") -> None:
    pdf.set_fill_color(*_PAPER)
    pdf.rect(0, _PERFORATION_Y, _WIDTH, _HEIGHT - _PERFORATION_Y, style="F")
    pdf.set_draw_color(*_BRAND)
    pdf.set_line_width(0.35)
    pdf.set_dash_pattern(dash=1.6, gap=1.6)
    pdf.line(_MARGIN, _PERFORATION_Y, _WIDTH - _MARGIN, _PERFORATION_Y)
    pdf.set_dash_pattern()
    pdf.set_fill_color(*_BRAND_DARK)
    for x in (0.0, _WIDTH):
        pdf.circle(x, _PERFORATION_Y, 4, style="F")


def _holder(pdf: "FPDF", email: TicketsReady, ticket: TicketFacts, lang: str) -> None:
    words = document_words("ticket", lang)
    width = _INNER - _QR_SIDE - 6
    y = _PERFORATION_Y + 7
    write(pdf, Box(_MARGIN, y, width, 4), words["attendee"], _LABEL)
    write(pdf, Box(_MARGIN, y + 4.2, width, 25), ticket.attendee, _NAME)
    kind = ticket.type_name.pick(lang)
    write(pdf, Box(_MARGIN, y + 32, width, 4), words["type"], _LABEL)
    write(pdf, Box(_MARGIN, y + 36.2, width, 11), kind, _FACT)
    write(pdf, Box(_MARGIN, y + 50, width, 4), words["order"], _LABEL)
    write(pdf, Box(_MARGIN, y + 54.2, width, 6), email.order_number, _FACT)
    count = words["count"].format(position=ticket.position, total=len(email.tickets))
    write(pdf, Box(_MARGIN, y + 60.5, width, 9), digits(count, lang), _DETAIL)


def _codes(pdf: "FPDF", ticket: TicketFacts) -> None:
    x, y = _WIDTH - _MARGIN - _QR_SIDE, _PERFORATION_Y + 6
    _qr(pdf, x, y, ticket.link)
    half = len(ticket.typed_code) // 2
    code = f"{ticket.typed_code[:half]}  {ticket.typed_code[half:]}"
    pdf.set_char_spacing(1.5)
    write(pdf, Box(x, y + _QR_SIDE + 0.5, _QR_SIDE, 10.5), code, _CODE)
    pdf.set_char_spacing(0)


def _qr(pdf: "FPDF", x: float, y: float, link: str) -> None:
    """Drawn, not a picture: sharp on any printer, and no image library is asked."""
    side, runs = qr.runs(link)
    module = _QR_SIDE / side
    pdf.set_fill_color(*_WHITE)
    pdf.rect(x, y, _QR_SIDE, _QR_SIDE, style="F")
    pdf.set_fill_color(0, 0, 0)
    for left, top, length in runs:
        pdf.rect(x + left * module, y + top * module, length * module, module, style="F")


def _footer(pdf: "FPDF", organization: Organization, lang: str) -> None:
    contact = " · ".join(
        (
            organization.name,
            organization.site_url.split("://")[-1],
            organization.support_email,
        )
    )
    y = _HEIGHT - 10
    write(pdf, Box(_MARGIN, y, _INNER, 4), document_words("ticket", lang)["hint"], _SMALL)
    write(pdf, Box(_MARGIN, y + 4, _INNER, 4), contact, _SMALL)
