"""Receive files, whatever the way: originals kept, archives opened, secrets refused, ledgers taken in."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from models.database import open_session
from models.errors import ProgressError
from models.evidence.intake.receiving import (
    KnownFile,
    NewFile,
    campaign_for,
    note_received,
    tell_of_secrets,
)
from models.evidence.vault.keeping import is_kept, keep, read_kept
from models.files.disk_words import reason_of
from models.rules.calendar.moment import Moment
from models.rules.evidence.words import Reception, Via
from models.rules.findings.numbers import names_a_dispatch
from models.settings import local_minute
from tasks.findings.arriving import RectificationBack, take_rectifications
from tasks.findings.returns import tie_returns
from tasks.inspection.arriving import ResultsBack, take_visit_books
from tasks.intake.arrived import Arrived, HowFar, TakenIn
from tasks.intake.belonging.campaigns import WAITS, campaigns_meant, waits_for
from tasks.intake.belonging.late import Late, attach_late
from tasks.intake.belonging.nearness import files_near
from tasks.intake.belonging.settling import settle_files
from tasks.intake.belonging.waiting import Waits
from tasks.intake.parts import OF_UNITS, ReceivedPart, parts_looked_at
from tasks.ledgers.taking import LedgerBack, take_ledgers

LARGEST_COPY = 100_000_000  # bytes of a marked copy
NOT_KEPT = (
    "标着密级，没有保存，已告知创建办；涉密文件不得上网，请立即停止经网络传送，按保密规定处置并报告"
)
BY_LEDGER = "已按台账收为证明材料 {}"


def receive(
    slug: str | None,
    files: Sequence[Arrived],
    moment: Moment,
    *,
    beside: Sequence[Arrived] = (),
    earlier: Collection[int] = (),
    told: HowFar | None = None,
) -> list[TakenIn]:
    """Take ``files`` in and return what became of each; an archive follows what was taken out of it.

    Originals are in the vault before a row names them, rows are there before a ledger is read, what
    became of each is written last. Killed between any of these, twice, or at once with itself: the same
    files again go on where it ended, and write nothing twice. Of a file marked as a secret nothing is
    kept but hash, sender and hour. A ledger also finds what its sender or its unit sent before it, and of
    its own batch what was received ``earlier``, by ids; what it lacks is attached to its row when it
    comes (`attach_late`). Where several campaigns are under way and none is named, a ledger says of which it
    is, and with it what came along or what it names; of the rest nobody knows. ``beside`` are files that nobody handed in: one of them is taken only where a
    ledger names it. ``told`` hears how many files were looked at. Raises ProgressError where the disk takes nothing; nothing is
    registered then. What is in a file raises nothing.
    """
    parts = parts_looked_at(files, told)
    _keep(part.file.content for part in parts if part.kept)
    with open_session() as session:
        campaign = campaign_for(session, slug)
        rows = note_received(session, campaign, [_new(part) for part in parts], moment)
        secrets = [_secret_words(p) for p in parts if p.secret and p.file.via is not Via.MAIL]
        tell_of_secrets(session, campaign, secrets, moment)
    senders = {part.file.sender for part in parts if part.kind in OF_UNITS and part.kept}
    waits = Waits({}, earlier)
    if senders:
        with open_session(read_only=True) as session:
            waits = waits_for(session, campaign, senders, earlier)
    results = _results(slug, (parts, beside, waits), rows, moment)
    _keep(one.marked for one in results if one.marked is not None)
    with open_session() as session:
        campaign = campaign_for(session, slug)
        results = settle_files(
            session, campaign, list(zip(parts, results, strict=True)), rows, moment
        )
        meant = campaigns_meant(session, campaign)
    late: dict[int, Late] = {}
    tied: dict[int, str] = {}
    came = _returns(parts, rows)
    for id_ in meant:
        late |= attach_late(id_, moment)
        tied |= tie_returns(id_, came, moment) if came else {}
    return [
        _told(_tied(one, tied), rows[part.file.key], late.get(one.received_id or 0))
        for part, one in zip(parts, results, strict=True)
    ]


def _keep(contents: Iterable[bytes]) -> None:
    try:
        for content in contents:
            keep(content)
    except OSError as error:
        raise ProgressError(
            f"文件没有存进证明材料库（{reason_of(error)}），请检查磁盘空间和权限；来件没有动，可以再收"
        ) from None


def _new(part: ReceivedPart) -> NewFile:
    file = part.file
    return NewFile(
        key=file.key,
        sha256=part.sha256,
        size=len(file.content),
        name=file.name,
        sender=file.sender,
        via=file.via,
        received_at=file.received_at,
        kind=part.kind,
        secret=bool(part.secret),
    )


def _secret_words(part: ReceivedPart) -> tuple[str, str]:
    """Return the key of a secret file and what the office hears; its name may be secret itself."""
    at, via = local_minute(part.file.received_at), part.file.via.chinese
    text = (
        f"{at} 经{via}收到一个标着密级的文件（SHA-256 指纹 {part.sha256[:12]}），没有保存。"
        "涉密文件不得上网：请联系报送单位停止传送，按保密规定处置并报告"
    )
    return part.file.key, text


def _results(
    slug: str | None,
    came: tuple[Sequence[ReceivedPart], Sequence[Arrived], Waits],
    rows: Mapping[str, KnownFile],
    moment: Moment,
) -> list[TakenIn]:
    parts, beside, waits = came
    ledgers = [part for part in parts if part.kind == "ledger" and part.kept]
    near = files_near([one.file for one in ledgers], [p.file for p in parts if _is_piece(p)])
    back = [
        LedgerBack(
            one.file,
            [*own, *beside],
            (row := rows[one.file.key]).id,
            waits.of(one.file.sender),
            begun=not row.new and not row.outcome,
        )
        for one, own in zip(ledgers, near, strict=True)
    ]
    taken = take_ledgers(slug, back, moment) if back else []
    of = {part.file.key: one for part, one in zip(ledgers, taken, strict=True)}
    of |= _visits_taken(slug, parts, rows, moment)
    of |= _rectifications_taken(slug, (parts, waits), rows, moment)
    pieces = {sha256: code for one in of.values() for sha256, code in one.pieces.items()}
    return [
        _result(part, of.get(part.file.key), rows[part.file.key].id, pieces.get(part.sha256, ""))
        for part in parts
    ]


def _visits_taken(
    slug: str | None, parts: Sequence[ReceivedPart], rows: Mapping[str, KnownFile], moment: Moment
) -> dict[str, TakenIn]:
    """Return what became of the workbooks of inspection, by their keys.

    One that was taken before is not taken again: what was registered since would be put back.
    """
    came = [part.file for part in parts if part.kind == "visits" and part.kept]
    own = [file for file in came if not _is_settled(rows[file.key])]
    back = [ResultsBack(file, rows[file.key].id) for file in own]
    taken = take_visit_books(slug, back, moment) if back else []
    return {file.key: one for file, one in zip(own, taken, strict=True)}


def _rectifications_taken(
    slug: str | None,
    came: tuple[Sequence[ReceivedPart], Waits],
    rows: Mapping[str, KnownFile],
    moment: Moment,
) -> dict[str, TakenIn]:
    """Return what became of the ledgers of rectification, by their keys."""
    parts, waits = came
    own = [part.file for part in parts if part.kind == "rectification" and part.kept]
    near = files_near(own, [part.file for part in parts if _is_piece(part)])
    back = [
        RectificationBack(
            file,
            beside,
            (row := rows[file.key]).id,
            waits.of(file.sender),
            begun=not row.new and not row.outcome,
        )
        for file, beside in zip(own, near, strict=True)
    ]
    taken = take_rectifications(slug, back, moment) if back else []
    return {file.key: one for file, one in zip(own, taken, strict=True)}


def _is_settled(row: KnownFile) -> bool:
    """Say whether a file came to something before; what was refused may be taken now."""
    return row.outcome not in ("", Reception.REFUSED)


def _is_piece(part: ReceivedPart) -> bool:
    return part.kind == "evidence" and part.kept


def _result(part: ReceivedPart, workbook: TakenIn | None, received_id: int, piece: str) -> TakenIn:
    name = part.file.name
    if part.secret:
        return TakenIn(name, Reception.SECRET, (NOT_KEPT,), received_id=received_id)
    if part.refused:
        return TakenIn(name, Reception.REFUSED, (part.refused,), received_id=received_id)
    if workbook is not None:
        return replace(workbook, name=name, received_id=received_id)
    if part.kind == "archive":
        word = Reception.TAKEN if not part.lines else Reception.PARTLY
        word = word if part.members else Reception.REFUSED
        lines = (f"取出 {part.members} 个文件", *part.lines)
        return TakenIn(name, word, lines, received_id=received_id)
    line = BY_LEDGER.format(piece) if piece else WAITS
    return TakenIn(name, Reception.TAKEN, (line,), received_id=received_id)


def _returns(parts: Sequence[ReceivedPart], rows: Mapping[str, KnownFile]) -> dict[int, str]:
    """Return the rows of what may be a dispatch come back, each with why it may be no scan."""
    return {
        rows[part.file.key].id: part.doubt
        for part in parts
        if part.kept and names_a_dispatch(part.file.name)
    }


def _tied(one: TakenIn, tied: Mapping[int, str]) -> TakenIn:
    """Return what is told of a dispatch that came back: that it is known as one."""
    line = tied.get(one.received_id or 0)
    return replace(one, lines=(line,)) if line else one


def _told(one: TakenIn, row: KnownFile, late: Late | None) -> TakenIn:
    """Return what the sender is told: of what came before, what became of it then, and what went back."""
    if late:
        unsure = one.unsure or not late.attached
        lines = (late.line, *(one.lines[1:] if one.unit else ()))
        one = replace(one, lines=lines, unit=late.unit, unsure=unsure)
    if row.new or not _is_settled(row) or one.reception in (Reception.SECRET, Reception.REFUSED):
        return one
    then = f"{local_minute(row.received_at)} 已收过，当时：{Reception(row.outcome).chinese}"
    now = [line for line in ((late.line,) if late else one.lines[1:]) if line not in row.detail]
    lines = (then, *filter(None, row.detail.splitlines()), *(now if late or one.unsure else ()))
    marked = read_kept(row.returned, LARGEST_COPY) if is_kept(row.returned) else None
    unsure = one.unsure and bool(now)  # asked once
    return replace(one, reception=Reception.REPEATED, lines=lines, marked=marked, unsure=unsure)
