"""Typeset a paper by typst, where LibreOffice is missing: the same numbers of the layout, fonts as they are there.

typst is an extra. It takes a missing font in silence, so we look first and name one that is there; its clock is
ours, or two runs would differ. Every text goes in as a string, never as its markup.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

from models.errors import CampaignError
from notifications.paper_blocks import (
    HEADINGS,
    Draft,
    Grid,
    Kind,
    Line,
    Picture,
    kept_with_next,
    plain,
)
from tasks.documents.own_folder import own_folder
from tasks.papers.kept_together import has_notes, noted_lines
from tasks.papers.typst_briefing import typst_of_briefing
from tasks.papers.typst_tables import typst_table
from tasks.papers.typst_words import TO_ROWS, typst_runs, typst_string, typst_text
from tasks.papers.word import measures as m
from tasks.papers.word.lines import (
    DAY_FROM_THE_RIGHT,
    issue_of,
    issue_size,
    signature_from_the_right,
)
from tasks.papers.word.title_lines import title_lines

FOLDER = "shifan-typst-"
# What a Linux machine has of Chinese fonts, best first.
LAST = (
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "AR PL UKai CN",
    "LXGW WenKai",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "WenQuanYi Zen Hei",
)
_HEAD_FONTS = (m.HEAD_FONT, m.SECOND_FONT, m.BODY_FONT, m.BODY_FONT)


def has_typst() -> bool:
    """Say whether the extra is installed."""
    return find_spec("typst") is not None


def typeset(draft: Draft, made_at: datetime) -> tuple[bytes, str]:
    """Return ``draft`` as PDF and what is to be said of its fonts; raises CampaignError without a Chinese font."""
    import typst

    fonts = _fonts(set(typst.Fonts().families()))
    with own_folder(FOLDER) as folder:
        source = "\n".join(_source(draft, fonts, folder)).encode()
        instant = made_at.astimezone(UTC).replace(microsecond=0)
        made: bytes = typst.compile(  # type: ignore[call-overload]  # its stub wants both of one type
            source, root=str(folder), format="pdf", timestamp=instant
        )
    replaced = [name for name, own in fonts.items() if own != name]
    instead = "、".join(dict.fromkeys(fonts[name] for name in replaced))
    said = f"；本机没有 {'、'.join(replaced)}，用 {instead} 代替" if replaced else ""
    return made, f"PDF 由 typst 排版{said}"


def _fonts(there: set[str]) -> dict[str, str]:
    """Return for each font of the layout the one to take: itself, its second names, the best Chinese one."""
    last = next((name for name in LAST if name in there), "")
    fonts = {
        name: next((one for one in (name, *others) if one in there), last)
        for name, others in m.OTHERWISE.items()
    }
    if not all(fonts.values()):
        raise CampaignError(
            "typst 排 PDF 需要中文字体，本机没有；请安装（Debian：apt install fonts-noto-cjk），或先写成 .docx"
        )
    return fonts


def _source(draft: Draft, fonts: dict[str, str], folder: Path) -> Iterator[str]:
    top, right, bottom, left = m.margins(wide=draft.wide)
    margin = f"(top: {top}mm, right: {right}mm, bottom: {bottom}mm, left: {left}mm)"
    yield TO_ROWS
    yield f"#set document(title: {typst_string(draft.title)})"
    yield f'#set page(paper: "a4", flipped: {str(draft.wide).lower()}, margin: {margin}, footer-descent: {m.PAGE_NUMBER_BELOW - 3}mm,'
    yield "  footer: context { let n = counter(page).get().first(); align(if calc.odd(n) { right } else { left },"
    yield f'    pad(x: {m.PAGE_NUMBER}pt, text(size: {m.PAGE_NUMBER}pt, font: {typst_string(fonts[m.NUMBER_FONT])}, "— " + str(n) + " —"))) }})'
    yield f'#set text(size: {m.TYPE}pt, font: {typst_string(fonts[m.BODY_FONT])}, lang: "zh", region: "cn", tracking: {m.CLOSER / 20}pt, top-edge: "ascender", bottom-edge: "descender")'
    # Lines of one height, as exact lines are in Word: the edges of the type are fixed, the rest is leading.
    yield f"#set text(top-edge: 0.8em, bottom-edge: -0.2em); #set par(justify: true, leading: {m.LINE - m.TYPE}pt, spacing: {m.LINE - m.TYPE}pt)"
    yield "#set footnote.entry(gap: 3pt, indent: 0pt)"
    yield f"#show footnote.entry: set text(size: {m.FOOTNOTE}pt, tracking: 0pt); #show footnote.entry: set par(leading: 3pt)"
    if draft.red_head:
        type_ = min(m.LARGEST_MARK, m.TEXT_AREA[0] / 25.4 * 72 / max(1, len(draft.red_head.issuer)))
        red = f'fill: rgb("#{m.RED}")'
        yield f"#v({m.MARK_BELOW}mm, weak: false)"
        yield f"#align(center, text(size: {type_:.1f}pt, {red}, tracking: 0pt, font: {typst_string(fonts[m.TITLE_FONT])}, {typst_text(draft.red_head.issuer)}))"
        yield f"#v({m.LINE}pt)\n#align(center, {typst_text(draft.red_head.number)})"
        yield f'#v({m.RED_LINE_BELOW}mm - {m.LINE - m.TYPE}pt)\n#line(length: 100%, stroke: 1.5pt + rgb("#{m.RED}"))\n#v({2 * m.LINE - 20}pt)'
    day = next((plain(one.runs) for one in draft.blocks if isinstance(one, Line) and one.kind is Kind.SIGNED_ON), "")  # fmt: skip
    kept = kept_with_next(draft.blocks)
    together = 0
    for number, block in enumerate(draft.blocks):
        if not together:
            together = noted_lines(draft.blocks, kept, number, wide=draft.wide)
            if together:
                yield "#block(width: 100%, breakable: false)["
        if isinstance(block, Line):
            line = _line(block, fonts, day)
            # What sticks to the next and moves with it would leave its notes behind on the page before.
            sticky = number in kept and block.kind is not Kind.BLANK and not has_notes(block)
            yield f"#block(sticky: true, width: 100%, {line[1:]})" if sticky else line
        elif isinstance(block, Grid):
            yield typst_table(block, fonts[m.HEAD_FONT], (number, draft.wide))
        else:
            yield _picture(block, fonts, folder, number)
        if together:
            together -= 1
            if not together:
                yield "]"


def _line(line: Line, fonts: dict[str, str], day: str) -> str:
    said = typst_runs(line.runs)
    if line.kind is Kind.TITLE:
        lines = " + linebreak() + ".join(typst_text(one) for one in title_lines(plain(line.runs)))
        return f"#align(center, text(size: {m.TITLE}pt, tracking: 0pt, font: {typst_string(fonts[m.TITLE_FONT])}, {lines}))"
    if line.kind is Kind.BLANK:
        return f"#v({m.LINE - (m.LINE - m.TYPE)}pt, weak: false)"
    if line.kind in (Kind.SIGNED, Kind.SIGNED_ON):
        off = (
            DAY_FROM_THE_RIGHT
            if line.kind is Kind.SIGNED_ON
            else signature_from_the_right(line, day)
        )
        return f"#align(right, pad(right: {off * m.CHARACTER:.2f}pt, {said}))"
    if line.kind is Kind.CAPTION:
        return f"#align(center, text(size: 14pt, tracking: 0pt, font: {typst_string(fonts[m.HEAD_FONT])}, {said}))"
    if line.kind is Kind.CENTRED:
        return f"#align(center, {said})"
    if line.kind is Kind.ISSUE:
        who, day = issue_of(line)
        red = f'rgb("#{m.RED}")'
        return f"#block(width: 100%, stroke: (bottom: 1.5pt + {red}), inset: (bottom: 6pt), text(size: {issue_size(who, day):.1f}pt, {typst_text(who)} + h(1fr) + {typst_text(day)}))"
    if found := typst_of_briefing(line, fonts):
        return found
    if line.kind is Kind.REMARK:
        return f"#par(first-line-indent: (amount: 2em, all: true), text(size: 14pt, tracking: 0pt, {said}))"
    if line.kind is Kind.ADDRESSEE:
        return f"#par({said})"
    if line.kind is Kind.ATTACHMENT:
        return f'#pad(left: 2em, par(hanging-indent: 3em, "附件：" + {said}))'
    inside = f"{typst_text(line.number)} + {said}" if line.number else said
    if line.kind in HEADINGS:
        font = fonts[_HEAD_FONTS[HEADINGS.index(line.kind)]]
        inside = f"block(sticky: true, par(first-line-indent: (amount: 2em, all: true), text(font: {typst_string(font)}, {inside})))"
        return f"#{inside}"
    return f"#par(first-line-indent: (amount: 2em, all: true), {inside})"


def _picture(one: Picture, fonts: dict[str, str], folder: Path, number: int) -> str:
    kind = "png" if one.content.startswith(b"\x89PNG") else "jpg"
    name = f"{number}.{kind}"
    (folder / name).write_bytes(one.content)
    caption = (
        f"text(size: 14pt, font: {typst_string(fonts[m.HEAD_FONT])}, {typst_text(one.caption)})"
    )
    return (
        f'#align(center, image("{name}", width: 100%, height: 120mm, fit: "contain") + {caption})'
    )
