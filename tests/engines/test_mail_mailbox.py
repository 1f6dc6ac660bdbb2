from pathlib import Path

import pytest

from bashi.core.mail.emails import RenderedEmail
from bashi.core.ports import MailRefused
from bashi.engines.mail.mailbox import MailboxMailer
from bashi.render.emails import render_email
from tests.render.facts import ORGANIZATION, tickets_ready

SENDER = "Oklahomabashi <tickets@example.org>"


@pytest.fixture
def mailbox(tmp_path: Path) -> MailboxMailer:
    return MailboxMailer(tmp_path / "mail", SENDER)


async def test_an_email_is_kept_whole(mailbox: MailboxMailer) -> None:
    email = render_email(tickets_ready(), "bn", ORGANIZATION)
    await mailbox.send(email, to="rina@example.net", message_id="0198")
    [summary] = await mailbox.list()
    assert (summary.to, summary.subject) == ("rina@example.net", email.subject)
    assert summary.sent_at % 1000 == 0
    stored = await mailbox.read(summary.id)
    assert stored is not None
    assert stored.summary == summary
    assert stored.message_id == "<0198@example.org>"
    assert (stored.text, stored.html) == (email.text, email.html)
    assert [(part.filename, part.content) for part in stored.attachments] == [
        (part.filename, part.content) for part in email.attachments
    ]


async def test_the_newest_comes_first_and_a_repeat_is_no_second_email(
    mailbox: MailboxMailer,
) -> None:
    for message_id, subject in (("a", "first"), ("b", "second"), ("a", "first again")):
        email = RenderedEmail(subject, "t\n", "<p>t</p>\n")
        await mailbox.send(email, to="rina@example.net", message_id=message_id)
    assert [summary.subject for summary in await mailbox.list()] == ["first again", "second"]
    assert [summary.subject for summary in await mailbox.list(limit=1)] == ["first again"]


async def test_an_empty_mailbox_lists_nothing(mailbox: MailboxMailer) -> None:
    assert list(await mailbox.list()) == []


@pytest.mark.parametrize("name", ["", "x", "../" * 10 + "ab", "0" * 32, "/etc/passwd"])
async def test_unknown_emails_are_none(mailbox: MailboxMailer, name: str) -> None:
    assert await mailbox.read(name) is None


async def test_what_is_no_address_is_refused(mailbox: MailboxMailer) -> None:
    with pytest.raises(MailRefused):
        await mailbox.send(RenderedEmail("s", "t", "h"), to="nobody", message_id="a")
    assert list(await mailbox.list()) == []
