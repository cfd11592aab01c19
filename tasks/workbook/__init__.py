"""The only reader and writer of Excel: what an office sends out and takes back is declared once.

    VISITS = Sheet(
        "走访",
        (
            Column("单位", locked=True),
            Column("结果", choices=("合格", "不合格")),
            Column("日期", ("走访日期",), kind=Kind.DAY, required=False),
        ),
        title="走访登记表",
        note="一行一个单位。灰色列请勿改动。",
    )
    write_workbook(path, [VISITS.filled(rows, title)])
    book = open_book(path, (VISITS,))
    for row in book.rows(VISITS):
        day = row.read("日期", as_day, A_DAY)  # a fault says sheet, row and column
    book.faults.stop()  # all of them at once

`declaring` has all that can be said of a workbook, `writing` makes it fit to print and to fill in,
`reading` takes it back whatever Excel or WPS made of it, `cells` says what a cell means. What came
back and was not taken is in `book.notes()`.
"""
