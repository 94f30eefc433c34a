"""What the tests of these pages do."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from streamlit.testing.v1 import AppTest

from coach.judge import SetResult, load_exercise
from coach.language import Language
from coach.live import Hub
from coach.web.plan.wording import messages
from tests.web.summary.sets import rep, result

NOW = partial(datetime.now, UTC)
EN = messages("en")


@dataclass(frozen=True)
class Home:
    """Where everything of a test is."""

    folder: Path
    hub: Hub


def done(exercise: str, n: int) -> SetResult:
    """A set of n repetitions that counted."""
    loaded = load_exercise(exercise)
    return result(loaded, *(rep(loaded, 5.0 * i) for i in range(n)))


def page(module: str, language: str) -> None:
    """The script of a page."""
    from importlib import import_module

    import_module(module).show(language)


def opened(module: str, language: Language = "en") -> AppTest:
    """A page as somebody meets it."""
    told = {"module": f"coach.web.{module}", "language": language}
    app = AppTest.from_function(page, kwargs=told, default_timeout=60).run()
    assert not app.exception
    return app


def press(app: AppTest, label: str) -> AppTest:
    """Press the button with these words."""
    next(one for one in app.button if one.label == label).click()
    app.run()
    assert not app.exception
    return app


def after_a_look_elsewhere(app: AppTest) -> AppTest:
    """Streamlit empties the address on the way, and forgets what was chosen in the boxes."""
    app.session_state["elsewhere"] = True
    app.query_params.clear()
    app.run()
    app.session_state["elsewhere"] = False
    app.run()
    assert not app.exception
    return app


def labels(app: AppTest) -> list[str]:
    """Of all buttons."""
    return [one.label for one in app.button]


def texts(app: AppTest) -> str:
    """All that the page tells."""
    kinds = (
        app.title,
        app.subheader,
        app.markdown,
        app.success,
        app.error,
        app.warning,
        app.info,
        app.caption,
    )
    written = [element.proto.body for element in app.get("html")]
    return "\n".join([*(element.value for kind in kinds for element in kind), *written])
