"""Tables printed in text: rows with | or tabs, also when a row runs over several lines."""

from collections.abc import Sequence

from models.plan.reading.text.document import Line
from models.plan.reading.text.joining import opens_paragraph
from models.plan.reading.text.patterns import pattern, squeeze

HEAD_WORDS = r"序\s*号|任\s*务|单\s*位|措\s*施|事\s*项|内\s*容|阶\s*段|时\s*[限间]|姓\s*名"


RULE = r"[+|][-=+|]{6,}"  # +------+------+
EDGED, BARE = r"\|", r"[|]"  # | 序号 | 任务 |   and   序号 | 任务, whose first cell may be empty
SEPARATOR = r"[-=—─━:：|+\s]+"


def rows_of_text(lines: Sequence[Line]) -> list[Line]:
    """Return ``lines`` with the rows of printed tables (| or tabs) turned into cells.

    A row broken over lines becomes one row; rules (--- | ---) vanish. Lines of a file's own tables
    and all other lines stay as they are.
    """
    result: list[Line] = []
    table = max((line.table for line in lines), default=0)
    at = 0
    while at < len(lines):
        separator = _separator(lines, at)
        if separator is None:
            result.append(lines[at])
            at += 1
            continue
        table += 1
        at = _read_rows(lines, at, separator, table, result)
    return result


def _separator(lines: Sequence[Line], at: int) -> str | None:
    """Return what separates the columns of a table whose head is line ``at``."""
    text = lines[at].text.strip()
    if lines[at].cells or len(text) > 300:
        return None
    has_head = pattern(HEAD_WORDS).search(text)
    below = lines[at + 1].text if at + 1 < len(lines) else ""
    if text.count("|") >= 2 or (has_head and text.count("|") == below.count("|") == 1):
        return EDGED if text.startswith("|") else BARE
    if text.count("\t") >= 2 and has_head:
        single = "\t\t" not in text and below.count("\t") <= text.count("\t")
        return r"\t" if single else r"\t+"
    if has_head and pattern(r"^序\s*号").match(text) and len(pattern(r"\s{2,}").split(text)) >= 3:
        return r"\s{2,}"
    return None


def _read_rows(
    lines: Sequence[Line], at: int, separator: str, table: int, result: list[Line]
) -> int:
    columns = len(_cells(lines[at].text, separator))
    has_head = pattern(HEAD_WORDS).search(lines[at].text) is not None
    row: list[Line] = []
    texts: list[str] = []

    def flush() -> None:
        if row and not pattern(SEPARATOR).fullmatch("".join(texts)):
            cells = _joined_cells(texts, separator, columns)
            if not (separator in (EDGED, BARE) and len(cells) < 2):
                result.append(Line("".join(texts), row[0].number, row[0].page, tuple(cells), table))
        row.clear()
        texts.clear()

    while at < len(lines) and not lines[at].cells:
        text = lines[at].text
        if texts and pattern(RULE).fullmatch(squeeze(text)):
            flush()
            at += 1
            continue
        width = len(_cells("\n".join([*texts, text]), separator)) if texts else 0
        separated = pattern(separator).search(text.strip()) is not None
        starts = not texts or (
            separated
            and (
                not has_head
                or pattern(r"^\s*\|?\s*{N}\s*(?:\||\t|\s{2})").match(text) is not None
                or width > columns
            )
        )
        if texts and not separated:
            full = _row_is_full(texts, separator, columns)
            if not has_head or len(text) > 90 or (full and not _is_rest(texts, text)):
                break
        elif not separated and not texts:
            break
        if starts:
            flush()
        row.append(lines[at])
        texts.append(text)
        at += 1
    flush()
    return at


def _joined_cells(texts: Sequence[str], separator: str, columns: int) -> list[str]:
    """Return the cells of a row over several lines; lines with every column go on cell by cell."""
    rows = [_cells(text, separator) for text in texts]
    if len(rows) > 1 and all(len(cells) == columns for cells in rows):
        return ["".join(cells) for cells in zip(*rows, strict=True)]
    return _cells("\n".join(texts), separator)


def _row_is_full(texts: Sequence[str], separator: str, columns: int) -> bool:
    return len(_cells("\n".join(texts), separator)) >= columns


def _is_rest(texts: Sequence[str], text: str) -> bool:
    """Say whether a line without separators is the rest of the last cell of a full row."""
    if texts[-1].rstrip().endswith("|"):
        return False
    short = squeeze(text)
    return (
        0 < len(short) <= 16
        and not opens_paragraph(short)
        and not pattern(
            "^(?:附件|注：|{章号}、|{节号}|.*(?:方案|通知|印发|{某年}{某月}))|.*{局}[公室会]?{某年}"
        ).match(short)
    )


def _cells(text: str, separator: str) -> list[str]:
    text = text.strip(" \n")
    if separator == EDGED:
        text = text.removeprefix("|")
    return [squeeze(cell) for cell in pattern(separator).split(text)]
