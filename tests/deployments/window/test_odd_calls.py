"""Calls that no page of ours makes: each gets its one line, and none an error or anything that is kept."""

import re
from datetime import UTC, datetime

import pytest

from deployments.window import files
from deployments.window.ways import every_way
from models.rules.window.sight import Right
from tests.support.windows import Client, account, is_page

NOW = datetime(2025, 7, 1, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def at_work(campaign, clock_at):
    clock_at(NOW)


@pytest.mark.parametrize("number", ["0", "999999999", "9" * 10, "9" * 25, "9" * 5000, "٣", "-1"])
def test_a_number_that_no_table_holds_is_no_page(number):
    client = Client(account(NOW))
    for way in every_way():
        if way.method == "GET" and ":int}" in way.path and "{unit:int}" not in way.path:
            path = re.sub(r"\{\w+:int\}", number, way.path.replace("{slug}", "jc"))
            answer = client.get(path.replace("{rule}", "x"))
            is_page(answer, 404)


@pytest.mark.parametrize("number", ["999999999", "9" * 25, "9" * 5000, "٣", "", "-1"])
def test_a_number_that_was_typed_into_an_address_by_hand_breaks_nothing(number):
    client = Client(account(NOW))
    for path in ("/m/{}", "/r/{}", "/c/jc/u/{}", "/c/jc/i/W1?unit={}", "/c/jc/feeds?unit={}"):
        assert client.get(path.format(number)).status_code in (200, 404), path
    for path in ("/c/jc/week?from={}", "/c/jc/all/units?from={}", "/c/jc/wall?turn={}"):
        assert client.get(path.format(number)).status_code in (200, 404), path
    for path in ("/c/jc/o/acts?before={}", "/c/jc/i/W1/register?unit={}", "/c/jc/u/1?from={}"):
        assert client.get(path.format(number)).status_code in (200, 404), path


def test_of_files_that_are_not_there_nothing_is_kept():
    client = Client()
    for n in range(50):
        assert client.get(f"/files/{n}.css").status_code == 404
    assert set(files._files()) == {"window.css", "icon.svg"}
    assert not hasattr(files.file_named, "cache_info")


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE"])
def test_other_methods_do_nothing_and_their_answers_wear_every_header(method):
    visitor = account(NOW)
    client = Client(visitor)
    for way in every_way():
        if way.method == "POST" and way.right is not Right.PUBLIC:
            path = re.sub(r"\{slug\}", "jc", re.sub(r"\{(?!slug)[^}]*\}", "1", way.path))
            answer = client._ask(method, path, None, {})
            assert answer.status_code in (200, 303, 404), (method, path)
            assert answer.headers["x-frame-options"] == "DENY"
            assert answer.headers["cache-control"] == "no-store"


def test_more_fields_than_any_form_of_ours_has_are_not_read():
    client = Client(account(NOW))
    many = {f"f{n}": "x" for n in range(150)}

    assert client.send("/in", many).status_code == 413
    assert client.get("/c/jc/find?" + "&".join(f"q{n}=1" for n in range(150))).status_code == 413
