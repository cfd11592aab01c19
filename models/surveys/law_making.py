"""Make law tests: their settings, the test with its seed, its one repeat, and who sits it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date

from sqlmodel import Session, select

from models.audit.chain import NewEntry, record
from models.campaign.campaign import all_of
from models.errors import CampaignError
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.surveys.composing import VERSIONS, PaperPart
from models.rules.surveys.marking import is_pass
from models.rules.surveys.words import Audience
from models.surveys.due_days import lay_due
from models.surveys.law_test import (
    LawCandidate,
    LawRule,
    LawSetting,
    LawTest,
    candidates_of,
    law_setting_of,
    law_tests_of,
    parts_of,
)

MARKS_OF_STAFF = {
    Audience.ENFORCEMENT: "Z",
    Audience.OTHER: "Q",
}  # 执法、其他, in candidate numbers


@dataclass(frozen=True, slots=True)
class LawSettings:
    """What an office sets of its tests; None leaves what stands."""

    minutes: int | None = None
    pass_mark: float | None = None
    partial: bool | None = None
    repeats: int | None = None
    versions: int | None = None


@dataclass(frozen=True, slots=True)
class NewLawTest:
    """A test to be made: when it is held, its seed, and who made it."""

    held_on: date
    seed: str
    by: str


def set_law_settings(
    session: Session, campaign_id: int, given: LawSettings, by: str, moment: Moment
) -> LawSetting:
    """Make ``given`` how the office holds its tests from now on; tests that are made keep theirs. Repeatable."""
    row = law_setting_of(session, campaign_id)
    said = {one.name: getattr(given, one.name) for one in fields(given)}
    changed = {
        name: value
        for name, value in said.items()
        if value is not None and getattr(row, name) != value
    }
    if changed:
        row.sqlmodel_update(changed)
        session.add(row)
        session.flush()
        record(
            session, campaign_id, moment, NewEntry(by, "law-settings-set", "法律知识测试", changed)
        )
    return row


def store_parts(session: Session, campaign_id: int, parts: Sequence[PaperPart]) -> int:
    """Make ``parts`` what papers are made of, whole; return how many rows changed. Repeatable.

    What is no longer wanted stays as a part of no questions.
    """
    rows = {
        (one.audience, one.kind, one.subject): one for one in all_of(session, LawRule, campaign_id)
    }
    wanted = {(one.audience.value, one.kind.value, one.subject): one for one in parts}
    changed = 0
    for key, part in wanted.items():
        row = rows.get(key)
        if row is None:
            audience, kind, subject = key
            row = LawRule(
                campaign_id=campaign_id, audience=audience, kind=kind, subject=subject,
                count=part.count, points=part.points,
            )  # fmt: skip
        elif (row.count, row.points) == (part.count, part.points):
            continue
        row.count, row.points = part.count, part.points
        session.add(row)
        changed += 1
    for key, row in rows.items():
        if key not in wanted and row.count:
            row.count, changed = 0, changed + 1
            session.add(row)
    session.flush()
    return changed


def make_law_test(
    session: Session,
    campaign_id: int,
    new: NewLawTest,
    moment: Moment,
    repeats: LawTest | None = None,
) -> LawTest:
    """Make a test and write its seed into the chain, before any paper is drawn from it.

    With ``repeats`` it is the repeat of that test: who did not pass it or did not sit it sits it again,
    under the same numbers. Raises CampaignError for a second repeat, for one that the settings do not
    allow, and where nobody would sit.
    """
    if repeats is not None:
        _require_repeatable(session, campaign_id, repeats)
    setting = law_setting_of(session, campaign_id)
    last = max((one.number for one in law_tests_of(session, campaign_id)), default=0)
    of = repeats or setting
    test = LawTest(
        campaign_id=campaign_id,
        number=last + 1,
        held_on=new.held_on,
        seed=new.seed,
        minutes=of.minutes,
        pass_mark=of.pass_mark,
        partial=of.partial,
        versions=of.versions,
        rules=repeats.rules if repeats else parts_text(parts_of(session, campaign_id)),
        repeat_of=key_of(repeats) if repeats else None,
        made_by=new.by,
        made_at=moment.now,
    )
    session.add(test)
    session.flush()
    again = _sit_again(session, repeats, test) if repeats else 0
    lay_due(session, campaign_id, test.code, test.title, test.held_on)
    facts = {"seed": new.seed, "day": new.held_on.isoformat()}
    if repeats:
        facts |= {"repeat_of": str(repeats.number), "rows": str(again)}
    name = f"第 {test.number} 次法律知识测试"
    record(session, campaign_id, moment, NewEntry(new.by, "law-test-made", name, facts))
    return test


def _require_repeatable(session: Session, campaign_id: int, test: LawTest) -> None:
    if test.repeat_of is not None:
        raise CampaignError(f"第 {test.number} 次测试本身就是补考，只补考一次，不再补考")
    if law_setting_of(session, campaign_id).repeats < 1:
        raise CampaignError(
            "按现在的规定不补考；要补考的，先用 shifan law-test settings --repeats 1 改规定"
        )
    for one in law_tests_of(session, campaign_id):
        if one.repeat_of == test.id:
            raise CampaignError(
                f"第 {test.number} 次测试已经安排过补考（第 {one.number} 次），只补考一次"
            )


def _sit_again(session: Session, first: LawTest, test: LawTest) -> int:
    missed = [
        one
        for one in candidates_of(session, first)
        if one.mark is None or not is_pass(one.mark, one.total, first.pass_mark)
    ]
    if not missed:
        raise CampaignError(f"第 {first.number} 次测试没有人需要补考")
    session.add_all(
        LawCandidate(
            test_id=key_of(test), number=one.number, unit_id=one.unit_id,
            audience=one.audience, version=one.version,
        )
        for one in missed
    )  # fmt: skip
    session.flush()
    return len(missed)


def seat_candidates(
    session: Session,
    test: LawTest,
    counts: Mapping[tuple[int, Audience], int],
    places: Mapping[int, int],
) -> tuple[int, int, list[str]]:
    """Make so many people of each unit and kind of staff sit a test; return how many came and went, and faults.

    A number says the unit's place among all units (``places``), Z or Q, and a running number: 012Z003.
    Neighbours have different versions. Who has sat is never taken out: that is a fault.
    """
    rows = {one.number: one for one in _every_candidate(session, test)}
    came = went = 0
    faults = []
    for (unit_id, staff), wanted in counts.items():
        head = f"{places[unit_id]:03d}{MARKS_OF_STAFF[staff]}"
        own = {number: one for number, one in rows.items() if number.startswith(head)}
        for n in range(1, wanted + 1):
            row = own.pop(f"{head}{n:03d}", None)
            if row is None:
                version = VERSIONS[(n - 1) % test.versions]
                row = LawCandidate(
                    test_id=key_of(test), number=f"{head}{n:03d}", unit_id=unit_id,
                    audience=staff.value, version=version, withdrawn=True,
                )  # fmt: skip
            came += row.withdrawn
            row.withdrawn = False
            session.add(row)
        sat = sorted(number for number, one in own.items() if one.mark is not None)
        if sat:
            faults.append(f"{sat[0]} 等 {len(sat)} 人已有成绩，人数不能减到 {wanted}")
        for row in own.values():
            went += not row.withdrawn
            row.withdrawn = True
            session.add(row)
    session.flush()
    return came, went, faults


def _every_candidate(session: Session, test: LawTest) -> list[LawCandidate]:
    return list(session.exec(select(LawCandidate).where(LawCandidate.test_id == key_of(test))))


def parts_text(parts: Sequence[PaperPart]) -> str:
    """Return parts of papers as canonical JSON."""
    rows = [
        {**asdict(one), "audience": one.audience.value, "kind": one.kind.value} for one in parts
    ]
    return json.dumps(rows, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
