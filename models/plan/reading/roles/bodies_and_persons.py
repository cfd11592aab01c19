"""Columns that name bodies and persons at once: 牵头单位及责任人, 责任单位（联系人）."""

from models.plan.reading.persons.names import NAME, POST, is_name_of_a_person
from models.plan.reading.persons.telephones import LABEL, NUMBER
from models.plan.reading.roles.roles import OTHER, Grammar
from models.plan.reading.text.patterns import pattern, squeeze

BODY = r"{单位}"
_JOINED = r"及其?|[和与、/／或（）+]|\s"
_ENDS = r"{局}|{县}|{机构}"
_PHONE = rf"(?:{LABEL})?：?{NUMBER}"
_POST = rf"(?:党组|党委)?(?:常务)?(?:副|第一)?(?:主要|分管)?{POST}"
_WITH_POST = rf"(.*?(?:{_ENDS}))[：]?({_POST})({NAME})?"
_WITHOUT = rf"(.*(?:{_ENDS}))[：]?()({NAME})?"


def body_role(head: str, grammar: Grammar) -> str | None:
    """Return the role of the bodies in such a column; None when the head names no bodies beside persons.

    牵头单位负责人 names persons only.
    """
    head = squeeze(head)
    persons = "|".join(grammar.words.posts)
    if not pattern(BODY).search(head) or not pattern(persons).search(head):
        return None
    for part in pattern(_JOINED).split(head):
        if pattern(BODY).search(part) and not pattern(persons).search(part):
            role = grammar.role(part)
            return grammar.role(pattern(persons).sub("", head)) if role == OTHER else role
    return None


def bodies_apart(cell: str) -> tuple[str, list[str]]:
    """Part the bodies of a cell from its persons: 市司法局王某某 is 市司法局, and 王某某.

    A person is what stands behind a body or alone and can be nothing else, with a post before it.
    """
    bodies: list[str] = []
    persons: list[str] = []
    for piece in pattern(r"[、，；。\n]+").split(_without_persons_in_brackets(cell, persons)):
        piece = pattern(_PHONE).sub("", piece).strip("：: ")
        behind = pattern(_WITH_POST).fullmatch(piece) or pattern(_WITHOUT).fullmatch(piece)
        alone = pattern(rf"({_POST})?[：]?({NAME})?").fullmatch(piece)
        if alone and (alone[1] or is_name_of_a_person(piece)):
            persons.append(piece)
        elif behind and (not behind[3] or is_name_of_a_person(behind[3])):
            bodies.append(behind[1])
            persons += [(behind[2] or "") + behind[3]] if behind[3] else []
        else:
            bodies.append(piece)
    return "、".join(filter(None, bodies)), persons


def _without_persons_in_brackets(cell: str, persons: list[str]) -> str:
    def taken(text: str) -> bool:
        inner = pattern(_PHONE).sub("", text).strip("，、；：: ")
        parts = [each for each in pattern(r"[、，；：]").split(inner) if each]
        if not all(is_name_of_a_person(p) or pattern(_POST).match(p) for p in parts):
            return False
        persons.extend(parts)
        return True

    before = rf"(?<!{{H}})({NAME})（([^（）]*(?:{_ENDS}))）"
    cell = pattern(before).sub(lambda m: m[2] + m[1], cell)  # 王某某（市司法局）
    return pattern(r"（([^（）]*)）").sub(lambda m: "" if taken(m[1]) else m[0], cell)
