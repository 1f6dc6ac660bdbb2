"""Gateway options, derived from the settings."""

import ipaddress

from bashi.entry.setting_groups.server import AccessLog
from bashi.entry.settings import Mode, Settings
from bashi.http.gateway import GatewayOptions


def gateway_options(settings: Settings) -> GatewayOptions:
    demo = settings.mode is Mode.DEMO
    return GatewayOptions(
        trusted_proxies=[ipaddress.ip_network(text) for text in settings.server.trusted_proxies],
        hosts=frozenset(("localhost", "127.0.0.1", "::1")) if demo else frozenset(),
        https=settings.server.public_url.startswith("https://"),
        log_all=settings.server.access_log is AccessLog.ALL,
        refuse_forwarded=demo and not settings.server.trusted_proxies,
    )
