"""Makes real Word and PDF plans for the reader's tests; every place in them is invented."""

from pathlib import Path

TITLE = "芦汀县农村人居环境整治提升实施方案"
NOTICE = "芦汀县人民政府办公室关于印发《芦汀县农村人居环境整治提升实施方案》的通知"
PARAGRAPHS = [
    NOTICE,
    "芦政办发〔2024〕9号",
    "各乡镇人民政府，县政府各部门：",
    "《芦汀县农村人居环境整治提升实施方案》已经县政府同意，现印发给你们，请认真贯彻落实。",
    "芦汀县人民政府办公室",
    "2024年3月5日",
    TITLE,
    "为改善农村人居环境，制定本方案。",
    "一、工作目标",
    "到2024年底，农村卫生厕所普及率达到90%以上，生活垃圾收运处置体系覆盖率不低于98%。",
    "二、实施步骤",
    "（一）动员部署（2024年3月上旬至3月底）。召开会议，广泛发动。",
    "（二）集中整治（4月至10月）。对照清单逐项整治，每月通报一次。",
    "（三）总结验收（11月1日至12月15日）。组织验收，巩固成果。",
    "三、保障措施",
    "各乡镇于每月20日前报送进展情况。",
    "附件：芦汀县农村人居环境整治提升任务分解表",
    "附件",
    "芦汀县农村人居环境整治提升任务分解表",
]
HEAD = ["序号", "工作任务", "目标要求", "牵头单位", "责任单位", "完成时限"]
ROWS = [
    ["厕所革命", "厕所革命", "厕所革命", "厕所革命", "厕所革命", "厕所革命"],
    ["1", "改造农村户厕", "完成改造1200户以上，验收合格率100%", "县农业农村局", "县卫健局、各乡镇", "2024年9月底前"],
    ["2", "建设农村公厕", "新建公厕不少于18座", "县住建局", "县自然资源局、县财政局", "2024年10月底前"],
    ["垃圾污水", "垃圾污水", "垃圾污水", "垃圾污水", "垃圾污水", "垃圾污水"],
    ["3", "完善垃圾收运体系", "每日清运不少于1次，分类覆盖率达到60%", "县城管局", "县生态环境分局、各乡镇", "长期坚持"],
    ["4", "治理生活污水", "治理率提高到45%以上，黑臭水体动态清零", "县生态环境分局", "县水利局、县住建局", "2024年12月底前"],
]  # fmt: skip


def write_word(path: Path) -> None:
    """Write the plan as a Word file with a real table, merged category rows, and a tracked deletion."""
    import docx
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    document = docx.Document()
    for text in PARAGRAPHS:
        paragraph = document.add_paragraph(text)
        if text.startswith("为改善"):
            deleted = f'<w:del {nsdecls("w")} w:id="1" w:author="x"><w:r><w:delText>应删去的话</w:delText></w:r></w:del>'
            inserted = f'<w:ins {nsdecls("w")} w:id="2" w:author="x"><w:r><w:t>请认真执行。</w:t></w:r></w:ins>'
            paragraph._p.append(parse_xml(deleted))
            paragraph._p.append(parse_xml(inserted))
    table = document.add_table(rows=0, cols=len(HEAD))
    for cells in [HEAD, *ROWS]:
        row = table.add_row().cells
        if len(set(cells)) == 1:
            row[0].merge(row[-1]).text = cells[0]
        else:
            for cell, text in zip(row, cells, strict=True):
                cell.text = text
    document.save(str(path))


def write_numbered_word(path: Path) -> None:
    """Write a Word file whose 一、 （一） 1. are automatic numbers and not in the text."""
    import docx
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    document = docx.Document()
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for level, (kind, text) in enumerate(
            [
                ("chineseCountingThousand", "%1、"),
                ("chineseCountingThousand", "（%2）"),
                ("decimal", "%3."),
            ]
        )
    )
    numbering = document.part.numbering_part.element
    abstract = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>'
    )
    numbering.insert(0, abstract)
    numbering.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>')
    )

    def add(text: str, level: int | None = None) -> None:
        paragraph = document.add_paragraph(text)
        if level is not None:
            properties = paragraph._p.get_or_add_pPr()
            properties.append(
                parse_xml(
                    f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>'
                )
            )

    add("芦汀县法治宣传工作方案")
    add("2024年3月5日")
    add("工作目标", 0)
    add("普法知晓率达到92%以上。")
    add("主要任务", 0)
    add("强化阵地建设", 1)
    add("建好法治公园。建成法治公园3个以上。（牵头单位：县司法局；责任单位：县住建局）", 2)
    add("用好宣传栏。更新宣传栏。（牵头单位：县委宣传部；责任单位：各乡镇）", 2)
    add("强化队伍建设", 1)
    add("培训骨干。每年培训不少于2次。（牵头单位：县司法局；责任单位：县委党校）", 2)
    add("实施步骤", 0)
    add("启动阶段（2024年3月）。动员部署。", 1)
    add("推进阶段（4月至11月）。全面推进。", 1)
    document.save(str(path))


def write_pdf(path: Path) -> None:
    """Write the plan as a PDF with running heads, page numbers and a ruled table over two pages."""
    from reportlab.lib.pagesizes import A5
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    style = ParagraphStyle("x", fontName="STSong-Light", fontSize=10.5, leading=16, wordWrap="CJK")
    small = ParagraphStyle("y", parent=style, fontSize=8, leading=11)

    def furnish(canvas, document) -> None:
        canvas.setFont("STSong-Light", 8)
        canvas.drawString(50, 560, "芦汀县人民政府公报 2024年第4期")
        canvas.drawCentredString(210, 25, f"— {document.page} —")

    story = [Paragraph(text, style) for text in PARAGRAPHS]
    rows = [[Paragraph(cell, small) for cell in row] for row in [HEAD, *ROWS]]
    spans = [
        ("SPAN", (0, at), (-1, at)) for at, row in enumerate([HEAD, *ROWS]) if len(set(row)) == 1
    ]
    widths = [28, 62, 92, 58, 72, 58]
    story.append(
        Table(rows, widths, repeatRows=1, style=[("GRID", (0, 0), (-1, -1), 0.5, "black"), *spans])
    )
    template = SimpleDocTemplate(str(path), pagesize=A5, topMargin=60, bottomMargin=50)
    template.build(story, onFirstPage=furnish, onLaterPages=furnish)
