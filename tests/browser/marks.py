"""What every module of browser tests carries: one Chromium, so one event loop, for all of them."""

import pytest

BROWSER = [pytest.mark.slow, pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
