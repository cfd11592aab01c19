"""The lines of one cell: names of bodies that stand on lines of their own are names of their own."""

from models.plan.patterns import pattern

ROLE = r"(?:牵头|责任|配合|主办|协办|承办|参与|参加|落实|完成)(?:单位|部门|领导|处室|科室|时限|时间)?[：:]"
# A name of a body, or of a kind of bodies.
NAME = (
    r"[\u4e00-\u9fff]{2,20}?(?:局|委|办|部|院|厅|会|联|站|台|处|中心|公司|集团|校|馆|社|行|政府|乡|镇|区|县|市|街道|单位|部门|组|专班|企业"
    r"|所|队|科|室|庭)(?:（[^（）]*）)?"
)
# The rest of a name that was wrapped: 市政府办 / 公室, 市发展和改革委 / 员会.
REST = r"公室|员会|导小组|理局|务局|镇街|分局"
# What belongs to the body above: 市公安局 / 交警支队, 市生态环境局 / 芦汀分局.
BELOW = r"(?![省市县区州旗镇乡])[\u4e00-\u9fff]{1,6}(?:分局|队|所|科|股|室|庭)"
PARTS = r"[、，,；;：:。\s]+"


def names_apart(cell: str) -> str:
    """Put 、 between the names of a cell that stand on lines of their own, ； before a role.

    A name that was only wrapped stays whole: 市委 / 宣传部, 市城市管 / 理局.
    """
    lines = [line.strip() for line in cell.split("\n")]
    lines = [line for line in lines if line]
    joined = lines[:1]
    for before, after in zip(lines, lines[1:], strict=False):
        joined += [_between(before, after), "\n", after]
    return "".join(joined)


def _between(before: str, after: str) -> str:
    if pattern(ROLE).match(after):
        return "" if pattern(r"[；;。，,、（(]$").search(before) else "；"
    last, first = pattern(PARTS).split(before)[-1], pattern(PARTS).split(after)[0]
    names = pattern(NAME).fullmatch(last) and pattern(NAME).fullmatch(first)
    if not names or len(first) < 3 or pattern(REST).match(first) or pattern(BELOW).fullmatch(first):
        return ""
    return "、"
