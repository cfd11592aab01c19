"""Take evidence in: pieces, revisions and uses of many at once, by statements that do not grow with them."""

from collections.abc import Sequence

from sqlalchemy import func
from sqlmodel import Session, select

from models.evidence.citing import Citing
from models.evidence.described import described_findings, judge_described
from models.evidence.evidence import Evidence
from models.evidence.intake.secrets_kept import store_secrets
from models.evidence.judged import leave_judged
from models.evidence.known import (
    DESCRIBED,
    KnownPiece,
    KnownRevision,
    Units,
    items_known,
    pieces_like,
    units_known,
)
from models.evidence.outcomes import Handed, LookedAt, PieceOutcome
from models.evidence.prints.alike import Searched
from models.evidence.prints.near import mark_near
from models.evidence.storing import store_pieces
from models.rules.bounds import shown
from models.rules.evidence.findings import Finding
from models.rules.evidence.pieces import (
    NewEvidence,
    PieceTaken,
    day_faults,
    description_faults,
    number_of,
)
from models.rules.evidence.words import EvidenceState


def take_pieces(
    session: Session,
    campaign_id: int,
    pieces: Sequence[tuple[NewEvidence, LookedAt]],
    handed: Handed,
    searched: Searched | None = None,
) -> list[PieceTaken]:
    """Take ``pieces`` in and return what came of each, in their order.

    ``searched`` is what `search_near` found of their prints; what it lacks is searched here. Each is a new
    piece, a new revision of one, or what is there already: the same file, title and provider again change
    nothing but what they prove. One that cannot be taken says why, the others are taken. The number of
    statements is the same for one piece and for thousands.
    """
    outcomes = decide_pieces(session, campaign_id, pieces, handed)
    units = units_known(session, campaign_id)
    mark_near(session, campaign_id, outcomes, units, searched)
    leave_judged(session, outcomes)
    store_pieces(session, campaign_id, outcomes, handed)
    judge_described(session, campaign_id, outcomes, handed)
    store_secrets(session, campaign_id, outcomes, handed)
    return [one.taken for one in outcomes]


def decide_pieces(
    session: Session,
    campaign_id: int,
    pieces: Sequence[tuple[NewEvidence, LookedAt]],
    handed: Handed,
) -> list[PieceOutcome]:
    """Return what `take_pieces` would make of ``pieces``; nothing is written."""
    units = units_known(session, campaign_id)
    citing = Citing(items_known(session, campaign_id), units, units.of_post(handed.by_post))
    known = pieces_like(
        session,
        campaign_id,
        {number for new, _ in pieces if (number := number_of(new.code))},
        {look.sha256 for _, look in pieces if look.sha256},
        {new.title.strip() for new, _ in pieces},
    )
    last = session.exec(
        select(func.max(Evidence.number)).where(Evidence.campaign_id == campaign_id)
    ).one()
    taking = _Taking(citing, known, last or 0, handed)
    return [taking.one(new, look) for new, look in pieces]


