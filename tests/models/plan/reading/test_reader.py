"""The reader as a whole: white space, any text whatever, time, places, and the order of parts."""

import json
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.plan.reading.compile import compile_plan, read_plan
from models.plan.reading.outline.markers import read_marker
from models.plan.reading.text.document import Document
from models.plan.reading.text.lines import LOOK_ALIKES
from models.plan.schema import Plan
from models.rules.words import StageKind
from tests.places import DOCUMENTS, ROOT
from tests.tools.score import score, squash

SAMPLES = {path.stem: path.read_text(encoding="utf-8") for path in sorted(DOCUMENTS.glob("*.txt"))}
PAGES = re.compile(r"第 ?\d 页|公报|— |·\d·|\.{4}")  # page breaks may stand within a sentence
BETWEEN = re.compile(r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])")


def plan_of(text: str) -> Plan:
    return compile_plan(Document.from_text(text, "x"))


def facts(plan: Plan) -> dict:
    """Everything but the places, which white space may move."""
    values = plan.model_dump(mode="json")
    return _without_sources(values)


def _without_sources(value):
    if isinstance(value, dict):
        return {k: _without_sources(v) for k, v in value.items() if k != "source"}
    return [_without_sources(v) for v in value] if isinstance(value, list) else value


@pytest.mark.parametrize(
    "name", ["01-fazhi-shifan-shishi", "03-canyin-youyan-zhengzhi", "05-yingshang-huanjing-jieduan"]
)
@given(
    seed=st.randoms(use_true_random=False), space=st.sampled_from([" ", "\u3000", "  ", "\u00a0"])
)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_white_space_within_chinese_text_changes_nothing(name, seed, space):
    text = SAMPLES[name]
    spots = [m.start() for m in BETWEEN.finditer(text)]
    chosen = sorted(seed.sample(spots, 120), reverse=True)
    spaced = text
    for spot in chosen:
        spaced = spaced[:spot] + space + spaced[spot:]

    assert facts(plan_of(spaced)) == facts(plan_of(text))


@given(seed=st.randoms(use_true_random=False))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_line_break_within_a_long_sentence_changes_nothing(seed):
    text = SAMPLES["05-yingshang-huanjing-jieduan"]
    spots = [
        m.start()
        for m in BETWEEN.finditer(text)
        if "，"
        in text[text.rfind("\n", 0, m.start()) : m.start()]  # behind a comma: within a sentence
    ]
    broken = text
    for spot in sorted(seed.sample(spots, 30), reverse=True):
        broken = broken[:spot] + "\n" + broken[spot:]

    assert facts(plan_of(broken))["tasks"] == facts(plan_of(text))["tasks"]


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_full_and_half_width_marks_read_the_same(name):
    text = SAMPLES[name]
    half = text.translate(str.maketrans("，；（）：", ",;():"))
    wide = text.translate({**{ord(str(d)): chr(0xFF10 + d) for d in range(10)}, ord("%"): "％"})

    for other in (half, wide):
        one, two = plan_of(text), plan_of(other)
        assert [(s.start, s.end) for s in one.stages] == [(s.start, s.end) for s in two.stages]
        assert [t.ordinal for t in one.tasks] == [t.ordinal for t in two.tasks]
        assert [[squash(u) for u in t.lead_units] for t in one.tasks] == [
            [squash(u) for u in t.lead_units] for t in two.tasks
        ]


COLUMNS = re.compile(r"\||\t|\S {4}\S.* {4}\S")  # a row of a printed table
SPACED = {"130-duan-hang-ocr"}  # a blank behind every character: nothing wraps so


def wrapped(text: str, width: int) -> str:
    """Break every line at ``width`` as a PDF does, with no mark at the head of a line."""
    lines = []
    for line in text.splitlines():
        table = COLUMNS.search(line) is not None
        line = line if table else " ".join(line.split())
        line = "　　" + line if len(line) > width and not table else line
        while len(line) > width and not table:
            cut = width + (line[width] in "，。；：、）》”！")
            lines.append(line[:cut])
            line = line[cut:]
        lines.append(line)
    return "\n".join(lines)


@pytest.mark.parametrize("width", [28, 35, 42])
@pytest.mark.parametrize("name", sorted(SAMPLES.keys() - SPACED))
def test_a_text_wrapped_like_a_pdf_reads_the_same(name, width):
    truth = json.loads((DOCUMENTS / f"{name}.json").read_text(encoding="utf-8"))

    plan = plan_of(wrapped(SAMPLES[name], width))

    assert score(truth, json.loads(plan.model_dump_json()))["diff"] == []


