"""An office's SMS gateway: whatever it speaks, only its own yes counts, and its file is private."""

import json
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs

import pytest
import yaml

from models.errors import ChannelError
from notifications.channels.channels import load_channels
from notifications.robots.gateway import Gateway, read_gateway
from notifications.saying.message import Message

PASSWORD = "S3cretGatewayPassword"
LINK = "http://127.0.0.1:4200/x?p=1"


@pytest.fixture
def sms(tmp_path: Path, provider):
    """Write a gateway file and a channels file beside it; return the channels."""

    def load(numbers: str = "13812345678", mode: int = 0o600, **gateway):
        told = {
            "url": f"{provider.base}/api/send",
            "headers": {"Authorization": PASSWORD},
            "body": '{"mobile": {{ phone | tojson }}, "content": {{ text | tojson }}}',
            "success": {"field": "code", "equals": ["0"]},
            "words": "msg",
        } | gateway
        for name, text in (
            ("sms.yaml", yaml.safe_dump({k: v for k, v in told.items() if v is not None})),
            ("channels.yaml", f"urls:\n  - smsgw://{numbers}?gateway=sms.yaml:\n      tag: 组长\n"),
        ):
            (tmp_path / name).write_text(text)
            (tmp_path / name).chmod(0o600)
        (tmp_path / "sms.yaml").chmod(mode)
        return load_channels(tmp_path / "channels.yaml")

    return load


def only(channels):
    assert channels.faults == []
    [target] = channels.targets("组长")
    return target


def test_a_message_goes_out_as_one_short_text_with_the_link(sms, provider):
    channels = sms()
    long = Message("市司法局逾期", "**一**：请办理。\n" * 40, LINK)

    answer = channels.send(only(channels), long)

    sent = json.loads(provider.seen[0].body)
    assert (answer.delivered, answer.text) == (True, "提交成功")
    assert sent["mobile"] == "13812345678"
    assert len(sent["content"]) <= 140
    assert sent["content"].startswith("市司法局逾期。一：请办理")
    assert sent["content"].endswith(LINK)
    assert provider.seen[0].headers["Authorization"] == PASSWORD


def test_a_refusal_is_told_in_the_gateway_s_words(sms, provider):
    channels = sms(hopeless=[1003])
    provider.behave("refuse")

    answer = channels.send(only(channels), Message("提醒", "请办理"))

    assert (answer.delivered, answer.code, answer.text) == (False, "1003", "余额不足")
    assert answer.permanent


def test_every_number_is_a_target_of_its_own_and_masked(sms, provider):
    channels = sms("13812345678/13900001111,13711112222")
    provider.behave({"code": "1008", "msg": "号码 13900001111 无效"}, key="13900001111")

    answers = {t.privacy: channels.send(t, Message("提醒", "")) for t in channels.targets("组长")}

    assert [*answers] == ["138****5678", "139****1111", "137****2222"]
    assert [a.delivered for a in answers.values()] == [True, False, True]
    assert answers["139****1111"].text == "号码 *** 无效"


def test_a_form_in_gbk_with_a_signature_is_sent_as_old_gateways_want_it(sms, provider):
    sign = "{{ ('u' ~ timestamp) | md5 }}"
    form = {"account": "cjb", "mobile": "{{ phone }}", "content": "{{ text }}", "sign": sign}
    channels = sms(body=None, form=form, encoding="gbk", success={"pattern": "提交成功"})

    assert channels.send(only(channels), Message("逾期提醒", "请办理")).delivered

    sent = parse_qs(provider.seen[0].body.decode("ascii"), encoding="gbk")
    assert sent["content"] == ["逾期提醒。请办理"]
    assert len(sent["sign"][0]) == 32


def test_a_get_gateway_puts_everything_into_the_address(sms, provider):
    url = f"{provider.base}/s?m={{{{ phone }}}}&c={{{{ text | urlencode }}}}&pw={PASSWORD}"
    channels = sms(method="GET", url=url, body=None)

    assert channels.send(only(channels), Message("逾期 & 提醒", "")).delivered
    assert "c=%E9%80%BE%E6%9C%9F%20%26%20" in provider.seen[0].path


