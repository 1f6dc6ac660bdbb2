"""Several `bashi serve` on one PostgreSQL, to stand behind one address."""

import signal
import sys
from dataclasses import dataclass, field

from tests.support.server import BASHI, Server, free_port

WITHOUT_LANE = (sys.executable, "-m", "tests.support.serve_without_lane")


@dataclass
class Fleet(Server):
    """`port` is that of the dealer in front."""

    size: int = 2
    lane: bool = True
    members: list[Server] = field(default_factory=list)

    def start(self) -> None:
        own = self.environment | {"BASHI_PUBLIC_URL": self.url}
        program = (BASHI,) if self.lane else WITHOUT_LANE
        self.members = [
            Server(self.folder / str(number), free_port(), own, program=program)
            for number in range(self.size)
        ]
        for member in self.members:
            member.launch()
        for member in self.members:
            member.wait_until_ready()

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """The highest exit code."""
        return max(member.stop(number) for member in self.members)

    @property
    def running(self) -> bool:
        return any(member.running for member in self.members)