class _Taking:
    """Decides what each described piece is, one after the other; knows what came before in the same call."""

    def __init__(
        self, citing: Citing, known: Sequence[KnownPiece], last: int, handed: Handed
    ) -> None:
        self._citing, self._handed, self._last = citing, handed, last
        self._units: Units = citing.units
        self._by_number = {piece.number: piece for piece in known}
        self._pieces = list(known)
        self._by_hash: dict[str, list[KnownRevision]] = {}
        for piece in known:
            for revision in piece.revisions:
                self._by_hash.setdefault(revision.sha256, []).append(revision)

    def one(self, new: NewEvidence, look: LookedAt) -> PieceOutcome:
        """Return what ``new`` comes to."""
        out = PieceOutcome(new, look, findings=list(look.findings))
        if look.secret:
            out.faults.append(look.secret)
            return out
        out.faults += [*look.faults, *self._words(new)]
        provider_id = self._provider(new, out)
        uses, faults = self._citing.uses(new.items, provider_id)
        out.faults += faults
        there = self._named(new, out) if new.code.strip() else self._same(new, look, provider_id)
        if there is None and not (uses or faults or new.finding):
            out.faults.append("没有写它证明哪一项（工作任务或指标的编号）")
        if there is None and not (look.sha256 or new.url or new.promised_on or new.code):
            out.faults.append("没有文件也没有网址；还没有的材料请写承诺日期")
        if out.faults:
            return out
        if there is None:
            there = self._new_piece(new, provider_id)
            self._add_revision(out, there)
            out.findings += described_findings(out, there, self._handed.period)
        elif self._is_news(new, look, there):
            self._add_revision(out, there)
            self._describe(out, there)
            out.findings += described_findings(out, there, self._handed.period)
        else:
            self._say_again(out, there)
        out.piece = there
        out.uses = [use for use in uses if there.uses.get(use, True)]
        there.uses |= dict.fromkeys(uses, False)
        return out

    def _words(self, new: NewEvidence) -> list[str]:
        today = self._handed.moment.today
        return [
            *description_faults(new.title, new.caption, new.passage, new.url, new.items),
            *day_faults(new.fact_on, new.effective_on, new.expires_on, today),
        ]

    def _provider(self, new: NewEvidence, out: PieceOutcome) -> int | None:
        name = new.provider.strip()
        if not name:
            return self._citing.own_id
        if name not in self._units.ids:
            out.faults.append(f"没有名为“{shown(name)}”的提供单位")
        return self._units.ids.get(name)

    def _named(self, new: NewEvidence, out: PieceOutcome) -> KnownPiece | None:
        number = number_of(new.code)
        piece = self._by_number.get(number or 0)
        own = self._citing.own_id
        if piece is None:
            out.faults.append(f"没有编号为“{shown(new.code)}”的材料，应为 E0003 这样的编号")
        elif piece.withdrawn:
            out.faults.append(f"{piece.code} 已经撤回，请作为新材料报")
        elif own is not None and own not in (piece.provider_id, self._heir_of(piece)):
            whose = self._units.named(piece.provider_id) or "创建办"
            out.faults.append(
                f"{piece.code} 是 {whose}提供的，不能由 {self._units.named(own)}换新版"
            )
        return piece

    def _heir_of(self, piece: KnownPiece) -> int | None:
        """Return who mends a piece whose provider was merged into another unit."""
        return self._units.heirs.get(piece.provider_id or 0)

    def _same(self, new: NewEvidence, look: LookedAt, provider_id: int | None) -> KnownPiece | None:
        """Return the piece of that title and provider that holds the same, or was promised."""
        for piece in self._pieces:
            if piece.withdrawn or (piece.title, piece.provider_id) != (
                new.title.strip(),
                provider_id,
            ):
                continue
            same = [
                one
                for one in piece.revisions
                if (one.sha256 and one.sha256 == look.sha256)
                or (new.url and one.url == new.url.strip())
            ]
            if same or not (piece.latest.sha256 or piece.latest.url):
                return piece
        return None

    def _is_news(self, new: NewEvidence, look: LookedAt, there: KnownPiece) -> bool:
        """Say whether what was handed in is another file or link than the piece's newest revision.

        Without the piece's code an older one of its files is a late arrival, and no news.
        """
        if not (look.sha256 or new.url):
            return False
        older = there.revisions if not new.code.strip() else there.revisions[-1:]
        url = new.url.strip()
        return not any(
            (one.sha256 == look.sha256 if look.sha256 else bool(url) and one.url == url)
            for one in older
        )

    def _new_piece(self, new: NewEvidence, provider_id: int | None) -> KnownPiece:
        self._last += 1
        said = {name: getattr(new, name) for name in DESCRIBED}
        piece = KnownPiece(
            self._last, new.title.strip(), provider_id, said={"title": new.title.strip(), **said}
        )
        self._pieces.append(piece)
        self._by_number[piece.number] = piece
        return piece

    def _add_revision(self, out: PieceOutcome, piece: KnownPiece) -> None:
        new, look = out.new, out.look
        for one in self._by_hash.get(look.sha256, ()) if look.sha256 else ():
            if one.piece is not piece:
                out.alike.append((self._same_file(one), one))
                break
        empty = not (look.sha256 or new.url)
        state = EvidenceState.DRAFT if new.draft or empty else EvidenceState.SUBMITTED
        number = piece.revisions[-1].number + 1 if piece.revisions else 1
        out.revision = KnownRevision(piece, number, look.sha256, new.url.strip(), state)
        piece.revisions.append(out.revision)
        self._by_hash.setdefault(look.sha256, []).append(out.revision)

    def _same_file(self, one: KnownRevision) -> Finding:
        whose = self._units.named(one.piece.provider_id) or "创建办"
        gone = "，已撤回" if one.piece.withdrawn else ""
        detail = f"与 {one.piece.code}“{shown(one.piece.title)}”（{whose}{gone}）是同一个文件"
        return Finding("same-file", detail, measure=1.0)

    def _describe(self, out: PieceOutcome, piece: KnownPiece) -> None:
        """Bring the description in line with what was said of it now; what is left empty stays."""
        new = {name: getattr(out.new, name) for name in DESCRIBED}
        new["title"] = out.new.title.strip()
        out.changes = {
            name: value
            for name, value in new.items()
            if value not in ("", None, False) and value != piece.said.get(name)
        }
        piece.said |= out.changes

    def _say_again(self, out: PieceOutcome, piece: KnownPiece) -> None:
        state = piece.latest.state
        if state == EvidenceState.RETURNED and out.look.sha256 == piece.latest.sha256:
            out.notes.append(f"{piece.code} 已退回，这次报来的还是退回的那一份，请改好再报")
        self._describe(out, piece)
        if out.changes and state == EvidenceState.ACCEPTED:
            out.notes.append(f"{piece.code} 已通过，说明不再改；要改请换新版")
            for name in out.changes:
                piece.said.pop(name)
            out.changes = {}
