"""The few pieces of SVG that the chart is made of, with every text escaped."""

import re
from html import escape
from typing import Final

# Hatching tells what colour alone would not: on paper, and to the colour-blind.
STYLE: Final = """<style>
.chart text{font:14px system-ui,sans-serif;fill:var(--muted,#52616a)}
.chart .name{font-weight:600;fill:var(--ink,#1b2529)}
.chart .number{font-weight:600;fill:var(--ink,#1b2529)}
.chart .number.missed{font-weight:400;fill:var(--muted,#52616a)}
.chart .halo{paint-order:stroke;stroke:var(--paper,#fff);stroke-width:4px;stroke-linejoin:round}
.chart text.fault{fill:var(--fault,#a3341f)}
.chart .grid{stroke:var(--rule,#d9dfe1);fill:none}
.chart .axis{stroke:var(--muted,#52616a);fill:none}
.chart .curve{stroke:var(--accent,#14606b);stroke-width:2;fill:none;stroke-linejoin:round}
.chart .curve{stroke-linecap:round}
.chart .target{stroke:var(--ink,#1b2529);stroke-width:1.25;stroke-dasharray:6 4;fill:none}
.chart rect.counted{fill:var(--tint,#dfecec);stroke:var(--accent,#14606b);stroke-opacity:.6}
.chart rect.missed{fill:url(#chart-hatch);stroke:var(--muted,#52616a);stroke-dasharray:3 3}
.chart rect.pause{fill:url(#chart-pause);stroke:none}
.chart .mark{fill:var(--fault,#a3341f)}
.chart.crowded .curve{stroke-width:.9}
.chart.crowded rect.counted,.chart.crowded rect.missed{stroke:none}
.chart.crowded rect.missed{fill:var(--hatch,#b4bec2)}
.chart .hatch{stroke:var(--hatch,#b4bec2);stroke-width:1.5}
.chart .paper{fill:var(--paper,#fff)}
</style>"""
HATCHES: Final = """<defs>
<pattern id="chart-hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
<path class="hatch" d="M0 0v7"/></pattern>
<pattern id="chart-pause" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
<path class="paper" d="M0 0h5v5h-5z"/><path class="hatch" d="M0 0v5"/></pattern>
</defs>"""

_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def element(tag: str, content: str, **attributes: str) -> str:
    """An element with escaped text, such as a title."""
    given = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
    return f"<{tag}{given}>{escaped(content)}</{tag}>"


def text(x: float, y: float, content: str, kind: str = "", anchor: str = "start") -> str:
    """A line of text: `x` is its start, middle or end by `anchor`, `y` its baseline, in pixels."""
    named = f' class="{kind}"' if kind else ""
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}"{named}>{escaped(content)}</text>'


def escaped(content: str) -> str:
    """Text that may stand in XML: marked-up characters escaped, those that XML forbids replaced."""
    return escape(_NOT_XML.sub("\N{REPLACEMENT CHARACTER}", content))


def standalone(picture: str, family: str) -> str:
    """A picture for where CSS variables are not known: each replaced by its fallback, all letters of one family."""
    return re.sub(r"var\(--[a-z]+,(#[0-9a-f]+)\)", r"\1", picture).replace(
        "system-ui,sans-serif", f"'{family}'"
    )
