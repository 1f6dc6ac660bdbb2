"""Server processes: API, site and background work, in one process or apart."""

import asyncio
import errno
import gc
import signal
import socket
from collections.abc import Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog
from fastapi import FastAPI
from granian.constants import Interfaces
from granian.server.embed import Server
from starlette.types import ASGIApp

import bashi
from bashi.core.work.outbox import give_back
from bashi.entry.background import sweep, watch, work
from bashi.entry.compose import Composed, compose
from bashi.entry.database import migrate
from bashi.entry.demo.demo import check_mark, make_sandbox
from bashi.entry.demo.mailbox_page import MailboxPage
from bashi.entry.gateway_options import gateway_options
from bashi.entry.mail import mailbox
from bashi.entry.presence import announced
from bashi.entry.settings import Mode, ProcessRole, Settings
from bashi.http.app import ROUTERS, WATCHED, create_app
from bashi.http.cached_route import CachedPages
from bashi.http.early_routes import EarlyRoutes
from bashi.http.gateway import Gateway
from bashi.http.root import Root
from bashi.http.site import Site
from bashi.http.site_files import SiteFiles
from bashi.sandbox import Sandbox

log = structlog.get_logger()

LOOPBACK = "127.0.0.1"
BACKLOG = 16_384  # connections that wait to be accepted; the default stalls at 1,024
BACKPRESSURE = 12_000  # requests under way at once
FINISH_SECONDS = 20  # for requests under way; somebody who never sends the rest ends with us
GARBAGE_THRESHOLDS = (10_000, 20, 20)
SITE_FOLDER = Path(bashi.__file__).parent / "site"


@dataclass(frozen=True, slots=True)
class Application:
    gateway: Gateway
    api: FastAPI

    def drain(self) -> None:
        """No longer ready, while everybody is still answered."""
        self.api.state.draining = True
        self.gateway.drain()


async def serve(settings: Settings, role: ProcessRole = ProcessRole.ALL) -> None:
    """Until SIGTERM or SIGINT: then readiness goes off first, and what runs is finished.

    A worker answers on the port too, but only those who watch it. Any number of servers and
    workers may run at once.

    Raises OSError when another program listens on the port.
    """
    _refuse_used_port(settings.server.host, settings.server.port)
    if settings.server.metrics_port:
        _refuse_used_port(LOOPBACK, settings.server.metrics_port, "BASHI_METRICS_PORT")
    migrate(settings)
    with announced(settings) as alone:
        await _serve(settings, role, alone=alone)


async def _serve(settings: Settings, role: ProcessRole, *, alone: bool) -> None:
    """`alone`: no other process of the installation runs."""
    composed = compose(settings)
    await check_mark(composed.ports, settings)
    play = settings.mode is Mode.DEMO and role is not ProcessRole.WORKER
    sandbox = make_sandbox(settings) if play else None
    if sandbox is not None:
        from bashi.entry.demo.data import seed  # noqa: PLC0415 - draws pictures: 5 MB

        await seed(composed.ports)
    app = _application(settings, composed, sandbox, role)
    server = http_server(app.gateway, settings.server.host, settings.server.port)
    figures = _figures_server(settings, composed)
    stop = asyncio.Event()
    tasks: list[Coroutine[Any, Any, None]] = []
    if role is not ProcessRole.WEB:
        if alone:
            await give_back(composed.ports)
        tasks += [each(composed.ports, stop) for each in (work, sweep, watch)]
    running = [asyncio.create_task(task) for task in tasks]
    if sandbox is not None:
        running.append(asyncio.create_task(sandbox.run()))
    _settle_garbage()
    serving = asyncio.create_task(server.serve())
    if figures is not None:
        running.insert(0, asyncio.create_task(figures.serve()))
    await _until_told(serving)
    app.drain()
    await asyncio.sleep(0 if role is ProcessRole.WORKER else settings.server.drain_seconds)
    server.stop()  # type: ignore[no-untyped-call]
    if figures is not None:
        figures.stop()  # type: ignore[no-untyped-call]
    stop.set()
    await asyncio.wait({serving}, timeout=FINISH_SECONDS)
    await _finish(running, sandbox)
    await composed.close()


