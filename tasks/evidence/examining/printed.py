"""Look into what is laid out for print as .pdf."""

from functools import lru_cache
from io import BytesIO
from typing import Any

from models.rules.evidence.examined import Hindrance
from models.rules.evidence.secrecy import Apart, LaterPage
from tasks.evidence.examining.days import pdf_day, xmp_day
from tasks.evidence.examining.pages import IMAGE, pictures_of, words_beside
from tasks.evidence.examining.seen import SeenFile, Unseen

PAGES = 500  # that are read for their text
TOP = 0.25  # of a page's height; a mark stands in its second line
LEAST = 10  # letters on the first pages; with fewer they are pictures
WIDTH = 1240  # pixels of a page that is read by OCR: A4 at 150 dots an inch
# What each call of FPDF_SYSFONTINFO (fpdf_sysfontinfo.h) answers where there are no fonts.
_NO_FONTS = {"Release": None, "EnumFonts": None, "MapFont": None, "GetFont": None, "GetFontData": 0}
_NO_FONTS |= {"GetFaceName": 0, "GetFontCharset": 0, "DeleteFont": None}


def see_pdf(content: bytes) -> SeenFile:
    """Look into a PDF; where its first page was scanned a picture of it is kept for OCR."""
    import pypdfium2

    _without_fonts()
    try:
        file = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        words = "设有打开密码，请去掉密码后再试" if locked else "已损坏，打不开"
        raise Unseen(Hindrance.LOCKED if locked else Hindrance.UNREADABLE, words) from None
    seen, count = SeenFile(), len(file)
    if not count:
        raise Unseen(Hindrance.UNREADABLE, "里面没有一页，打不开")
    said = file.get_metadata_dict()
    seen.made, seen.changed = pdf_day(said["CreationDate"]), pdf_day(said["ModDate"])
    if seen.made is None:
        seen.made = xmp_day(content)
    broken = 0
    for number in range(min(count, PAGES)):
        try:
            page = file[number]
            words = page.get_textpage()
            text = words.get_text_range().replace("\r\n", "\n")
            if not number:
                seen.heads = [text[:4_000], _at_top(page, words)]
        except pypdfium2.PdfiumError:
            broken += 1
            continue
        beside = words_beside(page)
        places = tuple(Apart("批注", one) for one in beside)
        if not number:
            seen.first = text[:4_000]
            seen.apart += places
        else:
            seen.look_later(LaterPage(f"第 {number + 1} 页", text[:4_000], places))
        pictures_of(page, f"第 {number + 1} 页的图片", seen)
        if not seen.add("\n".join([text.replace("\ufffe", "").strip(), *beside])):
            break
    if broken == count:
        raise Unseen(Hindrance.UNREADABLE, "已损坏，打不开")
    if broken:
        seen.notes.append(f"有 {broken} 页已损坏，没有核查")
    if count > PAGES and seen.length < LEAST:
        seen.notes.append(f"只核查了前 {PAGES} 页")
    if len(seen.first.strip()) < LEAST:
        _see_scan(file, seen)
        seen.scan = bool(seen.page) and sum(map(len, seen.pieces)) < LEAST
        seen.cover = bool(seen.page) and not seen.scan
    return seen


def _at_top(page: Any, words: Any) -> str:
    """Return what stands in the upper part of a page: a text box there may be drawn after all the rest."""
    left, bottom, right, top = page.get_bbox()
    upper = words.get_text_bounded(left, top - TOP * (top - bottom), right, top)
    return str(upper)[:4_000].replace("\r\n", "\n")


@lru_cache(maxsize=1)
def _without_fonts() -> Any:
    """Let pdfium look for no fonts of the machine, in this process for good; what it calls is kept alive.

    Letters are read by their codes and widths, which stand in the file. The shapes of letters that are not
    embedded would be taken from the machine's fonts for each letter's box: ten times the time, and another
    answer where other fonts are installed.
    """
    import pypdfium2.raw as raw

    calls = dict(raw.FPDF_SYSFONTINFO._fields_)
    nothing = raw.FPDF_SYSFONTINFO(version=1)
    for name, answer in _NO_FONTS.items():
        setattr(nothing, name, calls[name](lambda *_, answer=answer: answer))
    raw.FPDF_SetSystemFontInfo(nothing)
    return nothing


def _see_scan(file: Any, seen: SeenFile) -> None:
    page = file[0]
    images = list(page.get_objects([IMAGE], max_depth=3))
    if not images and (seen.first.strip() or not any(True for _ in page.get_objects(max_depth=1))):
        return  # a page with a few words, or nothing on it
    wide, high = page.get_size()
    scale = min(WIDTH / max(wide, 1), 2 * WIDTH / max(high, 1), 4)
    bitmap = page.render(scale=scale, grayscale=True)
    out = BytesIO()
    bitmap.to_pil().save(out, "JPEG", quality=85)
    seen.page = out.getvalue()
