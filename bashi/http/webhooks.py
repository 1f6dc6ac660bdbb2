"""Stripe's webhook endpoint."""

from fastapi import APIRouter, Request
from pydantic import Field

from bashi.core.errors import Busy, Problem
from bashi.core.payments.provider import BadSignature
from bashi.core.payments.record import PaymentOutcome
from bashi.core.work.payment_events import hear
from bashi.http.deps import ports_of
from bashi.http.fast_route import DirectRoute
from bashi.http.problems import responses
from bashi.http.responses import Json, Schema

router = APIRouter(tags=["webhooks"], route_class=DirectRoute)


class HeardOut(Schema):
    outcome: str = Field(examples=["settled"])


class _BadRequest(Problem):
    status = 400


@router.post("/webhooks/stripe", response_model=HeardOut, responses=responses(400))
async def receive_stripe_event(request: Request) -> Json:
    """400 only for a bad signature, 5xx where repeating helps, else 200."""
    ports = ports_of(request)
    body = await request.body()
    signature = request.headers.get("stripe-signature", "")
    try:
        event = ports.payments.read_event(body, signature, ports.clock.now())
    except BadSignature as error:
        raise _BadRequest("bad_signature", "Sign with the webhook's secret.") from error
    outcome = await hear(ports, event)
    if outcome is PaymentOutcome.LATER:
        raise Busy("order_busy", "Something else is under way for this order. Send it again.", 5)
    return Json(HeardOut(outcome=outcome))
