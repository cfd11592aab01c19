"""Who may register what: a post and not a person, and of the unit whose item it is."""

import re
from collections.abc import Collection, Mapping
from functools import lru_cache

# The family names of nine people in ten (公安部户政管理研究中心, 二〇二〇年全国姓名报告, the first hundred).
FAMILY_NAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆"
    "范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫雷段龙黎史陶贺毛郝顾龚邵万覃武钱戴严欧莫孔向常"
)
# What stands in the name of a post or an office, and hardly ever in a person's.
_OFFICE = re.compile("[长员办组局委科处室股所队站院校厅部司区县市镇乡街社公领导书任专干代秘助岗班]")


def names_a_person(post: str) -> bool:
    """Say whether ``post`` looks like a person's name: a family name and one or two characters more.

    A guess that lets doubtful ones through: a word of an office anywhere makes it a post.
    """
    text = "".join(post.split())
    return 2 <= len(text) <= 3 and text[0] in FAMILY_NAMES and not _OFFICE.search(text)


def unit_of_post(post: str, units: Mapping[str, str]) -> str:
    """Return the unit whose name or alias ``post`` begins with, the longest first; empty for none.

    ``units`` gives each name's unit. None is what the office, a leader or a group says of itself.
    """
    return _unit_of_post(post.strip(), tuple(units.items()))


@lru_cache(maxsize=512)  # a list of thousands of rows holds sixty posts
def _unit_of_post(post: str, units: tuple[tuple[str, str], ...]) -> str:
    begun = [name for name, _ in units if name and post.startswith(name)]
    return dict(units)[max(begun, key=len)] if begun else ""


def registrar_fault(
    post: str, owners: Collection[str], units: Mapping[str, str], *, whole: bool = False
) -> str:
    """Return why ``post`` may not register an item that is ``owners``' own; empty when it may.

    The office, leaders and groups register for everybody, and anybody what no unit owns. With
    ``whole`` the item has parts of other units, whose posts may register those.
    """
    unit = unit_of_post(post, units)
    if names_a_person(_after(post, unit, units)):
        return f"登记人“{post.strip()}”像是姓名，只写职务，如 {unit or '市司法局'}联络员"
    if not unit or not owners or unit in owners:
        return ""
    mend = "本单位的部分请写明单位" if whole else f"应由{'、'.join(sorted(owners)[:3])}或创建办登记"
    return f"是{'、'.join(sorted(owners)[:3])}的事项，{post.strip()}不能登记；{mend}"


def _after(post: str, unit: str, units: Mapping[str, str]) -> str:
    """Return what follows the unit's name in ``post``."""
    post = post.strip()
    names = [name for name, of in units.items() if of == unit and post.startswith(name)]
    return post[len(max(names, key=len)) :] if unit and names else post
