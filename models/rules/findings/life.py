"""The life of a finding: which step leads from where to where, who may take it, what it must say.

提出 → 交办 → （承诺，或不认领 → 裁定）→ 整改 → 核实 → 观察期 → 销号 → 回头看. Sources: 金昌（四）2 列出清单、逐项整改、
工作台账、“回头看”; 曾都 督导组 移交问题线索、督促整改, 办公室 收集汇总投诉建议、交相关部门处理.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from models.rules.findings.words import (
    FROM_THE_PUBLIC,
    FindingKind,
    FindingState,
    FindingStep,
    state_in_words,
    step_in_words,
)
from models.rules.registrar import registrar_fault, unit_of_post
from models.rules.words import post_fault

_S, _T = FindingState, FindingStep
# From which states each step may be taken, and where it leads.
LIFE: Mapping[FindingStep, tuple[frozenset[FindingState], FindingState]] = {
    _T.ASSIGN: (frozenset({_S.RAISED, _S.ASSIGNED, _S.DECLINED}), _S.ASSIGNED),
    _T.UPHOLD: (frozenset({_S.DECLINED}), _S.ASSIGNED),
    _T.PROMISE: (frozenset({_S.ASSIGNED}), _S.ASSIGNED),
    _T.DECLINE: (frozenset({_S.ASSIGNED}), _S.DECLINED),
    _T.MOVE: (frozenset({_S.ASSIGNED}), _S.ASSIGNED),
    _T.RECTIFY: (frozenset({_S.ASSIGNED}), _S.RECTIFIED),
    _T.REFUSE: (frozenset({_S.RECTIFIED}), _S.ASSIGNED),
    _T.VERIFY: (frozenset({_S.RECTIFIED}), _S.WATCHED),
    _T.CLOSE: (frozenset({_S.WATCHED}), _S.CLOSED),
    _T.LOOK: (frozenset({_S.CLOSED}), _S.CLOSED),
    _T.RECUR: (frozenset({_S.WATCHED, _S.CLOSED, _S.ENDED}), _S.ASSIGNED),
    _T.END: (frozenset({_S.RAISED, _S.ASSIGNED, _S.DECLINED, _S.RECTIFIED}), _S.ENDED),
    _T.ANSWER: (frozenset({_S.ASSIGNED}), _S.CLOSED),
}
# A wrong word that can be taken back while it is the last one; every other is mended by a step of its own.
CAN_BE_TAKEN_BACK = frozenset(
    {_T.PROMISE, _T.RECTIFY, _T.VERIFY, _T.CLOSE, _T.LOOK, _T.END, _T.ANSWER}
)
OF_THE_UNIT = frozenset({_T.PROMISE, _T.DECLINE, _T.RECTIFY, _T.ANSWER})
# Whoever looks must not be the one who mended; every other step is the office's, a leader's or a group's.
OF_ANOTHER = frozenset({_T.VERIFY, _T.REFUSE, _T.CLOSE, _T.LOOK, _T.RECUR})
OF_PROBLEMS = frozenset({_T.RECTIFY, _T.VERIFY, _T.REFUSE, _T.CLOSE, _T.LOOK})
# What a step must say, by what an office calls it.
MUST_SAY: Mapping[FindingStep, str] = {
    _T.DECLINE: "不认领的理由",
    _T.UPHOLD: "维持交办的理由",
    _T.MOVE: "调整时限的理由",
    _T.RECTIFY: "整改措施和结果",
    _T.REFUSE: "未通过的原因",
    _T.RECUR: "再次发生的情况",
    _T.END: "不再整改的理由",
    _T.ANSWER: "答复的内容",
    _T.TAKE_BACK: "撤回的理由",
}


@dataclass(frozen=True, slots=True)
class FindingAsIs:
    """A finding as it stands before a step."""

    code: str
    kind: str
    state: str
    found_on: date
    unit: str = ""
    due: date | None = None
    rectified_by: str = ""
    watch_until: date | None = None
    proofs: int = 0  # pieces of evidence of this cycle that stand
    last: str = ""  # the step that was taken last in this cycle and was not taken back


@dataclass(frozen=True, slots=True)
class StepSaid:
    """What somebody says in a step: which, by which post, of which unit, day and pieces of evidence."""

    step: FindingStep
    by_post: str
    note: str = ""
    unit: str = ""
    day: date | None = None
    pieces: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class StepRules:
    """What every step is held against: the day, and each name of a unit with its full one."""

    today: date
    units: Mapping[str, str] = field(default_factory=dict)
    teams: Mapping[str, Collection[str]] = field(
        default_factory=dict
    )  # the units each is made of or avoids


def standing_steps(steps: Iterable[str]) -> list[int]:
    """Return which of a cycle's steps stand, by their places: without what was taken back, and its taking back."""
    standing: list[int] = []
    for place, step in enumerate(steps):
        if step == _T.TAKE_BACK:
            del standing[-1:]
        else:
            standing.append(place)
    return standing


