"""LibreOffice as anybody has it: opens files and saves them as another kind, without our profile."""

import subprocess
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

LONGEST = 240  # seconds for all the files of one start


def saved_as(folder: Path, sources: Sequence[Path], kind: str) -> list[Path]:
    """Return ``sources`` as LibreOffice saves them, in the order given; one start for all of them.

    ``kind`` is a suffix, with the name of a filter behind a colon where the suffix does not say it.
    """
    command = ["soffice", f"-env:UserInstallation=file://{folder}/office", "--headless"]
    command += ["--convert-to", kind, "--outdir", str(folder / "out"), *map(str, sources)]
    subprocess.run(command, check=True, capture_output=True, timeout=LONGEST)
    suffix = f".{kind.partition(':')[0]}"
    return [(folder / "out" / source.name).with_suffix(suffix) for source in sources]


# --- what a clerk does in it ----------------------------------------------------------------------

EDITS = """
Function Url(path As String) As String
  Url = ConvertToUrl(path)
End Function

Function Property(named As String, value)
  Dim p As New com.sun.star.beans.PropertyValue
  p.Name = named
  p.Value = value
  Property = p
End Function

Function Opened(path As String)
  Opened = StarDesktop.loadComponentFromURL(Url(path), "_blank", 0, Array(Property("Hidden", True)))
End Function

Sub Kept(doc, path As String)
  doc.storeToURL(Url(path), Array(Property("FilterName", "Calc MS Excel 2007 XML")))
  doc.close(True)
End Sub

Sub Sorted(sheet, area As String, column As Integer)
  Dim field(0) As New com.sun.star.table.TableSortField
  field(0).Field = column
  field(0).IsAscending = False
  sheet.getCellRangeByName(area).sort(Array(Property("SortFields", field()), Property("ContainsHeader", False)))
End Sub

Sub Filtered(sheet, area As String, column As Integer, text As String)
  Dim field(0) As New com.sun.star.sheet.TableFilterField
  Dim range, wish
  range = sheet.getCellRangeByName(area)
  wish = range.createFilterDescriptor(True)
  field(0).Field = column
  field(0).IsNumeric = False
  field(0).StringValue = text
  field(0).Operator = com.sun.star.sheet.FilterOperator.EQUAL
  wish.setFilterFields(field())
  wish.ContainsHeader = True
  range.filter(wish)
End Sub

Sub Moved(sheet, area As String, target As String)
  sheet.moveRange(sheet.getCellRangeByName(target).CellAddress, sheet.getCellRangeByName(area).RangeAddress)
End Sub
"""
MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">{}</script:module>
"""


def edited_in_office(folder: Path, source: Path, edits: dict[str, str]) -> dict[str, Path]:
    """Return a copy of the workbook ``source`` for each of ``edits``, made in LibreOffice itself.

    An edit is lines of its Basic that change ``doc``; the subs of `EDITS` are there. One start for all.
    """
    command = ["soffice", f"-env:UserInstallation=file://{folder}/office", "--headless"]
    # The first start of a profile puts an empty module in the place of ours.
    subprocess.run([*command, "--terminate_after_init"], capture_output=True, timeout=LONGEST)
    made = {name: folder / f"{number}.xlsx" for number, name in enumerate(edits)}
    acts = "".join(
        f'doc = Opened("{source}")\n{edit}\nKept(doc, "{made[name]}")\n'
        for name, edit in edits.items()
    )
    text = f"{EDITS}\nSub Edit\n  Dim doc, sheet\n{acts}End Sub\n"
    module = folder / "office" / "user" / "basic" / "Standard" / "Module1.xba"
    module.write_text(MODULE.format(escape(text)), encoding="utf-8")
    command += ["macro:///Standard.Module1.Edit()"]
    subprocess.run(command, check=True, capture_output=True, timeout=LONGEST)
    return made
