"""The form behind each step of a finding: what it asks, who may take it, what it will do, and taking it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from models.campaign.campaign import looking_at
from models.findings.proving import NamedPiece, pieces_to_name
from models.findings.steps import NewStep
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.findings.days import LOOK_BACK_DAYS
from models.rules.findings.life import CAN_BE_TAKEN_BACK, MUST_SAY, OF_ANOTHER, OF_THE_UNIT
from models.rules.findings.words import FindingStep, step_in_words
from models.rules.window.sight import Right, VisitorRole
from models.units.unit import units_of
from tasks.findings.acting import act_on_findings
from tasks.window.finding import FindingPage
from tasks.window.visitors import Visitor

_T = FindingStep
PIECES_SHOWN = 30  # of what was handed in, the newest; the others are named by their code
# What day a step asks for, and whether it must be there.
_DAYS: Mapping[FindingStep, tuple[str, bool]] = {
    _T.PROMISE: ("承诺哪天完成", True),
    _T.MOVE: ("时限调整到哪一天", True),
    _T.ASSIGN: ("整改时限", False),
    _T.UPHOLD: ("整改时限", False),
    _T.RECUR: ("整改时限", False),
}
# What a step will do where it ends something: said on a last page, before it counts.
_FORETOLD: Mapping[FindingStep, str] = {
    _T.CLOSE: f"销号，不再催任何人；满 {LOOK_BACK_DAYS} 天请回头看",
    _T.END: "不再整改，按写明的理由另行决定；清单上一直看得见",
    _T.ANSWER: "按写的内容答复，办结，不再催任何人",
    _T.DECLINE: "不认领，交创建办裁定；裁定以前不催这个单位",
    _T.RECUR: "又发生了，从新的一轮重新整改，时限和提醒重新算起",
}


# What mostly comes next stands first; no two of them may be taken at once.
_USUAL = (_T.RECTIFY, _T.ANSWER, _T.VERIFY, _T.CLOSE, _T.LOOK, _T.UPHOLD)


@dataclass(frozen=True, slots=True)
class StepForm:
    """What the form of a step asks: empty words for what it does not ask.

    ``foretold`` says what will happen, where a last page comes before it counts. ``signs`` says that the
    office names the post whose word it is.
    """

    step: FindingStep
    word: str
    note: str
    must_note: bool
    day: str
    must_day: bool
    units: Sequence[str]
    pieces: Sequence[NamedPiece]
    names_pieces: bool
    signs: bool
    foretold: str

    @property
    def goes_back(self) -> bool:
        """Say whether it can be taken back while it is the last word."""
        return self.step in CAN_BE_TAKEN_BACK

    @property
    def hands_on(self) -> bool:
        """Say whether it asks which unit has it from now on."""
        return self.step is _T.ASSIGN


@dataclass(frozen=True, slots=True)
class TypedStep:
    """What a form says of a step; ``by`` only where the office names whose word it is."""

    note: str = ""
    day: date | None = None
    unit: str = ""
    pieces: Sequence[str] = ()
    by: str = ""


def steps_of(finding: FindingPage, visitor: Visitor) -> list[tuple[FindingStep, str]]:
    """Return the steps that ``visitor`` may take of a finding now with their words, the usual one first.

    A unit promises, mends, answers or declines its own; everything else is the office's; others take none.
    """
    may = _may(visitor, finding.row.unit_id)
    steps = sorted(finding.steps, key=lambda one: one not in _USUAL)
    return [(one, _word(finding, one)) for one in steps if one in may]


def _word(finding: FindingPage, step: FindingStep) -> str:
    if step is _T.ASSIGN and finding.row.unit_id and not finding.public:
        return "改交另一个单位"
    return step_in_words(finding.now.kind, step)


def _may(visitor: Visitor, unit_id: int | None) -> Collection[FindingStep]:
    if Right.OFFICE in visitor.rights:
        return tuple(_T)
    own = visitor.role is VisitorRole.UNIT and unit_id is not None and unit_id == visitor.unit_id
    return OF_THE_UNIT if own else ()


def form_of_step(slug: str, finding: FindingPage, step: FindingStep, visitor: Visitor) -> StepForm:
    """Return what the form of ``step`` asks ``visitor`` for; reads only."""
    office = Right.OFFICE in visitor.rights
    names = step in (_T.RECTIFY, _T.ANSWER)
    units, pieces = [], []
    with looking_at(slug) as (session, campaign):
        if step is _T.ASSIGN:
            there = units_of(session, key_of(campaign))
            units = [one.name for one in there if not one.retired]
        if names:
            pieces = pieces_to_name(session, key_of(campaign), finding.row.unit_id)
    day, must_day = (
        ("", False) if finding.public and step is _T.ASSIGN else _DAYS.get(step, ("", False))
    )
    return StepForm(
        step=step,
        word=_word(finding, step),
        note="" if step is _T.PROMISE else MUST_SAY.get(step, "说明"),
        must_note=step in MUST_SAY,
        day=day,
        must_day=must_day,
        units=units,
        pieces=pieces[::-1][:PIECES_SHOWN],
        names_pieces=names,
        signs=office and (step in OF_ANOTHER or step is _T.END),
        foretold=_FORETOLD.get(step, ""),
    )


def take_finding_step(
    slug: str, code: str, step: FindingStep, typed: TypedStep, visitor: Visitor, moment: Moment
) -> bool:
    """Take a step of the finding ``code`` as the command does; say whether anything changed by it.

    Signed with the visitor's own post; the office may name another's whose word it writes down. Repeatable.
    Raises ProgressError with every fault.
    """
    named = typed.by.strip() if Right.OFFICE in visitor.rights else ""
    new = NewStep(
        code, step, named or visitor.by, typed.note, typed.unit, typed.day, tuple(typed.pieces)
    )
    [outcome] = act_on_findings(slug, [code], new, moment)
    return outcome.changed
