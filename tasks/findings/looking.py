"""Look findings up: the list, and the whole life of one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from models.campaign.campaign import looking_at
from models.errors import NotFoundError
from models.findings.listing import (
    FindingLine,
    TraceLine,
    dispatches_by_finding,
    finding_cycles,
    finding_lines,
    finding_trace,
    proofs_by_finding,
)
from models.keys import key_of
from models.rules.bounds import shown
from models.rules.calendar.moment import Moment
from models.rules.findings.words import (
    FROM_THE_PUBLIC,
    FindingKind,
    FindingState,
    FindingStep,
    state_in_words,
    step_in_words,
)
from tasks.figures.figures_list import names_and_ids, unit_meant

HEAD = ("编号", "类别", "问题", "来源", "责任单位", "时限", "情况", "说明", "督办单")


@dataclass(frozen=True, slots=True)
class FindingsWanted:
    """Which findings are looked for: of a unit, in a state, from a source, overdue alone, from the public alone."""

    unit: str = ""
    state: str = ""
    source: str = ""
    overdue: bool = False
    public: bool | None = None


@dataclass(frozen=True, slots=True)
class FindingsView:
    """Findings as rows under `HEAD`, and in a line what they come to."""

    rows: Sequence[Sequence[str]]
    line: str


def findings_view(slug: str | None, wanted: FindingsWanted, moment: Moment) -> FindingsView:
    """Return the findings that are wanted, in the order they were raised; units are not ranked."""
    with looking_at(slug) as (session, campaign):
        campaign_id = key_of(campaign)
        unit = ""
        if wanted.unit:
            unit_id = unit_meant(session, campaign_id, wanted.unit)
            _, ids = names_and_ids(session, campaign_id)
            unit = next(name for name, one in ids.items() if one == unit_id)
        lines = finding_lines(session, campaign_id)
        urged = dispatches_by_finding(session, campaign_id)
    today = moment.today
    state, found = (
        wanted.state.strip(),
        [one for one in lines if _is_wanted(one, wanted, unit, today)],
    )
    if state:
        states = {one.state_in_words.split("（")[0] for one in lines} | {
            one.chinese for one in FindingState
        }
        if state not in states:
            raise NotFoundError(f"没有“{shown(state)}”这种情况，有：{'、'.join(sorted(states))}")
        found = [one for one in found if one.state_in_words.split("（")[0] == state]
    rows = [
        (
            one.code,
            one.kind_in_words,
            one.problem,
            one.source_in_words,
            one.unit or "—",
            str(one.due or "未定"),
            one.state_in_words,
            one.remarks(today),
            "、".join(urged.get(one.code, ())),
        )
        for one in found
    ]
    return FindingsView(rows, findings_in_words(found, today))


def _is_wanted(one: FindingLine, wanted: FindingsWanted, unit: str, today: date) -> bool:
    return (
        (not unit or one.unit == unit)
        and (not wanted.source or wanted.source.strip() in (one.source, one.source_in_words))
        and (not wanted.overdue or (one.days.is_overdue(today) and not one.is_settled))
        and (wanted.public is None or wanted.public is (one.kind in FROM_THE_PUBLIC))
    )


def findings_in_words(lines: Sequence[FindingLine], today: date) -> str:
    """Return in a line what findings come to, by state and how many are overdue."""
    if not lines:
        return "没有登记的问题"
    counts = dict.fromkeys(FindingState, 0)
    for one in lines:
        counts[FindingState(one.state)] += 1
    public = all(one.kind in FROM_THE_PUBLIC for one in lines)
    said = [
        f"{_state_word(state, public=public)} {count} 个"
        for state, count in counts.items()
        if count
    ]
    late = sum(one.days.is_overdue(today) and not one.is_settled for one in lines)
    broken = sum(one.days.is_broken(today) and not one.is_settled for one in lines)
    more = [f"逾期 {late} 个" if late else "", f"承诺未兑现 {broken} 个" if broken else ""]
    return f"共 {len(lines)} 个：{'，'.join([*said, *filter(None, more)])}"


def _state_word(state: FindingState, *, public: bool) -> str:
    kind = FindingKind.COMPLAINT if public else FindingKind.PROBLEM
    return state_in_words(kind, state)


def finding_shown(slug: str | None, code: str, moment: Moment) -> list[str]:
    """Return the life of a finding in lines: what, where from, every cycle and every step with who and when."""
    with looking_at(slug) as (session, campaign):
        campaign_id = key_of(campaign)
        wanted = code.strip().upper()
        line = next((o for o in finding_lines(session, campaign_id) if o.code == wanted), None)
        if line is None:
            raise NotFoundError(f"没有编号为“{shown(code)}”的问题，全部编号见 shifan findings list")
        cycles = finding_cycles(session, line.id)
        trace = finding_trace(session, campaign_id, line.id)[line.id]
        proofs = proofs_by_finding(session, campaign_id).get(line.id, ())
        urged = dispatches_by_finding(session, campaign_id).get(line.code, ())
    return list(_lines(line, cycles, trace, (proofs, urged), moment.today))


def _lines(
    line: FindingLine,
    cycles: Sequence[FindingLine],
    trace: Sequence[TraceLine],
    beside: tuple[Sequence[str], Sequence[str]],
    today: date,
) -> Iterator[str]:
    proofs, urged = beside
    item = f"，对应 {line.item}" if line.item else ""
    yield f"{line.code}（{line.kind_in_words}）{line.problem}"
    yield f"来源：{line.source_in_words}，{line.found_on} 发现{item}"
    if line.advice:
        yield f"建议：{line.advice}"
    yield f"现在：{line.state_in_words}，{line.unit or '还没有交给哪个单位'}；{line.remarks(today) or '—'}"
    if proofs:
        yield f"整改的证明材料：{'、'.join(proofs)}"
    if urged:
        yield f"督办单：{'、'.join(urged)}"
    first = True
    for cycle in cycles:
        if len(cycles) > 1:
            yield f"第 {cycle.cycle} 轮"
        for step in (one for one in trace if one.cycle == cycle.cycle):
            yield f"  {_step_words(line.kind, step, first=first)}"
            first = first and step.step != FindingStep.ASSIGN


_TO: Mapping[str, str] = {FindingStep.ASSIGN: "给{unit}", FindingStep.RECUR: "，由{unit}整改"}


def _step_words(kind: str, step: TraceLine, *, first: bool) -> str:
    word = step_in_words(kind, step.step, first=first)
    to = _TO.get(step.step, "").format(unit=step.unit) if step.unit else ""
    day = (
        f"，{'承诺' if step.step == FindingStep.PROMISE else '时限'} {step.day}" if step.day else ""
    )
    note = f"：{step.note}" if step.note else ""
    pieces = f"（{step.pieces}）" if step.pieces else ""
    return f"{step.taken_on} {step.by_post} {word}{to}{day}{note}{pieces}"
