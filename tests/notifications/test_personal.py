"""A token goes in front of the window's own addresses, and into no other."""

import pytest

from notifications import links
from notifications.personal import personal
from notifications.rendering import render

UI = "http://10.1.2.3:4200"


@pytest.fixture(autouse=True)
def remembered(tmp_path, monkeypatch):
    monkeypatch.setenv("SHIFAN_HOME", str(tmp_path))
    links.remember(UI, {"提出异议": "form"})


@pytest.mark.parametrize(
    "address",
    [
        links.message(12),
        links.question(3),
        links.objection(3),
        links.mine(),
        links.front(),
        links.board("c4"),
        links.board("jin-chang", "week"),
        links.unit_page("jc", 7),
        links.item_page("jc", "S1.END"),
        links.item_page("jc", "A1（二）.3", 7),
        links.register_page("jc", "W3", 7),
    ],
)
@pytest.mark.parametrize("text", ["[签收]({})。", "{}", "见 {} ，", "网址：{}\n下一行", "见{}。"])
def test_every_page_of_the_window_gets_it_wherever_it_stands(address, text):
    address = address.replace(links.DEFAULT_UI, UI)
    path = address.removeprefix(UI)

    found = personal(text.format(address), lambda asked: "TOKEN" if asked == path else "")

    assert found == text.format(f"{UI}/in/TOKEN{path}")


@pytest.mark.parametrize(
    "text",
    [
        f"{UI}/v2/runs/flow-run/1?form",
        f"{UI}/v2/deployments/deployment/form/run?parameters=%7B%7D",
        f"{UI}/in/OTHER/m/12",
        f"{UI}/door/login",
        f"{UI}0/m/12",
        "http://10.1.2.30:4200/m/12",
        f"http://a.example/?to={UI}/m/12",
        f"{UI}/m/12.evil",
        f"{UI}/m/twelve",
        f"{UI}.a.example/m/12",
        "/m/12",
    ],
)
def test_nothing_else_gets_it(text):
    assert personal(text, lambda path: "TOKEN") == text


def test_an_address_that_somebody_typed_gets_none():
    said = {**dict.fromkeys(WORDS, "甲"), "question": links.question(3)}
    typed = render("decision/objection.md.j2", **said, reason=f"见 {UI}/m/1")

    found = personal(typed, lambda path: path)
    assert found.count("/in/") == 1
    assert f"{UI}/in//d/3/d/3" in found


@pytest.mark.parametrize("page", ["o", "o/unheard", "o/clock", "o/acts"])
def test_the_office_s_own_pages_get_none(page):
    """They are for its accounts: a token of the post there would let in the wrong one."""
    address = links.board("jc", page).replace(links.DEFAULT_UI, UI)

    for text in (address, f"[办理]({address})。", f"见 {address} ，"):
        assert personal(text, lambda path: "TOKEN") == text
    whole = links.board("jc", "overview").replace(links.DEFAULT_UI, UI)
    assert "TOKEN" in personal(whole, lambda path: "TOKEN")


WORDS = ("campaign", "stage", "decision", "at", "by", "registrar", "outcome", "entry")


def test_where_there_is_no_token_the_address_stays():
    assert personal(links.message(12), lambda path: "") == f"{UI}/m/12"


def test_an_address_below_a_path_gets_it_behind_that_path(monkeypatch):
    monkeypatch.setenv("SHIFAN_PUBLIC_URL", "https://example.gov.cn/shifan")

    assert (
        personal(links.message(12), lambda path: "T") == "https://example.gov.cn/shifan/in/T/m/12"
    )
