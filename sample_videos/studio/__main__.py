"""python -m sample_videos.studio SCENE.yaml [SCENE.yaml | FOLDER ...] OUT: films scenes and writes their truth."""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from sample_videos.studio.errors import StudioError
from sample_videos.studio.scene import read_film
from sample_videos.studio.truth import files_of


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 0, or 2 with one sentence when something has to be mended."""
    options = _options(arguments)
    try:
        for scene in scene_files(options.paths[:-1]):
            _make(scene, options.paths[-1] / scene.stem, options)
    except StudioError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m sample_videos.studio", description=__doc__)
    parser.add_argument(
        "paths", nargs="+", type=Path, help="scene files or folders of them, then the folder to write to"
    )
    parser.add_argument(
        "--force", action="store_true", help="render also what is there and newer than its scene"
    )
    parser.add_argument(
        "--still", type=float, metavar="SECONDS", help="write only a PNG of the frame at this time"
    )
    parser.add_argument(
        "--truth", action="store_true", help="write only the truth (JSON and npz), without filming"
    )
    options = parser.parse_args(arguments)
    if len(options.paths) < 2:
        parser.error("at least one scene and the folder to write to are needed")
    return options


def scene_files(paths: Sequence[Path]) -> list[Path]:
    """The scene files, of folders all that lie in them.  Raises StudioError where there is none."""
    found: list[Path] = []
    for path in paths:
        inside = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
        if not inside:
            raise StudioError(f"There is no scene (*.yaml) in the folder '{path}'.")
        found += inside
    return found


def _make(path: Path, stem: Path, options: argparse.Namespace) -> None:
    scene = read_film(path)
    outputs = files_of(stem) if options.truth else (stem.with_name(f"{stem.name}.mp4"), *files_of(stem))
    if options.still is None and not options.force and _up_to_date(path, outputs):
        print(f"{path.stem}: there already", flush=True)
        return
    from sample_videos.studio import studio  # the truth alone needs no OpenGL; reading a bad scene neither

    started = time.perf_counter()
    try:
        stem.parent.mkdir(parents=True, exist_ok=True)
        if options.still is not None:
            studio.still(scene, options.still, stem)
        elif options.truth:
            studio.truth_only(scene, stem)
        else:
            studio.film(scene, stem)
    except OSError as error:
        raise StudioError(f"'{stem}' cannot be written: {error.strerror or error}.") from error
    print(f"{path.stem}: {time.perf_counter() - started:.1f} s", flush=True)


def _up_to_date(scene: Path, outputs: Sequence[Path]) -> bool:
    made = scene.stat().st_mtime
    return all(output.exists() and output.stat().st_mtime > made for output in outputs)


if __name__ == "__main__":
    sys.exit(main())