WORDS = st.sampled_from(
    ["一、", "（一）", "1.", "①", "第一阶段", "附件", "序号|任务|责任单位", "\n", "。", "，", "；", "：", "（", "）", "《", "》", "“", "”",
     "牵头单位：", "市司法局", "配合", "会同", "由", "2024年", "3月", "上旬", "至", "印发之日起", "日内", "不低于", "90%", "每月", "25日前",
     "实施方案", "工作目标", "主要任务", "实施步骤", "关于印发", "的通知", "全覆盖", "零", "|", "\t", "成立", "领导小组", "组长：", "十", "1", "分别", "以上", "的"]
)  # fmt: skip


@given(st.lists(WORDS, max_size=80).map("".join))
@settings(max_examples=300, deadline=None)
def test_whatever_official_words_are_thrown_together_there_is_an_answer(text):
    plan = plan_of("某市法治建设实施方案\n" + text)

    assert Plan.model_validate_json(plan.model_dump_json()) == plan


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_text_whatever_gives_an_answer(text):
    assert isinstance(plan_of(text), Plan)


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_every_item_says_where_it_was_read(name):
    plan = plan_of(SAMPLES[name])
    text = "".join(SAMPLES[name].translate(LOOK_ALIKES).split())

    for item in [*plan.stages, *plan.tasks, *plan.other_targets, *plan.recurring]:
        assert item.source is not None and item.source.line
        assert item.source.sentence
        if "|" not in item.source.sentence and not PAGES.search(SAMPLES[name]):
            first = item.source.sentence.split("…")[0][:12]  # behind it, who does it
            assert _without_marks(first) in _without_marks(text)


def _without_marks(text: str) -> str:
    return "".join(char for char in text if char not in "；。.")


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_every_stage_has_a_kind(name):
    assert all(stage.kind in StageKind for stage in plan_of(SAMPLES[name]).stages)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("宣传动员", "launch"),
        ("自查自纠", "implementation"),
        ("整改提升", "consolidation"),
        ("模拟评估", "self_evaluation"),
        ("集中申报", "consolidation"),
        ("迎接验收", "acceptance"),
        ("集中整治", "implementation"),
        ("组织实施", "implementation"),
        ("巩固提升", "consolidation"),
        ("评估验收", "acceptance"),
        ("自评初审", "self_evaluation"),
        ("部署启动", "launch"),
        ("迎接国家评审", "acceptance"),
        ("调查摸底", "implementation"),
    ],
)
def test_the_name_of_a_stage_gives_its_kind(name, kind):
    from models.plan.stage_kinds import stage_kind
    from models.plan.vocabulary import default_vocabulary

    assert stage_kind(name, 1, 4, default_vocabulary()) == kind


def test_a_vocabulary_of_an_office_brings_its_own_words():
    import yaml

    from models.plan.vocabulary import Vocabulary

    path = ROOT / "models" / "plan" / "vocabulary.yaml"
    values = yaml.safe_load(path.read_text(encoding="utf-8"))
    values["角色"]["牵头"].append("挂帅")
    text = (
        "某市法治建设实施方案\n一、重点任务\n1.加强执法。做好工作。（市司法局挂帅，市公安局配合）"
    )

    plan = compile_plan(Document.from_text(text), Vocabulary.from_values(values))

    assert plan.tasks[0].lead_units == ["市司法局"]


def test_doubts_name_their_reason():
    text = (
        "某市法治建设实施方案\n2024年3月1日\n一、重点任务\n1.加强执法。做好工作。（牵头单位：市司法局；责任单位：公安那边）\n"
        "二、实施步骤\n（一）启动阶段（3月初至5月）。开会。\n（二）推进阶段。推进。"
    )

    reasons = [doubt.reason for doubt in read_plan(Document.from_text(text)).doubts]

    assert any("公安那边" in reason for reason in reasons)  # an unknown unit
    assert any("确切日期" in reason for reason in reasons)  # a fuzzy date
    assert any("没有读到日期" in reason for reason in reasons)


def test_a_truncated_document_is_read_as_far_as_it_goes():
    text = "某市法治建设实施方案\n一、重点任务\n1.加强执法。做好工作。（牵头单位：市司法局）\n2.加强普法。在全市范围内广泛开展宣传，不断提高"

    plan = plan_of(text)

    assert plan.truncated
    assert [task.title for task in plan.tasks] == ["加强执法", "加强普法"]


@pytest.mark.parametrize(("count", "first"), [(1002, 1), (2105, 1), (3, 999)])
def test_items_are_read_however_high_their_numbers(count, first):
    numbers = range(first, first + count)
    tasks = "".join(f"{each}.落实第{each}批制度。（牵头单位：县司法局）\n" for each in numbers)

    plan = plan_of(f"某县创建实施方案\n一、重点任务\n{tasks}二、组织保障\n加强领导。\n")

    assert len(plan.tasks) == count


@pytest.mark.parametrize(
    "year", ["2026.5月", "2026、2027年", "2026.5.1", "2026、", "1999、", "2026年"]
)
def test_a_year_at_the_head_of_a_line_is_no_number_of_an_item(year):
    assert read_marker(f"{year}完成") is None