def _refuse_used_port(host: str, port: int, setting: str = "BASHI_PORT") -> None:
    """Granian would share it (SO_REUSEPORT), and each program would get some of the requests."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except socket.gaierror as error:
        advice = "Set BASHI_HOST to an address of this machine."
        raise OSError(f"BASHI_HOST={host}: {error.strerror}. {advice}") from error
    except OSError as error:
        advice = f"Stop what listens there, or set {setting} to another port."
        if error.errno == errno.EADDRNOTAVAIL:
            advice = "Set BASHI_HOST to an address of this machine."
        raise OSError(f"{host}:{port}: {error.strerror}. {advice}") from error


def _address(host: str) -> str:
    """Granian takes no names."""
    return LOOPBACK if host == "localhost" else host


def _settle_garbage() -> None:
    """What is here by now stays, and a request leaves few cycles: looking for them after every
    700 new objects took a tenth of its time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GARBAGE_THRESHOLDS)


def http_server(app: ASGIApp, host: str, port: int) -> Server:
    return Server(
        app,
        address=_address(host),
        port=port,
        interface=Interfaces.ASGINL,
        websockets=False,
        backlog=BACKLOG,
        backpressure=BACKPRESSURE,
        log_enabled=False,
    )


def _application(
    settings: Settings, composed: Composed, sandbox: Sandbox | None, role: ProcessRole
) -> Application:
    routers = WATCHED if role is ProcessRole.WORKER else ROUTERS
    api = create_app(composed.ports, composed.metrics, routers)
    api.state.metrics_token = settings.server.metrics_token.get_secret_value()
    # Who calls a production site from this machine may be a proxy that asks for somebody else.
    api.state.metrics_inside = settings.mode is Mode.DEMO or role is ProcessRole.WORKER
    api.state.cache = composed.shared.cache
    app = api if role is ProcessRole.WORKER else _root(settings, composed, api, sandbox)
    gateway = Gateway(app, gateway_options(settings), composed.metrics)
    return Application(gateway, api)


def _figures_server(settings: Settings, composed: Composed) -> Server | None:
    """For Prometheus, where no proxy leads: on loopback, with nothing but what watches us."""
    if not settings.server.metrics_port:
        return None
    api = create_app(composed.ports, composed.metrics, WATCHED)
    api.state.cache = composed.shared.cache
    gateway = Gateway(api, gateway_options(settings), composed.metrics)
    return http_server(gateway, LOOPBACK, settings.server.metrics_port)


def _root(settings: Settings, composed: Composed, api: FastAPI, sandbox: Sandbox | None) -> Root:
    extras: dict[str, ASGIApp] = {}
    if sandbox is not None:
        extras = {
            "/sandbox": sandbox,
            "/mailbox": MailboxPage(mailbox(settings)),
        }
    site = Site(SiteFiles(SITE_FOLDER), composed.ports)
    pages = CachedPages(api, EarlyRoutes(api, api))
    return Root(
        pages, site, settings.server.api_host, extras, site_url=composed.ports.policy.site_url
    )


async def _until_told(serving: asyncio.Task[None]) -> None:
    """Returns on a signal, or raises what ended the server (a port in use)."""
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told.set)
    waiting = asyncio.create_task(told.wait())
    await asyncio.wait({serving, waiting}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    if serving.done():
        serving.result()


async def _finish(running: list[asyncio.Task[None]], sandbox: Sandbox | None) -> None:
    if sandbox is not None:
        running.pop().cancel()
    if running:
        await asyncio.wait(running, timeout=10)
    if sandbox is not None:
        sandbox.close()
