"""Makes Word files part by part from raw XML, as no library would write them; every place is invented."""

import zipfile
from pathlib import Path

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
STRICT = {
    W: "http://purl.oclc.org/ooxml/wordprocessingml/main",
    R: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}


def run(text: str, said: str = "") -> str:
    """Return a run; ``said`` are its properties."""
    head = f"<w:rPr>{said}</w:rPr>" if said else ""
    return f'<w:r>{head}<w:t xml:space="preserve">{text}</w:t></w:r>'


def para(*content: str, said: str = "") -> str:
    """Return a paragraph of texts and of pieces of XML; ``said`` are its properties."""
    inner = "".join(each if each.startswith("<") else run(each) for each in content)
    head = f"<w:pPr>{said}</w:pPr>" if said else ""
    return f"<w:p>{head}{inner}</w:p>"


def paras(*texts: str) -> str:
    """Return plain paragraphs."""
    return "".join(para(text) for text in texts)


def box(*content: str) -> str:
    """Return a text box as Word writes it: a drawing, and the same again for older programs."""
    inner = "".join(each if each.startswith("<") else para(each) for each in content)
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic>'
        f"<a:graphicData><wps:wsp><wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx></wps:wsp>"
        "</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
        f"<mc:Fallback>{old_box(inner, bare=True)}</mc:Fallback></mc:AlternateContent></w:r>"
    )


def old_box(inner: str, bare: bool = False) -> str:
    """Return a text box of VML, as WPS and old Word write it."""
    picture = f"<w:pict><v:shape><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape></w:pict>"
    return picture if bare else f"<w:r>{picture}</w:r>"


def cell(*content: str, said: str = "") -> str:
    """Return a cell of paragraphs; ``said`` are its properties."""
    inner = "".join(each if each.startswith("<") else para(each) for each in content)
    head = f"<w:tcPr>{said}</w:tcPr>" if said else ""
    return f"<w:tc>{head}{inner or para()}</w:tc>"


def row(*cells: str, said: str = "") -> str:
    """Return a row of texts and cells; ``said`` are its properties."""
    inner = "".join(each if each.startswith("<") else cell(each) for each in cells)
    head = f"<w:trPr>{said}</w:trPr>" if said else ""
    return f"<w:tr>{head}{inner}</w:tr>"


def table(*rows: str | list[str]) -> str:
    """Return a table of rows, each a list of texts or a piece of XML."""
    inner = "".join(each if isinstance(each, str) else row(*each) for each in rows)
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{inner}</w:tbl>"


def control(inner: str, said: str = "") -> str:
    """Return a content control around ``inner``."""
    return f"<w:sdt><w:sdtPr>{said}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"


def field(code: str, shown: str) -> str:
    """Return the marks of a field, its code, and the runs that it shows."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return (
        f"{mark.format('begin')}<w:r><w:instrText>{code}</w:instrText></w:r>"
        f"{mark.format('separate')}{shown}{mark.format('end')}"
    )


def write_package(
    path: Path,
    body: str,
    parts: dict[str, str | bytes] | None = None,
    main: str = "word/document.xml",
    strict: bool = False,
) -> Path:
    """Write a Word file whose body is ``body``.

    The names of ``parts`` are the ends of their relations' types, with .xml or another suffix:
    styles.xml, footnotes.xml, header.xml, aFChunk.html. Each can be called by the name without suffix.
    """
    relations, files = "", {}
    for name, inner in (parts or {}).items():
        kind = name.split(".")[0].rstrip("0123456789")
        relations += (
            f'<Relationship Id="{name.split(".")[0]}" Type="{R}/{kind}" Target="/word/{name}"/>'
        )
        is_part = isinstance(inner, str) and name.endswith(".xml")
        files[f"word/{name}"] = f"<w:{kind}s {SPACES}>{inner}</w:{kind}s>" if is_part else inner
    files[main] = f"<w:document {SPACES}><w:body>{body}<w:sectPr/></w:body></w:document>"
    folder, own = main.rsplit("/", 1)
    names = "http://schemas.openxmlformats.org/package/2006/relationships"
    files[f"{folder}/_rels/{own}.rels"] = (
        f'<Relationships xmlns="{names}">{relations}</Relationships>'
    )
    files["_rels/.rels"] = (
        f'<Relationships xmlns="{names}"><Relationship Id="a" Type="{R}/officeDocument" Target="{main}"/>'
        "</Relationships>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            if strict and isinstance(content, str):
                for loose, tight in STRICT.items():
                    content = content.replace(loose, tight)
            archive.writestr(name, content)
    return path
