"""Word files as other programs and other hands make them: the same letters in another structure.

Each mutation takes the parts of a package and a chance, changes the parts, and says whether it did.
"""

import copy
import random
import zipfile
from collections.abc import Callable
from io import BytesIO

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="{MC}" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
MAIN, RELATIONS, TYPES = "word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"
STRICT = (
    ("http://schemas.openxmlformats.org/wordprocessingml/2006/main",
     "http://purl.oclc.org/ooxml/wordprocessingml/main"),
    ("http://schemas.openxmlformats.org/officeDocument/2006/relationships",
     "http://purl.oclc.org/ooxml/officeDocument/relationships"),
)  # fmt: skip
Parts = dict[str, bytes]
Body = etree._Element
Mutation = Callable[[Body, random.Random], object]


def parts_of(content: bytes) -> Parts:
    """Return the members of a package."""
    with zipfile.ZipFile(BytesIO(content)) as whole:
        return {name: whole.read(name) for name in whole.namelist()}


def packed(parts: Parts, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a package of ``parts``."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", method) as whole:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, (2025, 7, 1, 9, 0, 0))  # the same whenever it is made
            whole.writestr(entry, content, method)
    return out.getvalue()


def element(xml: str) -> Body:
    """Return the element of ``xml``, whose prefixes are known."""
    return next(iter(etree.fromstring(f"<x {NAMESPACES}>{xml}</x>")))


def found(body: Body, tag: str) -> list[Body]:
    """Return the elements called ``tag``, in order."""
    return list(body.iter(f"{{{W}}}{tag}"))


def _one(body: Body, tag: str, chance: random.Random) -> Body | None:
    those = found(body, tag)
    return chance.choice(those) if those else None


def _filled(body: Body, chance: random.Random, tag: str = "p") -> Body | None:
    those = [each for each in found(body, tag) if "".join(each.itertext()).strip()]
    return chance.choice(those) if those else None


def _around(target: Body | None, xml: str) -> None:
    """Put ``target`` into the innermost ``w:here`` of ``xml``, where it stood."""
    if target is None or target.getparent() is None:
        return
    outer = element(xml)
    here = next(outer.iter(f"{{{W}}}here"))
    target.addprevious(outer)
    tail, target.tail = target.tail, None
    here.addprevious(target)
    here.getparent().remove(here)
    outer.tail = tail


def wrap(tag: str, xml: str) -> Mutation:
    """Put some elements of a kind each into something around it."""

    def mutate(body: Body, chance: random.Random) -> None:
        for _ in range(chance.randint(1, 4)):
            _around(_filled(body, chance, tag), xml)

    return mutate


SDT = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent><w:here/></w:sdtContent></w:sdt>"
CHOICE = '<w:dropDownList><w:listItem w:displayText="甲选项" w:value="1"/></w:dropDownList>'
BOX = "<w:txbxContent><w:here/></w:txbxContent>"
CHOSEN = (
    '<mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData uri="x"><wps:wsp>'
    f"<wps:txbx>{BOX}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
)
FALLEN = "<mc:Fallback><w:pict><v:shape><v:textbox>{}</v:textbox></v:shape></w:pict></mc:Fallback>"


def boxed(form: str) -> Mutation:
    """Move paragraphs into text boxes that hang on the paragraph behind them."""

    def mutate(body: Body, chance: random.Random) -> None:
        paragraph = _filled(body, chance)
        following = paragraph.getnext() if paragraph is not None else None
        if following is None or following.tag != f"{{{W}}}p":
            return
        again = etree.tostring(copy.deepcopy(paragraph)).decode()
        inside = {
            "both": CHOSEN + FALLEN.format(f"<w:txbxContent>{again}</w:txbxContent>"),
            "choice": CHOSEN,
            "fallback": FALLEN.format(BOX),
        }
        alternate = f"<mc:AlternateContent>{inside.get(form, '')}</mc:AlternateContent>"
        picture = f"<w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict>"
        run = element(f"<w:r>{alternate if form in inside else picture}</w:r>")
        here = next(run.iter(f"{{{W}}}here"))
        here.addprevious(paragraph)
        here.getparent().remove(here)
        runs = found(following, "r")
        if runs and chance.random() < 0.5:
            runs[0].addprevious(run)
        else:
            following.append(run)

    return mutate


TABLE = "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc><w:here/></w:tc></w:tr></w:tbl>"


def layout_table(body: Body, chance: random.Random) -> None:
    """Put several paragraphs, one behind the other, into a table of one cell."""
    first = _filled(body, chance)
    if first is None:
        return
    more = []
    while len(more) < chance.randint(0, 5):
        following = (more[-1] if more else first).getnext()
        if following is None or following.tag != f"{{{W}}}p":
            break
        more.append(following)
    _around(first, TABLE)
    for each, before in zip(more, [first, *more], strict=False):
        before.addnext(each)


