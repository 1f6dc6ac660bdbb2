"""A pytest plugin: says, before the closing line, how long all of `make test` has taken."""

import os
import time

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    total_seconds = time.time() - float(os.environ["STARTED"])
    terminalreporter.write_line(f"make test took {total_seconds:.0f} s, this run included")
