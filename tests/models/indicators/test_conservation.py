"""Nothing of a document is lost: each run of characters of each cell is in a field, a doubt or a mention."""

import json
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from models.indicators.reading import read_system
from models.plan.reading.outline.markers import numbered
from models.plan.reading.text.document import Document, Line
from models.plan.reading.text.patterns import squeeze
from tests.models.indicators.test_samples import FOLDER, TRUTHS, read

HEADS = [
    "序号", "一级指标", "二级指标", "三级指标", "指标内容", "分值", "评分标准", "测评方法",
    "佐证材料", "牵头单位", "责任单位", "备注", "自评得分", "完成时限", "具体要求", "目标值", "其他",
]  # fmt: skip
CELLS = [
    "", "", "1", "2", "12", "一、政府职能", "（一）营商环境（15分）", "1.按时办结率不低于95%。（3分）",
    "不存在违规收费。", "10", "15%", "5分", "每项", "每起扣2分，扣完为止", "查阅资料、实地考察",
    "1.台账\n2.报表", "市司法局", "市司法局牵头，市公安局配合", "各有关部门", "无", "/", "合计", "100",
    "注：以上分值供参考。", "（续）", "1.1", "1.1.2", "三级指标", "牵头单位：市财政局", "某某",
    "提供材料部门：局办公室", "2025年底前", "【提供材料部门：党办】", "甲乙丙丁", "占总分值的15%",
]  # fmt: skip
TEXTS = [
    "某市法治政府建设指标体系", "一、政府职能（占总分值的60%）", "（一）营商环境", "1.按时办结率达到95%。（5分）",
    "2.建立制度", "测评方法：查阅资料；佐证材料：台账。", "评分标准：", "1.缺一项扣2分", "（1）健全机制",
    "牵头单位：市司法局；责任单位：市财政局", "3", "— 2 —", "不存在超期。", "第三条 政务公开（50分）",
    "第一章 总则", "注：本表供参考。", "基本要求：依法履职。", "完成时限：6月底前", "二、依法决策", "",
]  # fmt: skip
# Labels and role words are the names of the fields, numbers of items those of the indicators.
LABELS = re.compile(r"(?:测评方法|佐证材料|评分标准|牵头单位|责任单位|提供材料部门)[：:]|牵头|配合")
RUN = re.compile(r"[\u4e00-\u9fffA-Za-z]{2,}|\d+(?:\.\d+)?")
_POINTS = re.compile(r"[（(]?(?:占总分值的|总分)?\d+(?:\.\d+)?(?:分|%)[）)]?")


def everything(system):
    """Return all that a reading says, as one text."""
    said = json.loads(system.printed())
    flat = json.dumps(
        {key: said[key] for key in ("indicators", "doubts", "mentions")}, ensure_ascii=False
    )
    return squeeze(flat.replace("\\n", "").replace('", "', "、"))


def runs(cell):
    """Return the runs of characters that must be found again."""
    lines = (LABELS.sub(" ", numbered(line)[1]) for line in cell.splitlines())
    return [run for line in lines for run in RUN.findall(_POINTS.sub(" ", line))]


def lost(document, system):
    said = everything(system)
    numbers = {str(one.score).removesuffix(".0") for one in system.indicators}
    for line in document.lines:
        for cell in line.cells or (line.text,):
            for run in runs(cell):
                if run not in said and run not in numbers:
                    yield line.number, cell, run


@given(
    st.lists(st.sampled_from(HEADS), min_size=2, max_size=8, unique=True),
    st.lists(st.lists(st.sampled_from(CELLS), min_size=8, max_size=8), max_size=12),
)
@settings(max_examples=60, deadline=None)
def test_no_cell_of_any_table_is_lost(heads, rows):
    width = len(heads)
    cells = [tuple(heads), *(tuple(row[:width]) for row in rows)]
    lines = [Line(" ".join(row), n, None, row, 1) for n, row in enumerate(cells, 1) if any(row)]
    document = Document((Line("某市指标体系", 0 + 100), *lines), "表")

    system = read_system(document).system

    assert all(line.became for line in system.lines)
    assert not list(lost(document, system))


@given(st.lists(st.sampled_from(TEXTS), max_size=25))
@settings(max_examples=60, deadline=None)
def test_no_line_of_any_text_is_lost(texts):
    document = Document.from_text("\n".join(texts), "文")

    system = read_system(document).system

    assert all(line.became for line in system.lines)
    assert not list(lost(document, system))


def test_no_cell_of_any_sample_is_lost(tmp_path):
    for path in TRUTHS:
        reading = read(path.stem, "one", tmp_path)
        said = everything(reading.system)
        for line in reading.system.lines:
            for run in runs(line.text):
                numbers = {str(one.score).removesuffix(".0") for one in reading.system.indicators}
                assert run in said or run in numbers, (path.stem, line)
    assert FOLDER.is_dir()