def steps_that_follow(one: FindingAsIs) -> list[FindingStep]:
    """Return which steps may come next, whoever takes them, in the order of a life; nobody's words are judged."""
    steps = [step for step in FindingStep if step in LIFE or step is _T.TAKE_BACK]
    return [step for step in steps if not _out_of_turn(one, StepSaid(step, ""))]


def step_faults(one: FindingAsIs, said: StepSaid, rules: StepRules) -> list[str]:
    """Return why the step may not be taken, each fault a line; an empty list when it may."""
    faults = [fault] if (fault := post_fault(said.by_post, "登记")) else []
    if fault := _out_of_turn(one, said):
        return [*faults, fault]
    if not faults and (fault := _wrong_post(one, said, rules)):
        faults.append(fault)
    if said.step in MUST_SAY and not said.note.strip():
        faults.append(f"没有写{MUST_SAY[said.step]}")
    return [*faults, *_day_faults(one, said, rules.today), *_proof_faults(one, said, rules.today)]


def _out_of_turn(one: FindingAsIs, said: StepSaid) -> str:
    """Return why this step does not follow where the finding stands; empty when it does."""
    word = step_in_words(one.kind, said.step)
    public = one.kind in FROM_THE_PUBLIC
    if public and said.step in OF_PROBLEMS:
        return f"是{FindingKind(one.kind).chinese}，由责任单位答复即可，没有“{word}”这一步"
    if not public and said.step is _T.ANSWER:
        return "是问题，不是投诉建议，没有“答复”这一步"
    if said.step is _T.TAKE_BACK:
        can = one.last in CAN_BE_TAKEN_BACK
        last = step_in_words(one.kind, one.last) if one.last else "提出"
        return "" if can else f"上一步是“{last}”，不能撤回，只能登记下一步"
    if one.state not in LIFE[said.step][0]:
        return f"现在是“{state_in_words(one.kind, one.state)}”，不能登记“{word}”"
    return ""


def _wrong_post(one: FindingAsIs, said: StepSaid, rules: StepRules) -> str:
    """Return why this post may not take the step; empty when it may."""
    own = unit_of_post(said.by_post, rules.units)
    if said.step in OF_THE_UNIT:
        return registrar_fault(said.by_post, {one.unit} if one.unit else set(), rules.units)
    if said.step in OF_ANOTHER:
        return _same_hand(one, said, rules)
    if own:
        return f"“{step_in_words(one.kind, said.step)}”由创建办、领导或工作组登记，{said.by_post.strip()}不能登记"
    return registrar_fault(said.by_post, set(), rules.units)


def _same_hand(one: FindingAsIs, said: StepSaid, rules: StepRules) -> str:
    """Return why whoever looks is whoever mended; empty when it is another.

    A post is who stands behind it: whoever holds it now is held to what was said under it before, a unit that
    was merged mended under its old name, and a team judges neither the units it is made of nor those it avoids.
    """
    mended, by = "".join(one.rectified_by.split()), "".join(said.by_post.split())
    theirs = {one.unit, unit_of_post(mended, rules.units)} - {""}
    other = f"“{said.step.chinese}”应由另外的人登记，如 创建办审核岗、督导组"
    if unit_of_post(by, rules.units) in theirs or (mended and by == mended):
        return f"整改是{one.rectified_by.strip() or one.unit}报的，{other}"
    team = max((name for name in rules.teams if by.startswith(name)), key=len, default="")
    within = sorted(theirs & set(rules.teams.get(team, ())))
    return f"{team}有{'、'.join(within)}的人，或者应当回避，{other}" if within else ""


def _day_faults(one: FindingAsIs, said: StepSaid, today: date) -> list[str]:
    day = said.day
    if said.step is _T.MOVE and day is None:
        return ["没有写调整到哪一天"]
    if said.step is _T.PROMISE:
        if day is None:
            return ["没有写承诺哪天完成"]
        return [f"承诺日期 {day} 已经过去（今天 {today}）"] if day < today else []
    if day and said.step in (_T.ASSIGN, _T.UPHOLD, _T.MOVE, _T.RECUR) and day < one.found_on:
        return [f"时限 {day} 早于发现日期 {one.found_on}"]
    return []


def _proof_faults(one: FindingAsIs, said: StepSaid, today: date) -> list[str]:
    """Return what closing lacks: the end of the watch period, and evidence that stands."""
    if said.step is _T.RECTIFY and not (said.pieces or one.proofs):
        return ["没有证明整改的材料，请写明材料编号或附上文件"]
    if said.step is not _T.CLOSE:
        return []
    faults = []
    if one.watch_until and today <= one.watch_until:
        faults.append(f"观察期到 {one.watch_until} 为止，过了这一天才能销号")
    if not one.proofs:
        faults.append("证明整改的材料已退回或撤回，补上以后才能销号")
    return faults