# (the gateway's answer, how it says yes, delivered)
@pytest.mark.parametrize(
    ("said", "success", "delivered"),
    [
        ({"code": 0}, {"field": "code", "equals": 0}, True),
        ({"code": "0"}, {"field": "code", "equals": 0}, True),
        ({"code": "00"}, {"field": "code", "equals": "0"}, False),  # compared as text
        ({"code": "000000"}, {"field": "code", "equals": "000000"}, True),
        ({"data": [{"status": "OK"}]}, {"field": "data.0.status", "equals": "OK"}, True),
        ({"data": [0]}, {"field": "data.²", "equals": 0}, False),
        ({"success": True}, {"field": "success", "equals": True}, True),
        ({"success": False}, {"field": "success", "equals": True}, False),
        ({"success": "true"}, {"field": "success", "equals": True}, True),
        ({"code": 1}, {"field": "code", "equals": ["0", "200"]}, False),
        ({}, {"field": "code", "equals": ["0"]}, False),
        ({"x": "ok"}, {"pattern": '"ok"'}, True),
        ({"x": "no"}, {"pattern": '"ok"'}, False),
        ({"code": 0}, {"field": "code", "equals": 0, "pattern": "taskId"}, False),  # both must hold
    ],
)
def test_the_success_test_decides(sms, provider, said, success, delivered):
    channels = sms(success=success)
    provider.behave(said)

    assert channels.send(only(channels), Message("提醒", "")).delivered is delivered


@pytest.mark.parametrize(
    "behaviour", ["error", "html", "empty", "no-content", "redirect", "drop", "garbage"]
)
def test_no_fault_counts_as_yes(sms, provider, behaviour):
    channels = sms()
    provider.behave(behaviour)

    assert not channels.send(only(channels), Message("提醒", "")).delivered


def test_the_gateway_s_password_comes_back_masked(sms, provider):
    channels = sms()
    provider.behave({"code": "9", "msg": f"Authorization {PASSWORD} 无效"})

    assert channels.send(only(channels), Message("提醒", "")).text == "Authorization *** 无效"


# (what is wrong with the file, what is said)
@pytest.mark.parametrize(
    ("gateway", "said"),
    [
        ({"success": None}, "success 没有写"),
        ({"success": {"field": "code"}}, "要写明怎样算发送成功"),
        ({"success": {"pattern": "("}}, "pattern 写法有误"),
        ({"url": None}, "url 没有写"),
        ({"method": "FETCH"}, "method 写法不对"),
        ({"body": "{{ nobody }}"}, "模板有误"),
        ({"body": "{{ phone"}, "模板有误"),
        ({"pasword": PASSWORD}, "pasword 不认识这一项"),
        ({"mode": 0o644}, "chmod 600"),
    ],
)
def test_a_bad_gateway_file_is_a_fault_in_chinese_without_its_values(sms, gateway, said):
    channels = sms(**gateway)

    [fault] = channels.faults
    assert fault.startswith("第 2 行（第 1 条）：短信网关文件")
    assert said in fault
    assert PASSWORD not in fault


def test_a_gateway_file_that_refers_to_itself_is_refused_by_its_line(tmp_path: Path):
    path = tmp_path / "sms.yaml"
    path.write_text(f"url: &x http://x/{PASSWORD}\nbody: *x\n")
    path.chmod(0o600)

    with pytest.raises(ChannelError, match=r"第 1 行：用 & .*第 2 行：用 \* ") as caught:
        read_gateway(path)
    assert PASSWORD not in str(caught.value)


def test_a_template_cannot_reach_into_the_program(tmp_path: Path):
    path = tmp_path / "sms.yaml"
    path.write_text(
        "url: http://x\nbody: '{{ phone.__class__.__mro__[1].__subclasses__() }}'\n"
        "success: {pattern: ok}\n"
    )
    path.chmod(0o600)

    with pytest.raises(ChannelError, match="模板有误"):
        read_gateway(path)


def test_the_time_is_the_office_s():
    gateway = Gateway(url="http://x/{{ now }}", success={"pattern": "ok"})

    assert (
        gateway.call("1", "", datetime(2026, 6, 30, 9, 30, tzinfo=UTC)).url
        == "http://x/20260630093000"
    )


# (the answer with HTTP 200, may the text have gone out)
@pytest.mark.parametrize(
    ("behaviour", "uncertain"),
    [("garbage", True), ("html", True), ("empty", True), ("drop-after", True), ("refuse", False)],
)
def test_an_answer_that_cannot_be_read_leaves_open_whether_it_arrived(
    sms, provider, behaviour, uncertain
):
    channels = sms()
    provider.behave(behaviour)

    answer = channels.send(only(channels), Message("提醒", ""))

    assert (answer.delivered, answer.uncertain) == (False, uncertain)


@pytest.mark.parametrize(
    "said", [{"failNum": "1"}, {"successNum": "0"}, {"data": {"invalidMobiles": ["13812345678"]}}]
)
def test_a_yes_that_counts_the_number_among_the_failed_is_none(sms, provider, said):
    channels = sms()
    provider.behave({"code": "0", "msg": "提交成功", **said})

    answer = channels.send(only(channels), Message("提醒", ""))

    assert (answer.delivered, answer.uncertain) == (False, False)
