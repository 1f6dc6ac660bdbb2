"""What Chromium's pretended camera films: a video that the test makes and Chromium repeats."""

import io
from pathlib import Path

from PIL import Image

SIZE = (640, 480)
FRAMES_A_SECOND = 30  # at which Chromium plays motion JPEG
SEEN_SECONDS = 1
AWAY_SECONDS = 4  # longer than the door takes a code for one that never left
MARGIN = 24


class Camera:
    """Motion JPEG is JPEG pictures one after another. The file is read when the camera starts."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.show(Image.new("L", SIZE, "white"))

    def show(self, picture: Image.Image) -> None:
        """A second of the picture, then four of gray: as if a ticket came again and again."""
        small = picture.convert("RGB")
        small.thumbnail((SIZE[0] - MARGIN, SIZE[1] - MARGIN))
        frame = Image.new("RGB", SIZE, "white")
        frame.paste(small, ((SIZE[0] - small.width) // 2, (SIZE[1] - small.height) // 2))
        seen, away = _jpeg(frame), _jpeg(Image.new("RGB", SIZE, "gray"))
        second = FRAMES_A_SECOND
        video = seen * second * SEEN_SECONDS + away * second * AWAY_SECONDS
        part = self.path.with_suffix(".part")
        part.write_bytes(video)
        part.replace(self.path)


def _jpeg(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=85)
    return file.getvalue()
