"""Admin routes for emails that did not leave."""

from fastapi import APIRouter, Request
from pydantic import Field

from bashi.core import limits
from bashi.core.mail import send_again as sending
from bashi.http.deps import Admin, limit, ports_of
from bashi.http.fields import Flag
from bashi.http.json_body import JsonRoute
from bashi.http.problems import responses
from bashi.http.responses import Json, Schema

router = APIRouter(prefix="/admin/emails", tags=["admin"], route_class=JsonRoute)


class SendAgainIn(Schema):
    include_refused: Flag = Field(
        default=False, description="Also those whose recipient's mail server refused the address"
    )


class SendAgainOut(Schema):
    queued: int = Field(description="Emails that wait to be sent now")


@router.post("/send-again", response_model=SendAgainOut, responses=responses(401, 403))
async def send_again(request: Request, caller: Admin, body: SendAgainIn) -> Json:
    """Queues all emails again that were given up, once the mail service takes them."""
    await limit(request, "send-again", caller.person.id, limits.COMMANDS_PER_PERSON)
    command = sending.SendAgain(body.include_refused, by=caller.person.id)
    return Json(SendAgainOut(queued=await sending.send_again(ports_of(request), command)))
