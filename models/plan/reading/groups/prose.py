"""Groups in prose: 成立…领导小组，由…任组长，…为成员；办公室设在…，办公室主任由…兼任。"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from models.plan.reading.groups.draft import Draft
from models.plan.reading.groups.founding import (
    founded_in,
    named_groups,
    place_of_daily_work,
)
from models.plan.reading.groups.names import BODY, HEADS, OFFICE
from models.plan.reading.groups.sentences import read_posts, read_sentence
from models.plan.reading.text.document import Line
from models.plan.reading.text.patterns import pattern, squeeze
from models.plan.vocabulary import Vocabulary

_SPEAKS = rf"(?:{{成立}}|组成).{{0,60}}(?:{BODY}|小组)|成立.{{1,20}}办|下设|设在|设于|挂靠在|(?:任|兼|为)(?:{BODY})?(?:办公室)?副?{HEADS}|{HEADS}由|^(?:主要|工作)*职责(?:任务)?：|^成员(?:单位)?：|日常(?:工作|事务)|合署|依托|{OFFICE}（"


def groups_in_prose(
    lines: Sequence[Line], words: Vocabulary, known: Sequence[Draft] = ()
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


# Where a sentence turns from the group to its office.
_TURNS = rf"[，；](?=[^，。；、：]{{0,24}}{OFFICE}[，（：]?(?:设立?在|设于|挂靠在?)|[^，。；、：]{{0,12}}下设{OFFICE}[在于])"
# The same without a mark, behind the last member: 成员单位：甲局、乙局领导小组办公室设在甲局.
_TURNS_UNMARKED = rf"(?<={{局}})(?={{小组}}?{OFFICE}[，（：]?设(?:立?在|于))"


def _sentences(text: str) -> Iterator[str]:
    for sentence in text.split("。"):
        for piece in pattern(_TURNS).split(sentence):
            members = "成员" in piece or "组成单位" in piece
            parts = pattern(_TURNS_UNMARKED).split(piece) if members else [piece]
            yield from (part for part in parts if part)


def is_liaison_sentence(line: Line) -> bool:
    """Say whether a line says who is liaison and nothing else, so that it is no further name of a list."""
    alone = r"[^，。；、：]{2,40}(?:为|任)联络员[。]?|联络员由[^，。；、：]{2,40}任[。]?"
    return not line.cells and bool(pattern(alone).fullmatch(squeeze(line.text)))


def hear_liaisons(groups: Sequence[Draft], lines: Sequence[Line]) -> None:
    """Give each group without a liaison that of the first sentence behind it that names one.

    The sentence belongs to the last group before it that has members, else to the last one.
    """
    for number, post in _liaisons(lines):
        before = [group for group in groups if group.line.number <= number]
        peopled = [group for group in before if group.units or group.posts.get("member")]
        if any(post in group.posts.get("liaison", []) for group in before) or not before:
            continue
        last = max(reversed(peopled or before), key=lambda group: group.line.number)
        if not last.posts.get("liaison"):
            last.add("liaison", [post])


def _liaisons(lines: Sequence[Line]) -> Iterator[tuple[int, str]]:
    for line in lines:
        if line.cells or "联络员" not in (text := squeeze(line.text)):
            continue
        for sentence in pattern("[。；]").split(text):
            heard = Draft("", None, line)
            read_posts(sentence, heard)
            yield from ((line.number, post) for post in heard.posts.get("liaison", []))
