"""What a run is, by who issued its plan."""

import pytest

from models.rules.run_kinds import named_work_plan, run_kind_of, runs_together
from models.rules.words import RunKind


@pytest.mark.parametrize(
    ("issuer", "kind"),
    [
        ("永昌县人民政府", RunKind.CAMPAIGN),
        ("中共随州市曾都区委全面依法治区委员会", RunKind.CAMPAIGN),
        ("市委全面依法治市委员会办公室", RunKind.CAMPAIGN),  # issues for the committee
        ("", RunKind.CAMPAIGN),
        ("永昌县司法局", RunKind.WORK_PLAN),
        ("新城子镇人民政府", RunKind.WORK_PLAN),
        ("滨河路街道办事处", RunKind.WORK_PLAN),
        ("市卫生健康委员会", RunKind.WORK_PLAN),
    ],
)
def test_a_department_and_a_town_run_a_plan_of_work(issuer, kind):
    assert run_kind_of(issuer) is kind


def test_runs_are_counted_by_what_they_are():
    assert runs_together(["金昌 2025", "永昌 2025"]) == "创建活动"
    assert runs_together(["金昌 2025", "县司法局 2025 工作计划"]) == "创建活动、工作计划"


def test_the_name_of_a_plan_of_work_says_what_it_is():
    assert named_work_plan("县司法局 2025") == "县司法局 2025 工作计划"
    assert named_work_plan("县司法局工作计划") == "县司法局工作计划"
