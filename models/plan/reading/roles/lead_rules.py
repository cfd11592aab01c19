"""How a document itself says that the lead of a list is found: the first of it, or the one with a mark."""

from models.plan.reading.text.patterns import pattern

FIRST = "first"
_IS_LEAD = r"(?:为|是|系|即为?|作为)(?:该项)?(?:工作|任务)?(?:的)?(?:总)?{牵头}"
_MARK = rf"(?:带|标有?|注有?|加|有|标注)[“]?([*★☆※▲△#◆●])[”]?[^。；]{{0,14}}?{_IS_LEAD}"
_PLACED = (
    rf"(?:排|列|名列|居)?(?:在)?(?:第一|首位|首个|首家|第1|最前|前面)[^。；]{{0,16}}?{_IS_LEAD}"
    r"|(?:第一|首|第1)[位个家名]?的?(?:责任)?{单位}?{牵头}(?:负责|{牵头})?(?=[，。；）]|$)"
    r"|{牵头}单位(?:列|排)(?:在)?(?:首|第一|最前)"
)


def lead_rule(text: str) -> str | None:
    """Return how ``text`` (without white space) says that a lead is found: 'first', the mark it uses, or None.

    责任单位中排第一位的为牵头单位 -> first; 带*的为牵头单位 -> *.
    """
    if not pattern("{牵头}").search(text):
        return None
    if found := pattern(_MARK).search(text):
        return found[1]
    return FIRST if pattern(_PLACED).search(text) else None


def goes_on(text: str) -> bool:
    """Say whether what ``text`` says of one list holds for those behind it: 下同, 以下各项同此."""
    return bool(pattern(r"[下后](?:均|皆)?同|以下(?:各|均|任务|同)").search(text))


def without_rule(text: str) -> str:
    """Drop what a list says about itself: …，列第一位的为牵头单位，下同."""
    place = r"(?:(?:排|名列?|位|居|列)(?:名|列|居|序)?在?)?(?:第[一1](?=[位名个的者家为是]|单位)|首[位个名]|最前|前面)"
    marked = r"[带标加注]有?“?[*★☆※▲△#◆●]"
    rule = rf"(?:{place}|{marked})[^，；：（）]{{0,16}}(?:为|是|系|即|作为)[^，；：（）]{{0,6}}{{牵头}}[^，；：（）]*(?![^，；（）]*：)"
    alone = r"^(?:以上|以下|上述|各项)?(?:任务)?的?(?:各|责任|成员)?(?:责任)?{单位}栏?中?，?"
    return pattern(rf"{alone}{rule}$|（(?:其中)?{rule}）|[，；。](?:其中)?{rule}|[，；]下同").sub(
        "", text
    )
