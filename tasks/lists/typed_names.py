"""Names of units typed into a cell of a list, parted as they are in the review workbook.

市司法局、市公安局 are two, and so are 市司法局/市公安局 and 市司法局 市公安局: what is parted at no sign of
a list is told. 中国人民银行 某市分行 and 某市 司法局 are one name with a blank in it.
"""

import re
from collections.abc import Collection

from models.rules.bounds import shown
from tasks.lists.names import key
from tasks.plans.unit_cells import is_crossed_out, parted, pieces_typed
from tasks.workbook.cells import CellError, as_name, as_names, as_text
from tasks.workbook.reading import Book
from tasks.workbook.rows import Row

# What begins or ends a name of which the rest stands behind or before a blank.
_PLACE = re.compile(r"\S*[省市区县旗州盟乡镇村]")
_PART = re.compile(r"\S*(?:[分支]行|分局|分公司|分院|分校|分会|支队|大队|中队|[科室处股所站队])")
_MAY_BE_TWO = re.compile(r"[/／]|[\u4e00-\u9fff]{2}[)）]?\s+[\u4e00-\u9fff]{2}")


def names_in(book: Book, row: Row, column: str, known: Collection[str] = ()) -> list[str]:
    """Return the names in a cell, each once; one whose key is ``known`` is never parted.

    Where names are parted at a blank, a slash or a word, or may have to be, that is noted.
    """
    text = as_text(row.cell(column))
    if text.count("（") + text.count("(") != text.count("）") + text.count(")"):
        return as_names(text)
    found: list[str] = []
    for piece in pieces_typed(text):
        name = as_name(piece)
        if not name or is_crossed_out(piece):
            continue
        if key(name) in known:
            found.append(name)
            continue
        names = [name] if _is_one(piece) else _parted(piece.replace("／", "/"))
        words = f"表“{row.sheet}”第 {row.number} 行“{column}”列的“{shown(as_text(piece))}”"
        if len(names) > 1:
            book.note(f"{words}按 {len(names)} 个名称收了：{'、'.join(names)}")
        elif _MAY_BE_TWO.search(as_text(piece)):
            book.note(f"{words}按一个名称收了；是几个名称的，请用顿号隔开")
        found += names
    return list(dict.fromkeys(found))


def _is_one(piece: str) -> bool:
    words = piece.split()
    return any(map(_PLACE.fullmatch, words[:-1])) or any(map(_PART.fullmatch, words[1:]))


def _parted(piece: str) -> list[str]:
    try:
        return parted(piece)
    except CellError:  # more than names: it stays as it is, and is asked about where it is no unit
        return [as_name(piece)]
