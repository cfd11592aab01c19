"""The one table of odd values: what a hand, a paste or a script puts where a value is due."""

import os
from pathlib import Path

TEXTS = {
    "nothing": "",
    "blanks": "   ",
    "a blank of a Chinese keyboard": "\u3000",
    "a plain word": "甲",
    "ninety characters": "甲" * 90,
    "a passage": "甲" * 60_000,
    "a passage of one word": "a" * 60_000,
    "a bell and an escape": "\x07\x1b[2J",
    "line breaks": "甲\r\n乙",
    "a tab": "甲\t乙",
    "a line separator": "甲\u2028乙",
    "no character": "甲\uffff",
    "turned round": "\u202e甲乙",
    "half a character": "\ud800",
    "a byte that is no UTF-8": os.fsdecode(b"\xd6\xd0.xlsx"),
    "outside the first plane": "\U00020bb7野家",
    "a slash": "甲/乙",
    "marks of file names": 'a\\b:c?d*e|f"g',
    "a way up": "../../甲",
    "a folder nobody may write in": "/proc",  # "/" itself is filled by whoever may
    "here": ".",
    "above": "..",
    "a home": "~",
    "26 digits": "9" * 26,
    "5,000 digits": "9" * 5_000,
    "beyond 32 bits": "2147483648",
    "beyond 64 bits": "9223372036854775808",
    "negative": "-1",
    "minus a lot": "-" + "9" * 26,
    "nought": "0",
    "a sign": "+1",
    "a fraction": "1.5",
    "beyond a float": "1e309",
    "no number": "nan",
    "an endless one": "-inf",
    "full width": "12",
    "another script": "٣",
    "a power": "²",
    "an underline": "1_000",
    "hexadecimal": "0x10",
    "true": "True",
    "the first day there is": "0001-01-01",
    "the last day there is": "9999-12-31",
    "the last day we take": "2099-12-31",
    "the first day we take": "1990-01-01",
    "no day": "2026-02-30",
    "a short day": "2026-6-5",
    "a day in one": "20260605",
    "a day in Chinese": "2026年6月5日",
    "a moment": "2026-06-05T09:00",
    "a moment elsewhere": "2026-06-05T09:00:00+14:00",
    "the last moment": "9999-12-31T23:59:59-12:00",
    "yesterday": "昨天",
    "a tag": '<img src="x" alt="甲">',
    "a quote": "甲'; -- \"",
    "a wild card": "%_",
    "a picture in Markdown": "![甲](x) [乙](y)",
    "a table in Markdown": "|甲|\n|-|",
    "a placeholder": "{{ 甲 }} {% 乙 %} {0} {x} %s %(x)s",
    "markup of a terminal": "[/] [bold]甲[/bold] :warning:",
    "a formula": "=1+1",
    "an option": "--json",
    "an option that is none": "--nope",
    "a short option": "-x",
    "a dash": "-",
    "two dashes": "--",
    "a code": "S99999999999999999999999999",
    "a code in a power": "S²",
    "a code of nobody": "W1/火星局",
    "an address": "http://127.0.0.1:9/甲",
    "json": '{"a": [1]}',
}


def paths(folder: Path) -> dict[str, str]:
    """Return odd things to name where a file is due, made in ``folder``."""
    (folder / "文件夹").mkdir()
    (folder / "文件夹.xlsx").mkdir()
    os.mkfifo(folder / "管道")
    (folder / "设备").symlink_to(
        "/dev/null"
    )  # behind a link, so that nothing can replace the device
    (folder / "断链").symlink_to(folder / "没有")
    (folder / "绕圈").symlink_to(folder / "绕圈")
    (folder / "空.xlsx").write_bytes(b"")
    (folder / "空.yaml").write_bytes(b"")
    (folder / "杂.yaml").write_bytes(b"\xff\xfe\x00")
    (folder / "不可读.xlsx").write_bytes(b"PK")
    (folder / "不可读.xlsx").chmod(0)
    within = {
        "a folder": "文件夹",
        "a folder like a workbook": "文件夹.xlsx",
        "a folder with a slash": "文件夹/",
        "a pipe": "管道",
        "a device": "设备",
        "a link to nowhere": "断链",
        "a link to itself": "绕圈",
        "below a file": "空.xlsx/甲.xlsx",
        "below a pipe": "管道/甲.xlsx",
        "an empty workbook": "空.xlsx",
        "an empty plan": "空.yaml",
        "bytes": "杂.yaml",
        "closed to us": "不可读.xlsx",
        "in a folder that is not there": "没有/甲.xlsx",
        "far away": "没有/" * 1_000 + "甲.xlsx",
        "a name of 90 characters": "甲" * 90 + ".xlsx",
        "a workbook that is not there": "新的.xlsx",
        "a table that is not there": "新的.csv",
        "a plan that is not there": "新的.yaml",
    }
    return within | {"where nobody may write": "/proc/甲.xlsx"}
