"""Whose ledger a workbook is that lost its title and its mark: by its rows, what else it shows, who sent it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from models.campaign.campaign import Campaign, campaign_named, campaigns
from models.database import open_session
from models.errors import CampaignError
from models.evidence.known import Units, units_known
from models.evidence.ledgers.issues import every_part, newest_issues
from models.keys import key_of
from models.rules.evidence.ledgers import SentLedger, sent_from_json
from models.rules.evidence.wording import Wording, wording_of
from tasks.intake.belonging.addresses import units_at
from tasks.ledgers.belonging import LedgerName
from tasks.ledgers.numbers.sheets import OWN_FIGURES, OWN_SCORES
from tasks.ledgers.outcome import LedgerOutcome
from tasks.ledgers.sheets import LEDGER, as_returned
from tasks.lists.names import meant, with_bodies
from tasks.workbook.cells import as_code, as_name
from tasks.workbook.headers import texts_below
from tasks.workbook.reading import Book

SHORTEST = 3  # characters of a unit's name that is looked for within a file's name
NAMED = 4  # units of a question
HOW = (
    "请把台账最上面的标题一行（写着单位和第几版）一起贴上，或在文件名里写上单位名称；"
    "最好直接在发给本单位的台账里填写"
)

Key = tuple[str, str]  # code, role


@dataclass(frozen=True, slots=True)
class _Candidate:
    campaign: Campaign
    unit: str
    version: int
    sent: SentLedger


class _Sent:
    """What went out in the campaigns that a workbook may be of."""

    def __init__(self, session: Session, slug: str | None) -> None:
        self.session = session
        self.own = [campaign_named(session, slug)] if slug else campaigns(session)
        self.units: dict[int, Units] = {}
        self.candidates: list[_Candidate] = []
        self.titles: dict[int, str] = {}  # by part
        for campaign in self.own:
            id_ = key_of(campaign)
            known = self.units[id_] = units_known(session, id_)
            self.titles |= {part.id: part.title for part in every_part(session, id_)}
            self.candidates += [
                _Candidate(campaign, known.names[unit], one.version, sent_from_json(one.facts))
                for unit, one in newest_issues(session, id_).items()
            ]


def name_by_rows(slug: str | None, outcomes: Sequence[LedgerOutcome]) -> None:
    """Find whose ledgers those are that say nothing of themselves; what cannot be told is asked in one line.

    Looked for in the campaign ``slug``, else in all under way.

    The unit is the one to whom most of the rows went, more than half of them, and nobody else as many; among
    equals the one that the workbook, its file's name or its sender's address names. What they name must agree.
    """
    nameless = [one for one in outcomes if one.name is None and not one.refused]
    if not nameless:
        return
    with open_session(read_only=True) as session:
        try:
            sent = _Sent(session, slug)
        except CampaignError as error:
            for one in nameless:
                one.refused = [str(error)]
            return
        for one in nameless:
            _name(one, sent)


def _name(one: LedgerOutcome, sent: _Sent) -> None:
    rows = _rows(one.opened)
    counted = _counted(rows, sent)
    most = max(counted.values(), default=0)
    best = [sent.candidates[n] for n, count in counted.items() if count == most]
    if 2 * most <= len(rows):
        one.refused = [
            f"认不出是哪个单位的哪一版台账：标识和标题都不在了，各行的编号也对不上发出的台账；{HOW}"
        ]
        return
    hints = {key_of(each): _hints(one, sent, each) for each in sent.own}
    hinted = [each for each in best if each.unit in hints[key_of(each.campaign)]]
    if len(hinted) == 1 or (len(best) == 1 and not hints[key_of(best[0].campaign)]):
        found = hinted[0] if hinted else best[0]
        by = "各行的编号" if len(best) == 1 else "各行的编号和文件名、表里的单位、发件地址"
        one.name = LedgerName(found.campaign.slug, found.campaign.label, found.unit, found.version)
        one.guessed = (
            f"台账的标识和标题都不在了，按{by}认作{found.unit}的台账"
            f"（{found.campaign.label}），与第 {found.version} 版对照；如果不是，请告知创建办"
        )
        return
    names = list(dict.fromkeys(each.unit for each in best))
    some = "、".join(names[:NAMED]) + (f"等 {len(names)} 个单位" if len(names) > NAMED else "")
    named = "、".join(sorted({name for own in hints.values() for name in own})[:NAMED])
    why = f"，文件名、表里或发件地址说的却是{named}" if named and not hinted else ""
    one.refused = [f"认不出是哪个单位的台账：标识和标题都不在了，各行的编号是{some}的{why}；{HOW}"]


def _rows(book: Book) -> dict[Key, str]:
    """Return what each row is asked, by its code and role."""
    names = ("编号", "角色", "事项与要求")
    cells = texts_below(book.found, as_returned(LEDGER), names)
    return {(as_code(code), as_name(role)): asked for code, role, asked in cells if code}


def _counted(rows: Mapping[Key, str], sent: _Sent) -> dict[int, int]:
    """Return how many of ``rows`` went out to each candidate, by its place; those of none are left out."""
    same: dict[tuple[str, str], bool] = {}
    found: dict[int, int] = {}
    for number, one in enumerate(sent.candidates):
        by_code: dict[str, list[tuple[str, int]]] = {}
        for (code, role), row in one.sent.rows.items():
            by_code.setdefault(as_code(code), []).append((role, row.part_id))
        for (code, role), asked in rows.items():
            for as_what, part_id in by_code.get(code, ()):
                words = (asked, sent.titles.get(part_id, ""))
                if role in ("", as_what) and same.setdefault(
                    words, wording_of(*words) is not Wording.ANOTHER
                ):
                    found[number] = found.get(number, 0) + 1
                    break
    return found


def _hints(one: LedgerOutcome, sent: _Sent, campaign: Campaign) -> set[str]:
    """Return the units that a workbook, its file's name, or else the address that sent it, name."""
    units = sent.units[key_of(campaign)]
    said = set(_within(one.file.name, units)) | set(_in_cells(one.opened, units))
    if not said and one.file.sender:
        at = units_at(sent.session, key_of(campaign), [one.file.sender])
        said = set(at.get(one.file.sender, ()))
    return said


def _in_cells(book: Book, units: Units) -> Iterator[str]:
    bodies = with_bodies(units.ids)
    for sheet in (OWN_FIGURES, OWN_SCORES):
        written = {name for (name,) in texts_below(book.found, as_returned(sheet), ("单位",))}
        for name in written:
            if (found := meant(name, bodies)) is not None:
                yield units.names[found]


def _within(name: str, units: Units) -> Iterator[str]:
    for known, unit_id in sorted(units.ids.items(), key=lambda each: -len(each[0])):
        if len(known) >= SHORTEST and known in name:
            yield units.names[unit_id]
            name = name.replace(known, "\0")
