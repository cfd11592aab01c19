"""Look into an OFD (GB/T 33190): its pages with the templates behind them, its annotations, its pictures."""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from models.rules.evidence.examined import Hindrance
from models.rules.evidence.secrecy import Apart, LaterPage
from tasks.evidence.examining.days import ofd_day
from tasks.evidence.examining.seen import SeenFile, Unseen
from tasks.evidence.office.packages import opened_package, pictures_into, root_of_part

TOP = 0.25  # of a page's height; a mark stands in its second line
MOST_PIECES = 2_000  # of a page's letters that stand apart
MOST_NOTES = 500  # parts with annotations
SAME_LINE = 0.5  # millimetres between the feet of letters of one line
GAP = 3  # sizes of a letter; what stands further off is something else
_NOTES = re.compile(r"(?:.+/)?Annot[^/]*/.+\.xml|(?:.+/)?Annot[^/]*\.xml", re.IGNORECASE)


def see_ofd(content: bytes) -> SeenFile:
    """Look into an OFD file; raises Unseen for one that cannot be opened."""
    import ofdkit

    archive = opened_package(content)
    seen = SeenFile()
    try:
        with ofdkit.OFDDocument(BytesIO(content)) as document:
            info = document.info
            seen.made = ofd_day(str(info.creation_date or ""))
            seen.changed = ofd_day(str(info.mod_date or ""))
            for number, page in enumerate(document.pages, 1):
                text = page.text()
                if number == 1:
                    seen.first = text[:4_000]
                    seen.apart += _pieces(page)
                else:
                    places = tuple(_pieces(page))
                    seen.look_later(LaterPage(f"第 {number} 页", text[:4_000], places))
                if not seen.add(text):
                    break
    except ofdkit.OFDLimitError:
        raise Unseen(Hindrance.UNREADABLE, "解开后过大，没有打开") from None
    except ofdkit.OFDError:
        raise Unseen(Hindrance.UNREADABLE, "已损坏，打不开") from None
    _annotations_into(seen, archive)
    pictures_into(seen, archive)
    return seen


def _pieces(page: Any) -> Iterator[Apart]:
    """Yield the letters of a page that stand side by side, apart from what its line says further on."""
    runs = sorted(page.runs[: 20 * MOST_PIECES], key=lambda run: (round(run.y, 1), run.x))
    _, top, _, high = page.box
    begun: list[Any] = []
    count = 0
    for run in [*runs, None]:
        last = begun[-1] if begun else None
        apart = run is None or last is not None and (
            abs(run.y - last.y) > SAME_LINE
            or run.x - last.x - last.width > GAP * max(run.size, last.size)
            or run.from_template is not last.from_template
        )  # fmt: skip
        if last is not None and apart:
            count += 1
            if count > MOST_PIECES:
                return
            where = "模板" if last.from_template else "文字"
            yield Apart(where, "".join(one.text for one in begun), last.y < top + TOP * high)
            begun = []
        if run is not None:
            begun.append(run)


def _annotations_into(seen: SeenFile, archive: zipfile.ZipFile) -> None:
    """Take the words of annotations: stamps, watermarks, notes (GB/T 33190, 15)."""
    names = [name for name in archive.namelist() if _NOTES.fullmatch(name)]
    if len(names) > MOST_NOTES:
        seen.notes.append(f"批注太多，只核查了前 {MOST_NOTES} 页的")
    for name in sorted(names)[:MOST_NOTES]:
        root = root_of_part(archive, name)
        if root is None:
            continue
        for note in root.iter("{*}Annot"):
            objects = note.iter("{*}TextObject")
            lines = ("".join(c.text or "" for c in one.iter("{*}TextCode")) for one in objects)
            remarks = (one.text or "" for one in note.iter("{*}Remark"))
            text = "\n".join(line for line in (*lines, *remarks) if line.strip())
            if text:
                seen.add(text)
                seen.look_later(LaterPage("批注", apart=(Apart("", text),)))
