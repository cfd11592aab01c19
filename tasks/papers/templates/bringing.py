"""What a Word template brings along, judged by what its parts are for; only ever read in the guarded worker.

By their names parts say nothing: a program may be called m.bin, a picture elsewhere may be written in any
encoding. So every list of relationships is read as XML, and only what a paper is made of is let through.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

LARGEST = 100_000_000  # bytes of all parts, unpacked
MOST_PARTS = 2_000
# What a paper is made of, by the last word of a relationship's type; some only a Word of today writes.
MADE_OF = frozenset(
    [
        "officeDocument",
        "core-properties",
        "extended-properties",
        "custom-properties",
        "thumbnail",
        "styles",
        "settings",
        "webSettings",
        "fontTable",
        "theme",
        "numbering",
        "footnotes",
        "endnotes",
        "header",
        "footer",
        "image",
        "hyperlink",
        "customXml",
        "customXmlProps",
        "comments",
        "commentsExtended",
        "commentsIds",
        "commentsExtensible",
        "people",
        "stylesWithEffects",
        "glossaryDocument",
        "intelligence",
        "classificationlabels",
        "hdphoto",
    ]
)
NAMED = {
    "vbaProject": "里面有宏",
    "attachedTemplate": "里面挂着另一个模板",
    "aFChunk": "里面嵌有网页或别的文档（altChunk）",
    "oleObject": "里面嵌有别的文件或控件",
    "package": "里面嵌有别的文件或控件",
    "control": "里面嵌有别的文件或控件",
    "subDocument": "里面引用了别的文档",
    "font": "里面嵌了字体文件（公文只写字体的名称）",
}
# Fields that fetch something from elsewhere, or run something.
_FETCHING = re.compile(
    r"\b(INCLUDEPICTURE|INCLUDETEXT|INCLUDE|IMPORT|DDEAUTO|DDE|LINK|DATABASE|MACROBUTTON|RD)\b"
)


def odd_parts(content: bytes) -> Iterator[str]:
    """Yield what a template may not bring: too much, programs, other files, anything from elsewhere."""
    from lxml import etree

    try:
        with zipfile.ZipFile(BytesIO(content)) as parts:
            infos = parts.infolist()
            if len(infos) > MOST_PARTS or sum(one.file_size for one in infos) > LARGEST:
                yield "展开后太大，不像是文书的模板"
                return
            names = {one.filename for one in infos}
            if not {"word/document.xml", "_rels/.rels", "[Content_Types].xml"} <= names:
                yield "不是完好的 Word 文件（.docx）"
                return
            yield from dict.fromkeys(_said(parts, infos))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError):
        yield "打不开，不是完好的 Word 文件（.docx），或设了密码"
    except (etree.XMLSyntaxError, ValueError):
        yield "里面有损坏的部分，请在 Word 或 WPS 里另存为 .docx 后再试"


def _said(parts: zipfile.ZipFile, infos: list[zipfile.ZipInfo]) -> Iterator[str]:
    for one in infos:
        name = one.filename.casefold()
        if name.endswith(".rels"):
            yield from _of_relationships(_root(parts.read(one)))
        elif name == "[content_types].xml" and b"macroenabled" in parts.read(one).lower():
            yield f"{NAMED['vbaProject']}，请去掉后另存为 .docx"
        elif name.startswith("word/") and name.endswith(".xml"):
            yield from _of_fields(_root(parts.read(one)))


def _root(content: bytes) -> Any:
    from lxml import etree

    sound = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(content, sound)


def _of_relationships(root: Any) -> Iterator[str]:
    for one in root.iter("{*}Relationship"):
        kind = str(one.get("Type", "")).rstrip("/").rpartition("/")[2]
        elsewhere = str(one.get("TargetMode", "")).strip().casefold() == "external"
        if kind not in MADE_OF:
            yield f"{NAMED.get(kind, '里面有文书用不到的部件')}，请去掉后另存为 .docx"
        elif elsewhere and kind != "hyperlink":
            yield "里面有指向文件以外的图片或对象，请改成放在文件里"


def _of_fields(root: Any) -> Iterator[str]:
    told = [
        str(value)
        for one in root.iter("{*}fldSimple")
        for key, value in one.attrib.items()
        if key.endswith("}instr")
    ]
    told += [
        "".join(one.text or "" for one in line.iter("{*}instrText")) for line in root.iter("{*}p")
    ]
    for text in told:
        if found := _FETCHING.search(text.upper()):
            yield f"里面有从别处取内容的域（{found[1]}），请改成普通文字或图片"
