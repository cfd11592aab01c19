"""The chart: bars, open ends, undated stages, today."""

from datetime import date, timedelta
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from models.campaign.campaign import Stage
from models.campaign.items import Item
from models.rules.words import Light, MilestoneKind, Progress, StageStatus
from notifications.gantt import gantt_svg

TODAY = date(2025, 7, 21)
DAYS = st.none() | st.dates(date(2024, 1, 1), date(2027, 1, 1))


def stage(
    ordinal: int, name: str, status: str, start: date | None, end: date | None, open_ended: bool
) -> Stage:
    return Stage(
        campaign_id=1,
        ordinal=ordinal,
        kind="stage",
        name=name,
        status=status,
        planned_start=start,
        planned_end=end,
        open_ended=open_ended,
    )


def item(stage: int, due: date | None, light: Light = Light.RED) -> Item:
    return Item(
        "创建办", "S1.1", "部署", "", None, MilestoneKind.STEP, stage, due, Progress.OPEN, light
    )


def test_an_open_end_is_dashed_with_an_arrow_and_an_undated_stage_says_so():
    bars = [
        stage(1, "部署", StageStatus.ACTIVE, date(2025, 6, 1), None, True),
        stage(2, "验收", StageStatus.PENDING, None, None, False),
    ]
    svg = gantt_svg("某市", bars, [item(1, TODAY)], TODAY)

    assert "stroke-dasharray" in svg
    assert "<path" in svg
    assert "日期未定" in svg
    assert "今天 2025-07-21" in svg


def test_milestones_of_one_day_and_light_share_a_mark_with_their_number():
    bars = [stage(1, "部署", StageStatus.ACTIVE, date(2025, 6, 1), date(2025, 8, 1), False)]
    svg = gantt_svg("某市", bars, [item(1, TODAY)] * 7, TODAY)

    assert "红（逾期） 7 项" in svg


@given(st.dates(date(2024, 1, 1), date(2027, 1, 1)), st.integers(31, 900))
def test_no_name_of_a_month_is_cut_at_the_edge(start, days):
    bars = [stage(1, "部署", StageStatus.ACTIVE, start, start + timedelta(days=days), False)]
    svg = ElementTree.fromstring(gantt_svg("某市", bars, [], start))

    texts = svg.iter("{http://www.w3.org/2000/svg}text")
    ends = [int(t.get("x", "0")) + 12 * len(t.text) for t in texts if t.text and t.text[-1] == "月"]
    assert ends
    assert max(ends) <= int(svg.get("width", "0")) + 24  # digits are half as wide


def test_a_title_is_text_whatever_stands_in_it():
    svg = gantt_svg('<script>&"', [], [], TODAY)

    assert "<script>" not in svg
    ElementTree.fromstring(svg)


@settings(max_examples=50)
@given(st.lists(st.tuples(DAYS, DAYS), max_size=7), DAYS)
def test_any_days_make_a_chart_that_is_well_formed_and_within_its_width(spans, due):
    bars = [
        stage(
            n,
            "阶段",
            StageStatus.ACTIVE,
            min(s, e) if s and e else s,
            max(s, e) if s and e else e,
            not e,
        )
        for n, (s, e) in enumerate(spans, 1)
    ]
    root = ElementTree.fromstring(gantt_svg("某市", bars, [item(1, due)], TODAY))

    for shape in root.iter("{http://www.w3.org/2000/svg}rect"):
        if shape.get("x"):
            assert 0 <= int(shape.get("x", 0)) <= int(root.get("width", 0))
            assert int(shape.get("width", 0)) > 0
