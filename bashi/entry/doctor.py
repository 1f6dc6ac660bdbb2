"""`bashi doctor`: check an installation's settings, database, mail, Stripe and storage."""

import asyncio
import shutil
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit
from uuid import uuid4

import aiosmtplib
from valkey.exceptions import ValkeyError

from bashi.core.ports import HttpAnswer, HttpFailed, MailDown, MediaUnavailable
from bashi.engines.http_httpx import HttpxHttp
from bashi.engines.mail.smtp import connection
from bashi.engines.valkey.link import ValkeyLink
from bashi.entry.database import NoDatabase, applied, place, write_nothing
from bashi.entry.mail import smtp_server
from bashi.entry.media import open_media
from bashi.entry.setting_checks import ip_address
from bashi.entry.setting_groups.mail import Transport
from bashi.entry.settings import Settings
from bashi.migrations import load, problem

DISK_BYTES_MIN = 1_000_000_000
CLOCK_SECONDS_MAX = 5
TIMEOUT_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Finding:
    what: str
    ok: bool
    words: str


async def examine(settings: Settings) -> list[Finding]:
    """In the order in which an operator would mend things."""
    checks: tuple[Callable[[Settings], Awaitable[Finding]], ...] = (
        _database,
        _schema,
        _disk,
        _fonts,
        _valkey,
        _pictures,
        _public_url,
        _proxies,
        _metrics,
        _secrets,
        _stripe_mode,
        _stripe_and_clock,
        _mail,
    )
    return [await check(settings) for check in checks]


async def _database(settings: Settings) -> Finding:
    try:
        await asyncio.to_thread(write_nothing, settings)
    except NoDatabase as error:
        return Finding("database writable", False, str(error))
    return Finding("database writable", True, place(settings))


async def _valkey(settings: Settings) -> Finding:
    url = settings.valkey.url.get_secret_value()
    if not url:
        return Finding("Valkey", True, "none: for one process")
    link = ValkeyLink(url)
    try:
        await link.client.ping()
    except (ValkeyError, OSError, TimeoutError) as error:
        words = f"{link.place}: {type(error).__name__}. Check BASHI_VALKEY_URL and its password."
        return Finding("Valkey", False, words)
    finally:
        await link.close()
    return Finding("Valkey", True, link.place)


async def _pictures(settings: Settings) -> Finding:
    """One is put into the bucket, read and deleted again."""
    if not settings.media.bucket:
        return Finding("pictures", True, str(settings.server.media_folder))
    media, key, probe = open_media(settings), f"doctor/{uuid4()}", b"put here by `bashi doctor`"
    try:
        await media.put(key, probe, "text/plain")
        found = await media.get(key)
        await media.delete(key)
    except MediaUnavailable as error:
        words = f"{error}. Check BASHI_S3_BUCKET, its address and region, and what the key may do."
        return Finding("pictures", False, words)
    if found != probe:
        words = f"{settings.media.bucket}: what was put there is not there: use another service."
        return Finding("pictures", False, words)
    return Finding("pictures", True, f"bucket {settings.media.bucket}")


async def _schema(settings: Settings) -> Finding:
    try:
        done = await asyncio.to_thread(applied, settings)
    except NoDatabase:
        done = {}
    known = load("postgres" if settings.database.url.get_secret_value() else "sqlite")
    words = problem(done, known)
    if words is not None:
        return Finding("schema", False, words)
    missing = sorted({name for name, _ in known} - set(done))
    if missing:
        return Finding("schema", False, f"{', '.join(missing)} missing: run `bashi migrate`.")
    return Finding("schema", True, f"{len(done)} migrations applied")


async def _fonts(_: Settings) -> Finding:
    """Optional: they take 40 MB."""
    from bashi.render.documents.typesetter import optional_families  # noqa: PLC0415 - heavy

    if await asyncio.to_thread(optional_families):
        return Finding("fonts", True, "of Chinese, Japanese and Korean too")
    words = "Chinese, Japanese and Korean are marks on tickets: install Debian's fonts-noto-cjk."
    return Finding("fonts", True, words)


async def _disk(settings: Settings) -> Finding:
    folder = (
        settings.server.data_dir
        if settings.server.data_dir.exists()
        else settings.server.data_dir.absolute().parent
    )
    free = shutil.disk_usage(folder).free
    words = f"{free / 1e9:.1f} GB free"
    if free < DISK_BYTES_MIN:
        return Finding("disk space", False, f"{words}: make room, at least 1 GB.")
    return Finding("disk space", True, words)


