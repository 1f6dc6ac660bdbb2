"""A Mailer that counts, and says when the mail service begins to fail and when it is back."""

from bashi.core.mail.emails import RenderedEmail
from bashi.core.ports import MailDelayed, MailDown, Mailer, MailRefused
from bashi.engines.breaker import Outage
from bashi.http.metrics import Metrics


class MeteredMailer:
    def __init__(self, mailer: Mailer, metrics: Metrics) -> None:
        self._mailer = mailer
        self._count = metrics.emails
        self._outage = Outage("mail")

    async def send(self, email: RenderedEmail, *, to: str, message_id: str) -> None:
        try:
            await self._mailer.send(email, to=to, message_id=message_id)
        except MailDown as error:
            self._outage.failed(str(error))
            self._count.labels("delayed").inc()
            raise
        except MailDelayed:
            self._count.labels("delayed").inc()
            raise
        except MailRefused:
            self._count.labels("refused").inc()
            raise
        self._outage.worked()
        self._count.labels("sent").inc()
