"""Where data lies: the database, what processes share, and pictures."""

from typing import Self

from pydantic import Field, SecretStr, model_validator

from bashi.entry.setting_checks import bucket_address, check, some_postgres, some_valkey
from bashi.entry.setting_groups.group import Group, refuse

NONE = SecretStr("")


class Database(Group):
    url: SecretStr = Field(
        NONE,
        alias="database_url",
        description="postgresql://user:password@host/name; none: SQLite.",
    )
    pool: int = Field(
        10,
        alias="database_pool",
        ge=1,
        le=1000,
        description="Connections a process has for long reads; two more do the rest.",
    )
    replica_url: SecretStr = Field(
        NONE,
        alias="database_replica_url",
        description="A read replica, asked for what may be a little old while it answers.",
    )

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        some_postgres("BASHI_DATABASE_URL", self.url)
        some_postgres("BASHI_DATABASE_REPLICA_URL", self.replica_url)
        words = "BASHI_DATABASE_REPLICA_URL: set BASHI_DATABASE_URL, whose replica it is, too"
        refuse((self.url.get_secret_value() or not self.replica_url.get_secret_value(), words))
        return self


class Valkey(Group):
    url: SecretStr = Field(
        NONE,
        alias="valkey_url",
        description="Valkey of all processes, `redis://` or `rediss://`; none: one process alone.",
    )

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.url.get_secret_value():
            words = "BASHI_VALKEY_URL: set redis://, rediss:// or unix:// and where it is"
            check(words, some_valkey, self.url.get_secret_value())
        return self


class Media(Group):
    bucket: str = Field(
        "",
        alias="s3_bucket",
        description="Bucket for the pictures and nothing else; none: they lie in the data folder.",
    )
    endpoint_url: str = Field(
        "",
        alias="s3_endpoint_url",
        description="Where its S3 API answers, `https://`; none: that of AWS in the region.",
    )
    region: str = Field(
        "us-east-1", alias="s3_region", description="Region of the bucket; `auto` for R2."
    )
    access_key_id: SecretStr = Field(
        NONE,
        alias="s3_access_key_id",
        description="Key that may read, write and delete there; none: the machine's own.",
    )
    secret_access_key: SecretStr = Field(
        NONE, alias="s3_secret_access_key", description="The key's secret."
    )

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        key = bool(self.access_key_id.get_secret_value())
        secret = bool(self.secret_access_key.get_secret_value())
        refuse(
            (
                key == secret,
                "set both BASHI_S3_ACCESS_KEY_ID and BASHI_S3_SECRET_ACCESS_KEY, or neither",
            ),
            (
                self.bucket or not (self.endpoint_url or key or secret),
                "BASHI_S3_BUCKET: set the bucket that the other BASHI_S3_… are about",
            ),
        )
        if self.endpoint_url:
            words = "BASHI_S3_ENDPOINT_URL: set https:// and where it is; http:// on loopback only"
            check(words, bucket_address, self.endpoint_url)
        return self
