"""Mask a PDF: every page becomes a picture with the hidden digits painted over; no letter is left beneath.

A black box over live text hides nothing, and a number may lie in a form, a note or a bookmark as well: so
the whole file is made anew out of pictures of its pages, without text, properties and attachments.
"""

from io import BytesIO
from typing import Any

from models.errors import CampaignError
from models.rules.evidence.personal import mask_text
from tasks.evidence.examining.scans import can_read_scans
from tasks.evidence.masking.masked_pictures import INK, paint_over

DOTS = 150  # an inch
PAGES = 200
LARGEST = 3000  # dots of a page's longer side
AS_PICTURES = "遮盖后的 PDF 每页都是图片，文字不能再选取"
LEAST = 10  # letters; a page with fewer may be a scan


def mask_pages(content: bytes) -> tuple[bytes, list[str]]:
    """Return the PDF as pictures without personal numbers, and notes for whoever looks at it."""
    import pypdfium2

    try:
        file = pypdfium2.PdfDocument(content)
        file.init_forms()
    except pypdfium2.PdfiumError:
        raise CampaignError("已损坏或有密码，打不开") from None
    if len(file) > PAGES:
        raise CampaignError(f"有 {len(file)} 页，超过 {PAGES} 页，请拆开后再遮盖")
    made = pypdfium2.PdfDocument.new()
    unread = 0
    for number in range(len(file)):
        page = file[number]
        picture, letters = _masked(page)
        if letters < LEAST:
            if can_read_scans():
                paint_over(picture, _png(picture))
            else:
                unread += 1
        _add(made, page.get_size(), picture)
    out = BytesIO()
    made.save(out)
    notes = [AS_PICTURES]
    if unread:
        notes.append(f"有 {unread} 页是扫描件，本机没有安装文字识别，没有能够遮盖，请人工查看")
    return out.getvalue(), notes


def _masked(page: Any) -> tuple[Any, int]:
    """Return a page as a picture with the digits to hide painted over, and how many letters it has."""
    from PIL import ImageDraw

    wide, high = page.get_size()
    scale = min(DOTS / 72, LARGEST / max(wide, high, 1))
    picture = page.render(scale=scale, may_draw_forms=True).to_pil().convert("RGB")
    words = page.get_textpage()
    count = words.count_chars()
    text = "".join(_letter(words, at) for at in range(count))
    drawn = ImageDraw.Draw(picture)
    for at, (letter, shown) in enumerate(zip(text, mask_text(text), strict=True)):
        if letter != shown:
            left, bottom, right, top = words.get_charbox(at, loose=True)
            x = sorted(_dot(page, scale, *corner)[0] for corner in ((left, top), (right, bottom)))
            y = sorted(_dot(page, scale, *corner)[1] for corner in ((left, top), (right, bottom)))
            drawn.rectangle((x[0] - 1, y[0] - 1, x[1] + 1, y[1] + 1), fill=INK)
    return picture, sum(map(str.isalnum, text))


def _letter(words: Any, at: int) -> str:
    import pypdfium2.raw as raw

    code = raw.FPDFText_GetUnicode(words, at)
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else " "


def _dot(page: Any, scale: float, x: float, y: float) -> tuple[float, float]:
    """Return where a point of a page lies in its picture, also of a page that is turned or cut."""
    import ctypes

    import pypdfium2.raw as raw

    wide, high = page.get_size()
    across, down = ctypes.c_int(), ctypes.c_int()
    size = (round(wide * scale * 100), round(high * scale * 100))  # in hundredths of a dot
    raw.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, across, down)
    return across.value / 100, down.value / 100


def _png(picture: Any) -> bytes:
    out = BytesIO()
    picture.save(out, "PNG", compress_level=1)
    return out.getvalue()


def _add(made: Any, size: tuple[float, float], picture: Any) -> None:
    import pypdfium2

    out = BytesIO()
    picture.save(out, "JPEG", quality=85)
    image = pypdfium2.PdfImage.new(made)
    image.load_jpeg(BytesIO(out.getvalue()), inline=True)
    image.set_matrix(pypdfium2.PdfMatrix().scale(*size))
    page = made.new_page(*size)
    page.insert_obj(image)
    page.gen_content()
