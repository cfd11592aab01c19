"""Which unit's ledger a workbook is and which version, set against what went out."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

from sqlmodel import Session

from models.campaign.campaign import Campaign, campaign_named, kinds_in_words
from models.errors import CampaignError, NotFoundError, PlanError
from models.evidence.ledgers.files import issues_sent
from models.evidence.ledgers.issues import Issued, newest_issues
from models.figures.goals import counted_demands
from models.keys import key_of
from models.rules.evidence.ledgers import SentLedger, sent_from_json
from models.rules.run_kinds import runs_together
from models.units.unit import unit_names
from tasks.guarded.many import ManyWorker
from tasks.ledgers.belonging import LedgerName, name_in
from tasks.ledgers.guessing.days import ledger_spans
from tasks.ledgers.guessing.mends import ledger_mends
from tasks.ledgers.numbers.sheets import OWN_FIGURES, OWN_SCORES
from tasks.ledgers.outcome import LedgerOutcome
from tasks.ledgers.rows import SentTo
from tasks.ledgers.sheets import HANDED, LEDGER, PIECES, as_returned
from tasks.workbook.opening import reading_many
from tasks.workbook.reading import book_of

AT_ONCE = 2  # processes that take workbooks apart


def open_ledgers(outcomes: Sequence[LedgerOutcome]) -> None:
    """Open each workbook and read what it says of itself, two at once; one that is none is refused.

    One that says nothing of itself has no name then: see `tasks.ledgers.guessing.whose`.

    While one is taken apart in its guarded process, another is looked at from outside in ours.
    """

    def share(first: int) -> None:
        with reading_many() as reader:
            for one in outcomes[first::AT_ONCE]:
                _open(one, reader)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(share, range(min(AT_ONCE, len(outcomes)))))


def _open(one: LedgerOutcome, reader: ManyWorker) -> None:
    sheets = tuple(map(as_returned, (LEDGER, PIECES, OWN_FIGURES, OWN_SCORES)))
    try:
        one.book = book_of(one.file.name, one.file.content, sheets, (HANDED.name,), reader)
    except PlanError as error:
        one.refused = list(error.faults)
        return
    one.name = name_in(one.book)


def require_same_campaign(session: Session, campaign: Campaign, named: str) -> None:
    """Raise CampaignError where the ledger of the campaign ``named`` is to be taken into another."""
    try:
        of_file = campaign_named(session, named)
    except NotFoundError:
        raise CampaignError(f"这是{runs_together([named])}“{named}”的台账，本系统没有它") from None
    if of_file.id != campaign.id:
        raise CampaignError(
            f"这是{kinds_in_words([of_file])}“{of_file.label}”的台账，不能收进“{campaign.label}”；"
            "请用 --campaign 写明是哪一个"
        )


def identify(
    session: Session, campaign: Campaign, own: Sequence[LedgerOutcome], today: date
) -> None:
    """Find the unit and the version that went out, by what each ledger says of itself; how its cells are read."""
    campaign_id = key_of(campaign)
    units = unit_names(session, campaign_id)
    wanted = [
        (units[one.name.unit], one.name.version)
        for one in own
        if one.name and one.name.unit in units
    ]
    issues = issues_sent(session, campaign_id, wanted)
    newest = newest_issues(session, campaign_id)
    spans = ledger_spans(session, campaign, today)
    demands = [one.name for one in counted_demands(session, campaign_id)]
    full = {part_id: name for name, part_id in units.items()}
    for one in own:
        one.campaign_id = campaign_id
        name = one.name or LedgerName("", "", "", 0)
        unit_id = units.get(name.unit)
        issue = issues.get((unit_id or 0, name.version))
        if unit_id is None:
            one.refused = [f"单位名册里没有名为“{name.unit}”的单位，不知道是谁的台账"]
        elif issue is None:
            one.refused = [
                f"没有发出过{name.unit}的第 {name.version} 版台账；请用创建办发的台账填写"
            ]
        else:
            one.unit_id, one.unit = unit_id, full[unit_id]
            one.issue = issue
            one.of = SentTo(one.unit, unit_id, sent_from_json(issue.facts))
            if one.guessed:
                one.of = replace(one.of, others=_earlier(session, campaign_id, issue))
            one.newest = newest[unit_id].version
            one.opened.mends = ledger_mends(one.of.sent, demands, spans)


def _earlier(session: Session, campaign_id: int, issue: Issued) -> list[SentLedger]:
    """Return the versions before ``issue``: nobody can tell which of them the rows were copied from."""
    wanted = [(issue.unit_id, version) for version in range(1, issue.version)]
    found = issues_sent(session, campaign_id, wanted)
    return [sent_from_json(one.facts) for one in found.values()]
