"""Who may send a paper of supervision to whom.

整治形式主义为基层减负若干规定 (2024): 议事协调机构 and their offices give no orders in documents to party
committees and governments below. A campaign's office is one; its dispatches go to departments.
"""

import re

_COORDINATING = re.compile("创建办|领导小组|专班|指挥部|委员会办公室|联席会议|创建.*办公室")
_LOWER = "县区市旗乡镇道"  # what a place below a city or a county is called by
_BODY = re.compile(rf"[^\s]*[{_LOWER}](?:党工委|工委|党委|委员会|委|人民政府|政府|办事处|管委会)$")
_GROUPS = re.compile(
    "各?(?:县|区|县区|县市区|乡镇|街道|镇)+(?:党委|党工委|人民政府|政府|办事处)?、?"
)


def is_coordinating(sender: str) -> bool:
    """Say whether ``sender`` only coordinates: a leading group, a task force, or the office of one."""
    return bool(_COORDINATING.search(sender))


def is_lower_leadership(addressee: str, issuer: str) -> bool:
    """Say whether ``addressee`` is a party committee or government below the one that ``issuer`` belongs to.

    永昌县人民政府 is below 金昌市人民政府, 金昌市委 and 市政府 are not: they are of the same level.
    """
    name = addressee.strip()
    place = re.sub("(?:人民)?政府$|委员会$|委$", "", issuer)
    own = {place, place[-1:]} if place else set()
    rest = name
    for one in sorted(own, key=len, reverse=True):
        rest = rest.removeprefix(one)
    if rest != name and re.fullmatch("党委|委员会|委|人民政府|政府", rest):
        return False
    return bool(_BODY.fullmatch(name) or _GROUPS.fullmatch(name))


def sender_fault(sender: str, addressee: str, issuer: str) -> str:
    """Return why ``sender`` must not send a dispatch to ``addressee``; empty when it may."""
    if is_coordinating(sender) and is_lower_leadership(addressee, issuer):
        return (
            f"督办单不能由“{sender}”发给“{addressee}”：议事协调机构不向下级党委、政府发文提要求；"
            f"请改由有权的主管机关发，用 --sender 写明，如 {issuer or '市人民政府'}"
        )
    return ""
