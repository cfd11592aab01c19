"""Web pages, texts and PDF files as other programs make them, cut off, or with bytes changed."""

import html
import random
import re
from collections.abc import Callable
from io import BytesIO

Mutation = Callable[[str, random.Random], str]


def _some(pattern: str, change: Callable[[re.Match[str], random.Random], str]) -> Mutation:
    """Change some of the places that match."""

    def mutate(page: str, chance: random.Random) -> str:
        share = chance.choice([0.05, 0.2, 0.6])
        return re.sub(
            pattern, lambda m: change(m, chance) if chance.random() < share else m[0], page
        )

    return mutate


def _around(*pairs: tuple[str, str]) -> Mutation:
    def change(match: re.Match[str], chance: random.Random) -> str:
        before, behind = chance.choice(pairs)
        return before + match[0] + behind

    return _some(r"<p>.*?</p>", change)


def _inside(*pairs: tuple[str, str]) -> Mutation:
    def change(match: re.Match[str], chance: random.Random) -> str:
        text, (before, behind) = match[2], chance.choice(pairs)
        cut = chance.randint(0, len(text))
        return match[1] + text[:cut] + before + text[cut:] + behind + match[3]

    return _some(r"(<(?:p|td)>)([^<&]*)(</(?:p|td)>)", change)


def _scattered(*pieces: str) -> Mutation:
    def change(match: re.Match[str], chance: random.Random) -> str:
        return match[0] + chance.choice(pieces)

    return _some(r"(?<=>)[^<&]+", change)


PAGES: dict[str, Mutation] = {
    "包一层": _around(
        ("<div>", "</div>"), ("<section>", "</section>"), ("<blockquote>", "</blockquote>"),
        ("<ol><li>", "</li></ol>"), ("<ul><li>", "</li></ul>"), ("<dl><dt>", "</dt></dl>"),
        ("<table><tr><td>", "</td></tr></table>"), ("<form><fieldset>", "</fieldset></form>"),
        ("<details><summary>", "</summary></details>"), ("<center><font>", "</font></center>"),
    ),
    "行内": _inside(
        ("<span>", "</span>"), ("<b>", "</b>"), ("<a href='x'>", "</a>"), ("<del>", "</del>"),
        ("<sup>", "</sup>"), ("<ruby>", "</ruby>"), ("<br>", ""), ("<br/>\n", ""), ("\n  ", "\n"),
        ("<p>", ""), ("<o:p>", "</o:p>"), ("<input value='x'>", ""), ("<textarea>", "</textarea>"),
        ("<select><option>", "</option></select>"), ("<button>", "</button>"), ("<svg><text>", "</text></svg>"),
    ),
    "藏起来": _inside(
        ("<span style='display:none'>", "</span>"), ("<span hidden>", "</span>"),
        ("<span style='visibility:hidden'>", "</span>"), ("<i style='mso-hide:all'>", "</i>"),
        ("<noscript>", "</noscript>"), ("<template>", "</template>"),
    ),
    "不关": _some(r"</(?:p|td|tr|table|div|b)>", lambda m, c: ""),
    "多关": _some(r"</(?:p|td|tr)>", lambda m, c: m[0] + c.choice(["</p>", "</div>", "</tr>", "</table>"])),
    "注释": _scattered("<!-- 注释 -->", "<![CDATA[x]]>", "<!--[if mso]>x<![endif]-->", "<?xml x?>", "<!DOCTYPE x>"),
    "字符引用": _some(r"(?<=>)[^<&]{2,}(?=<)", lambda m, c: "".join(f"&#x{ord(s):x};" for s in m[0])),
    "奇怪的引用": _scattered("&nbsp;", "&emsp;", "&#0;", "&#xfffffff;", "&bogus;", "&lt;b&gt;", "&#8203;"),
    "大写": lambda page, chance: re.sub(r"</?\w+", lambda m: m[0].upper(), page),
    "断行": lambda page, chance: re.sub(
        r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])", lambda m: "\n   " if chance.random() < 0.1 else "", page
    ),
    "跨行跨列": _some(r"<td>", lambda m, c: c.choice(
        ["<td rowspan=2>", "<td colspan='3'>", "<td rowspan=99999>", "<th>", "<td colspan=-1>", "<td rowspan=x>"]
    )),
    "表中表": _some(r"<td>", lambda m, c: "<td><table><tr><td>内</td><td>层</td></tr></table>"),
    "脚本": _scattered("<script>var a='一、'</script>", "<style>p{}</style>", "<script>"),
    "深": lambda page, chance: page.replace("<p>", "<div>" * chance.choice([10, 100, 3000]) + "<p>", 1),
    "框架": lambda page, chance: page.replace("<body>", "<body><nav><a>首页</a></nav><header>站名</header>", 1),
    "反序": lambda page, chance: page.replace("<td>", "<tbody><td>", chance.randint(1, 9)),
}  # fmt: skip
CHARSETS = ("gb2312", "gb18030", "utf-16", "utf-8-sig", "big5")


