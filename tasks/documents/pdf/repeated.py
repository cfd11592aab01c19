"""Lines that repeat on a page, as the second reader's library finds them: on a machine without the font too.

pdfium takes a text that stands again near by for the same text printed twice (that is how some programs
make bold), and drops it. How near that is it asks of the shapes of the letters. Where a Chinese font is
neither in the file nor on the machine, as on most servers, letters have no height, and a line that comes
again within an eighth of its length is gone: 市委依法治市办、市司法局牵头 in every row of a list.
"""

from typing import Any

TEXT = 1  # FPDF_PAGEOBJ_TEXT
DEEPEST = 15  # forms within forms
PRINTED_TWICE = 3.0  # points; a shadow, or letters made bold by printing them again, lie closer
LOOKED_BACK = 5  # texts: farther back the library does not look either
FAR = 10_000.0  # points to the right, beyond any page


def whole_text(page: Any) -> str:
    """Return the text of a page of pypdfium2, lines that repeat included; what is printed twice counts once."""
    import pypdfium2

    found = page.get_textpage()
    moved = 0
    before: list[tuple[float, ...]] = []
    for each in page.get_objects(filter=[TEXT], max_depth=DEEPEST, textpage=found):
        place = each.get_bounds()
        if not each.extract() and not any(_same_place(place, one) for one in before):
            moved += 1
            each.transform(pypdfium2.PdfMatrix().translate(FAR * moved, 0))
        before = [*before[1 - LOOKED_BACK :], place]
    again = page.get_textpage() if moved else found
    return str(again.get_text_range())


def _same_place(place: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return all(abs(a - b) < PRINTED_TWICE for a, b in zip(place, other, strict=True))
