"""A person's word on a dispatch: a yes takes the steps of the findings it urges, and can be taken back."""

from collections.abc import Sequence
from dataclasses import replace

from models.campaign.campaign import open_campaign, writing_to
from models.database import open_session
from models.errors import ProgressError
from models.evidence.vault.keeping import read_kept
from models.findings.answering import SlipSaid, steps_by_slip, steps_taken_back, urged_still
from models.findings.dispatch import Dispatch
from models.findings.dispatching import dispatch_named
from models.findings.known import finding_units
from models.findings.settling import settle_dispatch
from models.findings.steps import NewStep, StepOutcome, take_steps
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.evidence.pieces import NewEvidence
from models.rules.evidence.words import Via
from models.rules.findings.dispatch_words import DispatchVerdict, DispatchWord
from models.rules.findings.words import FindingStep
from tasks.evidence.handing_in import hand_in
from tasks.findings.scanning import LARGEST

_DONE = {
    DispatchWord.ANSWERED: "已确认办结",
    DispatchWord.REFUSED: "的回件不作数",
    DispatchWord.VOID: "已作废",
    DispatchWord.TAKEN_BACK: "的上一个认定已撤回",
}


def say_of_dispatch(
    slug: str | None,
    number: str,
    said: DispatchVerdict,
    moment: Moment,
    slip: SlipSaid | None = None,
) -> list[str]:
    """Take a person's word on a dispatch and return in lines what came of it. Repeatable: said again it is no news.

    A yes takes the step of each finding it urges that its unit has still to mend: what the slip says is done is
    mended, by the scan, and waits for whoever verifies it; the rest is promised. A yes that is taken back takes
    these steps back. The scan is a piece of evidence before a step speaks of it; killed between, the same call
    finds it there. Raises ProgressError with every fault; nothing is written then but that piece.
    """
    slip = replace(slip or SlipSaid(), note=said.reason)
    piece = _piece(slug, number, said, slip, moment) if said.what is DispatchWord.ANSWERED else ""
    with writing_to(slug) as (session, campaign):
        campaign_id = key_of(campaign)
        row = dispatch_named(session, campaign_id, number)
        urged, steps = urged_still(session, row), list[NewStep]()
        if said.what is DispatchWord.TAKEN_BACK:
            steps = steps_taken_back(session, row, said.by_post, said.reason)
        if not settle_dispatch(
            session, row, said, finding_units(session, campaign_id).full, moment
        ):
            return [f"{row.name} 已经登记过，没有变化"]
        if said.what is DispatchWord.ANSWERED:
            steps = [
                replace(one, pieces=(piece,))
                for one in steps_by_slip(row, urged, slip, said.by_post)
            ]
        outcomes = take_steps(session, campaign_id, steps, moment)
        if wrong := [f"{one.code}：{'；'.join(one.faults)}" for one in outcomes if one.faults]:
            raise ProgressError("；".join(wrong))
        first = f"{row.name} {_DONE[said.what]}"
    others = urged.others if said.what is DispatchWord.ANSWERED else ()
    return [first, *_lines(steps, outcomes), *_left(others)]


def _piece(
    slug: str | None, number: str, said: DispatchVerdict, slip: SlipSaid, moment: Moment
) -> str:
    """Return the code of the scan as a piece of evidence; empty where no finding needs it.

    What is wrong with the yes is said before: nothing is handed in for a word that cannot be taken.
    """
    with open_session(preview=True) as session:
        campaign = open_campaign(session, slug)
        row = dispatch_named(session, key_of(campaign), number)
        units = finding_units(session, key_of(campaign))
        new = settle_dispatch(session, row, said, units.full, moment)
        steps = steps_by_slip(row, urged_still(session, row), slip, said.by_post) if new else []
        scan = _scan(row, units.names[row.unit_id], steps[0].code) if steps else None
    if scan is None:
        return ""
    [taken] = hand_in(slug, [scan], said.by_post, Via.COMMAND, moment)
    if taken.refused:
        raise ProgressError(f"{scan.file_name}：{taken.refused}")
    return taken.code


def _scan(row: Dispatch, unit: str, finding: str) -> NewEvidence:
    return NewEvidence(
        f"{row.name}回执",
        (),
        file_name=row.returned_name,
        content=read_kept(row.returned_sha256, LARGEST),
        provider=unit,
        finding=finding,
    )


def _lines(steps: Sequence[NewStep], outcomes: Sequence[StepOutcome]) -> list[str]:
    """Return what became of the findings, a line for each step and state."""
    found: dict[str, list[str]] = {}
    for step, one in zip(steps, outcomes, strict=True):
        word = step.step.chinese
        if step.step is FindingStep.PROMISE:
            word = f"承诺 {step.day} 完成"
        found.setdefault(f"{word}，现在是“{one.state}”", []).append(one.code)
    return [f"{'、'.join(codes)} {words}" for words, codes in found.items()]


def _left(codes: Sequence[str]) -> list[str]:
    return [f"{'、'.join(codes)} 的进展在台账或进展登记表里登记"] if codes else []
