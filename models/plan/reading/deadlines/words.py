"""Words that make a time a deadline, and those that stand in place of one."""

from models.plan.reading.dates.lexer import Kind, Time, times_in
from models.plan.reading.dates.lists import days_listed_at
from models.plan.reading.dates.words import BEFORE, ONGOING
from models.plan.reading.text.patterns import pattern

LONGEST_CLAUSE = 40

# In running text only words that say it is a deadline.
_DONE = r"(?:全部|全面|基本|按期|如期)?{做成}(?!了|情况|后|的|率)"
_A_FACT = "后|未|已|尚|形成|竣工|遗留|发生|出生|欠|[建组]成的|[成设]立的"  # behind 前: 2024年底前形成的积案
_BY = rf"[^，。；、（）]{{0,8}}?(?:（[^（）]{{1,8}}）[^，。；、（）]{{0,6}}?)?{BEFORE}(?!{_A_FACT})"
_AT_THE_LATEST = r"(?:(?<=不迟于)|(?<=不晚于)|(?<=最迟于)|(?<=最迟)|(?<=最晚))"  # 不迟于12月10日
_UNTIL = r"[底末]?(?<=[底末])(?=，|实现|达)"  # 到2027年底，
_UNTIL_DONE = rf"[^，。；、（）]{{0,6}}?(?={_DONE})"
_TO_DO = r"(?=[^，。；]{0,12}{完成于})"
# Without one of these in it a text is not searched: as most are not.
SIGNS = r"前|[年度]内|[月份底日旬末]完|[月底][建全基]|[迟晚]|[底末]，|底实现"


def words_of_due(text: str, time: Time) -> tuple[int, bool] | None:
    """Return up to where words say that ``time`` is a deadline, None where none do.

    With it whether they may as well tell what has been: 2025年6月完成了, 2020年前建成.
    """
    days = days_listed_at(text, time.start)
    at = days.end if days else time.end
    if time.kind is Kind.YEAR:
        whole = pattern(rf"(?={BEFORE}(?!{_A_FACT})){_TO_DO}").match(text, at)
        return (at, True) if whole else None
    if time.kind is not Kind.IN_YEAR:
        return None
    if text[at - 1] == "内" and pattern(_TO_DO).match(text, at):
        return at, False
    if by := pattern(_BY).match(text, at):
        return by.end(), False
    if pattern(_AT_THE_LATEST).match(text, time.start):
        return at, False
    until = pattern(_UNTIL).match(text, at) if text.endswith("到", 0, time.start) else None
    if until:
        return until.end(), False
    done = pattern(_UNTIL_DONE).match(text, at)
    return (done.end(), True) if done else None


# …and of a list every date: 每年6月底前、12月底前.
REPEATED = rf"每(?:个)?[年月季周旬日天半度]{{0,3}}(?:的|于|在)?(?:(?:{{某时}}|{{某日}})(?:{BEFORE})?(?:、|，?以及|[和及与]))*$"
# What may stand in front of a deadline within its clause.
LEAD_IN = r"^(?:并|再|应|须|需|要|务必|{力求}|保证|原则上|最迟|最晚|限|于|在|至|到|截至|截止|计划|预计|其中|分别|首批|时限|完成|时间|为|是|和|及|与|以及|：){0,5}$"
BLANK = r"^(?:[—／/\\一]{1,4}|无|空)$"  # a cell that is crossed out
AT_ONCE = r"立行立改|即知即改|即行即改|即查即改|边查边改|立即|马上|尽快|及时|随时|近期"
CERTAIN = rf"(?:{BEFORE}|[底末内终])$"

# In a clause of a list of units that says until when: what stands behind its time, and words without a time.
_BEHIND = r"$|[^，。；]*?(?:[前底末内旬日号月季完起至—]|推进|实施|开展|落实)"
_FURTHEST = 6  # characters in front of the time of such a clause
_TIMELESS = rf"^(?:{ONGOING}|全年|待定|另行通知|{AT_ONCE})|^(?:时间|时限)?(?:按|以|根据).*(?:要求|通知|为准)的?(?:时间|时限)?$"


def deadline_in_list(text: str) -> str | None:
    """Return the clauses of a list of units that say until when: 市司法局牵头，6月底前摸排，9月底前整治."""
    clauses = pattern(r"[，；。（）]").split(text)
    said = [c for c in clauses if len(c) <= LONGEST_CLAUSE and _says_when(c)]
    return "，".join(dict.fromkeys(said)) or None


def _says_when(clause: str) -> bool:
    if pattern(_TIMELESS).match(clause):
        return True
    if not pattern(r"[年月季半节前末]").search(clause):
        return False
    return any(
        (time.has_year and pattern(r"[月季]").search(clause, time.start, time.end))
        or pattern(_BEHIND).match(clause, time.end)
        for time in times_in(clause)
        if time.start <= _FURTHEST and "、" not in clause[: time.start]
    )
