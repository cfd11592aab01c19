"""Which work item is which, said by a person where the pairing errs."""

import pytest

from models.errors import PlanError
from models.plan.changes.comparing import plan_changes
from models.plan.changes.said import ChangeKind
from models.plan.changes.tasks import pair_tasks
from models.plan.schema import Plan, PlanTask
from tasks.plans.same_tasks import with_same


def plan_of(*titles: str) -> Plan:
    tasks = [PlanTask(ordinal=n, title=title) for n, title in enumerate(titles, 1)]
    return Plan(kind="work_plan", title="方案", tasks=tasks)


BEFORE = plan_of("开展执法人员轮训", "公布权责清单", "设立公平竞争审查机制")
AFTER = plan_of("举办执法培训班", "开展执法人员轮训", "公布权责清单", "编制普法清单")


def paired(said: str) -> dict[int, int]:
    """Return the number of the earlier by that of the later, for those that are one."""
    later = with_same(AFTER, BEFORE, said)
    return {
        later.tasks[new].ordinal: BEFORE.tasks[old].ordinal
        for new, old in pair_tasks(BEFORE.tasks, later.tasks).old_of().items()
    }


@pytest.mark.parametrize(
    ("said", "pairs"),
    [
        ("", {2: 1, 3: 2}),
        ("1=W1", {1: 1, 3: 2}),  # and what was W1 by its words is new then
        ("1=1、2=新", {1: 1, 3: 2}),
        ("第4项=w3", {2: 1, 3: 2, 4: 3}),
        ("3=新", {2: 1}),
        ("２＝无；４＝Ｗ１", {3: 2, 4: 1}),  # as a Chinese keyboard types it
        ("1=W1、1=W1", {1: 1, 3: 2}),  # twice the same
    ],
)
def test_what_a_person_says_comes_before_numbers_and_words(said, pairs):
    assert paired(said) == pairs


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ("7=W1", "后一份没有第 7 项任务"),
        ("1=W9", "前一份没有 W9"),
        ("1=W1、2=W1", "写了两次"),
        ("1=W1、1=W2", "写了两次"),
        ("1=新、1=W2", "写了两次"),
        ("W1", "看不懂，写作 7=W5"),
        ("1=旧", "看不懂"),
        ("1=W0", "前一份没有 W0"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(said, fault):
    with pytest.raises(PlanError, match=fault):
        with_same(AFTER, BEFORE, said)


def test_several_faults_are_told_together():
    with pytest.raises(PlanError) as refused:
        with_same(AFTER, BEFORE, "7=W1、1=W9、谁知道")

    assert len(refused.value.faults) == 3


def test_what_was_said_asks_no_more_and_stands_in_no_plan():
    later = with_same(AFTER, BEFORE, "4=W3、3=新")

    changes = plan_changes(BEFORE, later)

    assert not [one for one in changes if one.asked and (one.old, one.new) == (3, 4)]
    assert [one.new for one in changes if one.kind is ChangeKind.NEW] == [1, 3]
    assert "was" not in later.model_dump_json()
