from pathlib import Path

import pytest

from bashi.entry import cli_support


@pytest.fixture
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BASHI_DATA_DIR", str(tmp_path / "data"))
    for console in (cli_support.out, cli_support.err):
        monkeypatch.setattr(console, "width", 200)  # read from COLUMNS once, at import
    # The log would go on writing to the runner's output after the runner has closed it.
    monkeypatch.setattr("bashi.entry.logs.configure", lambda **_: None)
