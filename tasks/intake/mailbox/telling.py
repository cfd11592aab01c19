"""What is told of a mail: the words of its answer, the copies that go with it, and the line for the office."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from models.evidence.vault.keeping import keep
from models.rules.evidence.words import Reception
from models.settings import local_minute
from notifications import links
from notifications.rendering import render
from notifications.saying import masks
from tasks.intake.arrived import TakenIn
from tasks.intake.mailbox.mails import MailRead

MOST_ATTACHED = 15_000_000  # bytes of all copies of one answer; base64 makes a third more of it
MOST_PARTS_TOLD = 100
MOST_LINES = 60  # of one file; the marked copy has them all
HIDDEN = "第 {} 个附件"  # the name of a secret file may be secret itself


@dataclass(frozen=True, slots=True)
class AnswerPart:
    """What became of one file, for the answer."""

    name: str
    word: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnswerMade:
    """The text of an answer, and its files by name and hash in the vault."""

    text: str
    attached: tuple[tuple[str, str], ...] = ()


def answer_of(mail: MailRead, results: Sequence[TakenIn], when: str) -> AnswerMade:
    """Return the answer to ``mail``; marked copies are in the vault when this returns."""
    attached, too_large, room = [], [], MOST_ATTACHED
    for one in results:
        if one.marked is None or one.reception is Reception.SECRET:
            continue
        name = f"退回-{one.name.rpartition('/')[2]}"
        if len(one.marked) > room:
            too_large.append(name)
            continue
        room -= len(one.marked)
        attached.append((name, keep(one.marked).sha256))
    parts = [_part(number, one) for number, one in enumerate(results[:MOST_PARTS_TOLD], 1)]
    if more := len(results) - MOST_PARTS_TOLD:
        parts += (
            [AnswerPart(f"另有 {more} 个文件", "已登记，这里不逐个列出", ())] if more > 0 else []
        )
    secret = has_secret(results)
    text = render(
        "mailbox/answer.txt.j2",
        when=when,
        subject="" if secret else mail.subject,
        parts=parts,
        notes=mail.notes,
        marked=[name for name, _ in attached],
        too_large=too_large,
        secret=secret,
        page=links.mine() if _known(results) and not secret else "",
    )
    return AnswerMade(text.replace("\0", ""), tuple(attached))


def _known(results: Sequence[TakenIn]) -> bool:
    """Say whether something was taken: whoever wrote is one of ours, and may know where the window is."""
    taken = (Reception.TAKEN, Reception.PARTLY, Reception.REPEATED, Reception.OLDER)
    return any(one.reception in taken for one in results)


def has_secret(results: Sequence[TakenIn]) -> bool:
    """Say whether one of the files was refused as secret."""
    return any(one.reception is Reception.SECRET for one in results)


def stored_results(
    results: Sequence[TakenIn], known: dict[int, tuple[str, str, str]], key: str
) -> list[TakenIn]:
    """Return ``results`` of a mail that is taken in again after a kill, as they were the first time.

    What this mail itself brought in then (its key says so) is no repeat to its sender; its faults stand
    in the stored words, its marked copy comes with the result.
    """
    told = []
    for one in results:
        stored = known.get(one.received_id or 0)
        if one.reception is Reception.REPEATED and stored and stored[0].startswith(key):
            words = tuple(filter(None, stored[2].splitlines()))
            one = replace(one, reception=Reception(stored[1]), lines=words)
        told.append(one)
    return told


def mail_in_words(mail: MailRead, *, secret: bool = False) -> str:
    """Return a mail as the office finds it in its mailbox: who, masked, when, and about what."""
    at = f" {local_minute(mail.sent_at)}" if mail.sent_at else ""
    subject = f"“{mail.subject[:60]}”" if mail.subject and not secret else "（主题略）"
    return f"{masks.mail(mail.sender) if mail.sender else '不明发件人'}{at} 的来信{subject}"


def _part(number: int, one: TakenIn) -> AnswerPart:
    name = HIDDEN.format(number) if one.reception is Reception.SECRET else one.name
    lines = tuple(line for said in one.lines for line in said.splitlines() if line.strip())
    if one.reception is Reception.SECRET:
        lines = ()
    elif len(lines) > MOST_LINES:
        lines = (*lines[:MOST_LINES], f"……还有 {len(lines) - MOST_LINES} 条，见退回的副本")
    return AnswerPart(name, one.reception.chinese, lines)
