"""What lies beside the code and goes to the browser: styles, scripts, HTML."""

from functools import cache
from pathlib import Path
from typing import Final

COMPONENTS: Final = Path(__file__).parent / "components"


@cache
def beside(folder: Path, name: str) -> str:
    """The text of a file, read once."""
    return (folder / name).read_text("utf-8")
