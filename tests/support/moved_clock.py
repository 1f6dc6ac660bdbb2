"""The clock of a process that runs, moved from outside by libfaketime (Debian: `libfaketime`)."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

MISSING = "this machine has no libfaketime (apt-get install libfaketime)"
LIBRARY = next(iter(sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))), None)


@dataclass(frozen=True)
class MovedClock:
    """Monotonic time goes on as ever, as it does when a real clock is set."""

    file: Path

    def set(self, hours: float) -> None:
        """Off from the test's own, for all who have `environment`: on a moved day (tools/dates.py)
        that is off from the real one already, and they are given one library instead of the other.
        """
        moved_seconds = int(os.environ.get("MOVED_SECONDS", "0"))
        fresh = self.file.with_suffix(".new")
        fresh.write_text(f"{moved_seconds + round(hours * 3600):+d}\n")
        fresh.replace(self.file)

    @property
    def environment(self) -> Mapping[str, str]:
        return {
            "LD_PRELOAD": str(LIBRARY),
            "FAKETIME_TIMESTAMP_FILE": str(self.file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }
