"""Names of units: lists split into names, classes of units told from units, one unit's several names."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from models.plan.reading.text.patterns import pattern
from models.plan.reading.text.stops import outside
from models.plan.schema import UnitAliases
from models.plan.vocabulary import Vocabulary
from models.rules.bodies import body_key

# A name of a class instead of one body. Examples beside.
_PLACE = (
    r"(?:县（市、区）|县（市区）|县（区）|区（县）|县、?市、?区|县市区|市县区?|县区|区县|市区|乡（镇、街道）|乡镇（街道）|镇（街道）|乡（镇）"
    r"|乡镇街道|乡镇|镇街道?|镇乡|乡街|镇（乡、街道）|镇（街）|街道（乡镇）|街镇|街道|园区|开发区|功能区|村（社区）|村居|村社区|社区（村）|村、社区|村|社区|学校|医院|企业|高校)"
)
GROUP = (
    r"^(?:各|有关|相关|其他|其它|所有|全体|属地|辖区|所属|下属|涉及|涉事|对应)",  # 各乡镇, 有关部门
    r"^(?:全{县}|{区划}域|{区划}辖?内?)?(?:各级|各)",  # 市各部门, 全市各级
    r"^(?:[{区划}镇])?(?:委、?)?(?:政府)?(?:直|级|属|直属)?(?:机关)?(?:各|有关|相关)",  # 市直有关部门单位
    r"^(?:中央|中|{区划})(?:、?{区划})*(?:直|级|属|驻)(?:.{0,3})?(?:各|有关|相关)?(?:{单位}|企业)+$",  # 市直部门
    r"^(?:{区划}?{相连}|.{0,3}机关)(?:机关)?各",  # 局机关各科室
    r"^驻.{1,4}(?:部队|企业|{单位})",
    rf"^(?:全{{区划}})?{_PLACE}(?:级|两级)?(?:人民)?(?:{{一级}}|党（工）委)?(?:和?管委会)?$",
    r"(?:有关|相关|执法|职能|主管|成员|{角色}|监管|行业|业务|审批|服务|起草){单位}+$",  # 成员单位
    r"{单位}(?:和|及|、){单位}$|^{单位}+$",
    r"{H}{2}部门$",  # 交通运输部门: the departments of every level
    r"^(?:县级以上|乡级以上|市县两级|三级)",
    r"^(?:重点|规上)?(?:企业|市场主体)$",
)
_GROUP = "|".join(f"(?:{each})" for each in GROUP)

# 市司法局等12个市直部门 hides one behind them.
COUNTED = r".等{N}(?:[个家]|(?:{区划}[直级属]?)?{单位})"

# Places whose names begin like a word that joins (GB/T 2260, the codes of administrative divisions); towns
# and streets of such names are too many to list. 和县 and 会同县 are words that join with 县 as well.
_JOINED_PLACE = (
    r"和(?:平[区县]|林格尔|顺县|龙市|政县|田[地市县]|康县|安县|静县|硕县|布克赛尔)|同(?:江市|安区|心县|德县|仁[市县])"
    r"|[和同](?![各有相全其{县}街城]){H}{1,2}(?:镇|乡|街道)"
)
_COUNTY = r"(?:和|会同)县(?!级|[直属内域])"

STARS = "*★☆※▲△#◆●"  # what marks one name of a list
# What stands before or behind a name in a list without belonging to it.
LEADING = rf"(?:[该此本这]项(?:工作|任务|行动)|{{项号}}|[{STARS}]|由|请|以及|以|及|和|与|并|其中|会同|联合|协同|同|分别由|分别|主要由|具体由|—|：|、|，|；)"
_BEFORE = rf"^(?:(?!{_JOINED_PLACE}){LEADING})+(?!.{{0,1}}$)"
_JOINS = r"(?:会同|联合|协同|以及|[以及和与并同])(?![{区划}各有相其])"  # 同济医院
_BEFORE_IN_LIST = rf"^(?:(?!{_JOINED_PLACE}|{_COUNTY}|{_JOINS}){LEADING})+(?!.{{0,1}}$)"
TRAILING = (
    r"(?:等)?(?:按照?(?:各自)?(?:工作)?(?:职责|职能)(?:分工|任务)?(?:做好.*|抓好.*|落实.*|负责.*)?|按(?:职责|分工|权限).*|按.{0,4}分工.*"
    rf"|分别|共同|具体|积极|密切|协同|联合|各负其责|各司其职|为主)+$|等(?:{{区划}}(?:直|级|属)?)?(?:有关|相关|各|多个)?{{单位}}*(?:按.*)?$|[。；，、：]+$|[{STARS}]+$"
)
# Odd marks between two complete names: 市司法局·市公安局, 1.市司法局2.市公安局, 市司法局……市公安局.
BETWEEN = r"(?<=[{局}{县}）])(?:[·.．…<>＜＞→＆&—]{1,6}|{项号})(?=[{县}各团]|有关|相关)"
ASIDE = r"（(?:(?:共同|联合|总)?{角色}{单位}?|排名[^（）]*|以下[^（）]*|按[^（）]*)）$"
# Somebody who comes for it, as `models.plan.reading.persons.nameless` leaves him: 市司法局某某, 市司法局（某某，电话略）.
COMES_FOR_IT = r"(?<=[{局}{县}道位])[（：]*某某(?:同志|某某|[，、：]|电话|手机|略)*[）]*$"
_NOT_A_NAME = r"均需|均由|下同|不再|[前底]完成|长期|持续|时限|完成|职责分工|[“”]|^等|^其[他它]$|不少于|推进|开展|落实到|^负责|^以上|^如"


def is_group(name: str) -> bool:
    """Say whether a name stands for a class of units: 各乡镇, 市直有关部门单位, 县区政府, 成员单位."""
    return pattern(_GROUP).search(name) is not None and not pattern(COUNTED).search(name)


def ends_like_a_unit(name: str, words: Vocabulary) -> bool:
    """Say whether a name ends as complete names of units do (局, 委, 办, 中心, 镇 …)."""
    return name.endswith(words.unit_endings) and len(name) >= 2


# What leads to another name of the body in brackets, or to a part of it: 含, 挂…牌子.
_ALSO = r"^(?:含|包括|原|又称|简称|以下简称|暨|即|加?挂|对外称)[：]?|(?:的?牌子)$|[“”]"


def without_second_name(name: str, words: Vocabulary) -> str:
    """Return a name without the names of bodies in brackets behind it: 市司法局（市委依法治市办）, 市公安局（含交警支队）."""
    found = pattern(r"^(.+?)(?:（([^（）]+)）|〔([^〔〕]+)〕|【([^【】]+)】)$").match(name)
    if found is None:
        return name
    inner = next(filter(None, found.groups()[1:]))
    inner = pattern(_ALSO).sub("", pattern(_ALSO).sub("", inner))
    pieces = [piece for piece in pattern(r"[、，和及]").split(inner) if piece]
    bodies = all(is_group(piece) or ends_like_a_unit(piece, words) for piece in pieces)
    return found[1] if pieces and bodies else name


def is_name(text: str) -> bool:
    """Say whether an item of a list can be the name of a unit or class at all."""
    if not 2 <= len(text) <= 34 or pattern("{某年}|{某月}|%").search(text):
        return False
    return bool(pattern(r"{整名}$").search(text)) or not pattern(_NOT_A_NAME).search(text)


def split_units(text: str, words: Vocabulary) -> list[str]:
    """Split a printed list into names, in order, without duplicates.

    Split at 、 ， ； outside brackets, and at 和/及/与 between two complete names. In 县区党委、政府
    the prefix goes to both: 县区党委, 县区政府.
    """
    return list(_listed(text, words))


def whole_names(text: str, words: Vocabulary) -> list[str]:
    """Return the names of a list that holds complete names and nothing else, else none."""
    names = split_units(text, words)
    return names if all(is_group(n) or ends_like_a_unit(n, words) for n in names) else []


def pieces_of(text: str, words: Vocabulary) -> dict[str, str]:
    """Return the names of a list of an annotation, each with its piece as printed: 市司法局（牵头）."""
    return dict(_listed(text, words, joined=False))


@lru_cache(maxsize=4096)
def _listed(text: str, words: Vocabulary, *, joined: bool = True) -> Mapping[str, str]:
    """Return names with their pieces; where they may be ``joined``, a word behind ， joins them."""
    names: dict[str, str] = {}
    for piece, listed in _pieces(pattern(BETWEEN).sub("、", text)):
        each = _split_at_and(_trim(piece, listed or not joined), words)
        for name in (_trim(part, True) for one in each for part in _unglue(one)):
            name = _with_prefix(name, tuple(names))
            if is_name(name):
                names.setdefault(name, piece)
    return names


def _trim(text: str, listed: bool) -> str:
    """Drop what does not belong to a name; where one is ``listed`` behind 、 no word joins it."""
    text = pattern(_BEFORE_IN_LIST if listed else _BEFORE).sub("", text)
    before = None
    while before != text:
        before, text = text, pattern(ASIDE).sub("", text)
        text = pattern(COMES_FOR_IT).sub("", pattern(TRAILING).sub("", text))
    return text


def is_within_a_class(text: str, at: int) -> bool:
    """Say whether the 、 at ``at`` is within one class: 各县、区政府; 县区党委、政府 is split elsewhere."""
    if text[at] != "、":
        return False
    near = text[max(0, at - 12) : at]
    before = pattern(r"各{县}(?:（{县}(?:、{县})*）)?(?:、{县})*$").search(near)
    behind = pattern(
        r"{县}(?:、|（|(?:人民)?政府|党委|街道|办事处)|街道(?:办事处)?(?:$|[，；、])"
    ).match(text, at + 1)
    return bool(before and behind and not text.startswith("街道", at + 1))


_QUOTED = r"《[^》]*(?:》|$)|“[^”]*(?:”|$)"


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the pieces between marks outside of brackets and quotations, and whether each stands first or behind 、."""
    quoted = [found.span() for found in pattern(_QUOTED).finditer(text)]
    start, listed = 0, True
    for mark in outside(text, pattern(r"[、，；。/|\\+＋\t]").finditer(text)):
        at = mark.start()
        if any(first < at < last for first, last in quoted) or is_within_a_class(text, at):
            continue
        if at > start:
            yield text[start:at], listed
        start, listed = at + 1, mark[0] == "、"
    if len(text) > start:
        yield text[start:], listed