def nested_table(body: Body, chance: random.Random) -> None:
    """Move a paragraph of the document into a table within a cell."""
    cell, paragraph = _one(body, "tc", chance), _filled(body, chance)
    if cell is None or paragraph is None or cell in paragraph.iterancestors():
        return
    inner = element(TABLE)
    here = next(inner.iter(f"{{{W}}}here"))
    paragraph.addprevious(element("<w:p/>"))
    here.addprevious(paragraph)
    here.getparent().remove(here)
    place = chance.randint(0, len(cell))
    cell.insert(place, inner)
    cell.append(element("<w:p/>"))


def struck(body: Body, chance: random.Random) -> None:
    """Strike runs, as tracked changes do, and their paragraphs."""
    for _ in range(chance.randint(1, 5)):
        run = _filled(body, chance, "r")
        if run is None or run.getparent().tag == f"{{{W}}}del":
            continue
        _around(run, '<w:del w:id="9" w:author="x"><w:here/></w:del>')
        for text in found(run, "t"):
            text.tag = f"{{{W}}}delText"


def moved_runs(body: Body, chance: random.Random) -> None:
    """Say of runs that they were moved away; the text stays in w:t."""
    _around(_filled(body, chance, "r"), '<w:moveFrom w:id="9" w:author="x"><w:here/></w:moveFrom>')


def of_runs(xml: str) -> Mutation:
    """Give runs a property."""

    def mutate(body: Body, chance: random.Random) -> None:
        for _ in range(chance.randint(1, 5)):
            run = _filled(body, chance, "r")
            if run is None:
                return
            properties = run.find(f"{{{W}}}rPr")
            if properties is None:
                properties = element("<w:rPr/>")
                run.insert(0, properties)
            properties.append(element(xml))

    return mutate


def of_paragraphs(xml: str) -> Mutation:
    """Give paragraphs a property."""

    def mutate(body: Body, chance: random.Random) -> None:
        for _ in range(chance.randint(1, 5)):
            paragraph = _filled(body, chance)
            if paragraph is None:
                return
            properties = paragraph.find(f"{{{W}}}pPr")
            if properties is None:
                properties = element("<w:pPr/>")
                paragraph.insert(0, properties)
            properties.append(element(xml))

    return mutate


def of_cells(*attributes: str) -> Mutation:
    """Give cells a property."""

    def mutate(body: Body, chance: random.Random) -> None:
        for _ in range(chance.randint(1, 4)):
            cell = _one(body, "tc", chance)
            if cell is None:
                return
            properties = cell.find(f"{{{W}}}tcPr")
            if properties is None:
                properties = element("<w:tcPr/>")
                cell.insert(0, properties)
            properties.append(element(chance.choice(attributes)))

    return mutate


def split_runs(body: Body, chance: random.Random) -> None:
    """Break the text of runs into many."""
    for run in found(body, "r"):
        texts = found(run, "t")
        if len(texts) != 1 or len(texts[0].text or "") < 2 or chance.random() < 0.5:
            continue
        text = texts[0].text
        cut = chance.randint(1, len(text) - 1)
        other = copy.deepcopy(run)
        texts[0].text, found(other, "t")[0].text = text[:cut], text[cut:]
        run.addnext(other)


def swapped_rows(body: Body, chance: random.Random) -> None:
    """Let two rows change places."""
    rows = found(body, "tr")
    if len(rows) > 1:
        one, other = chance.sample(rows, 2)
        if one not in other.iterancestors() and other not in one.iterancestors():
            mark = element("<w:p/>")
            one.addprevious(mark)
            other.addprevious(one)
            mark.addprevious(other)
            mark.getparent().remove(mark)


def without_properties(body: Body, chance: random.Random) -> None:
    """Drop properties at random: of tables, cells, rows, paragraphs, runs."""
    for tag in ("tblPr", "tblGrid", "tcPr", "trPr", "pPr", "rPr", "sectPr"):
        for each in found(body, tag):
            if chance.random() < 0.3:
                each.getparent().remove(each)


def without_attributes(body: Body, chance: random.Random) -> None:
    """Drop attributes at random."""
    for each in body.iter(etree.Element):
        for name in list(each.attrib):
            if chance.random() < 0.1:
                del each.attrib[name]


