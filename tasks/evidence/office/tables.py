"""Look into workbooks: what their cells show, row by row."""

import re
import zipfile
from contextlib import suppress

from models.rules.evidence.examined import Hindrance
from models.rules.evidence.secrecy import HEAD, Apart, LaterPage
from tasks.evidence.examining.seen import SeenFile, Unseen
from tasks.evidence.office.old_office import dated, old_sheet_heads
from tasks.evidence.office.packages import (
    LARGEST_PART,
    aside_into,
    opened_package,
    parts_named,
    pictures_into,
    properties_into,
    root_of_part,
)
from tasks.evidence.office.places import shapes_of, sheet_heads
from tasks.guarded.archives import BROKEN
from tasks.guarded.compound import SIGNATURE, Compound
from tasks.workbook.sheets import sheets

MOST_PARTS = 200  # drawings, and sheets whose heads are looked at
_DRAWING = re.compile(r"xl/drawings/drawing\d+\.xml")
_SHEET = re.compile(r"xl/worksheets/sheet\d+\.xml")


def see_table(content: bytes) -> SeenFile:
    """Look into a .xlsx, .xls or .ods; hidden sheets too. Raises Unseen for one that cannot be opened."""
    seen = SeenFile()
    if content.startswith(SIGNATURE):
        with suppress(ValueError):
            file = Compound(content)
            seen = dated(file)
            seen.apart = old_sheet_heads(file)
    else:
        package = opened_package(content)
        properties_into(seen, package)
        pictures_into(seen, package)
        _places_into(seen, package)
        aside_into(seen, package)
    try:
        for number, (name, _, rows, _, _) in enumerate(sheets(content)):
            text = _shown(rows)
            if not number:
                seen.first = text[:4_000]
            else:
                page = LaterPage(f"工作表“{name}”", text[:4_000], (), HEAD, by_itself=True)
                seen.look_later(page)
            if not seen.add(f"{name}\n{text}" if text else ""):
                break
    except MemoryError:
        raise
    except Exception:  # whatever it raises, it could not be opened
        raise Unseen(Hindrance.UNREADABLE, "已损坏或有密码，打不开") from None
    return seen


def _places_into(seen: SeenFile, package: zipfile.ZipFile) -> None:
    """Take what stands on a workbook's paper beside its cells: text boxes, headers, footers.

    Of the first sheet as a first page's; parts are numbered as sheets were made, not as they are ordered,
    so that of others it is only said that they stand on another one.
    """
    names = package.namelist()
    for name in parts_named(names, _DRAWING)[:MOST_PARTS]:
        if (root := root_of_part(package, name)) is not None:
            _keep_place(seen, name, shapes_of(root))
    for name in parts_named(names, _SHEET)[:MOST_PARTS]:
        with suppress(*BROKEN), package.open(name) as file:
            heads = sheet_heads(file.read(LARGEST_PART))
            seen.aside += [("页眉页脚", one.text) for one in heads]
            _keep_place(seen, name, heads)
    if "styles.xml" in names and (root := root_of_part(package, "styles.xml")) is not None:
        for element in root.iter("{*}header", "{*}footer"):  # OpenDocument 1.2, 16.10
            lines = ("".join(one.itertext()) for one in element.iter("{*}p"))
            seen.apart += [Apart("页眉页脚", line) for line in lines if line]


def _keep_place(seen: SeenFile, part: str, places: list[Apart]) -> None:
    if part.endswith(("drawing1.xml", "sheet1.xml")):
        seen.apart += places
    elif places:
        seen.look_later(LaterPage("别的工作表", apart=tuple(places)))


def _shown(rows: list[list[object]]) -> str:
    lines = ("\t".join(filter(None, map(_cell, row))) for row in rows)
    return "\n".join(line for line in lines if line)


def _cell(value: object) -> str:
    """Return what a cell shows; a number without the .0 that it has only for the machine."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
