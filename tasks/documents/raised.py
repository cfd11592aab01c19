"""Small raised numbers and signs behind words: the marks of notes, and what is a power of a measure."""

import re

RAISED = (
    r"\s*(?:[\[［〔【(（]\s*)?(?:注\s*)?(?:[0-9０-９]{1,3}(?:\s*[,，、–-]\s*[0-9]{1,3})*|[①-⑳]|[*＊†‡]{1,3}|注)"
    r"\s*[\]］〕】)）]?\s*"
)
# A Chinese letter or sign before it; that of a measure is raised to a power: 米².
MARKED = re.compile(r"[\u4e00-\u9fff》」』”’）〉〕】、，。；：！？](?<![米里尺寸])\s*\Z")
