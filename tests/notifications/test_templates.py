"""Every template, filled with the data of a real campaign."""

import re
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from models.notices.waiting import WaitingNotice
from models.rules.gates.values import Obstacle
from models.rules.notices.rule_words import AT_ONCE_RULES
from models.rules.words import Level, StageKind
from models.settings import moment_of
from notifications import links
from notifications.letter import LINES_SHOWN, letter
from notifications.personal import personal
from notifications.rendering import TEMPLATES, render
from notifications.saying.message import SHORTENED, holds
from notifications.saying.shorten import size
from notifications.saying.wording import fit
from tasks.gates.checklists import checklist, rounds_under_way, stage_page
from tasks.patrol.board import board_pages
from tasks.patrol.patrol import patrol_campaign
from tasks.window.tokens import TokenKind, sign
from tests.conftest import NOW

MONDAY = date(2025, 7, 21)


def notice(n: int = 1, rule: str = "overdue_3", kind: str = "assignment") -> WaitingNotice:
    return WaitingNotice(
        id=n,
        campaign_id=1,
        campaign="某市创建活动",
        slug="mou-shi",
        is_demo=False,
        tag="市司法局",
        rule=rule,
        subject_kind=kind,
        code=f"W{n}",
        title="简政放权",
        owner="市司法局",
        due=date(2025, 7, 1),
        words="",
        urgent=False,
        level=1,
        meant_for=None,
        unit_id=1,
        owner_id=1,
    )


@pytest.mark.parametrize("kind", list(StageKind))
def test_every_kind_of_stage_has_its_checklist(kind):
    text = render(
        f"checklists/{kind.value}.md.j2",
        one=SimpleNamespace(
            label="某市 2025【演示】",
            campaign="某市创建活动",
            stage=SimpleNamespace(name="某阶段"),
            is_demo=True,
            preview=False,
            today=MONDAY,
        ),
        unit="市司法局",
        days="2025-06-01 至 未定",
        steps=[],
        items=[],
        asked=[],
        obstacles=[Obstacle("x", "还差一件事", "市司法局", MONDAY)],
    )

    assert text.count("- [ ]") >= 3
    assert "【演示】" in text
    assert "还差一件事（市司法局，2025-07-21 前）" in text


def test_the_pages_of_a_campaign_say_nothing_empty(campaign):
    view = patrol_campaign(campaign, moment_of(NOW, MONDAY))
    pages = board_pages([view])
    rounds = rounds_under_way(MONDAY)
    texts = [pages.chart, *(stage_page(one) for one in rounds)]
    texts += [checklist(one, unit) for one in rounds for unit in one.units]

    assert len(rounds) == 2
    for text in texts:
        assert "None" not in text
        assert "{{" not in text
        assert "Undefined" not in text


def test_a_letter_says_what_whose_by_when_the_most_urgent_first():
    said = letter([notice(1, "before_7"), notice(2, "overdue_10"), notice(3, "due_today")])

    assert said.subject == "1 项逾期，2 项提醒：某市创建活动"
    body = said.body_markdown
    assert body.index("W2") < body.index("W3") < body.index("W1")
    assert "责任：市司法局" in body
    assert "时限：2025-07-01" in body


def test_a_letter_says_each_item_once_and_counts_what_it_leaves_out():
    many = [notice(n) for n in range(1, LINES_SHOWN + 6)]
    twice = [*many, notice(1, "overdue_1")]
    said = letter(twice)

    assert said.body_markdown.count("**") == 2 * LINES_SHOWN
    assert "另有 5 项" in said.body_markdown
    assert said.subject == f"{LINES_SHOWN + 5} 项逾期：某市创建活动"


def test_units_over_their_budget_are_said_in_one_sentence_without_a_ranking():
    names = [f"第{n}局" for n in range(1, 41)]
    many = [
        replace(notice(n, "over_budget", "unit"), owner=name, words=f"{name} 本周已被提醒")
        for n, name in enumerate(names)
    ]
    said = letter(many, 7)

    assert said.subject == "超出每周次数：某市创建活动"
    assert (
        "第1局、第2局、第3局、第4局、第5局等 40 个单位本周已被提醒到方案规定的次数"
        in said.body_markdown
    )
    assert said.body_markdown.count("个单位") == 1
    assert "由创建办登记" in said.body_markdown
    assert "shifan" not in said.body_markdown  # a leader runs nothing
    assert said.link == links.message(7)
    assert "签收" not in said.body_markdown  # nothing to acknowledge


