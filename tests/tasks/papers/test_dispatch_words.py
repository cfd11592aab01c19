"""A dispatch asks of what is late what it asks of nothing that still has its time."""

from datetime import date, timedelta

import pytest

from models.papers.parts import PartLine
from models.rules.words import Progress, Role
from tasks.papers.templates.made_up import made_up
from tasks.papers.work_drafts import DispatchHow, Heading, dispatch_draft

TODAY = date(2025, 7, 21)
HEAD = Heading("金昌市创建工作实施方案", "金昌市人民政府", TODAY)
LATE, NEAR = (TODAY + timedelta(days=days) for days in (-3, 5))


def asked(*dues):
    """Return what a dispatch about parts due on these days says above its table."""
    parts = [
        made_up(PartLine, due=due, role=Role.LEAD, state=Progress.OPEN, code=f"W{n}")
        for n, due in enumerate(dues)
    ]
    draft = dispatch_draft(
        "市司法局", parts, DispatchHow("督办〔2025〕1号", "蓝色", "创建办", date(2025, 7, 23)), HEAD
    )
    [line] = [one for one in draft.lines() if one.startswith("你单位")]
    return line


@pytest.mark.parametrize(
    ("dues", "said"),
    [
        (
            (LATE, LATE),
            "2项工作已过时限，尚未完成。请抓紧办理，在○前完成，或说明原因和预计完成的日期。",
        ),
        (
            (NEAR,),
            "1项工作临近时限，尚未完成。请抓紧办理，按时限完成；不能按时限完成的，在○前说明原因和预计完成的日期。",
        ),
        (
            (LATE, NEAR),
            "2项工作已过时限或临近时限，尚未完成。已过时限的，请在○前完成，或说明原因和预计完成的日期；临近时限的，请按时限完成。",
        ),
        (
            (TODAY,),
            "1项工作临近时限，尚未完成。请抓紧办理，按时限完成；不能按时限完成的，在○前说明原因和预计完成的日期。",
        ),  # today is not late
    ],
)
def test_only_what_is_late_is_to_be_done_before_the_day_of_the_answer(dues, said):
    assert asked(*dues) == f"你单位承担的下列{said}"
