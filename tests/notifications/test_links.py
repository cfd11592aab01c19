"""Where a message's links lead: to the window, whole addresses, each from what a person could type."""

import re

import pytest

from models.rules.campaign_names import address_of
from notifications import links

UI = "http://10.1.2.3:4200"


@pytest.fixture(autouse=True)
def remembered(tmp_path, monkeypatch):
    monkeypatch.setenv("SHIFAN_HOME", str(tmp_path))
    links.remember(UI, {})


def test_every_page_of_the_window_has_an_address_of_its_own():
    assert links.front() == f"{UI}/"
    assert links.board("jc") == f"{UI}/c/jc"
    assert links.board("jc", "week") == f"{UI}/c/jc/week"
    assert links.unit_page("jc", 7) == f"{UI}/c/jc/u/7"
    assert links.item_page("jc", "S1.END") == f"{UI}/c/jc/i/S1.END"
    assert links.item_page("jc", "W3", 7) == f"{UI}/c/jc/i/W3?unit=7"
    assert links.register_page("jc", "W3", 7) == f"{UI}/c/jc/i/W3/register?unit=7"
    assert links.register_page("jc", "S1.1") == f"{UI}/c/jc/i/S1.1/register"
    assert links.message(12) == f"{UI}/m/12"
    assert links.question(3) == f"{UI}/d/3"
    assert links.objection(3) == f"{UI}/d/3/object"
    assert links.mine() == f"{UI}/me"


def test_a_campaign_with_a_chinese_name_and_a_hostile_code_make_a_plain_address():
    address = links.item_page(address_of("金昌 2025", 4), "D1.2026-28.3/../../x?a=1#）", 7)

    assert address == f"{UI}/c/c4/i/D1.2026-28.3%2F..%2F..%2Fx%3Fa%3D1%23%EF%BC%89?unit=7"
    assert re.fullmatch("[!-~]+", address)


@pytest.mark.parametrize("public", ["https://fz.example.gov.cn", "https://example.gov.cn/shifan"])
def test_what_a_phone_reaches_goes_before_what_was_remembered(public, monkeypatch):
    monkeypatch.setenv("SHIFAN_PUBLIC_URL", public)

    assert links.message(12) == f"{public}/m/12"
    assert links.front() == f"{public}/"
