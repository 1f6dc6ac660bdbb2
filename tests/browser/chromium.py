"""The browser of all tests, with a pretended camera."""

from playwright.async_api import Browser, Playwright

from tests.browser.camera import Camera
from tools.chromium import find

ARGUMENTS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
]


async def launch(playwright: Playwright, camera: Camera) -> Browser:
    return await playwright.chromium.launch(
        executable_path=find(),
        chromium_sandbox=False,
        args=[*ARGUMENTS, f"--use-file-for-fake-video-capture={camera.path}"],
    )
