"""Alarms on the console: one a cause, counted, ended by the cause's end or by an admin."""

from bashi.core.alarms import end_alarm, raise_alarm
from bashi.core.reports.figures import read_backlog
from tests.support.client import problem
from tests.support.shop import Shop

KIND, SUBJECT = "refund.failed", "0199f3a2-7c1e-7b52-9c07-3f1a2b4c5d6e"


async def see(shop: Shop, detail: str) -> None:
    now = shop.product.clock.now()
    await shop.product.ports.database.batch([raise_alarm(KIND, SUBJECT, detail, now)])


async def test_what_is_seen_again_is_one_alarm_with_a_count(shop: Shop) -> None:
    await see(shop, "first words")
    shop.product.clock.advance(minutes=5)
    await see(shop, "last words")
    [alarm] = (await shop.overview())["alarms"]
    assert (alarm["kind"], alarm["subject_id"]) == (KIND, SUBJECT)
    assert (alarm["detail"], alarm["count"]) == ("last words", 2)
    assert alarm["first_at"] < alarm["last_at"]


async def test_an_admin_resolves_an_alarm_with_a_trace(shop: Shop) -> None:
    await see(shop, "words")
    [alarm] = (await shop.overview())["alarms"]
    path = f"admin/alarms/{alarm['id']}/resolve"
    assert (await shop.admin.post(path)).status_code == 200
    assert (await shop.overview())["alarms"] == []
    trail = (await shop.admin.get("admin/audit")).json()["items"]
    assert (trail[0]["action"], trail[0]["subject_id"]) == ("alarm.resolve", alarm["id"])
    assert trail[0]["person_email"] == shop.admin.person["email"]
    problem(await shop.admin.post(path), 409, "not_open")


async def test_an_alarm_that_was_resolved_opens_when_it_is_seen_again(shop: Shop) -> None:
    await see(shop, "words")
    [alarm] = (await shop.overview())["alarms"]
    await shop.admin.post(f"admin/alarms/{alarm['id']}/resolve")
    await see(shop, "words")
    [again] = (await shop.overview())["alarms"]
    assert (again["id"], again["count"]) == (alarm["id"], 2)


async def test_an_alarm_ends_with_its_cause(shop: Shop) -> None:
    await see(shop, "words")
    now = shop.product.clock.now()
    await shop.product.ports.database.batch([end_alarm(KIND, SUBJECT, now)])
    assert (await shop.overview())["alarms"] == []


async def test_open_alarms_are_counted_for_those_who_watch(shop: Shop) -> None:
    before = (await read_backlog(shop.product.ports)).alarms_open
    await see(shop, "words")
    assert (before, (await read_backlog(shop.product.ports)).alarms_open) == (0, 1)
