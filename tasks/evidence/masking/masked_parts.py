"""Mask the personal numbers in an office file's parts: text keeps its place, for a mask is as long as its number."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

from lxml import etree

from models.errors import CampaignError
from models.rules.evidence.personal import mask_text
from tasks.evidence.office.packages import LARGEST_PART
from tasks.guarded.archives import members_fault

# Elements whose letters belong together, however many runs they are cut into.
_WHOLE = frozenset({"p", "si", "is", "comment", "v", "f", "oddHeader", "oddFooter"})
_NUMBERS = re.compile(r"xl/worksheets/.*\.xml|xl/externalLinks/.*\.xml")
_CACHE = re.compile(r"xl/pivotCache/.*\.xml")
_SHORTEST = 11  # letters of a number
_ADDRESSES = frozenset({"Id", "id", "embed", "link"})  # of parts; a mask would lead nowhere
_EMBEDDED = re.compile(r"(?:word|xl|ppt)/embeddings/|.*/vbaProject\.bin$|xl/externalLinks/.*\.bin")
_THUMBNAIL = re.compile(r"docProps/thumbnail\..*")
_PICTURE = re.compile(r"(?:word|xl|ppt)/media/[^/]+\.(?:png|jpe?g|bmp|gif|tiff?)", re.IGNORECASE)
_OTHER_MEDIA = re.compile(r"(?:word|xl|ppt)/media/")  # .emf, .svg, films: nobody reads them here
_FIXED = (1980, 1, 1, 0, 0, 0)  # the same copy of the same file, byte by byte

MaskPicture = Callable[[bytes], bytes | None]


def mask_package(content: bytes, mask_picture: MaskPicture | None) -> tuple[bytes, list[str]]:
    """Return a .docx, .xlsx or .pptx without its personal numbers, and notes on what was not looked at.

    Pictures within are masked by ``mask_picture`` (None: nobody can read them here). Raises CampaignError
    for a file that holds other files, whose numbers nobody would see.
    """
    out, notes = io.BytesIO(), []
    unseen = 0
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if fault := members_fault(archive):
            raise CampaignError(fault)
        if inside := [n for n in archive.namelist() if _EMBEDDED.match(n) and n[-1] != "/"]:
            raise CampaignError(
                f"里面嵌有 {len(inside)} 个别的文件或宏，遮盖不到；请先删去它们，或另存为 PDF"
            )
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
            for member in archive.infolist():
                if member.is_dir():
                    continue
                part = _read(archive, member)
                if _THUMBNAIL.fullmatch(member.filename):
                    part = b""  # a picture of the first page, numbers and all
                elif _PICTURE.fullmatch(member.filename):
                    masked = mask_picture(part) if mask_picture else None
                    unseen += masked is None
                    part = part if masked is None else masked
                elif _OTHER_MEDIA.match(member.filename):
                    unseen += 1
                elif member.filename.endswith((".xml", ".rels", ".vml")):
                    part = mask_part(member.filename, part)
                made.writestr(zipfile.ZipInfo(member.filename, _FIXED), part, zipfile.ZIP_DEFLATED)
    if unseen:
        notes.append(
            f"里面有 {unseen} 张图片（或录音录像）没有能够遮盖，请人工查看里面有没有个人信息"
        )
    return out.getvalue(), notes


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    with archive.open(member) as file:
        part = file.read(LARGEST_PART + 1)
    if len(part) > LARGEST_PART:
        raise CampaignError("解开后过大，没有遮盖")
    return part


def mask_part(name: str, content: bytes) -> bytes:
    """Return a part of XML without personal numbers; one without any comes back as it is."""
    try:
        root = etree.fromstring(
            content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        )
    except etree.XMLSyntaxError:
        raise CampaignError("里面有一部分已损坏，没有能够遮盖") from None
    changed = _mask_words(root) | _mask_attributes(root, bool(_CACHE.fullmatch(name)))
    if _NUMBERS.fullmatch(name):
        _as_text(root)
    if not changed:
        return content
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _mask_words(root: Any) -> bool:
    """Mask the letters of a part, also a number that goes on in the next paragraph or cell."""
    places: list[tuple[Any, str] | None] = []  # None: here a paragraph ends
    letters: list[str] = []
    for pieces in _groups(root):
        texts = [getattr(element, where) for element, where in pieces]
        if not "".join(texts).strip():
            continue
        places += [*pieces, None]
        letters += [*texts, "\n"]
    whole = "".join(letters)
    masked = mask_text(whole)
    if masked == whole:
        return False
    at = 0
    for place, text in zip(places, letters, strict=True):
        if place is not None and masked[at : at + len(text)] != text:
            setattr(*place, masked[at : at + len(text)])
        at += len(text)
    return True


def _groups(root: Any) -> Iterator[list[tuple[Any, str]]]:
    """Yield the places of letters that belong together: of a paragraph, a cell, or alone."""
    open_: list[list[tuple[Any, str]]] = [[]]
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event not in ("start", "end"):
            if element.text:
                yield [(element, "text")]
            continue
        whole = etree.QName(element).localname in _WHOLE
        if event == "start":
            if whole:
                open_.append([])
            if element.text:
                open_[-1].append((element, "text"))
            continue
        if whole:
            yield open_.pop()
        elif len(open_) == 1:
            yield open_[0]
            open_[0] = []
        if element.tail and element.tail.strip():
            open_[-1].append((element, "tail"))
    yield open_[0]


def _mask_attributes(root: Any, cache: bool) -> bool:
    changed = False
    for element in root.iter(etree.Element):
        for key, value in element.attrib.items():
            local = key.rpartition("}")[2]
            if len(value) < _SHORTEST or local in _ADDRESSES:
                continue
            masked = mask_text(value)
            if masked == value:
                continue
            if local == "name" and etree.QName(element).localname == "sheet":
                raise CampaignError("工作表的名称里有号码，表名里不能遮盖；请先改表名再遮盖")
            element.set(key, masked)
            changed = True
            if cache and etree.QName(element).localname == "n":  # a number no longer
                element.tag = element.tag.replace("}n", "}s")
    return changed


def _as_text(root: Any) -> None:
    """Let a cell whose number was masked be text, and forget the formula that would reckon it anew."""
    for cell in root.iter("{*}c", "{*}cell"):
        value = cell.find("{*}v")
        formula = cell.find("{*}f")
        if value is None or "*" not in (value.text or ""):
            continue
        if cell.get("t", "n") in ("n", "str"):
            cell.set("t", "str")
            if formula is not None:
                cell.remove(formula)
