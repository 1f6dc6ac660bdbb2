"""Which mailer the settings ask for."""

from bashi.core.ports import Http, Mailer
from bashi.engines.mail.mailbox import MailboxMailer
from bashi.engines.mail.resend import ResendMailer
from bashi.engines.mail.smtp import SmtpMailer, SmtpServer
from bashi.entry.settings import Mail, Settings

MAILBOX_FOLDER = "mailbox"


def mailer(settings: Settings, http: Http) -> Mailer:
    match settings.mail:
        case Mail.SMTP:
            return SmtpMailer(smtp_server(settings), settings.mail_from)
        case Mail.RESEND:
            key = settings.resend_api_key.get_secret_value()
            return ResendMailer(http, key, settings.mail_from, settings.resend_api_url)
        case Mail.MAILBOX:
            return mailbox(settings)


def mailbox(settings: Settings) -> MailboxMailer:
    return MailboxMailer(settings.data_dir / MAILBOX_FOLDER, settings.mail_from)


def smtp_server(settings: Settings) -> SmtpServer:
    return SmtpServer(
        settings.smtp_host,
        settings.smtp_port,
        settings.smtp_security.value,
        settings.smtp_user or None,
        settings.smtp_password.get_secret_value() or None,
    )
