"""What the demo starts with."""

from bashi.core.ports import Ports

PASSWORD = "bashi-demo-2026"  # noqa: S105 - printed at start, and refused by production


async def seed(ports: Ports) -> None:
    pass
