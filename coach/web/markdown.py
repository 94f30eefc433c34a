"""Text where Streamlit would read Markdown."""

import re


def plain(text: str) -> str:
    """Text that is shown as it is written: names of people and files, sentences with such names in them.

    >>> plain("A*B")
    'A\\\\*B'
    """
    return re.sub(r"([\\`*_{}\[\]()#+\-.!~$:<>|&])", r"\\\1", text)
