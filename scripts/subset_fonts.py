"""Cut the fonts of the PDF in coach/report/fonts/ out of those that public packages carry.

    npm pack @expo-google-fonts/noto-sans@0.4.2 @expo-google-fonts/noto-sans-arabic@0.4.3 \
        @expo-google-fonts/noto-sans-hebrew@0.4.1
    (unpack each into a folder of its own under FOLDER)
    pip install fonttools
    python scripts/subset_fonts.py FOLDER coach/report/fonts

Kept are the letters of Latin, Greek, Cyrillic, Arabic (Persian and Urdu too) and Hebrew writing; what joins Arabic
letters and places marks is kept, hints for screens are not.
"""

import argparse
from pathlib import Path

from fontTools import subset

LATIN = (
    "0020-007E,00A0-024F,0259,02B9-02DD,0300-036F,0370-03FF,0400-052F,1E00-1EFF,2000-206F,2070-209F,20A0-20BF,"
    "2116,2122,2190-2193,2212,2248,2260,2264,2265,FFFD"
)
RANGES = {
    "NotoSans": LATIN,
    "NotoSansArabic": "0020-0040,0600-06FF,0750-077F,200B-200F,2010-2011,204F,2066-2069",
    "NotoSansHebrew": "0020-0040,0590-05FF,200B-200F,2066-2069,20AA,FB1D-FB4F",
}
WEIGHTS = {"400Regular": "Regular", "600SemiBold": "SemiBold"}


def cut(source: Path, target: Path, ranges: str) -> None:
    """Keep the letters in `ranges`, with everything that shapes them."""
    options = subset.Options(hinting=False, layout_features=["*"], notdef_outline=True)
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]
    font = subset.load_font(str(source), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=subset.parse_unicodes(ranges))
    subsetter.subset(font)
    subset.save_font(font, str(target), options)


def main() -> None:
    """Cut each font in each weight."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("target", type=Path)
    given = parser.parse_args()
    for family, ranges in RANGES.items():
        for weight, name in WEIGHTS.items():
            source = next(given.folder.rglob(f"{family}_{weight}.ttf"))
            cut(source, given.target / f"{family}-{name}.ttf", ranges)
            licence = (source.parents[1] / "LICENSE_FONT").read_text("utf-8")
            (given.target / f"{family}-LICENSE").write_text(licence, "utf-8")


if __name__ == "__main__":
    main()
