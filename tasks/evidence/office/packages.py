"""Look into office files that are packages: .docx, .odt; and the parts of all of them."""

import re
import zipfile
from collections.abc import Iterable
from io import BytesIO
from typing import Any

from lxml import etree

from models.rules.evidence.examined import Hindrance
from models.rules.evidence.secrecy import marks_alone
from tasks.evidence.examining.days import written_day
from tasks.evidence.examining.seen import LARGEST_PICTURE, MOST_PICTURES, SeenFile, Unseen
from tasks.evidence.office.places import (
    AGAIN,
    BOX,
    CHOICES,
    FirstPage,
    body_lines,
    chosen_of,
    drawn_words,
    frames_of,
    plain_tag,
    stands_twice,
)
from tasks.guarded.archives import BROKEN, members_fault

SMALLEST_PICTURE = 10_000  # bytes
LARGEST_PART = 60_000_000  # bytes of one part, unpacked
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_HEADS = re.compile(r"word/header\d*\.xml")
_FEET = re.compile(r"word/footer\d*\.xml")
_NOTES = re.compile(r"word/(?:footer\d*|footnotes|endnotes|comments)\.xml")
_PICTURE = re.compile(
    r"(?:word|xl|ppt)/media/[^/]+\.(?:png|jpe?g|bmp|gif|tiff?)|Pictures/.+|Doc_\d+/(?:.+/)?[^/]+\.(?:png|jpe?g|bmp|gif|tiff?)",
    re.I,
)
_DRAWN = re.compile(r"(?:word|xl|ppt)/media/[^/]+\.(?:emf|wmf|emz|wmz)", re.I)
_FILM = re.compile(r"(?:word|ppt)/media/[^/]+\.(?:mp4|m4[av]|mov|wmv|wma|avi|mpe?g|mp3|wav)", re.I)
# What stands beside the text: where, as people call it, and the parts it lies in.
_ASIDE = (
    ("批注", re.compile(r"(?:xl|ppt)/(?:comments\d*|comments/.+|threadedComments/.+)\.xml")),
    (
        "图表或图形",
        re.compile(r"(?:word|xl|ppt)/(?:charts/chart|diagrams/data|drawings/drawing)\d+\.xml"),
    ),
    ("文件属性", re.compile(r"docProps/(?:core|app|custom)\.xml|meta\.xml")),
)
MOST_ASIDE = 300  # parts
_BREAKS = frozenset({"p", "br", "cr", "tr", "h", "list-item", "table-row"})
_TEXTS = frozenset({"t", "delText"})


def opened_package(content: bytes) -> zipfile.ZipFile:
    """Return a package whose parts may be unpacked; raises Unseen for others."""
    try:
        archive = zipfile.ZipFile(BytesIO(content))
    except BROKEN:
        raise Unseen(Hindrance.UNREADABLE, "已损坏，打不开") from None
    if fault := members_fault(archive):
        locked = "密码" in fault
        raise Unseen(Hindrance.LOCKED if locked else Hindrance.UNREADABLE, fault)
    return archive


def see_word(content: bytes) -> SeenFile:
    """Look into a Word file: headers first, for a mark of secrecy may stand there, then its body and notes."""
    archive = opened_package(content)
    seen = begun_package(archive)
    names = archive.namelist()
    main = "word/document.xml"
    if main not in names:
        main = next((n for n in names if re.fullmatch(r"word/document\d*\.xml", n)), "")
    if not main:
        raise Unseen(Hindrance.UNREADABLE, "里面没有正文，打不开")
    heads = parts_named(names, _HEADS)
    for name in [*heads, main, *parts_named(names, _NOTES)]:
        root = root_of_part(archive, name, required=name == main)
        if root is not None:
            if name == main or _HEADS.fullmatch(name) or _FEET.fullmatch(name):
                page = FirstPage(root)
                seen.heads.append(page.text)
                seen.apart += [*page.boxes, *drawn_words(root)]
            seen.add(text := letters_of_part(root))
            if name == main and "密" in text:
                for alone in marks_alone(body_lines(root)):
                    seen.look_later(alone)
    return seen


def see_open_document(content: bytes) -> SeenFile:
    """Look into a text or slides of OpenDocument."""
    archive = opened_package(content)
    seen = begun_package(archive)
    if "META-INF/manifest.xml" in archive.namelist():
        with archive.open("META-INF/manifest.xml") as file:
            if b"encryption-data" in file.read(1_000_000):
                raise Unseen(Hindrance.LOCKED, "设有打开密码，请去掉密码后再试")
    for name in ("styles.xml", "content.xml"):
        if (
            name in archive.namelist()
            and (root := root_of_part(archive, name, required=True)) is not None
        ):
            seen.apart += frames_of(root)
            seen.heads.append(text := letters_of_part(root))
            seen.add(text)
    return seen


