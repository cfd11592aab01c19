"""Look into one file within the guarded process: plain values come out, for the process to hand on."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time
from io import BytesIO
from typing import Any

from models.rules.evidence.examined import LONGEST_TEXT, SHORTEST, Hindrance, PictureLook
from models.rules.evidence.personal import personal_numbers
from models.rules.evidence.secrecy import internal_mark
from models.rules.evidence.suffixes import PICTURES, RECORDINGS
from tasks.evidence.examining.days import CHINA
from tasks.evidence.examining.mails import see_mail
from tasks.evidence.examining.media import media_of
from tasks.evidence.examining.ofd import see_ofd
from tasks.evidence.examining.packed import pages_of_tif, see_packed
from tasks.evidence.examining.printed import see_pdf
from tasks.evidence.examining.seen import SeenFile, Unseen
from tasks.evidence.examining.written import see_page, see_text
from tasks.evidence.office.old_office import see_old_slides, see_old_word
from tasks.evidence.office.packages import see_open_document, see_word
from tasks.evidence.office.slides import see_slides
from tasks.evidence.office.tables import see_table
from tasks.evidence.recordings.recorded import recorded
from tasks.intake.unpacking import ARCHIVES

LOOKS: dict[str, Callable[[bytes], SeenFile]] = {
    "docx": see_word,
    "doc": see_old_word,
    "xlsx": see_table,
    "xls": see_table,
    "ods": see_table,
    "pptx": see_slides,
    "ppt": see_old_slides,
    "odt": see_open_document,
    "odp": see_open_document,
    "pdf": see_pdf,
    "ofd": see_ofd,
    "html": see_page,
    "xml": see_page,
    "eml": see_mail,
    "txt": see_text,
}
SHORTCUTS = {
    "lnk": "是快捷方式，不是文件本身；请报送它指向的原文件",
    "url": "是网址的快捷方式，不是网页本身；请按网址报送，或报送网页存档",
}
MOST_NUMBERS = 50  # personal numbers that are listed, each once
LEAST = 2  # letters, for a file to hold something
FEW = 60  # letters beside pictures; with fewer the paper itself may be the first picture


def look_into(name: str, content: bytes) -> tuple[Any, ...]:
    """Return what is seen of a file as plain values, in the order that `examine` reads them."""
    media = media_of(content)
    if media == "locked":
        return _given_up("", Unseen(Hindrance.LOCKED, "设有打开密码，请去掉密码后再试"))
    if not content.strip(b"\0 \r\n\t\xef\xbb\xbf"):
        return _given_up("", Unseen(Hindrance.EMPTY, "里面什么也没有"))
    try:
        seen = _seen(media, content)
    except Unseen as unseen:
        return _given_up(media, unseen)
    _look_at_pictures(seen)
    text = seen.text()
    letters = sum(1 for letter in text[:1000] if letter.isalnum())
    unread = seen.scan or seen.pictures or media == "ppt"
    if media in LOOKS and letters < LEAST and not unread:
        return _given_up(media, Unseen(Hindrance.EMPTY, "里面没有文字也没有图片"), seen)
    if media in LOOKS and letters < FEW and seen.pictures and not seen.page:
        # A paper that was photographed into a file, perhaps with a line above it.
        seen.page, seen.scan = seen.pictures[0][1], letters < LEAST
    return _plain(name, media, seen, text)


def _seen(media: str, content: bytes) -> SeenFile:
    if media in LOOKS:
        return LOOKS[media](content)
    seen = SeenFile()
    if media in ARCHIVES:
        see_packed(content, media)
    if media in SHORTCUTS:
        raise Unseen(Hindrance.NOT_EXAMINED, SHORTCUTS[media])
    if media in PICTURES:
        seen.look = _heic(content) if media == "heic" else _picture(content)
        if day := seen.look.made_on:
            seen.made = datetime.combine(day, time(12), CHINA)
        if media == "tif" and (pages := pages_of_tif(content)) > 1:
            seen.notes.append(f"有 {pages} 页，只核查了第 1 页")
    elif media in RECORDINGS:
        said = recorded(BytesIO(content), len(content), media)
        seen.made = said.made
        seen.notes += said.notes
    else:
        kind = f".{media}" if media else "认不出来的"
        raise Unseen(Hindrance.NOT_EXAMINED, f"是{kind}文件，里面的内容没有核查")
    return seen


def _plain(name: str, media: str, seen: SeenFile, text: str) -> tuple[Any, ...]:
    first = seen.first_page()
    secret = seen.secret_mark(name)
    return (
        *(media, "", "", text),
        *(seen.made and seen.made.isoformat(), seen.changed and seen.changed.isoformat()),
        *(
            seen.scan,
            seen.page,
            _numbers(name, seen, text),
            secret,
            list(seen.notes),
            as_plain(seen.look),
        ),
        *([as_plain(look) for look in seen.looks], internal_mark(first), seen.cover),
    )


def _look_at_pictures(seen: SeenFile) -> None:
    """Look at the pictures within a file; drawn ones that are small adorn it, and are left out."""
    for where, content in seen.pictures:
        try:
            look = replace(_picture(content), place=where)
        except Unseen as unseen:
            seen.notes.append(f"里面的{where}{unseen.words}")
            continue
        if max(look.width, look.height) >= SHORTEST or media_of(content) == "jpg":
            seen.looks.append(look)


def _heic(content: bytes) -> PictureLook:
    """Give up on a .heic, which is not decoded here, with the day that its camera wrote."""
    from tasks.evidence.pictures.taken import heic_taken_day

    try:
        return _picture(content)
    except Unseen as unseen:
        unseen.taken_on = heic_taken_day(content)
        raise


def _picture(content: bytes) -> PictureLook:
    # Its libraries are heavy, and most files are no pictures.
    from tasks.evidence.pictures.decoding import UnreadPicture
    from tasks.evidence.pictures.looking import look_at_picture

    try:
        return look_at_picture(content)
    except UnreadPicture as error:
        raise Unseen(Hindrance.UNREADABLE, str(error)) from None


def as_plain(look: PictureLook | None) -> tuple[Any, ...] | None:
    """Return a look as plain values, in the order that `examine` reads them."""
    if look is None:
        return None
    day = look.taken_on and look.taken_on.isoformat()
    return look.width, look.height, look.prints, look.blur, look.of_screen, day, look.place


def _given_up(media: str, unseen: Unseen, seen: SeenFile | None = None) -> tuple[Any, ...]:
    made, changed = (seen.made, seen.changed) if seen else (None, None)
    notes = list(seen.notes) if seen else []
    days = (made and made.isoformat(), changed and changed.isoformat())
    said = (media, unseen.fault.value, unseen.words, "")
    look = PictureLook(0, 0, taken_on=unseen.taken_on) if unseen.taken_on else None
    return (*said, *days, False, b"", [], unseen.secret, notes, as_plain(look), [], "", False)


def _numbers(name: str, seen: SeenFile, text: str) -> list[tuple[str, str]]:
    """Return the personal numbers of a file, each once, with its place where that is not the text."""
    found = numbers_in(text)
    if seen.length > LONGEST_TEXT:
        seen.notes.append(f"文字很长，只在前 {LONGEST_TEXT // 10_000} 万字里找了个人信息")
    for where, words in [*seen.aside, ("文件名", name.replace("_", " "))]:
        known = {masked for _, masked in found}
        new = (one for one in numbers_in(words[:LONGEST_TEXT]) if one[1] not in known)
        found += [(kind, f"{masked}（在{where}里）") for kind, masked in new]
    return list(dict.fromkeys(found))[:MOST_NUMBERS]


def numbers_in(text: str) -> list[tuple[str, str]]:
    """Return kind and masked form of the personal numbers in ``text``, each once and in one line."""
    found = (
        (number.kind.value, " ".join(number.masked.split())) for number in personal_numbers(text)
    )
    return list(dict.fromkeys(found))[:MOST_NUMBERS]