def _split_at_and(text: str, words: Vocabulary) -> list[str]:
    for found in pattern(r"以及|和|及|与").finditer(text):
        left, right = text[: found.start()], text[found.end() :]
        if right.startswith(("其", "时")) or left.endswith("农业农村"):
            continue  # 农业农村和科技局 is one body
        closed = pattern("（").subn("", left)[1] == pattern("）").subn("", left)[1]
        if closed and _complete(left, words) and _complete(right, words):
            return [left, *_split_at_and(right, words)]
    return [text]


# The end of one name and the beginning of the next, where only white space parted them.
_GLUE = r"(?<={相连})(?!(?<=纪委){区划}监委)(?={区划}(?!直|级){H}{1,10}(?:{局}|中心)|各[{县}街部有单]|{H}{2,3}(?:镇|乡|街道)(?:$|[^办]))"


def _unglue(name: str) -> list[str]:
    """Part 县住建局县水利局各乡镇, which was printed with white space between the names."""
    if len(name) < 7 or not pattern(r"^[{区划}各团]").match(name):
        return [name]
    pieces = pattern(_GLUE).split(name)
    whole = all(len(piece) >= 3 for piece in pieces)
    return pieces if whole and not pattern(r"（").search(name) else [name]


def _complete(name: str, words: Vocabulary) -> bool:
    """Say whether a name is whole: 各县（市、区）文化 is none, what stands behind 和 belongs to it."""
    if len(name) < 2 or ends_like_a_unit(name, words):
        return len(name) >= 2
    return is_group(name) and not pattern(
        r"^各(?!.*(?:{单位}|企业|学校|组织|机构)$).{0,8}[{区划}）]{H}{2,4}$"
    ).search(name)


