"""Small OFD files (GB/T 33190) made from their parts: pages, a template behind them, annotations, a picture."""

from tests.support.archives import zipped

SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
BOX = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"


def placed(text: str, x: float, y: float, size: float = 4) -> str:
    """Return words that stand at a place, in millimetres from the upper left corner."""
    wide = size * len(text)
    code = f'<ofd:TextCode X="0" Y="{size}">{text}</ofd:TextCode>'
    return f'<ofd:TextObject ID="1" Boundary="{x} {y} {wide} {size + 1}" Font="1" Size="{size}">{code}</ofd:TextObject>'


def page(*objects: str) -> str:
    """Return what a page or a template holds."""
    layer = f'<ofd:Layer ID="9">{"".join(objects)}</ofd:Layer>'
    return f"{BOX}<ofd:Content>{layer}</ofd:Content>"


def annotation(text: str) -> str:
    """Return a watermark laid over a page."""
    inner = placed(text, 0, 0)
    look = f'<ofd:Appearance Boundary="0 0 100 20">{inner}</ofd:Appearance>'
    return f'<ofd:PageAnnot {SPACE}><ofd:Annot ID="5" Type="Watermark">{look}</ofd:Annot></ofd:PageAnnot>'


def ofd_file(*pages: str, template: str = "", notes: str = "", image: bytes = b"") -> bytes:
    """Return an .ofd of pages; the template lies behind all of them, the notes on the first."""
    area = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
    behind = '<ofd:TemplatePage ID="7" BaseLoc="Tpls/Tpl_0/Content.xml"/>' if template else ""
    listed = "".join(
        f'<ofd:Page ID="{number + 20}" BaseLoc="Pages/Page_{number}/Content.xml"/>'
        for number in range(len(pages))
    )
    said = "<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>" if notes else ""
    use = '<ofd:Template TemplateID="7"/>' if template else ""
    common = f"<ofd:CommonData>{area}{behind}</ofd:CommonData>"
    parts = [
        ("OFD.xml", f'<ofd:OFD {SPACE} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:DocID>a</ofd:DocID></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>'),
        ("Doc_0/Document.xml", f"<ofd:Document {SPACE}>{common}<ofd:Pages>{listed}</ofd:Pages>{said}</ofd:Document>"),
        *((f"Doc_0/Pages/Page_{number}/Content.xml", f"<ofd:Page {SPACE}>{use}{one}</ofd:Page>") for number, one in enumerate(pages)),
    ]  # fmt: skip
    if template:
        parts.append(("Doc_0/Tpls/Tpl_0/Content.xml", f"<ofd:Page {SPACE}>{template}</ofd:Page>"))
    if notes:
        where = f'<ofd:Annotations {SPACE}><ofd:Page PageID="20"><ofd:FileLoc>Page_0/Annotation.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>'
        parts += [("Doc_0/Annots/Annotations.xml", where), ("Doc_0/Annots/Page_0/Annotation.xml", notes)]  # fmt: skip
    files = [(name, text.encode()) for name, text in parts]
    if image:
        files.append(("Doc_0/Res/image_1.bmp", image))
    return zipped(*files)
