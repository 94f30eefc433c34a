"""How the pages look, and what of Streamlit's own words is put into the language of the visit."""

from typing import Final

from coach.language import Words

ICON: Final = "🧘"

STYLE: Final = """<style>
.stMainBlockContainer { max-width: 76rem; padding-top: 4.2rem; }
[data-testid="stImage"] img { max-height: 17rem; object-fit: contain; border-radius: .6rem; }
[class*="st-key-card-"] [data-testid="stImage"] img { height: 9rem; }
.st-key-camera [data-testid="stImage"] img { max-height: 12.5rem; }
[data-testid="stMain"] { overflow-anchor: none; }
h1 { letter-spacing: -.02em; }
[data-testid="InputInstructions"], [data-testid="stStatusWidget"],
[data-testid="stHeaderActionElements"], [data-testid="stErrorCodeBlock"], .st-key-own-words, .st-key-top,
[data-testid="stImage"] [data-testid="stElementToolbar"],
[data-testid="stFullScreenFrame"] [data-testid="stElementToolbar"] { display: none !important; }
.stButton button, .stPopover button, .stDownloadButton button { min-height: 3rem; }
.stButton button[kind="primary"] { font-weight: 650; }
.stButton button[kind="primary"]:enabled { color: light-dark(#fff, #08181b); }
.card-text { min-height: 5.4em; font-size: .92rem; line-height: 1.4; opacity: .9; }
.quiet { opacity: .82; font-size: .95rem; line-height: 1.5; }
a:focus-visible, button:focus-visible { outline: 3px solid var(--st-primary-color, #0f6b75); outline-offset: 2px; }
</style>"""


def style(say: Words) -> str:
    """The style of every page."""
    return STYLE
