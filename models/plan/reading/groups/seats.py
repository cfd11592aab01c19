"""Who is named for a place in a group: …任组长, 组长由…担任, 办公室主任由…兼任; posts, never names."""

from models.plan.reading.groups.draft import Draft
from models.plan.reading.groups.names import HEADS, OFFICE
from models.plan.reading.persons.posts import NAME, NO_NAME, POST
from models.plan.reading.text.patterns import pattern

# A place in the group: 组长, 常务副组长, 办公室主任, 副召集人.
_SEAT = rf"{{小组}}?(?P<of>{OFFICE})?(?P<seat>(?:常务|第一|执行|专职)?副{HEADS}|(?:第一|双)?{HEADS}|联络员|(?:(?<=专班)|(?<=工作组))(?:总|主要)?负责人|(?:副)?秘书长)"
_BRACKET = r"(?:（[^（）]{0,12}）)?"
# …任组长; …兼任办公室主任: the end of a clause that gives somebody a place in the group.
_TAKES = rf"(?:兼任|担任|出任|任|为|兼){_SEAT}{_BRACKET}(?=[，；、]|的|$)"
# 副县长；县公安局局长, of whom one 担任 speaks.
_ONE = r"(?:(?!由|担任|兼任|出任)[^；。，]){2,40}"
_SEVERAL = rf"(?:{_ONE}；)+{_ONE}(?=兼任|担任|出任)"
# 组长由…担任; 办公室主任由…兼任; 副组长为…
_GIVEN = rf"(?:^|(?<=[，；、。：\d])){_SEAT}(?:一职)?(?:分别|均)?(?:[由为]|(?=某某))(?P<who>{_SEVERAL}|[^；。]{{2,120}}?)(?:兼任|担任|出任|(?<!主)任(?=[，；]|$)|(?=[，；]|$))"


def read_given(sentence: str, draft: Draft) -> str:
    """Read 组长由…担任 and return the sentence without it."""
    given = list(pattern(_GIVEN).finditer(sentence))
    for found in given:
        _seat(draft, found["seat"], found["of"], found["who"])
    for found in reversed(given):
        sentence = sentence[: found.start()] + "，" + sentence[found.end() :]
    return sentence


def read_posts(sentence: str, draft: Draft) -> str:
    """Seat whom a sentence names for a place in the group; return the sentence without them."""
    sentence = read_given(sentence, draft)
    end, rest = read_taken(sentence, draft)
    return rest + sentence[end:]


def read_taken(sentence: str, draft: Draft) -> tuple[int, str]:
    """Read …任组长; return where the last of them ends, 0 for none, and what stands before and between."""
    end, rest = 0, ""
    for found in pattern(_TAKES).finditer(sentence):
        begin = max(end, sentence.rfind("，", 0, found.start()) + 1)
        clause = sentence[begin : found.start()]
        _seat(
            draft,
            found["seat"],
            found["of"],
            pattern(r"^.*由|^.*(?:成立|组建)以|^[，；、]").sub("", clause),
        )
        rest += sentence[end:begin]
        end = found.end()
    return end, rest


def _seat(draft: Draft, seat: str, office: str | None, who: str) -> None:
    """Seat in a group who is named for a place in it; 和 parts two persons."""
    if office or ("主任" in seat and draft.name.endswith(("组", "专班"))):
        draft = draft.of_office()
    if pattern(r"{H}{2,3}").fullmatch(who) and not pattern(
        rf"{NO_NAME}|^(?:专人|各自|本人)$"
    ).search(who):
        who += "同志"  # between 由 and 担任 stands a name, whatever its family
    first = pattern(r"^(?:常务|第一副|执行)").match(seat)
    key = "executive" if first and "副" in seat else "deputy" if "副" in seat else "head"
    key = draft.place_of(seat) if key == "head" else key
    if seat == "联络员":
        key = "liaison"
    elif "秘书长" in seat and not draft.name.endswith("秘书处"):
        key = "member"
    found = [draft.seat(key, text) for text in _persons(who)]
    named = any(each.names for each in found) and not draft.posts.get(key)
    if key == "head" and named and draft.name.endswith(OFFICE):
        draft.add(key, [f"{OFFICE}{seat}"])  # 办公室主任由某同志兼任 says no other post
        draft.unposted = 0


def _persons(text: str) -> list[str]:
    """Split A；B, and A和B between two posts; 、 within one person's posts stays."""
    if "；" in text:
        return [one for part in text.split("；") if part for one in _persons(part)]
    for found in pattern(r"和|及|以及").finditer(text):
        left, right = text[: found.start()], text[found.end() :]
        if pattern(rf"{POST}(?:{NAME})?$").search(left) and pattern(POST).search(right):
            return [left, right]
    return [text]