async def _public_url(settings: Settings) -> Finding:
    url = settings.server.public_url
    good = urlsplit(url).scheme == "https" or settings.server.is_local
    words = url if good else f"{url}: set BASHI_PUBLIC_URL to the site's https:// address."
    return Finding("public URL", good, words)


async def _metrics(settings: Settings) -> Finding:
    """Asked for by the site's own address, as anybody in the world would."""
    what, url = "metrics from outside", f"{settings.server.site_url}/metrics"
    async with HttpxHttp() as http:
        try:
            answers = [
                await http.request("GET", each, {}, None, TIMEOUT_SECONDS)
                for each in (url, f"{settings.server.site_url}/api/metrics")
            ]
        except HttpFailed:
            return Finding(what, True, f"{url} does not answer from here: look again once it does")
    if any(answer.status == 200 for answer in answers):
        words = f"{url} answers the world: set BASHI_METRICS_TOKEN, or hide it in the proxy."
        return Finding(what, False, words)
    return Finding(what, True, "hidden")


async def _proxies(settings: Settings) -> Finding:
    """`bashi serve` speaks no TLS: where the site has it, something else stands in front."""
    if settings.server.trusted_proxies:
        return Finding("proxies", True, ", ".join(settings.server.trusted_proxies))
    address = ip_address(settings.server.host)
    inside = settings.server.host == "localhost" if address is None else address.is_private
    if inside and urlsplit(settings.server.public_url).scheme == "https":
        words = (
            "no proxy is named, so all visitors would share one address and its limits: set"
            " BASHI_TRUSTED_PROXIES to the proxy's network, such as 127.0.0.1/32."
        )
        return Finding("proxies", False, words)
    return Finding("proxies", True, "none named")


async def _secrets(settings: Settings) -> Finding:
    """Their length was checked when the settings were read."""
    if settings.keys.previous.get_secret_value():
        words = (
            "two accepted: remove BASHI_SECRET_PREVIOUS once the events are over that were sold"
            " before the change, since the links in those emails end with it"
        )
        return Finding("secrets", True, words)
    return Finding("secrets", True, "long enough")


async def _stripe_mode(settings: Settings) -> Finding:
    mode = "live: cards are charged" if settings.stripe.is_live else "test: no card is charged"
    return Finding("Stripe key", True, mode)


async def _stripe_and_clock(settings: Settings) -> Finding:
    what = "Stripe answers, clock"
    try:
        answer = await _ask_stripe(settings)
    except HttpFailed:
        return Finding(
            what, False, f"{settings.stripe.api_url} does not answer: look at the network."
        )
    if answer.status == 200:
        return _clock(what, answer)
    words = _STRIPE_REFUSALS.get(answer.status, "look at https://status.stripe.com, and try again.")
    return Finding(what, False, f"status {answer.status}: {words}")


_STRIPE_REFUSALS = {
    401: "Stripe refuses the key: copy BASHI_STRIPE_API_KEY again.",
    403: "the key may not read Events: allow what docs/payments.md asks for.",
}


async def _ask_stripe(settings: Settings) -> HttpAnswer:
    key = settings.stripe.api_key.get_secret_value()
    url = f"{settings.stripe.api_url}/v1/events?limit=1"
    async with HttpxHttp() as http:
        headers = {"authorization": f"Bearer {key}"}
        return await http.request("GET", url, headers, None, TIMEOUT_SECONDS)


def _clock(what: str, answer: HttpAnswer) -> Finding:
    """Webhooks from the future or the far past are refused, so a wrong clock loses them."""
    date = answer.headers.get("date")
    if date is None:
        return Finding(what, True, "clock not told")
    off = abs(time.time() - parsedate_to_datetime(date).timestamp())
    if off > CLOCK_SECONDS_MAX:
        return Finding(what, False, f"this clock is {off:.0f} s off: start a time service (NTP).")
    return Finding(what, True, f"clock within {CLOCK_SECONDS_MAX} s")


async def _mail(settings: Settings) -> Finding:
    if settings.mail.transport is not Transport.SMTP:
        return Finding("mail", True, settings.mail.transport.value)
    where = f"{settings.mail.smtp_host}:{settings.mail.smtp_port}"
    server = replace(smtp_server(settings), timeout_seconds=TIMEOUT_SECONDS)
    try:
        async with connection(server):
            pass
    except aiosmtplib.SMTPAuthenticationError:
        return Finding("mail", False, f"{where} refuses BASHI_SMTP_USER and its password.")
    except MailDown as error:
        return Finding("mail", False, f"{where}: {error}.")
    except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
        words = f"{where}: {type(error).__name__}. Check BASHI_SMTP_HOST, port and security."
        return Finding("mail", False, words)
    return Finding("mail", True, where)
