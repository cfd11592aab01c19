"""What somebody typed stands in our sentences with one mark behind it; a day breaks at no hyphen."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.database import open_session, run
from models.evidence.shown.telling import inside_sql
from models.rules.evidence.asked import AskedPiece
from models.rules.said import ENDS, day_said, inside
from notifications.rendering import render


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("没有盖章", "没有盖章"),
        ("没有盖章。", "没有盖章"),
        ("没有盖章，", "没有盖章"),
        ("没有盖章,  ", "没有盖章"),
        ("没有盖章。；　", "没有盖章"),
        ("没有盖章；请补", "没有盖章；请补"),  # a mark within stays
        ("没有盖章！", "没有盖章！"),
        ("为什么？", "为什么？"),
        ("字迹不清……", "字迹不清……"),  # what was left open stays open
        ("字迹不清...", "字迹不清..."),
        ("见 3.2.", "见 3.2"),
        ("。", "。"),  # nothing else was said
        ("", ""),
    ],
)
def test_what_was_typed_stands_in_a_sentence_without_the_mark_at_its_end(typed, said):
    assert inside(typed) == said


@given(st.text(alphabet="章盖a1，。；.… ", max_size=20))
def test_nothing_but_marks_at_the_end_is_left_out_and_twice_is_as_once(typed):
    said = inside(typed)

    assert typed.startswith(said)
    assert not typed[len(said) :].strip(ENDS)
    assert inside(said) == said


def test_a_day_in_a_sentence_has_no_hyphen_to_break_at():
    assert day_said(date(2025, 6, 3)) == "2025年6月3日"


def _piece(state: str, reason: str = "") -> AskedPiece:
    return AskedPiece(1, "证书", state, reason, date(2025, 8, 1), date(2025, 7, 31), (0,))


def test_the_words_of_a_piece_end_without_a_mark_and_their_days_hold_together():
    assert _piece("returned", "没有盖章，").words == "E0001《证书》退回：没有盖章"
    assert _piece("expired").words == "E0001《证书》已过期（有效期到2025年7月31日）"
    assert _piece("draft").words == "E0001《证书》承诺2025年8月1日前补"


def test_a_template_puts_one_mark_behind_a_reason():
    said = render(
        "decision/delegation_ended.md.j2",
        campaign="某市",
        giver="市长",
        deputy="秘书长",
        first="6月1日",
        last="6月9日",
        at="9:00",
        by="创建办",
        reason="出差回来了。",
        entry=3,
    )

    assert "理由：出差回来了；从现在起" in said


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("没有盖章，", "没有盖章"),
        ("共五处。共", "共五处…"),
        ("共五处。 。", "共五处"),
        ("好", "好"),
        ("", ""),
    ],
)
def test_the_tables_say_it_in_the_same_form(any_database, typed, said):
    with open_session(read_only=True) as session:
        query = f"SELECT {inside_sql('t.said', 4)} AS said FROM (SELECT :typed AS said) t"
        [found] = run(session, query, {"typed": typed})

    assert found.said == said
