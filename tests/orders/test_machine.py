"""Any sequence of what buyers, organizers, Stripe and time can do keeps the rules.

After every step: seats held, sold and kept back never exceed the capacity and equal what the orders
and tickets say; the figures equal a count of everything; rows move only as the tables of
moves say; the books sum to zero. At the end, once Stripe
answers and everything due was done: no hold is left, nobody paid without tickets or money back, and
our books say of Stripe's balance what Stripe says.
"""

import asyncio
import tempfile
from collections.abc import Coroutine
from contextlib import AsyncExitStack, suppress
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bashi.core.batch import Query, Statement
from bashi.core.orders.rules import MOVES
from bashi.core.payments.attempts import ATTEMPT_MOVES
from bashi.core.payments.provider import PaymentsUnavailable
from bashi.core.payments.refund_rows import REFUND_MOVES
from bashi.core.tickets.moves import TICKET_MOVES
from bashi.core.work.reconcile import reconcile
from bashi.core.work.rounds import work_once
from bashi.sandbox.errors import StripeError
from tests.events.organizer import organizer_of
from tests.orders.books import check_books, check_figures, check_seats
from tests.support.database import SqliteTemplate, Template
from tests.support.product import ORGANIZATION
from tests.support.shop import Shop
from tests.support.stand_ins import PlainRenderer
from tests.support.stripe import open_shop

BUYERS = 3
TYPES: tuple[dict[str, Any], ...] = (
    {"capacity": 6, "kept_back": 1},
    {"capacity": 4, "price_cents": 700},
    {"capacity": 4, "price_cents": 0},
)
TABLES = {
    "orders": MOVES,
    "payment_attempt": ATTEMPT_MOVES,
    "refund": REFUND_MOVES,
    "ticket": TICKET_MOVES,
}
MOVED = Query("CREATE TABLE moved (place TEXT, was TEXT, became TEXT)")
numbers = st.integers(0, 999)
T = TypeVar("T")


@cache
def template() -> Template:
    return SqliteTemplate(Path(tempfile.mkdtemp()) / "template.sqlite")


def watch(table: str) -> Statement:
    """Writes down every change of a row's state, whichever statement makes it."""
    return Query(
        f"CREATE TRIGGER {table}_moved AFTER UPDATE OF status ON {table}"
        f" WHEN old.status <> new.status BEGIN"
        f" INSERT INTO moved VALUES ('{table}', old.status, new.status); END"
    )()


class ShopMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.stack = AsyncExitStack()
        self.webhooks: list[Any] = []
        self.run(self.open())

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(work)

    async def open(self) -> None:
        folder = Path(self.stack.enter_context(tempfile.TemporaryDirectory()))
        opened = open_shop(folder, template(), renderer=PlainRenderer(ORGANIZATION))
        stripe = await self.stack.enter_async_context(opened)
        self.stripe = stripe
        self.shop = Shop(stripe, await organizer_of(stripe.product))
        self.event = await self.shop.event(*TYPES)
        await stripe.product.ports.database.batch([MOVED(), *(watch(name) for name in TABLES)])
        for _ in range(BUYERS):
            await self.shop.buyer()

    @rule(who=numbers, first=st.integers(0, 3), second=st.integers(0, 2), free=st.integers(0, 2))
    def hold(self, who: int, first: int, second: int, free: int) -> None:
        buyer = self.shop.buyers[who % BUYERS]
        if first + second + free:
            answer = self.run(self.shop.try_hold(buyer, self.event, first, second, free))
            assert answer.status_code in (201, 409, 429), answer.text

    @rule(who=numbers, first=st.integers(1, 3), free=st.integers(0, 1))
    def buy(self, who: int, first: int, free: int) -> None:
        """All the way to the payment; whether we hear of it is another matter."""
        self.hold(who, first, 0, free)
        for order in self.rows("SELECT id FROM orders WHERE status = 'pending' ORDER BY id"):
            self.run(self.shop.admin.post(f"orders/{order['id']}/payment"))
        self.pay(who, slow=False)

    @rule()
    def hear_all_webhooks(self) -> None:
        due, self.webhooks = [*self.webhooks, *self.stripe.waiting()], []
        for webhook in due:
            if self.run(self.stripe.send(webhook)).status_code == 503:
                self.webhooks.append(webhook)

    @rule(which=numbers)
    def ask_for_the_payment_page(self, which: int) -> None:
        order = self.pick("status = 'pending'", which)
        if order:
            answer = self.run(self.shop.admin.post(f"orders/{order}/payment"))
            assert answer.status_code in (200, 202, 409), answer.text

    @rule(which=numbers, slow=st.booleans())
    def pay(self, which: int, slow: bool) -> None:
        """Any page that Stripe still shows, whether or not we ever gave out its link."""
        pages = [one for one in self.stripe.objects("checkout.session") if one["url"]]
        if pages:
            with suppress(StripeError):  # it has just expired
                self.stripe.pay(pages[which % len(pages)]["url"], slow=slow)

    @rule(which=numbers, succeeded=st.booleans())
    def end_a_slow_payment(self, which: int, succeeded: bool) -> None:
        slow = [one for one in self.stripe.objects("payment_intent") if is_slow(one)]
        if slow:
            intent = slow[which % len(slow)]["id"]
            sessions = self.stripe.objects("checkout.session")
            [session] = [one["id"] for one in sessions if one["payment_intent"] == intent]
            self.stripe.control("settle", session=session, succeeded=succeeded)

    @rule(which=numbers, again=st.booleans())
    def hear_a_webhook(self, which: int, again: bool) -> None:
        """In any order, and perhaps once more later."""
        self.webhooks += self.stripe.waiting()
        if self.webhooks:
            webhook = self.webhooks.pop(which % len(self.webhooks))
            answer = self.run(self.stripe.send(webhook))
            assert answer.status_code in (200, 503), answer.text
            if again or answer.status_code == 503:
                self.webhooks.append(webhook)

    @rule(which=numbers)
    def lose_a_webhook(self, which: int) -> None:
        self.webhooks += self.stripe.waiting()
        if self.webhooks:
            self.webhooks.pop(which % len(self.webhooks))

    @rule(which=numbers)
    def cancel(self, which: int) -> None:
        order = self.pick("status = 'pending'", which)
        if order:
            answer = self.run(self.shop.admin.post(f"orders/{order}/cancel"))
            assert answer.status_code in (200, 202), answer.text

    @rule(which=numbers, count=st.integers(0, 3), used=st.booleans())
    def refund(self, which: int, count: int, used: bool) -> None:
        order = self.pick("status IN ('paid', 'refunding')", which)
        if order:
            rows = self.rows("SELECT id FROM ticket WHERE order_id = :id ORDER BY id", id=order)
            chosen = [row["id"] for row in rows][:count] or None
            answer = self.run(self.shop.refund({"id": order}, ticket_ids=chosen, include_used=used))
            assert answer.status_code in (202, 409), answer.text

    @rule(which=numbers, cents=st.sampled_from([100, 700, 100_000]))
    def refund_in_the_dashboard(self, which: int, cents: int) -> None:
        found = self.rows("SELECT intent_id FROM payment_attempt WHERE status = 'paid' ORDER BY id")
        if found:
            intent = found[which % len(found)]["intent_id"]
            [charge] = [
                one for one in self.stripe.objects("charge") if one["payment_intent"] == intent
            ]
            left = charge["amount"] - charge["amount_refunded"]
            if left and not charge["disputed"]:
                self.stripe.control("refund", payment_intent=intent, amount=min(cents, left))

    @rule(which=numbers, inquiry=st.booleans())
    def dispute(self, which: int, inquiry: bool) -> None:
        """The buyer's bank asks, or takes all of the money at once."""
        found = self.rows("SELECT intent_id FROM payment_attempt WHERE status = 'paid' ORDER BY id")
        if found:
            intent = found[which % len(found)]["intent_id"]
            [charge] = [
                one for one in self.stripe.objects("charge") if one["payment_intent"] == intent
            ]
            if not charge["disputed"] and charge["amount_refunded"] == 0:
                self.stripe.control("dispute", payment_intent=intent, inquiry=inquiry)

    @rule(which=numbers, won=st.booleans())
    def end_a_dispute(self, which: int, won: bool) -> None:
        disputes = self.stripe.objects("dispute")
        left = [one for one in disputes if one["status"].endswith("needs_response")]
        if left:
            self.stripe.control("close-dispute", dispute=left[which % len(left)]["id"], won=won)

    @rule(which=numbers)
    def use(self, which: int) -> None:
        tickets = self.rows("SELECT id FROM ticket ORDER BY id")
        if tickets:
            command = {"scan_id": self.shop.new_id(), "gate": "AB"[which % 2]}
            ticket = tickets[which % len(tickets)]["id"]
            answer = self.run(self.shop.admin.post(f"tickets/{ticket}/use", json=command))
            assert answer.status_code == 200, answer.text

    @rule(which=numbers)
    def take_back(self, which: int) -> None:
        """Who was let in by mistake is sent out again."""
        used = self.rows("SELECT id FROM ticket WHERE status = 'used' ORDER BY id")
        if used:
            ticket = used[which % len(used)]["id"]
            answer = self.run(self.shop.admin.post(f"tickets/{ticket}/undo", json={"reason": "x"}))
            assert answer.status_code in (200, 409), answer.text

    @rule(seats=st.integers(1, 2), kept=st.booleans())
    def give(self, seats: int, kept: bool) -> None:
        complimentary = {
            "order_id": self.shop.new_id(),
            "email": "guest@example.org",
            "name": "Guest",
            "locale": "en",
            "ticket_type_id": self.event["ticket_types"][0]["id"],
            "attendees": ["Guest"] * seats,
            "from_kept_back": kept,
        }
        path = f"admin/events/{self.event['id']}/complimentary"
        answer = self.run(self.shop.admin.post(path, json=complimentary))
        assert answer.status_code in (201, 409), answer.text

    @rule(down=st.booleans())
    def let_stripe_come_and_go(self, down: bool) -> None:
        self.stripe.http.down = down

    @rule(fault=st.sampled_from(["api_drop_next", "refund_pending_next", "refund_fail_next"]))
    def let_stripe_stumble(self, fault: str) -> None:
        """Three lost replies are one lost call; a refund may take its time, or fail at last."""
        self.stripe.faults(**{fault: 3 if fault == "api_drop_next" else 1})

    @rule(minutes=st.sampled_from([1, 6, 11, 36]))
    def let_time_pass(self, minutes: int) -> None:
        self.stripe.product.clock.advance(minutes=minutes)
        self.stripe.sandbox.tick()

    @rule()
    def work(self) -> None:
        self.run(work_once(self.stripe.product.ports))

    @rule()
    def sweep(self) -> None:
        with suppress(PaymentsUnavailable):
            self.run(reconcile(self.stripe.product.ports))

    @invariant()
    def seats_are_right(self) -> None:
        self.run(check_seats(self.shop))

    @invariant()
    def figures_are_right(self) -> None:
        self.run(check_figures(self.shop))

    @invariant()
    def movements_sum_to_zero(self) -> None:
        sums = "SELECT movement FROM ledger GROUP BY movement HAVING SUM(amount_cents) <> 0"
        assert self.rows(sums) == []

    @invariant()
    def rows_move_as_their_tables_say(self) -> None:
        """Each move that a batch made, one by one."""
        for row in self.rows("SELECT place, was, became FROM moved"):
            moves = TABLES[row["place"]]
            assert any(move.allows(row["was"], row["became"]) for move in moves), row

    def teardown(self) -> None:
        try:
            self.run(self.finish())
        finally:
            self.run(self.stack.aclose())
            self.runner.close()

    async def finish(self) -> None:
        """Stripe answers again and ends what is open; everything due is done."""
        self.stripe.http.down = False
        self.stripe.control("reset")
        for intent in filter(is_slow, self.stripe.objects("payment_intent")):
            sessions = self.stripe.objects("checkout.session")
            for session in sessions:
                if session["payment_intent"] == intent["id"]:
                    self.stripe.control("settle", session=session["id"], succeeded=False)
        ports = self.stripe.product.ports
        for _ in range(4):
            self.stripe.product.clock.advance(minutes=61)
            self.stripe.sandbox.tick()
            for webhook in [*self.webhooks, *self.stripe.waiting()]:
                await self.stripe.send(webhook)
            while await work_once(ports):
                pass
            await reconcile(ports)
        left = await self.stripe.product.rows(
            "SELECT id, status FROM orders WHERE status IN ('pending', 'refunding')"
        )
        assert left == []
        await check_seats(self.shop)
        await check_books(self.shop)

    def rows(self, sql: str, **params: Any) -> list[dict[str, Any]]:
        return self.run(self.stripe.product.rows(sql, **params))

    def pick(self, where: str, which: int) -> str | None:
        found = self.rows(f"SELECT id FROM orders WHERE {where} ORDER BY id")
        return str(found[which % len(found)]["id"]) if found else None


def is_slow(intent: dict[str, Any]) -> bool:
    return bool(intent["status"] == "processing")


TestShop = pytest.mark.slow(ShopMachine.TestCase)
TestShop.settings = settings(
    max_examples=30,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)
