"""The fields of a form that came back, one a row, by their names."""

from tasks.workbook.cells import as_text
from tasks.workbook.declaring import Form
from tasks.workbook.headers import plain
from tasks.workbook.left_over import Notes
from tasks.workbook.opening import Page, broken
from tasks.workbook.rows import Faults, Row


def field_rows(page: Page, form: Form, faults: Faults, notes: Notes) -> dict[str, Row]:
    """Return a row for each field, in which its value is a cell of that name.

    A field twice, or not there though required, is a fault; what else stands there is named.
    """
    fields = {column.name: column for column in form.fields}
    known = {plain(name): name for name in fields}
    joined = {
        row
        for top, left, bottom, right in page.merges
        if left <= 1 <= right
        for row in range(top + 1, min(bottom + 1, len(page.grid)))
    }
    found: dict[str, Row] = {}
    for number, line in enumerate(page.grid, 1):
        cells = [*line, "", ""]
        name = known.get(plain(as_text(cells[0])))
        if name:
            if number - 1 in joined:
                cells[1] = broken("", "与上面的格合并了，请取消合并后填写")
            row = Row(page.name, number, {name: 1}, cells, faults)
            row.check([(1, fields[name])])
            if found.setdefault(name, row) is not row:
                row.fault(name, "又写了一次，请只留一行")
        for text in map(as_text, cells[2:] if name else cells):
            if text and not text.startswith(form.explained):
                notes.place(page, number, text)
    for name, column in fields.items():
        if column.required and name not in found:
            faults.add(f"表“{page.name}”缺少“{name}”一行，请补上（没有内容的留空）")
    notes.beside(page)
    return found
