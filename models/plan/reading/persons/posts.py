"""Posts apart from the persons who hold them: 王某某（县委副书记、县长） is 县委副书记、县长, and a name to forget."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from models.plan.reading.persons.names import (
    FAMILY,
    NAME,
    NO_NAME,
    POST,
    closed_up,
    is_masked,
    is_name_of_a_person,
    name_before_post,
)
from models.plan.reading.text.patterns import HAN, pattern, squeeze
from models.plan.reading.text.stops import outside

# …and what may follow a post without being a name: 主任医师.
_NO_POST = (
    r"[医药护技]师|[法警]官|科员|会议|热线|信箱|以[上下]|为主|总责|{角色}|组成|挂帅|{H}?[任兼]|兼职"
)
_ASIDE = r"兼|代|拟任|女|男|正?副?{级别}级|{H}{1,4}族|以下|排名|按|常务|{牵头}"
_SERVES = r"(?:(?<!负责)同志)?(?:等)?(?:共同|分别)?(?:兼任|担任|出任|兼|(?<!主)任|为)?$"

# Who has the first of these may have the next as well: 县委常委、宣传部部长; 副县长、县公安局局长.
_CARRIES = r"(?:副书记|常委|党组书记|党组成员|党工委书记|党委委员|党委书记|纪委书记|班子成员)$|^(?!.*常务){H}{0,8}副{县}长$|人大常委会副主任$|政协副主席$"
_RANKS = (
    r"{N}(?:级高级主管|级主办|级调研员|级巡视员|级主任科员)|副?调研员|副?巡视员"  # beside a post
)
_BARE = r"(?:常务)?副?(?:{正职})"
_LEADS = r"{区划}(?:委|委副)?(?:副书记|常委)$"
_ALONE = r"(?:法院|检察院)(?:党组书记、)?(?:代)?(?:院长|检察长)$"  # who has it has no other
_DEPUTY = r"^(?:常务)?副{县}长$|(?:人大常委会副主任|政协副主席)$"


@dataclass
class Holders:
    """The posts of persons, one text for each person, and the names that were dropped."""

    posts: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    begun: str = ""  # of a post whose end is missing: it stands on the next line


def holders_of(text: str) -> Holders:
    """Part the posts of one or several persons from their names.

    Persons are divided by ；, by ，, by their names, and by 、 where nobody holds both posts
    (县财政局局长、县司法局局长). White space parts a name from a post.
    """
    found = Holders()
    for chunk in pattern(r"[；。\n]").split(_unglued(_whole_names(text))):
        _read(list(_tokens(chunk)), found)
    return found


def _whole_names(text: str) -> str:
    pieces = text.split()
    if len(pieces) > 2 and all(len(piece) == 1 for piece in pieces):
        return squeeze(text)  # an OCR's blanks
    return closed_up(pattern(r"[^\S\n]+(?=（)").sub("", text), persons=True)


# Persons without a mark between them: 李某（市长）王某（副市长）; 县司法局局长县公安局副局长.
_NEXT_NAME = rf"(?<=）)(?=[{HAN}·•]{{2,8}}（)"
_NEXT_POST = rf"(?<=[长任记席])(?=(?:{{区划}}|区(?!某))(?![场直级委]).{{0,12}}{POST})"


def _unglued(text: str) -> str:
    text = pattern(_NEXT_NAME).sub("；", text)
    return pattern(_NEXT_POST).sub("、", text)


def _tokens(chunk: str) -> Iterator[tuple[str, str]]:
    """Yield the pieces of ``chunk`` with the mark before each: 、 or ， or a blank."""
    at, mark = 0, ""
    for found in outside(chunk, pattern(r"[、，\s]+").finditer(chunk)):
        if at < found.start():
            yield mark, chunk[at : found.start()]
        at, mark = found.end(), (found[0].strip() or found[0])[0].replace(",", "，")
    if at < len(chunk):
        yield mark, chunk[at:]


def _read(tokens: Sequence[tuple[str, str]], found: Holders) -> None:
    named = any(_is_name_before(tokens, at) for at in range(len(tokens)))
    person: list[str] = []
    begun = ""  # of a post that goes on behind a blank: 县司法局 局长
    for at, (mark, token) in enumerate(tokens):
        token, inner = _without_brackets(token, found)
        if _is_name_before(tokens, at) and not pattern(POST).search(token):
            found.names.append(pattern(r"同志$").sub("", token))
            person = _close(person, found)
            if inner:
                found.posts.append(inner)
            continue
        post, name = _parted(token)
        if name:
            found.names.append(name)
        post = begun + post if mark.isspace() else post
        if not post or not pattern(POST).search(post):
            begun = post if mark != "，" else ""
            continue
        begun = ""
        if person and (mark == "，" or not mark or not (named or _is_one(person, post))):
            person = _close(person, found)
        if person and mark.isspace() and pattern(rf"{POST}$").search(person[-1]):
            person = _close(person, found)
        person.append(post)
        if name:
            person = _close(person, found)
    _close(person, found)
    found.begun = begun


def _close(person: Sequence[str], found: Holders) -> list[str]:
    if person:
        found.posts.append("、".join(person))
    return []


def _without_brackets(token: str, found: Holders) -> tuple[str, str]:
    """Return what stands outside the brackets, and the post inside them where a name stands outside."""
    inside = pattern(r"^(.*?)（(.*)）(.*)$").match(token)
    if not inside:
        return token, ""
    outside, inner = inside[1] + inside[3], squeeze(inside[2])
    if pattern(POST).search(inner) and not pattern(POST).search(outside):
        posts = holders_of(inner)
        found.names += posts.names
        return outside, "、".join(posts.posts)
    if is_name_of_a_person(inner):
        found.names.append(inner)
        return outside, ""
    return (outside if pattern(_ASIDE).match(inner) else token), ""


def _is_name_before(tokens: Sequence[tuple[str, str]], at: int) -> bool:
    """Say whether a piece is a name by what it is, or by the post that stands behind it."""
    text = pattern(r"（.*）$").sub("", tokens[at][1])
    bare = pattern(r"同志$").sub("", text)
    if is_masked(bare):
        return True
    if pattern(rf"[{FAMILY}]{{H}}[会长心]").fullmatch(bare) and not pattern(POST).search(bare):
        return at + 1 < len(tokens) and bool(pattern(POST).search(tokens[at + 1][1]))
    if not pattern(r"{H}{2,4}").fullmatch(bare) or pattern(NO_NAME).search(bare):
        return False
    if bare != text or (text != tokens[at][1] and pattern(POST).search(tokens[at][1])):
        return True
    mark, behind = tokens[at + 1] if at + 1 < len(tokens) else ("", "")
    if mark.isspace() and pattern(POST).search(behind):
        return not _goes_on(tokens, at) or (
            len(tokens[at - 1][1]) > 1 and is_name_of_a_person(bare)
        )
    if tokens[at][0].isspace() and pattern(rf"{POST}$").search(tokens[at - 1][1]):
        return not pattern(_NO_POST).fullmatch(bare)
    if mark in {"，", ","} and pattern(POST).search(behind) and (at == 0 or tokens[at][0] == "，"):
        return True
    if any(token.endswith("同志") and "负责" not in token for _, token in tokens):
        return True  # 芦甲、于乙同志
    if not is_name_of_a_person(bare):
        return False  # a family name alone makes no name of a word: 文化, 高新
    others = [pattern(r"同志$").sub("", token) for _, token in tokens]
    return all(map(is_name_of_a_person, others)) or any(_parted(token)[1] for token in others)


def _goes_on(tokens: Sequence[tuple[str, str]], at: int) -> bool:
    """Say whether a blank alone parts a piece from words before it: 分 管数 字政府建设的副市长."""
    before = tokens[at - 1][1] if at and tokens[at][0].isspace() else ""
    return bool(before) and not pattern(rf"{POST}$|{{局}}$").search(before)


def _parted(token: str) -> tuple[str, str]:
    """Part a post and the name glued to it: 县司法局局长赵某某同志; 王某某县委副书记."""
    token = pattern(r"^(?:由|请)").sub("", token)
    head = pattern(r"^({H}某{1,2})(?:同志)?(?=.{2})").match(token)
    if head:
        return token[head.end() :], head[1]
    if name := name_before_post(token):
        return pattern(_SERVES).sub("", token[len(name) :]), name
    served = pattern(_SERVES).sub("", token)
    tail = pattern(rf"^(.*{POST})({{H}}{{2,4}}|{NAME})$").match(served)
    spoken = token.removeprefix(served).startswith("同志")
    # Behind a post, where a list's item ends, stands a name whatever its family.
    if (
        tail
        and (spoken or len(tail[2]) < 4 or is_name_of_a_person(tail[2]))
        and not pattern(rf"(?:{NO_NAME})|^(?:{_NO_POST})$").search(tail[2])
    ):
        return tail[1], tail[2]
    if token != served and not pattern(POST).search(served) and "同志" in token:
        return "", served
    return pattern(r"(?<!负责)同志$").sub("", served), ""


def _is_one(person: Sequence[str], post: str) -> bool:
    """Say whether one person may hold ``post`` as well."""
    first, last = person[0], person[-1]
    if pattern(rf"{_BARE}|{_RANKS}").fullmatch(post):
        return True
    if pattern(r"委书记$").search(last) and pattern(r"^{县}长$").match(post):
        return False
    if (
        pattern(_LEADS).search(post)
        or pattern(_ALONE).search(post)
        or not pattern(_CARRIES).search(first)
    ):
        return False
    if pattern(r"^常务副").match(post):
        return bool(pattern(r"常委$|党组副书记$").search(last))
    return not (pattern(_DEPUTY).search(post) and pattern(_DEPUTY).search(first))
