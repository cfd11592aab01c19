"""What a later plan changes in the recurring duties and in the groups."""

from collections.abc import Iterable, Mapping, Sequence

from models.plan.changes.likeness import bare
from models.plan.changes.pairing import Pairing, Thing, pair_up
from models.plan.changes.said import (
    ChangeKind,
    PlanChange,
    PlanPart,
    called,
    joined_and_left,
    reworded,
)
from models.plan.field_words import word_of
from models.plan.schema import PlanGroup, RecurringDuty

POSTS = ("head_post", "liaison_post", "parent")
LISTED = (
    "executive_deputy_posts",
    "deputy_posts",
    "lead_units",
    "member_posts",
    "member_units",
    "member_groups",
    "duties",
)


def pair_duties(old: Sequence[RecurringDuty], new: Sequence[RecurringDuty]) -> Pairing:
    """Pair the recurring duties of two plans, by their words and how often they are due."""
    things = [
        [Thing("", one.what, frozenset({one.freq.value})) for one in duties]
        for duties in (old, new)
    ]
    return pair_up(*things)


def duty_changes(old: Sequence[RecurringDuty], new: Sequence[RecurringDuty]) -> list[PlanChange]:
    """Return what changed in the recurring duties; one that was dropped is not there."""
    old, new = ([one for one in duties if not one.dropped] for duties in (old, new))
    pairing = pair_duties(old, new)
    changes = []
    for pair in pairing.pairs:
        before, after = old[pair.old], new[pair.new]
        says = _duty_says(before, after)
        if says or pair.asked:
            name = f"周期工作{called(before.what)}"
            changes.append(PlanChange(PlanPart.DUTY, ChangeKind.CHANGED, name, says, pair.asked))
    changes += _came_and_went(
        PlanPart.DUTY,
        [f"周期工作{called(old[place].what)}" for place in pairing.gone],
        [f"周期工作{called(new[place].what)}（{_when(new[place])}）" for place in pairing.fresh],
    )
    return changes


def _duty_says(before: RecurringDuty, after: RecurringDuty) -> list[str]:
    says = []
    if bare(before.what) != bare(after.what):
        says += reworded("内容", before.what, after.what)
    if _when(before) != _when(after):
        says.append(f"时间 {_when(before)} → {_when(after)}")
    if before.day_off != after.day_off:
        says.append(f"遇休息日 {before.day_off.chinese} → {after.day_off.chinese}")
    return says


def _when(duty: RecurringDuty) -> str:
    months = "、".join(f"{month}月" for month in duty.months)
    day = "" if duty.day is None else "最后一天" if duty.day == -1 else f"第 {duty.day} 天"
    return " ".join(word for word in (duty.freq.chinese, months, day) if word)


def pair_groups(old: Sequence[PlanGroup], new: Sequence[PlanGroup]) -> Pairing:
    """Pair the groups of two plans, by name and by the units in them."""
    things = [
        [Thing("", one.name, frozenset(one.member_units)) for one in groups]
        for groups in (old, new)
    ]
    return pair_up(*things)


def group_changes(
    old: Sequence[PlanGroup], new: Sequence[PlanGroup], full: Mapping[str, str]
) -> list[PlanChange]:
    """Return what changed in the groups: their heads, members and duties."""
    pairing = pair_groups(old, new)
    changes = []
    for pair in pairing.pairs:
        before, after = old[pair.old], new[pair.new]
        says = _group_says(before, after, full)
        if says or pair.asked:
            subject = called(before.name)
            changes.append(
                PlanChange(PlanPart.GROUP, ChangeKind.CHANGED, subject, says, pair.asked)
            )
    changes += _came_and_went(
        PlanPart.GROUP,
        [f"机构{called(old[place].name)}" for place in pairing.gone],
        [f"机构{called(new[place].name)}" for place in pairing.fresh],
    )
    return changes


def _group_says(before: PlanGroup, after: PlanGroup, full: Mapping[str, str]) -> list[str]:
    says = []
    if bare(before.name) != bare(after.name):
        says += reworded("名称", before.name, after.name)
    for field in POSTS:
        says += reworded(word_of(field), getattr(before, field) or "", getattr(after, field) or "")
    located = [_full([one.located_in or ""], full)[0] for one in (before, after)]
    says += reworded(word_of("located_in"), *located)
    for field in LISTED:
        lists = [_full(getattr(one, field), full) for one in (before, after)]
        says += joined_and_left(word_of(field), *lists)
    return says


def _full(names: Iterable[str], full: Mapping[str, str]) -> list[str]:
    return [full.get(name, name) for name in names]


def _came_and_went(part: PlanPart, gone: Iterable[str], fresh: Iterable[str]) -> list[PlanChange]:
    went = [PlanChange(part, ChangeKind.GONE, name) for name in gone]
    return went + [PlanChange(part, ChangeKind.NEW, name) for name in fresh]
