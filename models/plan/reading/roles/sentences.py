"""Who does it where no annotation says so: roles within sentences, at the head of an item, in a heading above."""

import re

from models.plan.reading.outline.outline import Node, heading_of
from models.plan.reading.roles.roles import COOPERATING, LEAD, RESPONSIBLE, Grammar, Roles
from models.plan.reading.roles.units import ends_like_a_unit, is_group, whole_names
from models.plan.reading.text.patterns import pattern

_LIST = r"[^，。；：]{2,60}?"
# 由甲局会同乙局、丙局…
_JOINTLY = rf"(?:^|[，：由])({_LIST})(?<!、)会同([^，。；：]{{2,80}})"
# What begins behind a name: 市城市管理局 is one, 市住建局开展…的市 is not.
_DOES_IT = r"{做}|建设(?!局)|和|的"
# A role word behind the bodies that begin a clause, and what they do: 区民政局负责设施建设.
DOES = r"(?<!印发)(?<!制定)(?:具体|共同|分别)?(?P<word>{角色})(?:负责)?(?![人同制编书任])(?={H})"
_MANNER = "具体|共同|积极|密切|主动|予以|给予|做好|分别|负责(?={牵头})"
# 市住建局：负责…, where the item is what one body has to do.
_HOLDER = r"^(?P<names>[^，。；：]{3,40})[：。](?:主要)?(?P<word>{角色})"
_HELD = r"^(?P<names>[^，。；：]{3,40})：(?={H}{2})"  # 石桥镇：完成荒山造林2000亩
_ABOVE = r"^(?:由)?(?P<names>[^，。；：]{2,40}?)(?P<word>{牵头}|{责任})(?:{责任}|组织|推进)*的?(?:重点)?(?:{任务栏})?$"


def read_inline(text: str, grammar: Grammar, roles: Roles | None = None) -> Roles:
    """Read roles within sentences: 由A牵头，B、C配合; 由A会同B、C对…; marked bodies only."""
    roles = Roles() if roles is None else roles
    role_word = rf"(?:按.{{0,6}}分工)?(?:{_MANNER})?(?P<word>{grammar.words.role_pattern})"
    ends, begins = rf"^(?P<names>{_LIST}){role_word}$", rf"^(?P<names>{_LIST}){DOES}"
    told = rf"(?:^|[，的])(?P<word>{grammar.words.role_pattern}){{单位}}[为是](?P<names>[^。；：]{{2,200}})$"
    for sentence in pattern(r"[。；！]").split(text):
        if (found := pattern(told).search(sentence)) and _take(found, grammar, roles):
            continue  # 本项工作的责任单位为甲局、乙局
        if found := pattern(_JOINTLY).search(sentence):
            roles.add(LEAD, whole_names(found[1].split("由")[-1], grammar.words))
            roles.add(COOPERATING, _names_at_head(found[2], grammar))
            _clauses_behind(sentence, found.end(), role_word, grammar, roles)
        elif "由" in sentence:
            by = rf"由(?P<names>[^。；：由]{{2,240}}?){role_word}"
            for found in pattern(by).finditer(sentence):
                _take(found, grammar, roles)
                _clauses_behind(sentence, found.end(), role_word, grammar, roles)
        else:  # 各街道负责，…
            for clause in pattern("，").split(sentence):
                for form in (ends, begins):  # 市财政局负责资金落实 ends like one, and is the other
                    if (found := pattern(form).match(clause)) and _take(found, grammar, roles):
                        break
    return roles


def read_duty_holder(text: str, grammar: Grammar, roles: Roles) -> None:
    """Read 市住建局：负责…, where the item is what one body has to do."""
    found = None if roles else pattern(_HOLDER).match(text)
    if not (roles or found) and (alone := pattern(_HELD).match(text)):
        roles.add(RESPONSIBLE, whole_names(alone["names"], grammar.words))
    if found:
        leads = pattern("{牵头}").search(text, found.end("names"), found.end("names") + 4)
        _take(found, grammar, roles, LEAD if leads else None)


def read_heading_above(node: Node, grammar: Grammar, roles: Roles) -> None:
    """Take the bodies that the heading above names for all its items: 二、市司法局牵头负责的任务."""
    above = node.parent
    while above is not None and above.kind != "root":
        found = pattern(_ABOVE).match(heading_of(above))
        if found and _take(found, grammar, roles):
            return
        above = above.parent


def _take(found: re.Match[str], grammar: Grammar, roles: Roles, role: str | None = None) -> bool:
    """Add what a form found: ``names`` where all are complete, under the role of ``word``."""
    names = whole_names(found["names"], grammar.words)
    roles.add(role or grammar.role(found["word"]), names)
    return bool(names)


def _clauses_behind(sentence: str, at: int, role_word: str, grammar: Grammar, roles: Roles) -> None:
    """Read the clauses that go on with bodies and their role: …，乙局、丙局配合，各镇具体实施."""
    clause = rf"[^，；。]*[，](?:会同)?(?P<names>[^，。；：]{{2,300}}?){role_word}"
    while (found := pattern(clause).match(sentence, at)) and _take(found, grammar, roles):
        at = found.end()


def _names_at_head(text: str, grammar: Grammar) -> list[str]:
    """Return the names at the head of 市生态环境局、市市场监管局对建成区…; before a 、 a name is whole."""
    names: list[str] = []
    *whole, last = text.split("、")
    for piece in whole:
        if not (known := whole_names(piece, grammar.words)):
            return names + _at_head(piece, grammar)
        names += known
    return names + _at_head(last, grammar)


def _at_head(text: str, grammar: Grammar) -> list[str]:
    """Return the names that a clause begins with: 市教委和市财政局推进…; 和 is part of 发展和改革委员会."""
    names: list[str] = []
    while text:
        ends = [
            at
            for at in range(3, min(len(text), 16) + 1)
            if ends_like_a_unit(text[:at], grammar.words)
            and not pattern(r"[对按将就把从向]").search(text[:at])
        ]
        if is_group(text[:16]) and (
            found := pattern(r".{0,12}?(?:{单位}|政府|乡镇|街道)").match(text)
        ):
            end = found.end()
        elif ends:
            end = _name_end(text, ends)
        else:
            break
        names.append(text[:end])
        joined = pattern(r"和|及").match(text, end)
        text = text[joined.end() :] if joined else ""
    return names


def _name_end(piece: str, ends: list[int]) -> int:
    """Prefer 市委政法委 to 市委, but 市发改委 to 市发改委开展…的单位."""
    best = ends[0]
    for end in ends[1:]:
        if (
            end - best <= 5
            and piece[:best].endswith(("委", "府", "会"))
            and best <= 4
            or piece[best - 1 : end] in {"办公室", "委员会"}
            or (end - best == 1 and piece[end : end + 1] not in set("理好结成"))
            or end - best <= 6
            and pattern(r"[{区划}]").fullmatch(piece[best - 1])
            and not pattern(_DOES_IT).search(piece[best:end])
        ):
            best = end
    return best