def test_the_link_of_a_letter_is_the_decision_that_waits_else_the_receipt(tmp_path, monkeypatch):
    monkeypatch.setenv("SHIFAN_HOME", str(tmp_path))
    links.remember("http://10.1.2.3:4200", {})
    asked = replace(notice(2, "decision_asked", "stage"), decision_id=3, detail="请答复")
    both = letter([notice(1), asked], 7)
    items = letter([notice(1)], 7)

    assert both.link == "http://10.1.2.3:4200/d/3"
    assert "[办理审批](http://10.1.2.3:4200/d/3)" in both.body_markdown
    assert "请打开[签收、登记进展](http://10.1.2.3:4200/m/7)" in both.body_markdown
    assert items.link == "http://10.1.2.3:4200/m/7"
    assert "[登记进展](http://10.1.2.3:4200/c/mou-shi/i/W1/register?unit=1)" in items.body_markdown
    assert "[本单位事项](http://10.1.2.3:4200/c/mou-shi/u/1)" in items.body_markdown
    assert "/v2/" not in both.body_markdown + items.body_markdown  # forms of operators


def test_the_office_and_leaders_find_the_board_and_who_has_several_campaigns_each_of_them():
    mine = replace(notice(1, kind="milestone"), unit_id=None, owner_id=None)
    other = replace(mine, campaign_id=2, slug="金昌 2025")
    one, several = letter([mine], 7).body_markdown, letter([mine, other], 8).body_markdown

    board = "http://127.0.0.1:4200/c"
    assert f"[看板]({board}/mou-shi) · [本周到期]({board}/mou-shi/week)" in one
    assert f"[看板（某市创建活动）]({board}/mou-shi) · [看板（金昌 2025）]({board}/c2)" in several
    assert f"[登记进展]({board}/c2/i/W1/register)" in several
    assert "[我的待办](http://127.0.0.1:4200/me)" in several


def test_a_text_message_holds_what_whose_and_by_when_and_no_broken_address():
    short = letter([notice(1)], 7).short(140)

    assert short.startswith(
        "1 项逾期：某市创建活动。逾期满3个工作日 W1 简政放权；责任：市司法局；时限：2025-07-01"
    )
    assert short.count("http") <= 1
    assert "签收" not in short.partition("http")[0]


def test_what_was_done_in_a_leaders_name_links_to_the_objection():
    link = "http://10.1.2.3:4200/deployments/deployment/1/run?parameters=%7B%22objection%22:1%7D"
    receipt = replace(
        notice(1, "receipt", "decision"),
        words=f"【回执】不是的，请[提出异议]({link})：阶段回到审批",
    )
    said = letter([receipt], 7)

    assert said.link == link
    assert said.subject == "决定回执：某市创建活动"
    assert link in said.short(400)
    assert letter([replace(receipt, words="没有链接")], 7).link == links.message(7)


def test_a_leader_is_asked_to_know_and_never_to_register_progress(tmp_path, monkeypatch):
    monkeypatch.setenv("SHIFAN_HOME", str(tmp_path))
    asked = replace(notice(2, "decision_asked", "stage"), decision_id=3)
    for level in Level:
        mine = [replace(o, level=level, unit_id=None, owner_id=None) for o in (notice(1), asked)]
        said = letter(mine, 7)
        text = said.body_markdown
        assert ("登记进展" in text) == (level < Level.LEADER)
        assert links.question(3) in text
        assert "签收" in text


def test_the_chain_stands_last_and_no_item_is_broken_by_it():
    many = [notice(n) for n in range(1, 4)]
    said = letter(many, 7, "记录链 128 条，末条指纹 abcdef123456").body_markdown

    assert said.endswith("\n\n记录链 128 条，末条指纹 abcdef123456")
    assert said.count("记录链") == 1


@pytest.mark.parametrize("limit", [700, 1024, 2048, 4096])
def test_a_robots_text_that_is_cut_keeps_its_links_and_the_chain(limit, tmp_path, monkeypatch):
    monkeypatch.setenv("SHIFAN_HOME", str(tmp_path))
    links.remember("http://10.1.2.3:4200", {})
    many = [replace(notice(n), title="长" * 120) for n in range(1, 40)]
    said = letter(many, 7, "记录链 128 条，末条指纹 abcdef123456")
    cut = fit(said, limit, lambda subject, body: f"{subject}\n{body}")

    assert size(cut) <= limit
    assert SHORTENED in cut
    assert said.link == links.message(7)
    assert f"另有 29 项，见[本消息的全部 39 项]({said.link})" in cut
    assert "记录链 128 条，末条指纹 abcdef123456" in cut
    assert all(holds(said.body_markdown, found) for found in re.findall(r"\((http[^)]*)\)", cut))


