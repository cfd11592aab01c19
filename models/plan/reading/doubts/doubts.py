"""Doubtful readings, each with its reason, so that a person looks at them before anything runs."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from models.plan.doubt import Doubt
from models.plan.reading.persons.names import is_name_of_a_person
from models.plan.reading.persons.people import cleaned
from models.plan.reading.roles.units import ends_like_a_unit, is_group, without_second_name
from models.plan.reading.tables.heads import Table
from models.plan.reading.text.amounts import Amount, amounts_in
from models.plan.reading.text.passages import Passage
from models.plan.reading.text.patterns import pattern, quoted
from models.plan.reading.text.stops import clause_start
from models.plan.schema import Plan, PlanTask, Target
from models.plan.vocabulary import Vocabulary
from models.rules.bodies import Bodies

ODD = r"[^\u4e00-\u9fffA-Za-z\d（）“”《》·—\s]|{牵头}"  # in no name of a body
OTHER_CELLS = "这一行的格数与表头不一样，可能读错了列，请核对"
UNTITLED = "这一行看不出是哪一项任务，没有读，请核对"
GLUED = "这一行没有编号和任务，并进了上一行；如果另有一项任务，请在审核表里分开"


def unit_doubts(plan: Plan, words: Vocabulary) -> list[Doubt]:
    """Return names that do not look like units, and units that occur under two names."""
    several = {
        variant: alias.canonical for alias in plan.unit_aliases for variant in alias.variants
    }
    bodies = Bodies(dict.fromkeys(several.get(name, name) for name in bodies_named(plan)))
    doubts = []
    shared_out = any(map(_has_units, plan.tasks))  # else that is said once, of the whole plan
    for task in plan.tasks:
        sentence = task.source.sentence if task.source else ""
        for name in dict.fromkeys([*task.lead_units, *task.responsible_units]):
            own = without_second_name(name, words)
            field = "lead_units" if name in task.lead_units else "responsible_units"
            odd = (
                pattern(ODD).search(own) or own[:1].isdecimal() or not ends_like_a_unit(own, words)
            )
            if odd and not is_group(name):
                reason = f"“{name}”不像单位名称，请核对"
            elif name != several.get(name, name):
                reason = f"“{name}”与“{several[name]}”可能是同一单位"
            elif rivals := bodies.perhaps(name):
                reason = f"“{name}”与“{rivals[0]}”可能是同一单位：是，请统一写法；不是，写进“方案信息”的“确是不同单位”"
            else:
                continue
            doubts.append(Doubt("task", task.ordinal, reason, sentence, field=field))
        if shared_out and not _has_units(task):
            doubts.append(Doubt("task", task.ordinal, "没有读到牵头或责任单位", sentence))
    return doubts


def _has_units(task: PlanTask) -> bool:
    return bool(
        task.lead_units or task.lead_groups or task.responsible_units or task.responsible_groups
    )


def unread_names(task: PlanTask, words: Iterable[str]) -> list[Doubt]:
    """Return what stands among the bodies of a row and was read as none."""
    sentence = task.source.sentence if task.source else ""
    told = (
        quoted(each[:40]) if not is_name_of_a_person(each) else f" {len(each)} 个字"
        for each in words
    )
    return [
        Doubt(
            "task", task.ordinal, f"单位一栏里的{each}没有读成单位，请核对", sentence, unread=True
        )
        for each in dict.fromkeys(told)
    ]


def other_words(task: PlanTask, words: Iterable[str]) -> list[Doubt]:
    """Return what a table says otherwise of a task that the text has too; it is not taken."""
    if not (said := "、".join(dict.fromkeys(words))):
        return []
    reason = f"同名的一项在表里写的是{quoted(said[:80])}，与前面不同，没有收，请核对"
    sentence = task.source.sentence if task.source else ""
    return [Doubt("task", task.ordinal, reason, sentence, unread=True)]


def row_doubts(tables: Iterable[Table]) -> list[Doubt]:
    """Return the rows of tables of tasks or stages whose cells may stand elsewhere, or belong elsewhere."""
    read = [table for table in tables if table.is_task_table or table.is_stage_table]
    told = [(OTHER_CELLS, row) for table in read for row in table.doubtful]
    told += [(UNTITLED, row) for table in read for row in table.untitled]
    told += [(GLUED, row) for table in read for row in table.glued]
    return [Doubt("plan", 0, reason, cleaned(row.text[:200], ())) for reason, row in told]


def bodies_named(plan: Plan) -> Iterator[str]:
    """Yield the names of the bodies of work items and groups, in the order of the plan."""
    for task in plan.tasks:
        yield from task.lead_units + task.responsible_units
    for group in plan.groups:
        yield from group.lead_units + group.member_units


# A number with a measure that no rule took as a target, in a clause that asks for something.
MAYBE = "万?(?:%|{可疑量词})"
DEMAND = r"{力求}|{新增}|{至少}|达|率|以上|以内|{开展}"


def number_doubts(
    passages: Sequence[Passage], targets: Sequence[Target], words: Vocabulary
) -> list[Doubt]:
    """Return the numbers that might be targets but were not read as one."""
    taken: dict[tuple[int | None, str], list[str]] = defaultdict(list)
    for target in targets:
        if target.source:
            taken[target.source.line, target.source.sentence].append(target.raw)
    doubts = []
    for passage in passages:
        text = passage.text
        for one in amounts_in(text, words):
            if not _may_be_asked(one, text):
                continue
            source = passage.source(one.start, one.end)
            clause = text[max(clause_start(text, one.start), one.start - 20) : one.start]
            raws = taken.get((source.line, source.sentence), ())
            read = any(
                one.written == each.written for raw in raws for each in amounts_in(raw, words)
            )
            begins = pattern("[由从][^，。；]{0,8}$").search(clause)  # 由85%提升至95%
            if begins or read or not pattern(DEMAND).search(clause):
                continue
            why = f"{quoted(text[one.start : one.end])}可能是指标，没有计入"
            doubts.append(Doubt("target", 0, why, source.sentence))
    return doubts


def _may_be_asked(amount: Amount, text: str) -> bool:
    """Say whether an amount is a number in figures of what may be asked for, and no part of another: 第3次."""
    part = amount.start and text[amount.start - 1] in "第."
    return amount.written[:1].isdecimal() and not part and bool(pattern(MAYBE).match(amount.unit))


def told_once(doubts: Iterable[Doubt], others: Sequence[Doubt]) -> list[Doubt]:
    """Return ``doubts`` with ``others`` behind them, and no number that one of these asks about as well."""
    asked = [each for each in others if each.unread]
    return [
        *(each for each in doubts if not any(_asks_about(other, each) for other in asked)),
        *others,
    ]


def _asks_about(other: Doubt, doubt: Doubt) -> bool:
    if doubt.about != "target" or doubt.ordinal or doubt.sentence not in other.sentence:
        return False
    number = pattern(r"^“([^”]{1,20})”").match(doubt.reason)
    return number is not None and f"“{number[1]}" in other.reason
