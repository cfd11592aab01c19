"""The words of a report that no table knows: written by the office in a text file, kept with the version.

The file is plain text (UTF-8): a line such as 【组织领导】 begins a part, each line below it is a paragraph. What
was supplied once stands in every later version until another text replaces it.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from models.errors import PlanError
from models.files.whole_file import read_given, shown_name
from models.papers.paper import Paper
from models.papers.quoted import Supplied
from models.rules.bounds import LONGEST_PASSAGE, shown, text_fault

LARGEST_TEXTS = 200_000  # bytes
LAST_YEAR = "last-year"
PARTS: Mapping[str, str] = {
    "组织领导": "leadership",
    "第一责任人": "first-person",
    "主要举措": "measures",
    "存在问题": "shortcomings",
    "下一步打算": "next-steps",
    "上年数据": LAST_YEAR,  # of an annual report: a figure a line
}
Texts = Mapping[str, Sequence[Supplied]]  # paragraphs by part
NO_TEXTS: Texts = MappingProxyType({})


def texts_in(path: Path | None, by_post: str) -> Texts:
    """Return the parts of the office's file, none without a file; raises PlanError with every fault of it."""
    if path is None:
        return {}
    subject = f"补充文字 {shown_name(path)} "
    content = read_given(path, LARGEST_TEXTS, "补充文字")
    try:
        lines = content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise PlanError(subject, ["不是 UTF-8 编码的文本，请另存为 UTF-8"]) from None
    found, faults = _parts(lines, by_post)
    if not found and not faults:
        faults = [f"没有内容，每部分应以一行 【{'】、【'.join(PARTS)}】 开头"]
    if faults:
        raise PlanError(subject, faults)
    return found


def texts_before(last: Paper | None) -> Texts:
    """Return the words that the newest version of a report has been given."""
    found: dict[str, list[Supplied]] = {}
    for key, text, by_post in json.loads(last.facts)["supplied"] if last else ():
        found.setdefault(key.partition("/")[0], []).append(Supplied(key, text, by_post))
    return found


def _parts(lines: Sequence[str], by_post: str) -> tuple[dict[str, list[Supplied]], list[str]]:
    found: dict[str, list[Supplied]] = {}
    faults: list[str] = []
    part: str | None = None
    for number, line in enumerate(map(str.strip, lines), start=1):
        if line.startswith("【") and line.endswith("】"):
            part = PARTS.get(line[1:-1])
            if part is None:
                faults.append(
                    f"第 {number} 行：没有“{shown(line[1:-1])}”这一部分，只有 {'、'.join(PARTS)}"
                )
            elif part in found:
                faults.append(f"第 {number} 行：{line} 写了两次")
            else:
                found[part] = []
        elif line and (fault := text_fault(line, LONGEST_PASSAGE)):
            faults.append(f"第 {number} 行：{fault}")
        elif line and part is None and not faults:
            faults.append(f"第 {number} 行：前面没有 【{'】、【'.join(PARTS)}】 这样的一行")
        elif line and part:
            key = f"{part}/{len(found[part]) + 1}"
            found[part].append(Supplied(key, line, by_post))
    names = {key: name for name, key in PARTS.items()}
    faults += [f"【{names[key]}】下面没有文字" for key, said in found.items() if not said]
    return found, faults