@pytest.mark.parametrize("limit", [900, 2048, 4096, 20_000])
@pytest.mark.parametrize("markdown", [True, False])
def test_a_text_with_the_longest_tokens_keeps_its_limit_and_no_link_is_cut(
    limit, markdown, tmp_path, monkeypatch
):
    monkeypatch.setenv("SHIFAN_HOME", str(tmp_path))
    monkeypatch.setenv("SHIFAN_PUBLIC_URL", f"https://{'fz-' * 8}.example.gov.cn/chuangjian")
    post, campaign, generation, minute = 99_999, 9_999, 999, 99_999_999
    token = sign(TokenKind.POST, post, campaign, generation, minute)
    token = f"{token[:-22]}__{token[-20:-4]}__{token[-2:]}"  # a signature may look like bold text
    said = letter([replace(notice(n), title="长" * 60) for n in range(1, 40)], 123_456)
    mine = [personal(text, lambda path: token) for text in (said.body_markdown, said.link)]
    sent = replace(said, body_markdown=mine[0], link=mine[1], bare_link=said.link)
    cut = fit(sent, limit, lambda subject, body: f"{subject}\n{body}", markdown=markdown)

    assert len(token) <= 60
    assert size(cut) <= limit
    assert holds(cut, sent.link)
    assert all(holds(mine[0], found) for found in re.findall(r"https://[!-~]+?(?=[)\s]|$)", cut))
    assert len(sent.short(140)) <= 140
    assert sent.short(140).endswith((sent.link, said.link))
    assert sent.short(140).startswith("39 项逾期：某市创建活动")


def test_a_campaign_is_called_by_its_name_and_not_by_its_plan_s():
    said = letter([replace(notice(1), campaign="某市创建全国法治政府建设示范市实施方案")])

    assert said.subject == "1 项逾期：某市创建全国法治政府建设示范市"


# Each is drafted in tests/tasks/papers.
PAPERS = (
    "report",
    "blanks",
    "problems",
    "rectification",
    "dispatch",
    "bulletin",
    "briefing",
    "briefing_progress",
    "annual",
    "checklist",
    "drill",
    "visit_checklist",
    "visit_schedule",
)


def test_every_template_is_used_by_somebody():
    used = {"checklists/_items.md.j2", "checklists/_checklist.md.j2", "checklists/_page.md.j2"}
    used |= {f"checklists/{kind.value}.md.j2" for kind in StageKind}
    used |= {
        "board/chart.md.j2",
        "chart/gantt.svg.j2",
        "notice/subject.txt.j2",
        "notice/body.md.j2",
        "decision/code_subject.txt.j2",
        "decision/code_body.md.j2",
        "decision/form.md.j2",
        "decision/outlook.md.j2",
        "decision/sheet.txt.j2",
    }

    used |= {"papers/groups.j2"}
    forms = ("form.md", "outlook.md", "code_body.md", "code_subject.txt", "sheet.txt")
    used |= {f"decision/{name}.j2" for name in forms}
    used |= {f"decision/{rule}.md.j2" for rule in AT_ONCE_RULES} | {"decision/channel_moved.md.j2"}
    codes = ("objection", "consent")  # what else a code is for
    used |= {f"decision/{one}_{part}.j2" for one in codes for part in ("body.md", "subject.txt")}

    used |= {f"papers/{name}.j2" for name in (*PAPERS, "handover")}
    used |= {f"mailbox/{name}.txt.j2" for name in ("answer", "subject")} | {"archive/page.html.j2"}
    used |= {f"papers/law_{name}.j2" for name in ("paper", "sheet", "key")}
    used |= {f"mailbox/{name}.txt.j2" for name in ("answer", "subject")}
    used |= {f"mailbox/{name}.txt.j2" for name in ("answer", "subject")}
    used |= {f"window/code_{part}.j2" for part in ("body.md", "subject.txt")}
    used |= {"archive/page.html.j2"}  # made in tests/tasks/campaign
    used |= {f"rehearsal/page.{kind}.j2" for kind in ("html", "md")}  # in tests/tasks/rehearsal

    assert {t.relative_to(TEMPLATES).as_posix() for t in TEMPLATES.rglob("*.j2")} == used
