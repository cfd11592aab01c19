"""Groups in prose: 成立…领导小组，由…任组长，…为成员，负责…; 由甲局牵头，乙局参加; posts, never names."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from models.plan.reading.groups.draft import Draft, add_members, lists_bodies
from models.plan.reading.groups.fields import key_of
from models.plan.reading.groups.founding import founded_in, named_groups, place_of_daily_work
from models.plan.reading.groups.names import BODY, HEADS, OFFICE
from models.plan.reading.persons.names import NAME, NO_NAME, POST
from models.plan.reading.roles.units import split_units
from models.plan.reading.text.passages import Passage
from models.plan.reading.text.patterns import pattern, squeeze
from models.plan.vocabulary import Vocabulary

_SPEAKS = rf"(?:{{成立}}|组成).{{0,60}}(?:{BODY}|小组)|成立.{{1,20}}办|下设|设在|设于|挂靠在|(?:任|兼|为)(?:{BODY})?(?:办公室)?副?{HEADS}|{HEADS}由|^(?:主要|工作)*职责(?:任务)?：|^成员(?:单位)?：|日常(?:工作|事务)|合署|依托|{OFFICE}（"
# Where a sentence turns from the group to its office.
_TURNS = rf"[，；](?=[^，。；、：]{{0,24}}{OFFICE}[，（：]?(?:设立?在|设于|挂靠在?)|[^，。；、：]{{0,12}}下设{OFFICE}[在于])"
# The same without a mark, behind the last member: 成员单位：甲局、乙局领导小组办公室设在甲局.
_TURNS_UNMARKED = rf"(?<={{局}})(?={{小组}}?{OFFICE}[，（：]?设(?:立?在|于))"
# A place in the group: 组长, 常务副组长, 办公室主任, 副召集人.
_SEAT = rf"{{小组}}?(?P<of>{OFFICE})?(?P<seat>(?:常务|第一|执行|专职)?副{HEADS}|(?:第一|双)?{HEADS}|联络员|(?:(?<=专班)|(?<=工作组))(?:总|主要)?负责人|(?:副)?秘书长)"
_BEFORE_WHO = r"^.*由|^.*(?:成立|组建)以|^以|^[，；、]"
_BRACKET = r"(?:（[^（）]{0,12}）)?"
# …任组长; …兼任办公室主任: the end of a clause that gives somebody a place in the group.
_TAKES = rf"(?:(?:兼任|担任|出任|任|为|兼){_SEAT}{_BRACKET}|召集)(?=[，；、]|的|$)"
# 副县长；县公安局局长, of whom one 担任 speaks.
_ONE = r"(?:(?!由|担任|兼任|出任)[^；。，]){2,40}"
_SEVERAL = rf"(?:{_ONE}；)+{_ONE}(?=兼任|担任|出任)"
_NO_OFFICE_HELD = r"(?:负责人|负责同志|干部|人员|骨干)$"  # …and yet says who: 业务科室负责人
# 组长由…担任; 办公室主任由…兼任; 副组长为…
_GIVEN = rf"(?:^|(?<=[，；、。：名])|(?<=单位)){_SEAT}(?:一职)?(?:分别|均)?(?:，?由|为|(?=某某))(?P<who>{_SEVERAL}|[^；。]{{2,120}}?)(?:兼任|担任|出任|(?<!主)任(?=[，；]|$)|(?=[，；]|$))"
_LIST = r"(?:[^，。；：（）]|（[^（）]{0,40}）){2,80}?"
_LEADS = rf"(?:^|(?<=[，；。：]))(?:由|以)?(?P<who>{_LIST})(?:(?:为|作为)?(?:负责)?{{牵头}}{{单位}}?{{牵头}}?|为组长单位)"
_WITH = r"(?:^|(?<=[，；、]))(?:会同|联合|协同)(?P<list>[^。；：，]{2,300}?)(?={承担}|组成|成立|组建|开展|组织|做好|落实|推进|具体|[，。；]|$)"
_JOINED = r"(?:^|(?<=[，；。：]))(?:成员)?(?:从|由)?(?P<list>[^。；：]{2,400}?)(?:等(?:有关|相关)?{单位}*)?(?:(?:抽调|选派|派员)(?:的?(?:业务)?(?:骨干|精干力量|人员|工作人员)){0,2})?(?:共同|积极|{配合})?(?:{配合}|组成|为{小组}?(?:成员|{配合}|组员)(?:单位)?|任成员|任组员)(?:单位)?(?=[，；。）]|$)"
_MADE_OF = (
    r"(?:成员|组成)(?:单位)?(?:包括|由|为|：)：?(?P<list>.+?)(?:组成(?=[，。；]|$).*$|(?:组成)?$)"
)
_PLACED = r"设(?:立?在|于)(?P<at>[^，。；：（）]{2,24}?)(?=(?<!自)由|[，。；：（）]|$)"
_DUTY = r"职责(?:任务)?(?:为|是)?"
_DOES = rf"(?:(?:^|(?<=[，；。：])|{{<=牵头}})(?:{BODY})?(?:主要|具体)?(?:{_DUTY}：?|{{承担}}(?!人|同志|领导))|(?:主要|工作)*{_DUTY}：)(?P<duty>.+)$"
# Where duties end and posts go on: …负责日常工作，办公室主任由某人兼任.
_TURNS_TO_POSTS = rf"[，；](?=(?:由)?[^，；]{{0,40}}(?:任|兼|为)(?:{OFFICE})?副?{HEADS}(?:[，；]|$)|(?:{OFFICE})?副?{HEADS}由|联络员由)"
_DAILY = r"(?:具体)?日常{H}{0,4}(?:工作|事务)"  # no duty of its own
_DONE = r"^(?:具体|共同)*(?:负责)?|^(?:组成|成立|组建).*$|，.*$"  # before and behind what bodies do together


def groups_in_prose(
    lines: Sequence[Passage], words: Vocabulary, known: Sequence[Draft] = ()
) -> list[Draft]:
    """Read 成立…领导小组，由…任组长，…为成员。主要职责：…。办公室设在…; ``known`` were read in lists."""
    drafts: list[Draft] = []
    named: list[Draft] = []
    fresh: Draft | None = None  # founded by this sentence or the one before
    for line in lines:
        if line.cells or not pattern(_SPEAKS).search(text := squeeze(line.text)):
            continue
        for sentence in _sentences(text):
            named += named_groups(sentence, [*known, *drafts], line)
            draft, rest = founded_in(
                sentence, [*known, *drafts], replace(line, text=f"{sentence}。")
            )
            if draft is not None:
                drafts.append(draft)
            elif drafts and (at := place_of_daily_work(sentence)):
                drafts[-1].located_in = drafts[-1].located_in or at
            if drafts:
                fresh = draft or (
                    fresh if pattern(r"^由[^，。；]{2,60}{牵头}").match(sentence) else None
                )
                read_sentence(rest, _spoken_of(rest, drafts), words, of_it=fresh is not None)
    offices = [draft.office for draft in drafts if draft.office]
    return [*drafts, *offices, *named]


def _spoken_of(sentence: str, drafts: Sequence[Draft]) -> Draft:
    """Return the group that a sentence names at its head, or else the last one: 领导小组主要职责：…."""
    named = pattern(rf"({BODY})(?!{OFFICE})").match(sentence)
    alike = (draft for draft in reversed(drafts) if named and draft.name.endswith(named[1]))
    return next(alike, drafts[-1])


def _sentences(text: str) -> Iterator[str]:
    for sentence in text.split("。"):
        for piece in pattern(_TURNS).split(sentence):
            members = "成员" in piece or "组成单位" in piece
            parts = pattern(_TURNS_UNMARKED).split(piece) if members else [piece]
            yield from (part for part in parts if part)


def is_liaison_sentence(line: Passage) -> bool:
    """Say whether a line says who is liaison and nothing else, so that it is no further name of a list."""
    alone = r"[^，。；、：]{2,40}(?:为|任)联络员[。]?|联络员由[^，。；、：]{2,40}任[。]?"
    return not line.cells and bool(pattern(alone).fullmatch(squeeze(line.text)))


def hear_liaisons(groups: Sequence[Draft], lines: Sequence[Passage]) -> None:
    """Give each group without a liaison that of the first sentence behind it that names one.

    The sentence belongs to the last group before it that has members, else to the last one.
    """
    for number, post in _liaisons(lines):
        before = [group for group in groups if group.source.line <= number]
        peopled = [group for group in before if group.units or group.posts.get("member")]
        if any(post in group.posts.get("liaison", []) for group in before) or not before:
            continue
        last = max(reversed(peopled or before), key=lambda group: group.source.line)
        if not last.posts.get("liaison"):
            last.add("liaison", [post])


def _liaisons(lines: Sequence[Passage]) -> Iterator[tuple[int, str]]:
    for line in lines:
        if line.cells or "联络员" not in (text := squeeze(line.text)):
            continue
        for sentence in pattern("[。；]").split(text):
            heard = Draft("", None, line)
            read_posts(sentence, heard)
            yield from ((line.line, post) for post in heard.posts.get("liaison", []))


def read_sentence(sentence: str, draft: Draft, words: Vocabulary, *, of_it: bool = True) -> None:
    """Read who leads a group, who belongs to it and what it does into ``draft``.

    Unless the sentence is known to be ``of_it`` alone, only what its words give a group is read.
    """
    sentence = pattern(r"^{项号}\s*").sub("", sentence.strip())
    if found := pattern(_DOES).search(sentence):
        turns = pattern(_TURNS_TO_POSTS).search(sentence, found.start("duty"))
        end = turns.start() if turns else len(sentence)
        _add_duties(sentence[found.start("duty") : end], draft)
        sentence = sentence[: found.start()] + sentence[end:]
    if of_it and (found := pattern(_PLACED).search(sentence)):
        draft.located_in = draft.located_in or found["at"]
        sentence = sentence[: found.start()] + sentence[found.end() :]
    before, sentence = sentence, read_posts(sentence, draft)
    seated = before != sentence
    if of_it and (found := pattern(_LEADS).search(sentence)):
        seat_lead(found["who"], draft, words)
        sentence = sentence[: found.start()] + sentence[found.end() :]
    sentence = sentence.strip("，；,;")
    found = pattern(_WITH).search(sentence) if of_it else None
    if found and lists_bodies(found["list"], words):
        add_members(found["list"], draft, words)
        _add_duties(pattern(_DONE).sub("", sentence[found.end() :]), draft)
        return
    found = pattern(_JOINED).search(sentence) if of_it or seated else None
    if found and not seated and not lists_bodies(found["list"], words):
        found = None
    if found := found or pattern(_MADE_OF).search(sentence):
        add_members(found["list"], draft, words)


def tells_of_a_group(sentence: str) -> bool:
    """Say whether `read_sentence` finds something in a sentence that is of a group alone."""
    return any(
        pattern(each).search(sentence)
        for each in (_DOES, _PLACED, _GIVEN, _TAKES, _LEADS, _WITH, _JOINED)
    )


def _add_duties(text: str, draft: Draft) -> None:
    told = (duty for duty in pattern(r"；").split(text) if duty.strip())
    draft.duties += [duty for duty in told if not pattern(_DAILY).fullmatch(duty)]


def seat_lead(text: str, draft: Draft, words: Vocabulary) -> None:
    """Add who leads a group: bodies, or the post of a person, who heads it then."""
    if pattern(rf"{POST}(?:同志)?$").search(text) and not lists_bodies(text, words):
        draft.seat("head", text)
        return
    draft.lead += [name for name in split_units(text, words) if name not in draft.lead]


def read_posts(sentence: str, draft: Draft) -> str:
    """Seat whom a sentence names for a place in the group; return the sentence without them."""
    for found in pattern(_GIVEN).finditer(sentence):
        _seat(draft, found["seat"], found["of"], found["who"])
    sentence = pattern(_GIVEN).sub("，", sentence)
    end, rest = 0, ""
    for found in pattern(_TAKES).finditer(sentence):
        begin = max(end, sentence.rfind("，", 0, found.start()) + 1)
        who = pattern(_BEFORE_WHO).sub("", sentence[begin : found.start()])
        _seat(draft, found["seat"] or "召集人", found["of"], who)
        rest += sentence[end:begin]
        end = found.end()
    return rest + sentence[end:]


def _seat(draft: Draft, seat: str, office: str | None, who: str) -> None:
    """Seat in a group who is named for a place in it; 和 parts two persons."""
    if office or ("主任" in seat and draft.name.endswith(("组", "专班"))):
        draft = draft.of_office()
    if pattern(r"{H}{2,3}").fullmatch(who) and not pattern(
        rf"{NO_NAME}|^(?:专人|各自|本人)$"
    ).search(who):
        who += "同志"  # between 由 and 担任 stands a name, whatever its family
    key = key_of(seat)
    if key is None or (key == "member" and draft.name.endswith("秘书处")):
        key = "deputy" if "副" in seat else "head"
    key = draft.place_of(seat) if key == "head" else key
    found = [draft.seat(key, text) for text in _persons(who)]
    if pattern(_NO_OFFICE_HELD).search(who) and not any(each.names or each.posts for each in found):
        draft.add(key, [who])
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
