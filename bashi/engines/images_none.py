"""Images where nothing can resize them: an upload is refused, with the reason."""

from collections.abc import Mapping

from bashi.core.errors import Invalid


class NoImages:
    async def cover(self, upload: bytes) -> Mapping[int, bytes]:  # noqa: ARG002
        raise Invalid(
            "images_not_here",
            "This site runs where pictures cannot be resized. Its operator can add the picture.",
        )
