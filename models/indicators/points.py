"""Points as they stand in the texts of a system: in brackets, as a share, taken off down to a floor."""

from models.plan.reading.text.numerals import read_integer
from models.plan.reading.text.patterns import pattern, squeeze

IN_BRACKETS = r"[（【](?:本项|该项|共计?|满分|总?分值|计|赋分|标准分)?[：]?({分数})分[）】]"
SHARE = r"[（【](?:(?:占|权重)[^（）【】]{0,8}?)?({分数})%[）】]$|[（【](?:占|权重)[^（）【】]{0,8}?({分数})%[）】]"
AT_THE_END = r"(?<=[\u4e00-\u9fff])[：，—]{0,2}({分数})分$"  # of a heading: 组织领导 20分
CELL = r"(?:共计?|满分|计)?({分数})(?:分|%)?"
TAKEN_OFF = r"(?:扣除?|[得计加记]){分数}|扣完|扣分|扣减|不得分|得分|不计分"
TOTAL = (
    r"(?:总分值?|满分值?|总分数|分值合计|总计分值)(?:设定|设置|共计|共)?[为是：]?({分数})分"
    r"|(?:实行|采用|按照?)({分数})分制|百分制"
)


def cell_points(text: str) -> float | None:
    """Return the points that a cell of its own column says: 10, 10分, 15%; None for anything else."""
    found = pattern(CELL).fullmatch(squeeze(text))
    return float(found[1]) if found else None


def points_within(text: str) -> list[float]:
    """Return the points in brackets within a text in their order: 1)…（1.5分）2)…（3分）."""
    return [float(found[1]) for found in pattern(IN_BRACKETS).finditer(text)]


def share_within(text: str) -> float | None:
    """Return the share that a head says of all points: 占总分值的15%."""
    found = pattern(SHARE).search(text)
    return float(found[1] or found[2]) if found else None


def heading_points(text: str) -> tuple[str, float | None]:
    """Part the points at the end of a heading from it: 组织领导20分."""
    found = pattern(AT_THE_END).search(text)
    return (text[: found.start()], float(found[1])) if found else (text, None)


def without_points(text: str) -> str:
    """Return a text without what it says of its points in brackets."""
    return pattern(SHARE).sub("", pattern(IN_BRACKETS).sub("", text)).strip()


def points_apart(text: str) -> tuple[str, list[tuple[int, float]]]:
    """Return a text without points in brackets, and these with where they stood in what is left."""
    left, found, at = "", [], 0
    for match in pattern(IN_BRACKETS).finditer(text):
        left += text[at : match.start()]
        found.append((len(left), float(match[1])))
        at = match.end()
    return left + text[at:], found


def rule_apart(text: str) -> tuple[str, str]:
    """Part what a text says behind its points of how they are taken off: …（3分）低于此的，每低1%扣1分。"""
    found = list(pattern(IN_BRACKETS).finditer(text))
    if len(found) == 1 and gives_or_takes(text[found[0].end() :]):
        return text[: found[0].end()], text[found[0].end() :].lstrip("，；。、")
    return text, ""


def gives_or_takes(text: str) -> bool:
    """Say whether a text says how points are given or taken off."""
    return bool(pattern(TAKEN_OFF).search(text))


def stated_total(text: str) -> float | None:
    """Return the points of the whole that a document states, None where it states none."""
    found = pattern(TOTAL).search(text)
    if found is None:
        return None
    return next((float(each) for each in found.groups() if each), 100.0)


_COUNTED = r"({分数})[个项条]?({N}级)指标|({N}级)指标(?:共有?|有|为|计)?({分数})[个项条]"


def stated_counts(text: str) -> dict[int, int]:
    """Return how many indicators of each level a document states: 10个一级指标、34个二级指标."""
    found: dict[int, int] = {}
    for count, level, other, behind in pattern(_COUNTED).findall(squeeze(text)):
        found.setdefault(read_integer((level or other)[0]) or 0, int(float(count or behind)))
    return found
