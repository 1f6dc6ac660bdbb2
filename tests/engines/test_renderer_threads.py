import asyncio
import io
import threading
from collections.abc import Iterator

import pytest
from PIL import Image

from bashi.core.errors import Invalid
from bashi.core.mail.letters import PasswordChanged, RenderedLetter
from bashi.engines.images_pillow import PillowImages
from bashi.engines.renderer_threads import ThreadRenderer
from bashi.render.calendar import event_calendar
from bashi.render.letters import render_letter
from bashi.render.qr import svg
from bashi.render.ticket_pdf import tickets_pdf
from tests.render.facts import ORGANISATION, event, ticket, tickets_ready


@pytest.fixture
def renderer() -> Iterator[ThreadRenderer]:
    threads = ThreadRenderer(ORGANISATION)
    yield threads
    threads.close()


async def test_letters_and_tickets_are_those_of_render(renderer: ThreadRenderer) -> None:
    letter = tickets_ready()
    assert await renderer.letter(letter, "bn") == render_letter(letter, "bn", ORGANISATION)
    assert await renderer.tickets_pdf(letter, "en") == tickets_pdf(letter, "en", ORGANISATION)


async def test_what_pages_need_is_that_of_render(renderer: ThreadRenderer) -> None:
    link = ticket().link
    assert await renderer.qr_svg(link) == svg(link)
    assert await renderer.markdown("# A") == "<h3>A</h3>\n"
    assert await renderer.calendar(event(), "bn") == event_calendar(event(), "bn", ORGANISATION)


async def test_a_letter_without_tickets_has_no_pdf(renderer: ThreadRenderer) -> None:
    with pytest.raises(TypeError, match="PasswordChanged has no tickets"):
        await renderer.tickets_pdf(PasswordChanged("Rina"), "en")


async def test_the_event_loop_goes_on_meanwhile(
    renderer: ThreadRenderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The letter waits for what only the event loop can do."""
    go = threading.Event()

    def waits(*arguments: object) -> RenderedLetter:
        assert go.wait(timeout=30)
        return RenderedLetter("done", "", "")

    monkeypatch.setattr("bashi.render.letters.render_letter", waits)
    rendering = asyncio.create_task(renderer.letter(PasswordChanged("Rina"), "en"))
    await asyncio.sleep(0)
    go.set()
    assert (await rendering).subject == "done"


async def test_covers_are_made_and_refused() -> None:
    upload = io.BytesIO()
    Image.new("RGB", (400, 300)).save(upload, "PNG")
    files = await PillowImages().cover(upload.getvalue())
    assert sorted(files) == [360, 640, 960, 1280]
    with pytest.raises(Invalid):
        await PillowImages().cover(b"no picture")
