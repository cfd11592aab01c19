"""What text recognition makes of signs again and again, put right letter by letter; the places stay.

Each is a letter for a letter: a dash read as the number one, half-wide signs between Chinese letters.
"""

import re

_HAN = "\u3400-\u9fff"
_WIDE = str.maketrans(":;,!?()", "：；，！？（）")
_SIGN = re.compile(rf"(?<=[{_HAN}，。；：、》”）])[:;,!?()]|[:;,!?()](?=[{_HAN}《“（])")
_PAGE = re.compile(r"[-—一]\d{1,4}[-—一]")  # the number of a page between dashes
# 12月1日一次年3月31日, 2023一2025年, 3月一5月: no number one stands there.
_DASH = re.compile(
    r"(?<=[年月日旬底初末])[一-](?=次年|翌年|当年|今年|明年|\d|[上中下]旬)|(?<=\d)一(?=\d)"
    r"|^一(?=20\d\d年|\d{1,2}月)"
)
_ALIKE = str.maketrans("☐❑❏▢◻⬜[]", "□□□□□□〔〕")


def put_right(text: str) -> str:
    """Return a line as it was most likely written; as long as before."""
    if _PAGE.fullmatch(text):
        return f"—{text[1:-1]}—"
    text = _SIGN.sub(lambda found: found[0].translate(_WIDE), text)
    return _DASH.sub("—", text).translate(_ALIKE)
