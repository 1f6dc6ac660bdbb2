"""What a ticket's PDF costs, and an email with it: CPU time of one process, warm."""

import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from bashi.render.documents.ticket import tickets_pdf
from bashi.render.emails import render_email
from bashi.render.message import as_bytes, email_message
from bench.scale.results import Result
from tests.render.facts import ORGANIZATION, ticket, tickets_ready

PRETIX_PDF_MS, PRETIX_EMAIL_MS = 64, 316
"""pretix 2026.8 on two such cores: one ticket's PDF, and its email with the work around it."""
FIRST, ROUNDS, EACH, QUICK_EACH = 20, 5, 100, 20


def measure_documents(_folder: Path, *, quick: bool) -> list[Result]:
    each = QUICK_EACH if quick else EACH
    return [
        _row("a PDF of one ticket", _cpu_ms(_pdf, 1, each), f"pretix: {PRETIX_PDF_MS} ms"),
        _row("a PDF of two tickets", _cpu_ms(_pdf, 2, each)),
        _row(
            "an email with the PDF of one ticket, without sending it",
            _cpu_ms(_email, 1, each),
            f"pretix, with sending: {PRETIX_EMAIL_MS} ms",
        ),
    ]


def _row(what: str, cpu_ms: float, beside: str = "") -> Result:
    return Result(what, f"{cpu_ms:.1f} ms CPU", beside, figures={"cpu_ms": cpu_ms})


def _pdf(number: int, tickets: int) -> None:
    facts = [ticket(number * 10 + place) for place in range(tickets)]  # QRs never drawn before
    tickets_pdf(tickets_ready(order_number=f"OB-{number}", tickets=facts), "en", ORGANIZATION)


def _email(number: int, tickets: int) -> None:
    facts = [ticket(number * 10 + place) for place in range(tickets)]
    email = tickets_ready(order_number=f"OB-{number}", tickets=facts)
    as_bytes(
        email_message(
            render_email(email, "en", ORGANIZATION),
            sender="Tickets <tickets@example.org>",
            to="buyer@example.org",
            message_id=f"order-{number}",
            sent_at=0,
        )
    )


def _cpu_ms(work: Callable[[int, int], None], tickets: int, each: int) -> float:
    for number in range(FIRST):
        work(-1 - number, tickets)
    times = []
    for turn in range(ROUNDS):
        started = time.process_time()
        for number in range(each):
            work(turn * each + number, tickets)
        times.append((time.process_time() - started) / each * 1000)
    return median(times)