def properties_into(seen: SeenFile, archive: zipfile.ZipFile) -> None:
    """Take the days that a package names of itself (ECMA-376 part 2, 8; OpenDocument 1.2, 4.3.2)."""
    for name, made, changed in (
        ("docProps/core.xml", "created", "modified"),
        ("meta.xml", "creation-date", "date"),
    ):
        if name not in archive.namelist():
            continue
        for element in _root(archive, name).iter():
            word = plain_tag(element.tag)
            if word == made:
                seen.made = written_day(element.text or "")
            elif word == changed:
                seen.changed = written_day(element.text or "")


def begun_package(archive: zipfile.ZipFile) -> SeenFile:
    """Return what is seen of a package so far: its days, its pictures."""
    seen = SeenFile()
    try:
        properties_into(seen, archive)
    except (*BROKEN, etree.XMLSyntaxError):
        seen.notes.append("的文件属性读不出来")
    pictures_into(seen, archive)
    aside_into(seen, archive)
    return seen


def aside_into(seen: SeenFile, archive: zipfile.ZipFile) -> None:
    """Take the words that stand beside a file's text, for a number may stand there: notes, charts, properties."""
    found = [
        (where, name)
        for name in archive.namelist()
        for where, pattern in _ASIDE
        if pattern.fullmatch(name)
    ]
    for where, name in found[:MOST_ASIDE]:
        if (root := root_of_part(archive, name)) is not None:
            elements = root.iter(etree.Element)
            lines = [
                said
                for one in elements
                if plain_tag(one.tag) not in _TEXTS and (said := (one.text or "").strip())
            ]
            seen.aside.append((where, "\n".join([*lines, letters_of_part(root)])))
    if len(found) > MOST_ASIDE:
        seen.notes.append(f"批注、图表太多，只核查了前 {MOST_ASIDE} 处有没有个人信息")


def pictures_into(seen: SeenFile, archive: zipfile.ZipFile) -> None:
    """Take the first pictures of a package in the order of their names; what is left out is said.

    Small ones (up to 10,000 bytes) adorn a page and are no proof.
    """
    members = [one for one in archive.infolist() if _PICTURE.fullmatch(one.filename)]
    members.sort(key=lambda one: (len(one.filename), one.filename))
    wanted = [one for one in members if one.file_size > SMALLEST_PICTURE]
    for number, member in enumerate(wanted[:MOST_PICTURES], 1):
        where = f"第 {number} 张图片"
        if member.file_size > LARGEST_PICTURE:
            seen.notes.append(f"里面的{where}太大，没有核查")
            continue
        try:
            seen.pictures.append((where, archive.read(member)))
        except BROKEN:
            seen.notes.append(f"里面的{where}已损坏，没有核查")
    large = [one.filename for one in archive.infolist() if one.file_size > SMALLEST_PICTURE]
    drawn, films = (sum(map(bool, map(kind.fullmatch, large))) for kind in (_DRAWN, _FILM))
    if drawn:
        seen.notes.append(f"里面有 {drawn} 张 .emf/.wmf 图片，没有核查")
    if films:
        seen.notes.append(f"里面有 {films} 段录音录像，没有核查")
    if len(wanted) > MOST_PICTURES:
        seen.notes.append(f"里面有 {len(wanted)} 张图片，只核查了前 {MOST_PICTURES} 张")


def parts_named(names: Iterable[str], pattern: re.Pattern[str]) -> list[str]:
    """Return the names of parts that a pattern matches whole, in their order."""
    return sorted(name for name in names if pattern.fullmatch(name))


def _root(archive: zipfile.ZipFile, name: str) -> Any:
    with archive.open(name) as file:
        content = file.read(LARGEST_PART)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(content, parser)


def root_of_part(archive: zipfile.ZipFile, name: str, *, required: bool = False) -> Any:
    """Return the root of a part; None for one that is not there or broken, Unseen where it is ``required``."""
    try:
        return _root(archive, name)
    except (*BROKEN, KeyError, etree.XMLSyntaxError):
        if required:
            raise Unseen(Hindrance.UNREADABLE, "已损坏，打不开") from None
        return None


def letters_of_part(root: Any) -> str:
    """Return the letters of a part in lines; what is struck as a change is there too.

    A text box comes once, behind the paragraph in which it is anchored, on lines of its own.
    """
    out: list[str] = []
    waiting: list[list[str]] = []  # of each box that is open, what was read around it so far
    boxes: list[str] = []
    office = "opendocument" not in str(root.tag) and "oasis" not in str(root.tag)
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        word = plain_tag(element.tag)
        if event == "start":
            if word == AGAIN and stands_twice(element):
                walk.skip_subtree()
            elif word == BOX:
                waiting.append(out)
                out = []
            elif office and word in _TEXTS or not office:
                out.append(element.text or "")
            elif word == CHOICES:
                out.append(chosen_of(element))
            if word in ("tab", "s"):
                out.append("\t")
        elif word == BOX:
            boxes.append("".join(out))
            out = waiting.pop()
        elif word in _BREAKS:
            out.append("\n")
            if boxes and not waiting:
                out += [*boxes, "\n"]
                boxes.clear()
        elif word in ("tc", "table-cell"):
            out.append("\t")
        if event == "end" and not office:
            out.append(element.tail or "")
    lines = (line.strip() for line in "".join([*out, *boxes]).splitlines())
    return "\n".join(line for line in lines if line)
