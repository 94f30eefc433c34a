"""What the camera page may do to a picture: how far the measures are off, in good and in bad light.

    python -m benchmarks.jpeg [CLIP …] [--seconds 8] [--model full] [--write]

Takes sample clips (640x480), makes them dim, noisy, or the person far away, shrinks them as the browser
does (bilinear), packs them as JPEG with halved colour as the browser does, and unpacks and judges them as the live
worker does.  Beside them the same pictures without JPEG, and in planes, as the page sends them on its own machine.
The true landmarks are worked out from the scenes first.

off the truth       mean of |ours - true| over the judged frames, over clips and measures
off the plain one   mean of |this - what is measured in the clean picture without JPEG|
judged              of the frames that are judged in the clean picture without JPEG, those that are here
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce
from pathlib import Path
from statistics import median
from typing import Final

import cv2
import numpy as np

from benchmarks.clips import Clip, Judged, judged, measures_of, values
from benchmarks.samples import CLIPS, with_truth
from benchmarks.scores import measure_errors, sides_of
from benchmarks.tables import markdown, write
from benchmarks.variants import scaled
from coach.motion import MEASURES
from coach.pose import MODELS, Image, Lamp, MediaPipeEstimator, PoseFrame, PoseTrack, decode_picture
from coach.pose.decode import PLANES
from coach.video import VideoFrame, VideoReader
from coach.web.stage import PICTURE_PX, QUALITY

NAMES: Final = ("squat_clean", "squat_front_clean", "bridge_clean")
SIZES: Final = (640, 480, 320)  # the longer side
QUALITIES: Final = (0.9, 0.8, 0.7, 0.5)
DIM, SIGMA, FAR = 0.3, 12.0, 0.5
TOLERANCE: Final = {"deg": 0.3, "ratio": 0.005}  # off the truth by so much more than without JPEG is too much
FEWER: Final = 0.02  # and so many fewer frames judged, too

Change = Callable[[Image, np.random.Generator], Image]


# --- the pictures -----------------------------------------------------------------------------------


def dim(image: Image, rng: np.random.Generator) -> Image:
    """At DIM of its brightness."""
    return (image * DIM).astype(np.uint8)


def noisy(image: Image, rng: np.random.Generator) -> Image:
    """With the noise of a cheap sensor: SIGMA of 255, each pixel and colour by itself."""
    return np.clip(image + rng.normal(0, SIGMA, image.shape), 0, 255).astype(np.uint8)


LIGHTS: Final[dict[str, tuple[Change, ...]]] = {
    "clean": (),
    "dim": (dim,),
    "noisy": (noisy,),
    "dim and noisy": (dim, noisy),
    "far": (lambda image, rng: _far(image),),
}


def _far(image: Image) -> Image:
    return next(scaled(FAR)(iter([VideoFrame(0.0, image)]))).image


@dataclass(frozen=True, slots=True)
class Packing:
    """Longer side in pixels and quality; quality None: no JPEG at all, in planes with halved colour or untouched."""

    size: int
    quality: float | None
    planes: bool = False

    def __str__(self) -> str:
        if self.planes:
            return f"{self.size}, planes"
        return f"{self.size}, no JPEG" if self.quality is None else f"{self.size} at {self.quality}"

    def pack(self, image: Image) -> bytes:
        """As the browser packs it."""
        small = shrunk(image, self.size)
        if self.planes:
            height, width = small.shape[:2]
            bright, red, blue = cv2.split(cv2.cvtColor(small, cv2.COLOR_RGB2YCrCb))
            # The mean of four pixels, as cameras make it; OpenCV's own way to planes takes one of them, noise and all.
            halves = [
                cv2.resize(c, (width // 2, height // 2), interpolation=cv2.INTER_AREA) for c in (blue, red)
            ]
            return b"".join(
                [PLANES.pack(b"I420", width, height, True), *(p.tobytes() for p in (bright, *halves))]
            )
        assert self.quality is not None
        bgr = cv2.cvtColor(small, cv2.COLOR_RGB2BGR)
        _, data = cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, round(100 * self.quality)])
        return data.tobytes()


PLAIN: Final = Packing(640, None)
AT_HOME: Final = Packing(640, None, planes=True)
PACKINGS: Final = (PLAIN, AT_HOME, *(Packing(size, quality) for size in SIZES for quality in QUALITIES))


def shrunk(image: Image, size: int) -> Image:
    """The picture with its longer side at most `size`."""
    h, w = image.shape[:2]
    scale = min(1.0, size / max(h, w))
    return np.asarray(cv2.resize(image, (round(w * scale), round(h * scale))), np.uint8)


# --- what is measured in them -----------------------------------------------------------------------


@dataclass(slots=True)
class Found:
    """Of all clips: sizes and times of the pictures, and by unit how far the measures are off."""

    bytes_: list[int] = field(default_factory=list)
    decode_ms: list[float] = field(default_factory=list)
    truth: dict[str, list[float]] = field(default_factory=dict)
    plain: dict[str, list[float]] = field(default_factory=dict)
    judged: int = 0
    of: int = 0

    def add(self, clip: Clip, ours: Judged, plain: Judged) -> None:
        """Take what was measured in a clip; one figure a measure."""
        for error in measure_errors(clip, ours):
            if error.against == "zero":
                self.truth.setdefault(MEASURES[error.measure].unit, []).append(
                    float(np.abs(error.off).mean())
                )
        for name, off in differences(clip, ours, plain):
            self.plain.setdefault(MEASURES[name].unit, []).append(off)
        self.judged += int((ours.ready & plain.ready).sum())
        self.of += int(plain.ready.sum())

    @property
    def share_judged(self) -> float:
        """Of the frames judged in the plain pictures."""
        return self.judged / self.of if self.of else float("nan")

    def off(self, against: dict[str, list[float]], unit: str) -> float:
        """The mean over clips and measures; NaN of nothing."""
        return float(np.mean(against[unit])) if against.get(unit) else float("nan")


def differences(clip: Clip, ours: Judged, plain: Judged) -> Iterator[tuple[str, float]]:
    """Of each measure and side the mean difference, over the frames that both judge."""
    assert clip.exercise is not None
    both = ours.ready & plain.ready
    for name in measures_of(clip.exercise, clip.truth.view):
        for side in sides_of(clip):
            seen = clip.exercise.seen
            off = np.abs(values(ours.track, name, side, seen) - values(plain.track, name, side, seen))[both]
            if np.isfinite(off).any():
                yield name, float(np.nanmean(off))


def changed(frames: Sequence[VideoFrame], changes: Sequence[Change]) -> list[VideoFrame]:
    """The frames in another light, the same for every packing."""
    rng = np.random.default_rng(5)
    return [
        VideoFrame(f.t, reduce(lambda image, change: change(image, rng), changes, f.image)) for f in frames
    ]


def seen(frames: Sequence[VideoFrame], packing: Packing, model: str, found: Found) -> PoseTrack:
    """What the live worker sees in the frames."""
    lamp, poses = Lamp(), list[PoseFrame]()
    with MediaPipeEstimator(model) as estimator:  # type: ignore[arg-type]
        for frame in frames:
            if packing == PLAIN:
                image = shrunk(frame.image, packing.size)
            else:
                data = packing.pack(frame.image)
                found.bytes_.append(len(data))
                begun = time.perf_counter()
                image = decode_picture(data)
                found.decode_ms.append(1000 * (time.perf_counter() - begun))
            poses.append(estimator.estimate(lamp.step(image, frame.t).image, frame.t))
    return PoseTrack.of(poses)


def first_frames(clip: Clip, seconds: float) -> list[VideoFrame]:
    """The first seconds of the set."""
    begun = min(moment.start_s for moment in clip.truth.moments if moment.what == "set")
    with VideoReader(clip.video) as reader:
        return [frame for frame in reader.frames() if begun <= frame.t < begun + seconds]


def measured(videos: Sequence[Path], model: str, seconds: float) -> dict[tuple[str, Packing], Found]:
    """All lights and packings, over all clips."""
    found: dict[tuple[str, Packing], Found] = {}
    with tempfile.TemporaryDirectory() as folder:
        for video in videos:
            clip = with_truth(video, Path(folder))
            frames = first_frames(clip, seconds)
            assert clip.exercise is not None
            plain: Judged | None = None
            for light, changes in LIGHTS.items():
                shown = changed(frames, changes)
                for packing in PACKINGS:
                    one = found.setdefault((light, packing), Found())
                    ours = judged(seen(shown, packing, model, one), clip.exercise)
                    plain = plain or ours  # the first of all is the plain one
                    one.add(clip, ours, plain)
                print(f"{clip.name}, {light}", file=sys.stderr, flush=True)
    return found


# --- what is told -----------------------------------------------------------------------------------

HEADER: Final = ("light", "picture", "kB", "decode, ms", "angles off the truth, deg", "off the plain one",
                 "ratios off the truth", "off the plain one", "judged")  # fmt: skip


def row(light: str, packing: Packing, found: Found) -> tuple[str, ...]:
    """One line of the table."""
    return (
        light,
        str(packing),
        f"{median(found.bytes_) / 1000:.0f}" if found.bytes_ else "-",
        f"{median(found.decode_ms):.1f}" if found.decode_ms else "-",
        f"{found.off(found.truth, 'deg'):.2f}",
        f"{found.off(found.plain, 'deg'):.2f}",
        f"{found.off(found.truth, 'ratio'):.3f}",
        f"{found.off(found.plain, 'ratio'):.3f}",
        f"{found.share_judged:.0%}",
    )


def good_enough(packing: Packing, found: dict[tuple[str, Packing], Found]) -> bool:
    """Whether in no light it is off the truth by TOLERANCE more, or judges FEWER, than without JPEG."""
    for light in {light for light, _ in found}:
        ours, best = found[light, packing], found[light, PLAIN]
        for unit, most in TOLERANCE.items():
            if ours.off(ours.truth, unit) > best.off(best.truth, unit) + most:
                return False
        if ours.share_judged < best.share_judged - FEWER:
            return False
    return True


def smallest(found: dict[tuple[str, Packing], Found]) -> Packing | None:
    """The fewest pixels, and of these the lowest quality, that are good enough; None where none are."""
    good = [p for _, p in found if p.quality is not None and good_enough(p, found)]
    return min(good, key=lambda packing: (packing.size, packing.quality), default=None)


def conclusion(found: dict[tuple[str, Packing], Found]) -> str:
    """What the figures say about what the page sends: over a network, and on its own machine."""
    sent = Packing(PICTURE_PX, QUALITY)
    best = smallest(found)
    rule = (
        f"in no light more than {TOLERANCE['deg']:g} degrees or {TOLERANCE['ratio']:g} of a ratio further from the "
        f"truth than the same picture without JPEG, and at most {FEWER:.0%} fewer frames judged"
    )
    home = f"On its own machine it sends {AT_HOME}, which {verdict(AT_HOME, found)}."
    if best is None:
        return f"The page sends {sent}; no JPEG measured here is good enough ({rule}). {home}"
    return f"The page sends {sent}, which {verdict(sent, found)}; the smallest JPEG that is: {best} ({rule}). {home}"


def verdict(packing: Packing, found: dict[tuple[str, Packing], Found]) -> str:
    """In words."""
    return "is good enough" if good_enough(packing, found) else "is not good enough"


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("clips", nargs="*", type=Path, default=[CLIPS / f"{name}.mp4" for name in NAMES])
    parser.add_argument("--seconds", type=float, default=8.0, help="of each set")
    parser.add_argument("--model", choices=MODELS, default="full")
    parser.add_argument("--write", action="store_true", help="put the table into docs/measured/jpeg.md")
    chosen = parser.parse_args()
    found = measured(chosen.clips, chosen.model, chosen.seconds)
    rows = [row(light, packing, one) for (light, packing), one in found.items()]
    clips = ", ".join(video.stem for video in chosen.clips)
    about = (
        f"The first {chosen.seconds:g} s of the sets of {clips}; model {chosen.model}. Dim: at {DIM:.0%} of the "
        f"brightness; noisy: sigma {SIGMA:g} of 255; far: the person at {FAR:.0%} of the size."
    )
    text = "\n\n".join((about, markdown(HEADER, rows), conclusion(found)))
    print(text)
    if chosen.write:
        write("jpeg", "python -m benchmarks.jpeg --write", text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
