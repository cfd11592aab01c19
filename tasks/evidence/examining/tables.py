"""Look into workbooks: what their cells show, row by row."""

from contextlib import suppress

from models.rules.evidence.examined import Hindrance
from tasks.evidence.examining.old_office import dated
from tasks.evidence.examining.packages import (
    opened_package,
    pictures_into,
    places_of_book,
    properties_into,
)
from tasks.evidence.examining.seen import SeenFile, Unseen
from tasks.guarded.compound import SIGNATURE, Compound
from tasks.workbook.sheets import sheets


def see_table(content: bytes) -> SeenFile:
    """Look into a .xlsx, .xls or .ods; hidden sheets too. Raises Unseen for one that cannot be opened."""
    seen = SeenFile()
    if content.startswith(SIGNATURE):
        with suppress(ValueError):
            seen = dated(Compound(content))
    else:
        package = opened_package(content)
        properties_into(seen, package)
        pictures_into(seen, package)
        seen.apart = places_of_book(package)
    try:
        for number, (name, _, rows, _, _) in enumerate(sheets(content)):
            text = _shown(rows)
            if not number:
                seen.first = text[:4_000]
            if not seen.add(f"{name}\n{text}" if text else ""):
                break
    except MemoryError:
        raise
    except Exception:  # whatever it raises, it could not be opened
        raise Unseen(Hindrance.UNREADABLE, "已损坏或有密码，打不开") from None
    return seen


def _shown(rows: list[list[object]]) -> str:
    lines = ("\t".join(filter(None, map(_cell, row))) for row in rows)
    return "\n".join(line for line in lines if line)


def _cell(value: object) -> str:
    """Return what a cell shows; a number without the .0 that it has only for the machine."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
