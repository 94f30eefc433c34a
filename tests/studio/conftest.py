"""What the studio's tests share."""

import os

import pytest

from sample_videos.studio.errors import StudioError
from sample_videos.studio.renderer import open_context
from sample_videos.studio.skeleton import Body
from tests.studio.movements import WHO


@pytest.fixture(scope="session")
def opengl() -> None:
    """Skips where OpenGL is missing; in CI it has to be there."""
    try:
        open_context().release()
    except StudioError as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def female() -> Body:
    """A body."""
    return Body.load("female")


@pytest.fixture(scope="module", params=WHO)
def body(request: pytest.FixtureRequest) -> Body:
    """Each of three unlike bodies."""
    return Body.load(request.param)
