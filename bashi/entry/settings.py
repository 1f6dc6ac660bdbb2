"""Every setting, in groups; docs/settings.md lists them. Read once: load.py, edge/compose.py."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.fields import FieldInfo

from bashi.entry.setting_groups.accounts import Holds, Passwords
from bashi.entry.setting_groups.brand import BrandSettings
from bashi.entry.setting_groups.group import Group, Wrong
from bashi.entry.setting_groups.keys import Keys
from bashi.entry.setting_groups.mail import Mail
from bashi.entry.setting_groups.server import Server
from bashi.entry.setting_groups.storage import Database, Media, Valkey
from bashi.entry.setting_groups.stripe import Stripe


class Mode(StrEnum):
    PRODUCTION = "production"
    DEMO = "demo"


class ProcessRole(StrEnum):
    """What one process does; see `bashi serve --role`."""

    ALL = "all"
    WEB = "web"
    WORKER = "worker"


class Settings(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    mode: Mode = Field(Mode.PRODUCTION, description="`production`, or `demo` on loopback only.")
    server: Server
    database: Database
    valkey: Valkey
    media: Media
    brand: BrandSettings
    keys: Keys
    stripe: Stripe
    mail: Mail
    passwords: Passwords
    holds: Holds

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Self:
        """From values by their settings' names ("smtp_host"). Raises pydantic's ValidationError."""
        groups: dict[str, Any] = {group: {} for group in _GROUPS}
        for name, value in given.items():
            group = _group_of(name)
            if group is None:
                groups[name] = value
            else:
                groups[group][name] = value
        return cls(**groups)

    @model_validator(mode="after")
    def _fit_for_its_mode(self) -> Self:
        if self.mode is Mode.DEMO:
            found = [*self.server.demo_faults(), *self.stripe.demo_faults()]
        else:
            groups = (getattr(self, name) for name in _GROUPS)
            found = [sentence for group in groups for sentence in group.production_faults()]
        if found:
            raise Wrong(found)
        return self


_GROUPS: Mapping[str, type[Group]] = {
    name: field.annotation
    for name, field in Settings.model_fields.items()
    if isinstance(field.annotation, type) and issubclass(field.annotation, Group)
}


def _fields() -> Iterator[tuple[str, FieldInfo]]:
    yield "mode", Settings.model_fields["mode"]
    for group in _GROUPS.values():
        for field in group.model_fields.values():
            assert field.alias is not None
            yield field.alias, field


FIELDS: Mapping[str, FieldInfo] = dict(_fields())
"""Each setting by its name, which is that of its variable without BASHI_, in lower case."""


def _group_of(name: str) -> str | None:
    for group, fields in _GROUPS.items():
        if any(field.alias == name for field in fields.model_fields.values()):
            return group
    return None
