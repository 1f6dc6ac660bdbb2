"""What the other tests rely on: a browser that notices what goes wrong."""

from playwright.async_api import expect

from tests.browser.marks import BROWSER
from tests.browser.test_pages import barriers
from tests.browser.visitor import Visits

pytestmark = BROWSER

BREAK = """async () => {
  setTimeout(() => { throw new Error('torn'); });
  console.error('said');
  const script = document.createElement('script');
  script.textContent = 'window.inline = true';
  document.body.append(script);
  await fetch('/api/nowhere').catch(() => {});
  await fetch('https://elsewhere.invalid/').catch(() => {});
  document.body.dataset.done = '';
}"""
SPOIL = """() => {
  const field = document.createElement('input');
  field.style.width = '500px';
  document.querySelector('main').append(field);
}"""


async def test_faults_are_noticed(visit: Visits) -> None:
    visitor = await visit()
    await visitor.open("/")
    await visitor.page.evaluate(BREAK)
    await expect(visitor.page.locator("body")).to_have_attribute("data-done", "")
    found, visitor.faults[:] = "\n".join(visitor.faults), []
    for fault in ("page: torn", "console: said", "404 /api/nowhere", "script-src", "connect-src"):
        assert fault in found
    assert await visitor.page.evaluate("window.inline") is None


async def test_barriers_are_noticed(visit: Visits) -> None:
    visitor = await visit()
    await visitor.open("/terms/")
    # The demo's note comes once React runs; what is there earlier, it takes away.
    await expect(visitor.page.get_by_role("complementary")).to_be_visible()
    await visitor.page.evaluate(SPOIL)
    unlabeled, sticking_out = await barriers(visitor.page)
    assert unlabeled.startswith("label: ")
    assert sticking_out.startswith("<input")
