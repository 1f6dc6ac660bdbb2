"""Choose the mailer that the settings ask for."""

from bashi.core.ports import Http, Mailer
from bashi.engines.mail.mailbox import MailboxMailer
from bashi.engines.mail.resend import ResendMailer
from bashi.engines.mail.smtp import SmtpMailer, SmtpServer
from bashi.entry.setting_groups.mail import Transport
from bashi.entry.settings import Settings

MAILBOX_FOLDER = "mailbox"


def mailer(settings: Settings, http: Http) -> Mailer:
    match settings.mail.transport:
        case Transport.SMTP:
            return SmtpMailer(smtp_server(settings), settings.mail.sender)
        case Transport.RESEND:
            key = settings.mail.resend_api_key.get_secret_value()
            return ResendMailer(http, key, settings.mail.sender, settings.mail.resend_api_url)
        case Transport.MAILBOX:
            return mailbox(settings)


def mailbox(settings: Settings) -> MailboxMailer:
    return MailboxMailer(settings.server.data_dir / MAILBOX_FOLDER, settings.mail.sender)


def smtp_server(settings: Settings) -> SmtpServer:
    return SmtpServer(
        settings.mail.smtp_host,
        settings.mail.smtp_port,
        settings.mail.smtp_security.value,
        settings.mail.smtp_user or None,
        settings.mail.smtp_password.get_secret_value() or None,
    )