def _with_prefix(name: str, names: Sequence[str]) -> str:
    """Complete 政府 behind 县区党委 to 县区政府, and 街道 behind 各镇 to 各街道."""
    if names and names[-1].startswith("各") and pattern(r"{各处}").fullmatch(name):
        return "各" + name
    if not names or not pattern(r"(?:人民)?政府|办事处|管委会").fullmatch(name):
        return name
    committee = r"(.+?)(?:党委|党工委|党（工）委)$|((?!团).*(?:[{县}盟]|{区划}）))委$"
    found = pattern(committee).match(names[-1])
    return (found[1] or found[2]) + name if found else name


def full_name(name: str, words: Vocabulary) -> str:
    """Return ``name`` with a known abbreviation at its end written in full."""
    for short, full in words.abbreviations.items():
        if name.endswith(short) and not name.endswith(full):
            return name[: -len(short)] + full
    return name


def find_aliases(names: Iterable[str], words: Vocabulary) -> list[UnitAliases]:
    """Return the bodies that occur under several names, in order of their first occurrence.

    One body: names that are equal once abbreviations and words like 办公室 are written alike, or once the 市, 县, 区
    in front of one is taken away (县司法局, 司法局), when exactly one longer name fits. A short name in a
    list after a name with prefix (市行政审批局、住建局) is completed by the prefix most names carry.
    """
    ordered = list(dict.fromkeys(name for name in names if not is_group(name)))
    prefixes = [name[0] for name in ordered if name[0] in words.words("区划") and len(name) > 3]
    prefix = max(set(prefixes), key=prefixes.count) if prefixes else ""
    levels = {*words.words("区划"), "团"}
    bodies: dict[str, list[str]] = {}
    for name in ordered:
        key = full_name(name, words)
        if prefix and key[0] not in levels and key.endswith(("局", "中心", "委", "办", "队")):
            is_place = pattern(r".{2,4}{县}").match(key)
            key = key if is_place else prefix + key
        bodies.setdefault(body_key(key), []).append(name)
    found = []
    for key, variants in bodies.items():
        canonical = max(variants, key=lambda v: (v[0] == prefix, len(v)))
        short = canonical[0] not in levels and key.startswith(prefix)
        if prefix and short and len(prefixes) * 2 > len(ordered):
            canonical = prefix + canonical
        called = list(dict.fromkeys([canonical, *variants]))
        if len(called) > 1:
            found.append(UnitAliases(canonical=canonical, variants=called))
    return found
