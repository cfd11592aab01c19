#!/usr/bin/env bash
# openpyxl reads a date shown by one of Excel's own Chinese formats as a bare number.
#
# Guess:   a date cell is a date whatever format shows it; 14 (2026/9/30) and 31 (2026年9月30日) are both
#          built in.
# Happens: the formats 27 to 36 and 50 to 58 are built in for Chinese (ECMA-376 Part 1, 18.8.30: 31 is
#          yyyy"年"m"月"d"日", 57 yyyy"年"m"月", 58 m"月"d"日"), so a file need not spell them out. openpyxl
#          knows none of them: the cell is the number 46295, is_date is False, and nothing warns.
# Version: openpyxl 3.1.5; python-calamine 0.9.1 gives 2026-09-30 for all of them.
# Matters: a unit that types a deadline as 2026年9月30日 or 9月30日 would have it read as a number of days.
# Instead: workbooks are read with calamine.
#
# Use: openpyxl-chinese-dates-are-numbers.sh [VERSION of openpyxl]
set -euo pipefail
version=${1:-3.1.5}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export PIP_DISABLE_PIP_VERSION_CHECK=1
python3 -m venv venv
venv/bin/pip install -q "openpyxl==$version" python-calamine==0.9.1
cat > shown.py <<'PYTHON'
import io
import sys
import zipfile
from datetime import date, datetime

import openpyxl
import python_calamine

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
DAY = 46295  # 30 September 2026, counted as Excel counts days
FORMATS = {14: "m/d/yy", 31: "yyyy年m月d日", 57: "yyyy年m月", 58: "m月d日"}


def relation(number: int, kind: str, target: str) -> str:
    return f'<Relationship Id="r{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'


def relations(*those: str) -> str:
    return f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(those)}</Relationships>'


shown = "".join(f'<xf numFmtId="{each}" applyNumberFormat="1"/>' for each in FORMATS)
cells = "".join(
    f'<c r="{"ABCD"[at]}1" s="{at + 1}"><v>{DAY}</v></c>' for at in range(len(FORMATS))
)
parts = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{KIND}.styles+xml"/>'
    f'<Override PartName="/xl/sheet.xml" ContentType="{KIND}.worksheet+xml"/></Types>',
    "_rels/.rels": relations(relation(1, "officeDocument", "xl/workbook.xml")),
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
    '<sheet name="清单" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": relations(
        relation(1, "worksheet", "sheet.xml"), relation(2, "styles", "styles.xml")
    ),
    "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    f'<cellXfs count="{len(FORMATS) + 1}"><xf/>{shown}</cellXfs><cellStyles count="1">'
    '<cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
    "xl/sheet.xml": f'<worksheet xmlns="{MAIN}"><sheetData><row r="1">{cells}</row></sheetData></worksheet>',
}
made = io.BytesIO()
with zipfile.ZipFile(made, "w") as package:
    for name, text in parts.items():
        package.writestr(name, text)
row = openpyxl.load_workbook(io.BytesIO(made.getvalue())).active[1]
book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(made.getvalue()))
other = book.get_sheet_by_index(0).to_python()[0]
print("openpyxl", openpyxl.__version__)
for (number, words), cell, value in zip(FORMATS.items(), row, other, strict=True):
    print(f"{number} {words}: openpyxl {cell.value!r} (is_date {cell.is_date}), calamine {value!r}")
stated = [(datetime(2026, 9, 30), True), (DAY, False), (DAY, False), (DAY, False)]
as_stated = [(cell.value, cell.is_date) for cell in row] == stated and set(other) == {date(2026, 9, 30)}
sys.exit(None if as_stated else "It is no longer as stated above.")
PYTHON
venv/bin/python shown.py
echo "Seen as stated: only the date in the Western format is a date."
