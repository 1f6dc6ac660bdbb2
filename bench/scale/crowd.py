"""Ten thousand open connections that make a thousand requests a second in all."""

import asyncio
import hashlib
import json
import sqlite3
from contextlib import AbstractContextManager, closing
from pathlib import Path
from random import Random

from bashi.engines.chain_hasher import encode
from bench.database import PERSON, STAFF, Size, id_of
from bench.processes import connections
from bench.scale.arrivals import Arrivals, Asked, generate
from bench.scale.places import Place, embedded, filled, scale_out
from bench.scale.results import Result
from bench.servers import request
from bench.traffic import Traffic, address

CONNECTIONS = 10_000
PER_SECOND = 1_000
SECONDS, WARM_SECONDS = 60, 10
QUICK_SECONDS = 10
MIX = {"verify": 0.1, "hold": 0.098, "login": 0.002}  # the rest reads an event
P99_MS = 250
MEGABYTES = 600
PASSWORD, WORK = "six geese cross the bridge", "6x100000"  # what production asks for, not less
PEOPLE_WITH_PASSWORDS = 400
TICKETS = 200_000


def measure_embedded(folder: Path, *, quick: bool) -> list[Result]:
    size, seconds = _effort(quick=quick)
    data = filled(folder / "data", size, _set_passwords)
    return _measure(embedded(data, size, BASHI_PASSWORD_WORK=WORK), seconds)


def measure_scale_out(folder: Path, *, quick: bool) -> list[Result]:
    size, seconds = _effort(quick=quick)
    data = filled(folder / "data", size, _set_passwords)
    return _measure(scale_out(data, size, BASHI_PASSWORD_WORK=WORK), seconds)


def _effort(*, quick: bool) -> tuple[Size, int]:
    seconds = QUICK_SECONDS if quick else SECONDS
    return Size(TICKETS, buyers=(seconds + WARM_SECONDS) * PER_SECOND // 9), seconds


def _measure(opened: AbstractContextManager[Place], seconds: int) -> list[Result]:
    with opened as place:
        total = (seconds + WARM_SECONDS) * PER_SECOND
        asked = asyncio.run(_requests(place.traffic, total))
        plan = Arrivals(place.ports, CONNECTIONS, PER_SECOND, asked, WARM_SECONDS * PER_SECOND)
        held: list[int] = []
        cpu = place.cpu_ns()
        found = generate(plan, lambda: held.append(sum(map(connections, place.ports))))
        share = (place.cpu_ns() - cpu) / 1e9 / (seconds + WARM_SECONDS)
        peaks = [peak / 1e6 for peak in place.peak_bytes()]
    every, problems = found["all"], found["problems"]
    words = ", ".join(f"{count} × {what}" for what, count in problems.items() if count)
    wrong = sum(problems.values())
    return [
        Result("connections held open", f"{held[0]:,}", f"{CONNECTIONS:,}", held[0] >= CONNECTIONS),
        Result("errors", f"{wrong} of {every['count']:,} {words}", "none", wrong == 0, problems),
        Result(
            "p50 / p99, all requests",
            f"{every['p50_ms']:.0f} / {every['p99_ms']:.0f} ms",
            f"p99 ≤ {P99_MS} ms",
            every["p99_ms"] <= P99_MS,
            every,
        ),
        *(
            Result(f"… {kind}", f"{one['p50_ms']:.0f} / {one['p99_ms']:.0f} ms", figures=one)
            for kind, one in found["kinds"].items()
        ),
        Result(
            "most memory (RSS), each process",
            ", ".join(f"{peak:.0f} MB" for peak in peaks),
            f"≤ {MEGABYTES} MB in all",
            sum(peaks) <= MEGABYTES,
        ),
        Result(
            "cores used: product, generator", f"{share:.2f}, {found['cpu_share']:.2f}",
            figures={"product": share, "generator": found["cpu_share"]},
        ),
    ]  # fmt: skip


async def _requests(traffic: Traffic, count: int) -> list[Asked]:
    counts = {kind: round(share * count) for kind, share in MIX.items()}
    asked = [Asked("event", traffic.event(number), 200) for number in range(count)]
    verifies = await traffic.verifies(counts["verify"])
    holds = await traffic.holds(counts["hold"])
    others = [Asked("verify", one, 200) for one in verifies]
    others += [Asked("hold", one, 201) for one in holds]
    others += [Asked("login", _login(number), 200) for number in range(counts["login"])]
    random = Random(3)
    mixed = asked[: count - len(others)] + others
    random.shuffle(mixed)
    return mixed


def _login(number: int) -> bytes:
    """Each time another person, from another address."""
    person = STAFF + 1 + number % PEOPLE_WITH_PASSWORDS
    body = {"email": f"person{person}@example.org", "password": PASSWORD}
    return request(
        "POST",
        "/api/auth/login",
        json.dumps(body).encode(),
        X_Forwarded_For=address(person),
    )


def _set_passwords(database: Path) -> None:
    """One hash for all: only its making costs, not its reading."""
    password, salt = PASSWORD.encode(), bytes(16)
    calls, iterations = (int(part) for part in WORK.split("x"))
    for _ in range(calls):
        password = hashlib.pbkdf2_hmac("sha256", password, salt, iterations)
    people = [
        (encode(WORK, salt, password), id_of(PERSON, STAFF + 1 + number))
        for number in range(PEOPLE_WITH_PASSWORDS)
    ]
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.executemany("UPDATE person SET password_hash = ? WHERE id = ?", people)