def with_marks(body: Body, chance: random.Random) -> None:
    """Put tabs, breaks, hyphens and references between runs."""
    marks = ("<w:tab/>", "<w:br/>", '<w:br w:type="page"/>', "<w:noBreakHyphen/>", "<w:cr/>",
             '<w:sym w:font="Wingdings" w:char="F0FC"/>', '<w:footnoteReference w:id="5"/>')  # fmt: skip
    for _ in range(chance.randint(1, 6)):
        run = _filled(body, chance, "r")
        if run is not None:
            run.append(element(chance.choice(marks)))


def as_field(body: Body, chance: random.Random) -> None:
    """Make a run the result of a field."""
    run = _filled(body, chance, "r")
    if run is None:
        return
    head = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
        "<w:r><w:instrText>HYPERLINK</w:instrText></w:r>",
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
    )
    for each in head:
        run.addprevious(element(each))
    if chance.random() < 0.9:  # some are never ended
        run.addnext(element('<w:r><w:fldChar w:fldCharType="end"/></w:r>'))


def row_properties(body: Body, chance: random.Random) -> None:
    """Let rows begin later, or be struck or inserted by a tracked change."""
    row = _one(body, "tr", chance)
    if row is not None:
        kinds = (
            '<w:gridBefore w:val="1"/>',
            '<w:gridAfter w:val="2"/>',
            '<w:ins w:id="3"/>',
            "<w:tblHeader/>",
            "<w:hidden/>",
        )
        row.insert(0, element(f"<w:trPr>{chance.choice(kinds)}</w:trPr>"))


STRUCTURE: dict[str, Mutation] = {
    "块级内容控件": wrap("p", SDT.format("")),
    "整表内容控件": wrap("tbl", SDT.format("")),
    "行级内容控件": wrap("tr", SDT.format("<w:lock/>")),
    "格级内容控件": wrap("tc", SDT.format(CHOICE)),
    "字级内容控件": wrap("r", SDT.format("<w:date/>")),
    "超链接": wrap("r", '<w:hyperlink r:id="rId99"><w:here/></w:hyperlink>'),
    "智能标记": wrap("r", '<w:smartTag w:element="x"><w:here/></w:smartTag>'),
    "自定义标记": wrap("p", '<w:customXml w:element="x"><w:here/></w:customXml>'),
    "域": wrap("r", '<w:fldSimple w:instr="DATE"><w:here/></w:fldSimple>'),
    "修订插入": wrap("r", '<w:ins w:id="8" w:author="x"><w:here/></w:ins>'),
    "移来": wrap("r", '<w:moveTo w:id="8" w:author="x"><w:here/></w:moveTo>'),
    "从右到左": wrap("r", '<w:bdo w:val="rtl"><w:here/></w:bdo>'),
    "注音": wrap(
        "r", "<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>yin</w:t></w:r></w:rt><w:rubyBase><w:here/>"
        "</w:rubyBase></w:ruby></w:r>",
    ),
    "两样文本框": boxed("both"),
    "新文本框": boxed("choice"),
    "旧文本框": boxed("fallback"),
    "VML 文本框": boxed("vml"),
    "一格的表": layout_table,
    "表中表": nested_table,
    "修订删去": struck,
    "移走": moved_runs,
    "隐藏文字": of_runs("<w:vanish/>"),
    "段落记号删去": of_paragraphs('<w:rPr><w:del w:id="4"/></w:rPr>'),
    "没有的编号": of_paragraphs('<w:numPr><w:ilvl w:val="11"/><w:numId w:val="77"/></w:numPr>'),
    "目录样式": of_paragraphs('<w:pStyle w:val="TOC1"/>'),
    "合并的格": of_cells('<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:gridSpan w:val="2"/>'),
    "奇怪的合并": of_cells('<w:gridSpan w:val="99999"/>', '<w:gridSpan w:val="-1"/>', '<w:hMerge w:val="continue"/>'),
    "拆碎": split_runs,
    "换行次序": swapped_rows,
    "去掉格式": without_properties,
    "去掉属性": without_attributes,
    "记号": with_marks,
    "未完的域": as_field,
    "行的属性": row_properties,
}  # fmt: skip


def restructured(name: str, content: bytes, chance: random.Random) -> bytes:
    """Return a Word file with its body changed by the mutation of that name."""
    parts = parts_of(content)
    root = etree.fromstring(parts[MAIN])
    STRUCTURE[name](root, chance)
    parts[MAIN] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return packed(parts)


# --- the package ----------------------------------------------------------------------------------


def _add(parts: Parts, name: str, kind: str, content: str) -> None:
    parts[name] = content.encode()
    relation = f'<Relationship Id="rId{len(parts) + 500}" Type="{R}/{kind}" Target="{name[5:]}"/>'
    parts[RELATIONS] = parts[RELATIONS].replace(
        b"</Relationships>", f"{relation}</Relationships>".encode()
    )


