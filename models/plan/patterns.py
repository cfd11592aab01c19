"""The one way in which this package writes patterns: full width, and both widths are meant."""

import re
from functools import cache

from models.rules.text import squeeze as squeeze

# A mark of Chinese typesetting and what an OCR or a careless typist prints in its place.
TWINS = {
    "（": "（(",
    "）": "）)",
    "，": "，,",
    "：": "：:∶",
    "；": "；;",
    "！": "！!",
    "？": "？?",
    "【": "【〔［[〖",
    "】": "】〕］]〗",
    "—": "—–―─－~～-",
    "“": '“"＂‘「『',
    "”": '”"＂’」』',
}

HAN = "\u4e00-\u9fff"
COUNT = "零〇一二两三四五六七八九十百千"  # characters of a written number


@cache
def pattern(text: str) -> re.Pattern[str]:
    """Compile ``text``, where every mark of ``TWINS`` stands for all its twins.

    ``{N}`` stands for a printed or written number, ``{H}`` for a Chinese character.
    """
    text = text.replace("{H}", f"[{HAN}]").replace("{N}", f"(?:\\d{{1,9}}|[{COUNT}]{{1,7}})")
    return re.compile(_widen(text))


def _widen(text: str) -> str:
    out: list[str] = []
    in_class = escaped = False
    for char in text:
        if escaped:
            out.append(char)
            escaped = False
            continue
        escaped = char == "\\"
        if char == "[" and not in_class:
            in_class = True
            out.append(char)
        elif char == "]" and in_class:
            in_class = False
            out.append(char)
        elif char in TWINS:
            twins = re.escape(TWINS[char])
            out.append(twins if in_class else f"[{twins}]")
        else:
            out.append(char)
    return "".join(out)


def quoted(text: str) -> str:
    """Return ``text`` in quotation marks, its own marks as inner ones: “‘十四五’末”."""
    return f"“{text.replace('“', '‘').replace('”', '’')}”"
