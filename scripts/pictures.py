"""Make the picture of the README: two moments of the coached sample clip, side by side.

python -m scripts.pictures
"""

import tempfile
from pathlib import Path

import numpy as np
from PIL import Image

from coach.video import VideoReader, analyse

ROOT = Path(__file__).parent.parent
CLIP = ROOT / "sample_videos" / "bridge_faulty.mp4"
MOMENTS_S = (6.0, 36.0)


def main() -> None:
    """Analyse, and put the moments side by side."""
    with tempfile.TemporaryDirectory() as folder:
        coached = Path(folder) / "coached.mp4"
        analyse(CLIP, "bridge", annotated=coached)
        waiting, found = list(MOMENTS_S), []
        with VideoReader(coached) as reader:
            for frame in reader.frames():
                if waiting and frame.t >= waiting[0]:
                    waiting.pop(0)
                    found.append(frame.image)
    picture = Image.fromarray(np.concatenate(found, axis=1)).quantize(128)
    picture.save(ROOT / "docs" / "pictures" / "coached.png", optimize=True)


if __name__ == "__main__":
    main()
