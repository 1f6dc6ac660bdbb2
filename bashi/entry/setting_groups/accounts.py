"""What accounts may and must: passwords, and seats held unpaid."""

from collections.abc import Sequence
from typing import Self

from pydantic import Field, model_validator

from bashi.entry.setting_groups.group import Group, faults, refuse

SAFE_PASSWORD_WORK = 600_000


class Passwords(Group):
    min_user: int = Field(
        8, alias="password_min_user", ge=8, le=128, description="Least characters for everyone."
    )
    min_staff: int = Field(
        15,
        alias="password_min_staff",
        ge=8,
        le=128,
        description="Least characters for volunteers and admins.",
    )
    work: str = Field(
        "6x100000",
        alias="password_work",
        pattern=r"^\d+x\d+$",
        description="PBKDF2 calls x iterations per call.",
    )
    threads: int = Field(
        2, alias="password_threads", ge=1, le=64, description="Passwords hashed at a time."
    )

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        words = "BASHI_PASSWORD_MIN_STAFF: set no less than BASHI_PASSWORD_MIN_USER"
        refuse((self.min_staff >= self.min_user, words))
        return self

    def production_faults(self) -> Sequence[str]:
        calls, iterations = (int(part) for part in self.work.split("x"))
        words = "BASHI_PASSWORD_WORK: at least 600,000 in all, at most 100,000 a call (6x100000)"
        return faults((calls * iterations >= SAFE_PASSWORD_WORK and iterations <= 100_000, words))


class Holds(Group):
    seats_per_person: int = Field(
        40,
        alias="hold_seats_per_person",
        ge=1,
        description="Seats one person may hold unpaid, over all events.",
    )
    seats_per_address: int = Field(
        120,
        alias="hold_seats_per_address",
        ge=1,
        description="Seats one network address may hold unpaid.",
    )

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        words = "BASHI_HOLD_SEATS_PER_ADDRESS: set no less than BASHI_HOLD_SEATS_PER_PERSON"
        refuse((self.seats_per_address >= self.seats_per_person, words))
        return self
