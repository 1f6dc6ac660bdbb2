"""Schemas of people, and the fields of the forms about them."""

from typing import Annotated, Any

from email_validator import EmailNotValidError, validate_email
from pydantic import AfterValidator, Field, WithJsonSchema

from bashi.core import limits
from bashi.core.people.rules import Person, Role
from bashi.core.people.sessions import Granted
from bashi.http.faults import field_error
from bashi.http.fields import Id, Line, Moment, no_web_address
from bashi.http.responses import Schema


def deliverable(text: str) -> str:
    """ASCII only: a mail server need not know SMTPUTF8 (RFC 6531); domains go as Punycode.
    `strict`: at most 64 characters before the @ (RFC 5321 §4.5.3.1.1).

    Raises PydanticCustomError (`bad_email`).
    """
    try:
        found = validate_email(
            text.strip(), check_deliverability=False, allow_smtputf8=False, strict=True
        )
    except EmailNotValidError as error:
        words = "Write an email address such as name@example.org."
        raise field_error("bad_email", words) from error
    assert found.ascii_email is not None
    return found.ascii_email


Email = Annotated[
    str,
    AfterValidator(deliverable),
    WithJsonSchema(
        {
            "type": "string",
            "format": "email",
            "maxLength": limits.EMAIL_CHARS,
            "examples": ["rahima@example.org"],
        }
    ),
]
Password = Annotated[
    str,
    Field(
        max_length=limits.PASSWORD_CHARS,
        description="Any characters; the least length is in /site, and greater for staff",
        examples=["six geese cross the bridge"],
    ),
]
Name = Annotated[
    Line,
    AfterValidator(no_web_address),
    Field(max_length=limits.NAME_CHARS, examples=["Rahima Khatun"]),
]
Locale = Annotated[str, Field(description="One of /site's locales", examples=["bn"])]


class PersonOut(Schema):
    id: Id
    email: str = Field(examples=["rahima@example.org"])
    name: str = Field(examples=["Rahima Khatun"])
    role: Role
    locale: Locale
    verified: bool = Field(description="They have opened the link in our email")
    created_at: Moment

    @classmethod
    def of(cls, person: Person) -> "PersonOut":
        return cls(**_fields(person))


class PersonRow(PersonOut):
    """A person as an admin sees one."""

    disabled: bool

    @classmethod
    def of(cls, person: Person) -> "PersonRow":
        return cls(**_fields(person), disabled=person.disabled_at is not None)


class AuthOut(Schema):
    access_token: str = Field(description="A JWT, for `Authorization: Bearer`")
    token_type: str = Field(examples=["Bearer"])
    expires_in_seconds: int = Field(examples=[limits.ACCESS_TOKEN_SECONDS])
    person: PersonOut

    @classmethod
    def of(cls, granted: Granted) -> "AuthOut":
        return cls(
            access_token=granted.access_token,
            token_type="Bearer",  # noqa: S106 - RFC 6750's word
            expires_in_seconds=limits.ACCESS_TOKEN_SECONDS,
            person=PersonOut.of(granted.person),
        )


class AcceptedOut(Schema):
    """Taken on; there is nothing to say yet."""


def _fields(person: Person) -> dict[str, Any]:
    return {
        "id": person.id,
        "email": person.email,
        "name": person.name,
        "role": person.role,
        "locale": person.locale,
        "verified": person.verified,
        "created_at": person.created_at,
    }
