"""Where the settings want pictures to lie: in a bucket if they name one, else in a folder."""

from bashi.core.ports import Media
from bashi.engines.media.folder import FolderMedia
from bashi.entry.settings import Settings


def open_media(settings: Settings) -> Media:
    if not settings.s3_bucket:
        return FolderMedia(settings.media_folder)
    from bashi.engines.media.s3 import Bucket, S3Media  # noqa: PLC0415 - only where it is used

    bucket = Bucket(
        settings.s3_bucket,
        settings.s3_endpoint_url,
        settings.s3_region,
        settings.s3_access_key_id.get_secret_value(),
        settings.s3_secret_access_key.get_secret_value(),
    )
    return S3Media(bucket)
