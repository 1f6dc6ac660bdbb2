"""What a first visit shows comes with the page itself."""

import pytest
from playwright.async_api import expect

from tests.browser.marks import BROWSER
from tests.browser.visitor import Visits

pytestmark = BROWSER


@pytest.mark.parametrize("path", ["/", "/events/", "/bn/", "/bn/events/"])
async def test_the_next_events_cost_no_second_request(visit: Visits, path: str) -> None:
    visitor = await visit()
    asked: list[str] = []
    visitor.page.on("request", lambda request: asked.append(request.url))
    await visitor.open(path)
    await expect(visitor.page.get_by_role("article").first).to_be_visible()
    assert any(url.endswith(".js") for url in asked)
    assert [url for url in asked if "/api/events" in url] == []
