"""What only a bucket can do: keep a content type, refuse a key, go away and come back."""

import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from obstore.store import S3Store

from bashi.core.ports import MediaUnavailable
from bashi.engines.media.s3 import Bucket, S3Media
from tests.support.s3 import BUCKET, KEY_ID, SECRET, S3Server, running_s3

pytestmark = pytest.mark.slow


@pytest.fixture
def own(tmp_path: Path) -> Iterator[S3Server]:
    with running_s3(tmp_path) as server:
        yield server


async def test_the_content_type_is_stored(s3: S3Server) -> None:
    await S3Media(s3.bucket).put("covers/typed.webp", b"x", "image/webp")
    store = S3Store(
        BUCKET,
        endpoint=s3.url,
        region="us-east-1",
        access_key_id=KEY_ID,
        secret_access_key=SECRET,
        client_options={"allow_http": True},
    )
    assert store.get("covers/typed.webp").attributes["Content-Type"] == "image/webp"


async def test_a_service_that_is_away_is_told_and_comes_back(own: S3Server) -> None:
    media = S3Media(own.bucket)
    await media.put("a", b"x", "image/webp")
    own.stop()
    for call in (media.get("a"), media.put("b", b"y", "image/webp"), media.delete("a")):
        with pytest.raises(MediaUnavailable, match="no answer"):
            await call
    own.start()
    assert await media.get("a") == b"x"
    assert await media.get("b") is None


async def test_what_is_refused_is_told_without_the_key(s3: S3Server) -> None:
    stranger = replace(s3.bucket, access_key_id="AKIDSTRANGER", secret_access_key="hunter2")
    guesser = replace(s3.bucket, secret_access_key="hunter2")
    for bucket in (stranger, guesser):
        assert "hunter2" not in repr(bucket)
        assert "AKID" not in repr(bucket)
        for call in (S3Media(bucket).get("a"), S3Media(bucket).put("a", b"x", "image/webp")):
            with pytest.raises(MediaUnavailable) as refused:
                await call
            assert str(refused.value) == f"{s3.url}/{BUCKET}: the key is refused"
            assert refused.value.__suppress_context__
    with pytest.raises(MediaUnavailable, match="no such bucket"):
        await S3Media(replace(s3.bucket, name="another")).put("a", b"x", "image/webp")


async def test_the_settings_go_before_the_environment(
    s3: S3Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (
        ("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:1"),
        ("AWS_ACCESS_KEY_ID", "AKIDSTRANGER"),
        ("AWS_SECRET_ACCESS_KEY", "hunter2"),
        ("AWS_REGION", "mars-north-1"),
    ):
        monkeypatch.setenv(name, value)
    media = S3Media(s3.bucket)
    await media.put("of-the-settings", b"x", "image/webp")
    assert await media.get("of-the-settings") == b"x"


async def test_the_machines_own_key_is_used_where_none_is_given(
    s3: S3Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY_ID)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    media = S3Media(Bucket(BUCKET, s3.url))
    await media.put("of-the-machine", b"x", "image/webp")
    assert await media.get("of-the-machine") == b"x"


async def test_a_service_that_is_silent_is_not_waited_for_long() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        bucket = Bucket(BUCKET, url, access_key_id=KEY_ID, secret_access_key=SECRET)
        with pytest.raises(MediaUnavailable, match="no answer"):
            await S3Media(bucket, total_seconds=0.2).get("a")
