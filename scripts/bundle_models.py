"""Rebuild the pose models in coach/pose/models/ from the files that public packages carry.

    npm pack @mediapipe/pose@0.5.1675469404 && tar xf mediapipe-pose-*.tgz
    pip download --no-deps mediapipe==0.10.21
    pip install mediapipe==0.10.21          (in an environment of its own: newer ones cannot write the metadata)
    python scripts/bundle_models.py package mediapipe-0.10.21-*.whl coach/pose/models

MediaPipe Tasks needs the normalisation of the input as metadata: detector mean 127.5 and standard deviation
127.5, landmarks mean 0 and standard deviation 255.  Source of the models: BlazePose GHUM, Google, Apache-2.0.
"""

import argparse
import zipfile
from pathlib import Path
from typing import Any

import flatbuffers
from mediapipe.tasks.metadata import metadata_schema_py_generated as schema
from mediapipe.tasks.metadata import schema_py_generated as tflite
from mediapipe.tasks.python.metadata import metadata

DETECTOR = "mediapipe/modules/pose_detection/pose_detection.tflite"


def with_normalisation(model: bytes, mean: float, deviation: float, name: str) -> bytes:
    """The model with how its picture is to be normalised written into its metadata."""
    picture = schema.TensorMetadataT()
    picture.name = "image"
    picture.content = schema.ContentT()
    picture.content.contentPropertiesType = schema.ContentProperties.ImageProperties
    picture.content.contentProperties = schema.ImagePropertiesT()
    picture.content.contentProperties.colorSpace = schema.ColorSpaceType.RGB
    picture.processUnits = [_normalisation(mean, deviation)]
    picture.stats = schema.StatsT()
    return _populate(model, picture, name)


def _normalisation(mean: float, deviation: float) -> Any:
    unit = schema.ProcessUnitT()
    unit.optionsType = schema.ProcessUnitOptions.NormalizationOptions
    unit.options = schema.NormalizationOptionsT()
    unit.options.mean, unit.options.std = [mean], [deviation]
    return unit


def _populate(model: bytes, picture: Any, name: str) -> bytes:
    graph = schema.SubGraphMetadataT()
    graph.inputTensorMetadata = [picture]
    graph.outputTensorMetadata = []
    for number in range(tflite.Model.GetRootAsModel(model, 0).Subgraphs(0).OutputsLength()):
        output = schema.TensorMetadataT()
        output.name = f"out{number}"
        graph.outputTensorMetadata.append(output)
    whole = schema.ModelMetadataT()
    whole.name, whole.subgraphMetadata = name, [graph]
    builder = flatbuffers.Builder(0)
    builder.Finish(whole.Pack(builder), metadata.MetadataPopulator.METADATA_FILE_IDENTIFIER)
    populator = metadata.MetadataPopulator.with_model_buffer(model)
    populator.load_metadata_buffer(bytes(builder.Output()))
    populator.populate()
    return bytes(populator.get_model_buffer())


def main() -> None:
    """Write the three .task files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("package", type=Path, help="the unpacked npm package @mediapipe/pose")
    parser.add_argument("wheel", type=Path, help="the wheel mediapipe 0.10.21")
    parser.add_argument("target", type=Path)
    chosen = parser.parse_args()
    with zipfile.ZipFile(chosen.wheel) as wheel:
        detector = with_normalisation(wheel.read(DETECTOR), 127.5, 127.5, "pose_detector")
    for size in ("lite", "full", "heavy"):
        landmarks = (chosen.package / f"pose_landmark_{size}.tflite").read_bytes()
        target = chosen.target / f"pose_landmarker_{size}.task"
        with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as task:
            task.writestr("pose_detector.tflite", detector)
            task.writestr(
                "pose_landmarks_detector.tflite", with_normalisation(landmarks, 0.0, 255.0, "pose_landmarks")
            )
        print(target)


if __name__ == "__main__":
    main()
