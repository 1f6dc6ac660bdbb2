"""GET what the pages need to know of this installation."""

from collections.abc import Mapping

from fastapi import APIRouter, Request
from pydantic import Field

from bashi.http.deps import ports_of
from bashi.http.fields import Words
from bashi.http.responses import Json, Schema

router = APIRouter(tags=["site"])


class SiteOut(Schema):
    name: str = Field(examples=["OKLAHOMABASHI"])
    names: Words = Field(description="By language, for those that have one of their own")
    home: Mapping[str, Words] = Field(
        description="Texts of the home page that stand in for the build's, by part and language",
        examples=[{"headline": {"en": "Come together"}}],
    )
    site_url: str = Field(examples=["https://oklahomabashi.org"])
    support_email: str
    currency: str = Field(examples=["USD"])
    time_zone: str = Field(examples=["America/Chicago"])
    locales: tuple[str, ...] = Field(examples=[["en", "bn"]])
    terms_version: str
    password_min_user: int
    demo: bool
    test_card: str | None = Field(description="Only in the demo")


@router.get("/site", response_model=SiteOut)
async def get_site(request: Request) -> Json:
    """Name, languages and rules that forms show."""
    policy = ports_of(request).policy
    out = SiteOut(
        name=policy.organization,
        names={tag: name.name for tag, name in policy.brand.names.items()},
        home=policy.brand.home,
        site_url=policy.site_url,
        support_email=policy.support_email,
        currency=policy.currency,
        time_zone=policy.time_zone,
        locales=policy.locales,
        terms_version=policy.terms_version,
        password_min_user=policy.password_min_user,
        demo=policy.demo,
        test_card="4242 4242 4242 4242" if policy.demo else None,
    )
    return Json(out, cache_control="public, max-age=60")
