"""Choose the media store that the settings ask for: a bucket, else a folder."""

from bashi.core.ports import Media
from bashi.engines.media.folder import FolderMedia
from bashi.entry.settings import Settings


def open_media(settings: Settings) -> Media:
    if not settings.media.bucket:
        return FolderMedia(settings.server.media_folder)
    from bashi.engines.media.s3 import Bucket, S3Media  # noqa: PLC0415 - only where it is used

    bucket = Bucket(
        settings.media.bucket,
        settings.media.endpoint_url,
        settings.media.region,
        settings.media.access_key_id.get_secret_value(),
        settings.media.secret_access_key.get_secret_value(),
    )
    return S3Media(bucket)
