"""Reading the formats back with tools that are not ours."""

import io
import json
from pathlib import Path
from typing import Any

import jsonschema
import pandas as pd
import pyarrow.parquet as pq
import pypdfium2
import pytest
from fhir.resources.R4B.bundle import Bundle
from PIL import Image

from tests.conftest import ROOT

R4 = json.loads((ROOT / "tests" / "report" / "fhir-r4.schema.json").read_text("utf-8"))


def pdf_text(pdf: bytes) -> str:
    """The text of all pages, in one line each, with ordinary spaces."""
    document = pypdfium2.PdfDocument(pdf)
    told = "\n".join(page.get_textpage().get_text_range() for page in document)
    return " ".join(told.replace("\xa0", " ").split())


def pdf_pages(pdf: bytes, scale: float = 1.0) -> list[Image.Image]:
    """The pages as pictures."""
    return [page.render(scale=scale).to_pil() for page in pypdfium2.PdfDocument(pdf)]


def of_csv(content: bytes) -> pd.DataFrame:
    """A table as pandas reads it."""
    return pd.read_csv(io.BytesIO(content))


def of_parquet(content: bytes) -> pd.DataFrame:
    """A table as pyarrow and pandas read it."""
    return pq.read_table(io.BytesIO(content)).to_pandas()


def opensim_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """OpenSim, with its log in a folder; the test is skipped where there is no OpenSim."""
    monkeypatch.chdir(folder)  # it begins its log where it is imported
    found = pytest.importorskip("opensim", reason="there is no wheel of OpenSim for this machine")
    found.Logger.removeFileSink()
    return found


def of_fhir(text: str | bytes) -> dict[str, list[dict[str, Any]]]:
    """The resources of a bundle by their type, once R4's own schema and the library for R4B have found it valid."""
    told = json.loads(text)
    jsonschema.Draft6Validator(R4).validate(told)
    Bundle.model_validate_json(json.dumps(told))
    found: dict[str, list[dict[str, Any]]] = {}
    for entry in told["entry"]:
        found.setdefault(entry["resource"]["resourceType"], []).append(entry["resource"])
    return found
