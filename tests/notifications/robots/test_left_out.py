"""Whom a yes was not for: every field by which a provider says so, as its own pages name them."""

import pytest

from notifications.robots.left_out import left_out
from tests.notifications.robots.test_transport import head, saying, server
from tests.tools.fake_provider import TAKEN

# (the reply, its field, would another try be useless)
SAID = [
    ({"errcode": 0, "invaliduser": "a|b"}, "invaliduser", True),
    ({"errcode": 0, "invalidparty": "2"}, "invalidparty", True),
    ({"errcode": 0, "invalidtag": "3"}, "invalidtag", True),
    ({"errcode": 0, "unlicenseduser": "a"}, "unlicenseduser", True),
    ({"errcode": 0, "invalid_parent_userid": ["a"]}, "invalid_parent_userid", True),
    ({"errcode": 0, "forbiddenUserId": "a"}, "forbiddenUserId", False),
    ({"errcode": 0, "send_result": {"invalid_user_id_list": ["a"]}}, "invalid_user_id_list", True),
    ({"send_result": {"forbidden_user_id_list": ["a"]}}, "forbidden_user_id_list", False),
    ({"send_result": {"failed_user_id_list": ["a"]}}, "failed_user_id_list", False),
    ({"send_result": {"invalid_dept_id_list": [1]}}, "invalid_dept_id_list", True),
    ({"forbidden_list": [{"userid": "a", "code": "143105"}]}, "forbidden_list", False),
    ({"processQueryKey": "k", "invalidStaffIdList": ["a"]}, "invalidStaffIdList", True),
    (
        {"processQueryKey": "k", "flowControlledStaffIdList": ["a"]},
        "flowControlledStaffIdList",
        False,
    ),
    ({"processQueryKey": "k", "filteredStaffIdList": ["a"]}, "filteredStaffIdList", False),
    ({"code": 0, "data": {"invalid_open_ids": ["ou_1"]}}, "invalid_open_ids", True),
    ({"code": 0, "data": {"invalid_user_ids": ["u"]}}, "invalid_user_ids", True),
    ({"code": 0, "data": {"invalid_union_ids": ["u"]}}, "invalid_union_ids", True),
    ({"code": 0, "data": {"invalid_department_ids": ["d"]}}, "invalid_department_ids", True),
    ({"code": "0", "failNum": "1", "successNum": "0"}, "failNum", False),
    ({"code": "0", "successCounts": 0}, "successCounts", False),
    ({"code": 0, "data": {"failList": [{"mobile": "138"}]}}, "failList", False),
    ({"code": 0, "invalidMobiles": "13800000000"}, "invalidMobiles", True),
    ({"code": 0, "blackList": ["13800000000"]}, "blackList", False),
]
TAKEN_ALL = [
    *TAKEN.values(),
    {"errcode": 0, "invaliduser": "", "invalidparty": [], "unlicenseduser": None},
    {"send_result": {"read_user_id_list": ["a"], "unread_user_id_list": ["b"]}},
    {"processQueryKey": "k", "invalidStaffIdList": [], "flowControlledStaffIdList": []},
    {"code": "0", "errorMsg": "", "failNum": "0", "successNum": "1", "msgId": "7"},
    {"code": 0, "fail": False, "error": "SUCCESS", "errorInfo": "ok", "errno": 0},
    {"code": 0, "limitCount": 100, "filter": "none", "userid": "a"},
    [],
    None,
]


@pytest.mark.parametrize(("said", "field", "for_good"), SAID)
def test_who_is_left_out_is_found_under_every_name(said, field, for_good):
    found = left_out(said)

    assert found is not None
    assert (found.code, found.permanent) == (field, for_good)


@pytest.mark.parametrize("said", TAKEN_ALL)
def test_who_is_listed_as_reached_is_not_left_out(said):
    assert left_out(said) is None


@pytest.mark.parametrize("scheme", ["wecomrobot", "dingrobot", "feishurobot", "json"])
def test_a_yes_that_leaves_somebody_out_is_no_delivery(load, message, scheme):
    reply = b'{"errcode": 0, "code": 0, "data": {"filteredStaffIdList": ["a"]}}'
    with server(saying(head(), reply)) as port:
        own = f"{scheme}://KEY-KEY?base=http://127.0.0.1:{port}&rto=2"
        url = f"json://127.0.0.1:{port}/x" if scheme == "json" else own
        channels = load(f"urls:\n  - {url}:\n      tag: 甲\n")
        answer = channels.send(channels.targets("甲")[0], message)

    assert (answer.delivered, answer.code) == (False, "filteredStaffIdList")
    assert answer.uncertain  # the others have it: a repeat says that it is one