def other_charset(page: str, chance: random.Random) -> bytes:
    """Return the bytes of a page in another encoding, sometimes with a wrong word about it."""
    charset = chance.choice(CHARSETS)
    # Traditional letters and simplified ones by number, under a wrong name: nobody could tell.
    said = charset if charset == "big5" or chance.random() < 0.7 else "iso-8859-1"
    page = re.sub("<meta[^>]*charset[^>]*>", "", page, flags=re.IGNORECASE)  # the first one holds
    page = page.replace("<body>", f'<head><meta charset="{said}"></head><body>', 1)
    return page.encode(charset, errors="xmlcharrefreplace")


def as_mht(page: str, chance: random.Random) -> bytes:
    """Return a page as one file with its pictures, as Word and browsers save it."""
    head = (
        "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=\"x\"\n\n--x\n"
        'Content-Type: text/html; charset="utf-8"\nContent-Transfer-Encoding: 8bit\n\n'
    )  # fmt: skip
    return f"{head}{page}\n--x--\n".encode()


def as_wordml(page: str, chance: random.Random) -> bytes:
    """Return the text of a page as the XML of Word 2003."""
    texts = re.findall(r"(?<=>)[^<]+", page)
    paragraphs = "".join(
        f"<w:p><w:r><w:t>{html.escape(html.unescape(text))}</w:t></w:r></w:p>" for text in texts
    )
    space = "http://schemas.microsoft.com/office/word/2003/wordml"
    return (
        '<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Word.Document"?>'
        f'<w:wordDocument xmlns:w="{space}"><w:body>{paragraphs}</w:body></w:wordDocument>'
    ).encode()


# --- text -----------------------------------------------------------------------------------------

TEXTS: dict[str, Callable[[str, random.Random], bytes]] = {
    "编码": lambda text, chance: text.encode(chance.choice(["gb18030", "utf-16", "utf-8-sig"]), errors="replace"),
    "换行": lambda text, chance: text.replace("\n", chance.choice(["\r\n", "\r", "\u2028", "\x0b", "\n\n"])).encode(),
    "控制字符": lambda text, chance: "".join(
        c + (chr(chance.randrange(1, 32)) if chance.random() < 0.01 else "") for c in text
    ).encode(),
    "没有换行": lambda text, chance: text.replace("\n", "").encode(),
    "长": lambda text, chance: (text * chance.choice([2, 20])).encode(),
    "换页": lambda text, chance: text.replace("\n", "\f", chance.randint(1, 9)).encode(),
}  # fmt: skip


# --- PDF ------------------------------------------------------------------------------------------


def _with_pages(change: Callable[[object, random.Random], None]) -> Callable[..., bytes]:
    def mutate(content: bytes, chance: random.Random) -> bytes:
        import pypdfium2

        pdf = pypdfium2.PdfDocument(content)
        change(pdf, chance)
        out = BytesIO()
        pdf.save(out)
        pdf.close()
        return out.getvalue()

    return mutate


def _turn(pdf, chance) -> None:
    for page in pdf:
        if chance.random() < 0.5:
            page.set_rotation(chance.choice([90, 180, 270]))


def _crop(pdf, chance) -> None:
    for page in pdf:
        width, height = page.get_size()
        page.set_mediabox(
            -chance.randint(0, 200), -50, width + 100, height + chance.randint(0, 300)
        )


def _again(pdf, chance) -> None:
    pdf.import_pages(pdf, [chance.randrange(len(pdf)) for _ in range(chance.randint(1, 4))])


def _other_order(pdf, chance) -> None:
    order = list(range(len(pdf)))
    chance.shuffle(order)
    count = len(order)
    pdf.import_pages(pdf, order)
    for _ in range(count):
        del pdf[0]


def _empty_page(pdf, chance) -> None:
    pdf.new_page(595, 842, chance.randint(0, len(pdf)))


def _swap_words(content: bytes, chance: random.Random) -> bytes:
    """Break something of the structure by its words."""
    old, new = chance.choice(
        [(b"/Type /Page", b"/Type /Pago"), (b"xref", b"xxef"), (b"endobj", b"endobk"),
         (b"/Length", b"/Lenght"), (b"stream", b"strean"), (b"/Font", b"/Fond"), (b"trailer", b"triller")]
    )  # fmt: skip
    return content.replace(old, new, chance.choice([1, 3, -1]))


PDFS: dict[str, Callable[[bytes, random.Random], bytes]] = {
    "转页": _with_pages(_turn),
    "页框": _with_pages(_crop),
    "重复页": _with_pages(_again),
    "页序": _with_pages(_other_order),
    "空白页": _with_pages(_empty_page),
    "坏结构": _swap_words,
    "头上有字节": lambda content, chance: b"\r\n" * chance.randint(1, 300) + content,
    "尾上有字节": lambda content, chance: (
        content + bytes(chance.randrange(256) for _ in range(500))
    ),
}


# --- any file -------------------------------------------------------------------------------------


def cut(content: bytes, chance: random.Random) -> bytes:
    """Return the beginning of a file."""
    return content[: chance.randrange(len(content))]


def flipped(content: bytes, chance: random.Random) -> bytes:
    """Return a file with a few bytes changed."""
    changed = bytearray(content)
    for _ in range(chance.choice([1, 5, 50])):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def dropped(content: bytes, chance: random.Random) -> bytes:
    """Return a file without a piece in its middle."""
    start = chance.randrange(len(content))
    return content[:start] + content[start + chance.choice([1, 100, 5000]) :]


ANY = {"截断": cut, "改字节": flipped, "缺一段": dropped}
