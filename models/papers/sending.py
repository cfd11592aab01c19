"""Who may send a paper of supervision to whom.

整治形式主义为基层减负若干规定 (2024): 议事协调机构 and their offices give no orders in documents to party
committees and governments below. A campaign's office is one; its dispatches go to departments.
"""

_COORDINATING = (
    "创建办",
    "领导小组",
    "专班",
    "指挥部",
    "委员会办公室",
    "联席会议",
    "创建工作办公室",
)
_PLACES = frozenset("县区市旗乡镇街道州盟")  # what a place is called by
# How the names of those who lead a place end, the longer before the shorter.
_LEADERSHIP = ("人民政府", "党工委", "委员会", "办事处", "管委会", "政府", "党委", "工委", "委")


def is_coordinating(sender: str) -> bool:
    """Say whether ``sender`` only coordinates: a leading group, a task force, or the office of one."""
    return any(word in sender for word in _COORDINATING)


def is_lower_leadership(addressee: str, issuer: str) -> bool:
    """Say whether ``addressee`` is a party committee or government below the one that ``issuer`` belongs to.

    永昌县人民政府 is below 金昌市人民政府, as 各县区 are; 金昌市委 and 市政府 are of the same level.
    """
    name = addressee.strip()
    place = _place_led(name)
    if place:
        own = _place_led(issuer.strip())
        return place[-1] in _PLACES and place not in (own, own[-1:])
    group = name.removeprefix("各")
    return bool(group) and set(group) <= _PLACES


def _place_led(name: str) -> str:
    """Return the place that a party committee or government of that name leads; empty where it is none."""
    end = next((end for end in _LEADERSHIP if name.endswith(end)), "")
    return name.removesuffix(end) if end else ""


def sender_fault(sender: str, addressee: str, issuer: str) -> str:
    """Return why ``sender`` must not send a dispatch to ``addressee``; empty when it may."""
    if is_coordinating(sender) and is_lower_leadership(addressee, issuer):
        return (
            f"督办单不能由“{sender}”发给“{addressee}”：议事协调机构不向下级党委、政府发文提要求；"
            f"请改由有权的主管机关发，用 --sender 写明，如 {issuer or '市人民政府'}"
        )
    return ""
