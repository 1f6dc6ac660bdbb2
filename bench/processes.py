"""CPU and connections of processes, as Linux tells them."""

import os
from pathlib import Path

ESTABLISHED = "01"  # include/net/tcp_states.h
TICK_NS = 1_000_000_000 // os.sysconf("SC_CLK_TCK")


def family(pid: int) -> list[int]:
    """A process and its children."""
    lists = Path(f"/proc/{pid}/task").glob("*/children")
    return [pid, *(int(word) for listed in lists for word in listed.read_text().split())]


def cpu_ns_of_family(pid: int) -> int:
    """Of a process, its children, and those of its children that have ended. To 10 ms."""
    return sum(_ticks(process) for process in family(pid)) * TICK_NS


def connections(port: int) -> int:
    """Open ones that a server on this port holds."""
    wanted = f":{port:04X}"
    lines = Path("/proc/net/tcp").read_text().splitlines()[1:]
    fields = (line.split() for line in lines)
    return sum(field[1].endswith(wanted) and field[3] == ESTABLISHED for field in fields)


def _ticks(pid: int) -> int:
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:  # it ended meanwhile: its parent counts it
        return 0
    user, system, user_children, system_children = text.rpartition(")")[2].split()[11:15]
    return int(user) + int(system) + int(user_children) + int(system_children)
