"""How every page looks."""

from typing import Final

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
[class*="st-key-card-"] h3 { font-size: 1rem; font-weight: 700; padding: 0; }
.card-text { min-height: 5.4em; font-size: .92rem; line-height: 1.4; opacity: .9; }
.quiet { opacity: .82; font-size: .95rem; line-height: 1.5; }
h1:focus, h2:focus { outline: none; }
[data-testid="stCaptionContainer"] { color: inherit; opacity: .8; }
.by-touch { display: none; }
@media (pointer: coarse) { .by-key { display: none; } .by-touch { display: inline; } }
@media (max-width: 640px) { [class*="st-key-side-"] [role="radiogroup"] { flex-wrap: wrap; } }
a:focus-visible, button:focus-visible { outline: 3px solid var(--st-primary-color, #0f6b75); outline-offset: 2px; }
</style>"""
