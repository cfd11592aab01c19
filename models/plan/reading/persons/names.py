"""What names of persons look like, alone and right before a post; the words and places that look like one.

The lists stand in the vocabulary under 人名: an office adds the words and places that are taken for names.
"""

import re

from models.plan.reading.text.patterns import pattern
from models.plan.vocabulary import in_force
from models.rules.registrar import FAMILY_NAMES

POST = r"{职务}"
FAMILY = "".join(sorted(FAMILY_NAMES)) + "{姓}"  # within […]
PLAIN = "{常见姓}"
MASKED = r"{H}{0,2}[某×ＸXx*＊○]{1,3}"  # 王某某, 李××
OF_PARTS = r"{H}{2,8}[·•‧・]{H}{2,8}"  # 买买提·艾力
# Where a name is all that can stand: with a family name, masked, or of several parts.
WITH_FAMILY = rf"(?:{{复姓}}{{H}}{{1,2}}|[{FAMILY}]{{H}}{{1,2}})"
NAME = rf"(?:{MASKED}|{WITH_FAMILY}|{OF_PARTS})"
# What no name ends with or holds: the words of posts, of units, of how somebody serves.
NO_NAME = rf"{POST}|{{非名}}$|单位|同志|分管|其他|有关|相关|主要|具体|共同|分别|常务|各|等$|轮流|班子|{{牵头}}|{{配合}}"
_NOT_IN_ONE = r"{非人}$|副|.[对的把被让及或给]"

_LEVEL = r"{区划}"
# Bureaus whose names begin so. 管理, 资源 begin none: 安全|生产办, 国土|资源局 part no name from a post.
_BUREAU = "{局名}"
_SERVING = r"(?:常务|第一|分管|现任|专职|挂职|主管|执行|党[组委]|党工委|党总支|党支部)*副?"
# What a post begins with where nothing but its holder's name can stand before it: that of a place or
# of a body would go on otherwise (高新|区主任, 安全|局局长, 马鞍|山市市长).
_POST_BEGINS = (
    rf"(?:{_SERVING}{POST}(?!会|小组)|{{N}}级(?:调研|巡视|高级|主任)"
    rf"|{_LEVEL}(?!副|常务|第一){{H}}{{1,16}}?{POST}(?!会|小组)"
    rf"|{_BUREAU}{{H}}{{0,14}}?(?<={{局}})(?<!分局)副?{POST})"
)
# …and which no word of a body goes before: 应急局长 is no 应急, but 应急市长 would be.
_OF_PLACES = rf"常务|副?{_LEVEL}长|{_LEVEL}(?:{{五套}}|公安|司法)"
# Towns, villages and zones are too many for a list: what stands before such a word is left alone.
_OF_A_SMALL_PLACE = r"副?[镇乡]长|[镇乡村]|街道|社区|办事处|园区|新区|开发|管委|区(?:管|党工|工委|办|综合|党群|经济)"
_OF_VILLAGES = r"^{H}家|[庄店集桥河湖沟坪坝塘湾寨岭坡岗堡屯营坊渡头镇乡村街路]$"
# What they are called behind their town: 高桥镇王家庄.
_BEHIND_TOWNS = r"^{H}家|[庄店集堡屯营村寨]$|^{H}[桥河湖沟坪坝塘湾岭坡岗坊渡头口山]$"
# One character: Mr. Zhang the mayor. 原书记 was it, 任主任 becomes it, 高院长 is a court's.
_HONOURED = rf"([{PLAIN}钟雷黎顾覃严欧])(?=副?(?:{{县}}长|{{正职}}|秘书长|处长|科长|总)$)"


def is_name_of_a_person(text: str) -> bool:
    """Say whether ``text`` can only be somebody's name: 王某某, 李××, with a family name in front."""
    return bool(pattern(NAME).fullmatch(text)) and not is_no_name(text)


def closed_up(text: str, *, persons: bool = False) -> str:
    """Close up names of two letters, which are printed as wide as those of three: 王　某.

    In a list of ``persons`` two letters are a name whatever the family.
    """

    def name(found: re.Match[str]) -> str:
        letters = found[1] + found[2]
        return letters if persons or is_name_of_a_person(letters) else found[0]

    return pattern(r"(?<!{H})({H})[^\S\n]+({H})(?!{H})").sub(name, text)


def is_masked(text: str) -> bool:
    """Say whether ``text`` is a name whatever its family: 王某某, 买买提·某某; 县长某某 is a post too."""
    if pattern(OF_PARTS).fullmatch(text):
        return not any(is_no_name(part) for part in pattern(r"[·•‧・]").split(text))
    return bool(pattern(MASKED).fullmatch(text)) and not pattern(POST).match(text)


def is_no_name(text: str) -> bool:
    """Say whether ``text`` is a word of bodies or posts, or ends with one, whatever it begins with; a place: 敖汉旗."""
    if is_word(text) or (
        is_word(text[:2]) and pattern(r"..[方者民户人工师类性型业队点网线口]").fullmatch(text)
    ):
        return True
    if pattern(r"{区划}$").search(text) and is_place(text[:-1]):
        return True
    return bool(pattern(rf"{NO_NAME}|{_NOT_IN_ONE}").search(text))


def is_word(text: str) -> bool:
    """Say whether ``text`` is a word of bodies, of their work or of posts that begins like a name."""
    return in_force().has("不是人名", text)


def is_place(text: str) -> bool:
    """Say whether a county, a city or the like is called so."""
    return in_force().has("地名", text)


def may_be_a_place(name: str) -> bool:
    """Say whether a county or a village may be called so: 温县, 王家庄."""
    return is_place(name) or bool(pattern(_BEHIND_TOWNS).search(name))


def name_before_post(text: str) -> str:
    """Return the name that ``text``, somebody's post, begins with; empty for none.

    Never the beginning of a place (马鞍山市长, 高邮市市长) or of a body (安全局局长, 高新区司法局局长).
    """
    if found := pattern(_HONOURED).match(text):
        return "" if is_place(found[1]) else found[1]
    for length in (2, 3):
        goes_on = rf"{_LEVEL}|{_POST_BEGINS}"
        if is_place(text[:length]) and pattern(goes_on).match(text, length):
            return ""
    for length in (4, 3, 2):
        name, post = text[:length], text[length:]
        if (
            pattern(WITH_FAMILY).fullmatch(name)
            and not is_no_name(name)
            and pattern(_POST_BEGINS).match(post)
            and not _is_a_place_or_body(name, post)
        ):
            return name
    return ""


def _is_a_place_or_body(name: str, post: str) -> bool:
    if pattern(_OF_A_SMALL_PLACE).match(post):
        return True
    if pattern(_OF_PLACES).match(post):
        return False
    village = len(name) == 2 and pattern(_OF_VILLAGES).search(name)
    return bool(village) or is_word(name[:2])