def hung(kind: str, root: str, inner: str) -> Callable[[bytes, random.Random], bytes]:
    """Hang a part with text on the document."""

    def mutate(content: bytes, chance: random.Random) -> bytes:
        parts = parts_of(content)
        text = "".join(chance.choices("甲乙丙丁戊己庚辛", k=chance.randint(1, 30)))
        paragraph = f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"
        xml = f"<w:{root} {NAMESPACES}>{inner.format(paragraph)}</w:{root}>"
        _add(parts, f"word/{kind}9.xml", kind, xml)
        return packed(parts)

    return mutate


def renamed_main(content: bytes, chance: random.Random) -> bytes:
    """Call the main part otherwise; sometimes the relations do not know."""
    parts = parts_of(content)
    other = chance.choice(["word/document2.xml", "word/body.xml", "text/a.xml"])
    parts[other] = parts.pop(MAIN)
    folder, _, name = other.rpartition("/")
    parts[f"{folder}/_rels/{name}.rels"] = parts.pop(RELATIONS)
    if chance.random() < 0.8:
        for each in ("_rels/.rels", TYPES):
            parts[each] = parts[each].replace(MAIN.encode(), other.encode())
    return packed(parts)


def strict(content: bytes, chance: random.Random) -> bytes:
    """Write it in the Strict namespaces."""
    parts = parts_of(content)
    for name in parts:
        for old, new in STRICT if name.endswith((".xml", ".rels")) else ():
            parts[name] = parts[name].replace(old.encode(), new.encode())
    return packed(parts)


def other_prefix(content: bytes, chance: random.Random) -> bytes:
    """Call the name space of Word otherwise."""
    parts = parts_of(content)
    changed = parts[MAIN].replace(b"<w:", b"<ns0:").replace(b"</w:", b"</ns0:")
    parts[MAIN] = changed.replace(b" w:", b" ns0:").replace(b"xmlns:w=", b"xmlns:ns0=")
    return packed(parts)


def less(content: bytes, chance: random.Random) -> bytes:
    """Leave a member out."""
    parts = parts_of(content)
    parts.pop(chance.choice([name for name in parts if name != MAIN]))
    return packed(parts)


def stored(content: bytes, chance: random.Random) -> bytes:
    """Pack without packing, the main part first."""
    parts = parts_of(content)
    return packed({MAIN: parts.pop(MAIN), **parts}, zipfile.ZIP_STORED)


def flipped_xml(content: bytes, chance: random.Random) -> bytes:
    """Change bytes of the body."""
    parts = parts_of(content)
    body = bytearray(parts[MAIN])
    for _ in range(chance.randint(1, 5)):
        body[chance.randrange(len(body))] = chance.randrange(256)
    parts[MAIN] = bytes(body)
    return packed(parts)


def cut_xml(content: bytes, chance: random.Random) -> bytes:
    """End the body in the middle."""
    parts = parts_of(content)
    parts[MAIN] = parts[MAIN][: chance.randrange(len(parts[MAIN]))]
    return packed(parts)


def with_alt_chunk(content: bytes, chance: random.Random) -> bytes:
    """Let the document hold a page of HTML."""
    parts = parts_of(content)
    parts["word/chunk9.html"] = "<html><body><p>另附的网页内容</p></body></html>".encode()
    relation = f'<Relationship Id="rId909" Type="{R}/aFChunk" Target="chunk9.html"/>'
    parts[RELATIONS] = parts[RELATIONS].replace(
        b"</Relationships>", f"{relation}</Relationships>".encode()
    )
    chunk = f'<w:altChunk xmlns:r="{R}" r:id="rId909"/>'.encode()
    parts[MAIN] = parts[MAIN].replace(b"<w:sectPr", chunk + b"<w:sectPr", 1)
    return packed(parts)


PACKAGE: dict[str, Callable[[bytes, random.Random], bytes]] = {
    "页眉": hung("header", "hdr", "{}"),
    "页脚": hung("footer", "ftr", "{}"),
    "脚注": hung("footnotes", "footnotes", '<w:footnote w:id="5">{}</w:footnote>'),
    "尾注": hung("endnotes", "endnotes", '<w:endnote w:id="5">{}</w:endnote>'),
    "批注": hung("comments", "comments", '<w:comment w:id="5">{}</w:comment>'),
    "正文改名": renamed_main,
    "Strict": strict,
    "别的前缀": other_prefix,
    "少一个部件": less,
    "不压缩": stored,
    "正文改字节": flipped_xml,
    "正文截断": cut_xml,
    "嵌网页": with_alt_chunk,
}
