"""Examine files of evidence, many in one guarded process, in order; nothing in a file stops the others."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from typing import IO, Any

from models.rules.evidence.examined import Examined, Hindrance, PictureLook
from models.rules.evidence.personal_kinds import PersonalKind
from models.rules.evidence.secrecy import secret_mark
from models.rules.evidence.suffixes import PICTURES, RECORDINGS, suffix_fits
from tasks.evidence.examining.days import CHINA
from tasks.evidence.examining.look import numbers_in
from tasks.evidence.examining.media import HEAD, media_of
from tasks.evidence.examining.scans import READER, SCAN_LIMITS, can_read_scans
from tasks.evidence.examining.seen import Unseen
from tasks.evidence.recordings.recorded import recorded
from tasks.evidence.recordings.said import Recorded
from tasks.guarded.many import Answer, ManyWorker

LOOK = "tasks.evidence.examining.look:look_into"
LARGEST = 100_000_000  # bytes; of a larger file only the kind is told


def examine(
    files: Iterable[tuple[str, bytes]], *, read_scans: bool | None = None
) -> Iterator[Examined]:
    """Yield what is seen of each file (name and bytes), in the order they come.

    A file that breaks the process is said not to be examined, and the others go on. ``read_scans``:
    whether words in scans and photographed papers are read, which takes seconds a page; None: where it
    can be done. Writes nothing; the same files give the same.
    """
    scans = can_read_scans() if read_scans is None else read_scans and can_read_scans()
    with ExitStack() as stack:
        looker = stack.enter_context(ManyWorker(LOOK))
        reader = stack.enter_context(ManyWorker(READER, SCAN_LIMITS)) if scans else None
        for name, content in files:
            yield _one(name, content, looker, reader)


def _one(name: str, content: bytes, looker: ManyWorker, reader: ManyWorker | None) -> Examined:
    if len(content) > LARGEST:
        return _large(name, content)
    answer = looker.look(name, content)
    if answer.fault:
        return _not_seen(name, content, answer)
    media, fault, words, text, made, changed, scan, page, *more = answer.found
    personal, secret, notes, look, looks, inside, cover = more
    picture = _look(look) if look else None
    found = Examined(
        name=name,
        media=media,
        suffix_fits=suffix_fits(name, media),
        fault=Hindrance(fault),
        fault_words=words,
        text=text,
        made_on=_day(made),
        changed_on=_day(changed),
        taken_on=picture.taken_on if picture else None,
        scan=scan,
        picture=picture,
        personal=tuple((PersonalKind(kind), masked) for kind, masked in personal),
        secret=secret or secret_mark(name, ""),
        notes=tuple(notes),
        pictures=tuple(map(_look, looks)),
        inside=inside,
    )
    wanted = page or (content if media in PICTURES else b"")
    scanned = "是扫描件" if scan else "的首页是扫描件" if cover else ""
    return _read(found, wanted, reader, scanned) if wanted else found


def _read(found: Examined, page: bytes, reader: ManyWorker | None, scanned: str) -> Examined:
    """Add what the words on a picture of paper tell; a mark in them may have a letter misread."""
    if reader is None:
        said = (f"{scanned}，里面的文字没有核查，请人工核对",) if scanned else ()
        return replace(found, notes=(*found.notes, *said))
    answer = reader.look(found.name, page)
    if answer.fault:
        said = (f"图片里的文字没有核查：{answer.fault}",) if scanned else ()
        return replace(found, notes=(*found.notes, *said))
    text = str(answer.found)
    numbers = tuple((PersonalKind(kind), masked) for kind, masked in numbers_in(text))
    said = ("是扫描件，只读了首页的文字",) if found.scan else ()
    return replace(
        found,
        text=found.text or text,
        personal=(*found.personal, *numbers),
        secret=found.secret or secret_mark(found.name, text, scanned=True),
        notes=(*found.notes, *said),
    )


def _large(name: str, content: bytes) -> Examined:
    return examined_outside(name, BytesIO(content), len(content))


def examined_outside(name: str, file: IO[bytes], size: int) -> Examined:
    """Return what is seen of a file that is too large to be held: its kind, a recording's head, its name."""
    media = media_of(file.read(HEAD))
    said, fault, words = Recorded(), Hindrance.NONE, ""
    if media in RECORDINGS:
        try:
            said = recorded(file, size, media)
        except Unseen as unseen:
            fault, words = unseen.fault, unseen.words
    else:
        fault, words = Hindrance.NOT_EXAMINED, f"有 {size // 10**6} MB，太大，内容没有核查"
    return Examined(
        name,
        media,
        suffix_fits(name, media),
        fault,
        words,
        made_on=said.made.astimezone(CHINA).date() if said.made else None,
        secret=secret_mark(name, ""),
        notes=tuple(said.notes),
    )


def _not_seen(name: str, content: bytes, answer: Answer) -> Examined:
    media = media_of(content[:HEAD])
    known = "" if media in ("locked", "zip") else media
    return Examined(
        name,
        known,
        suffix_fits(name, known),
        Hindrance.NOT_EXAMINED,
        answer.fault,
        secret=secret_mark(name, ""),
    )


def _look(plain: tuple[Any, ...]) -> PictureLook:
    width, height, prints, blur, of_screen, day, place = plain
    taken_on = date.fromisoformat(day) if day else None
    return PictureLook(width, height, prints, blur, of_screen, taken_on, place)


def _day(text: str | None) -> date | None:
    return datetime.fromisoformat(text).astimezone(CHINA).date() if text else None
