"""The adapter: who is reached by a tag, what a bad file says, and that one never hides another."""

import json
import shutil
import threading
import time
from pathlib import Path

import pytest

from models.errors import ChannelError
from models.settings import ROOT
from notifications.channels.channels import Channels, load_channels
from notifications.channels.together import _Turn as Turn
from notifications.robots.base import Robot
from notifications.saying.answer import refused
from notifications.saying.message import Message

KEY = "693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa"


def test_a_tag_finds_its_targets_and_only_those(load):
    channels = load(
        f"urls:\n"
        f"  - wecomrobot://{KEY}:\n      tag: 市司法局, 组长\n"
        f"  - serverchan3://SCT123456:\n      tag: 组长\n"
    )

    assert [t.kind for t in channels.targets("组长")] == ["企业微信群机器人", "Server酱"]
    assert [t.kind for t in channels.targets("市司法局")] == ["企业微信群机器人"]
    assert channels.tags == ["市司法局", "组长"]
    assert channels.has("组长")
    assert not channels.has("市司法局-负责人")
    assert not channels.has("市司法局, 组长")
    assert channels.targets("") == []


# Each way an office may write several tags, a group, or a list of options.
@pytest.mark.parametrize(
    "text",
    [
        "urls:\n  - {url}:\n      tag: 市司法局, 组长\n",
        "urls:\n  - {url}:\n      tag: 市司法局、组长\n",
        "urls:\n  - {url}:\n      tag: 市司法局\uff0c组长\n",
        "urls:\n  - {url}:\n      tag: [市司法局, 组长]\n",
        "urls:\n  - {url}:\n      tag: [市司法局、组长]\n",
        "urls:\n  - {url}:\n     - tag: 市司法局\n     - tag: 组长\n",
        "tag: 组长\nurls:\n  - {url}:\n      tag: 市司法局\n",
        "groups:\n  组长: 市司法局\nurls:\n  - {url}:\n      tag: 市司法局\n",
        "市司法局, 组长={url}\n",
        "# 注释\n\n市司法局、组长 = {url}\n",
        "组长 = 市司法局\n市司法局={url}\n",
        "首长 = \n市司法局, 组长={url}\n",
        "\ufeffurls:\n  - {url}:\n      tag: 市司法局, 组长\n",
    ],
)
def test_tags_are_read_as_people_write_them(load, text):
    channels = load(text.format(url=f"wecomrobot://{KEY}?base=http://127.0.0.1:1"))

    assert channels.faults == []
    assert channels.tags == ["市司法局", "组长"]


# A blank inside a tag: Apprise would make 组 and 长 of it, and nobody would reach 组长.
@pytest.mark.parametrize(
    ("text", "line", "tag"),
    [
        ("urls:\n  - {url}:\n      tag: 市司法局, 组  长\n", "第 2 行（第 1 条）", "组  长"),
        ("urls:\n  - {url}:\n      tag: [市司法局, 组 长]\n", "第 2 行（第 1 条）", "组 长"),
        ("urls:\n  - {url}:\n     - tag: 组\u3000长\n", "第 3 行（第 1 条）", "组\u3000长"),
        ("urls:\n  - {url}:\n      tag: 市司法局 组长\n", "第 2 行（第 1 条）", "市司法局 组长"),
        ("市司法局 组长={url}\n", "第 1 行（第 1 条）", "市司法局 组长"),
    ],
)
def test_a_blank_inside_a_tag_is_a_fault_and_never_two_tags(load, text, line, tag):
    channels = load(text.format(url=f"wecomrobot://{KEY}"))

    [fault] = channels.faults
    assert fault.startswith(f"{line}：标签“{tag}”里有空格；")
    assert "用逗号隔开" in fault
    assert channels.tags == []


# The same in what all entries share: it is named, and everything else of the file works.
@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("tag: 组 长\nurls:\n  - {url}:\n      tag: 甲\n", 1),
        ("groups:\n  乙: 甲\n  组 长: 甲\nurls:\n  - {url}:\n      tag: 甲\n", 3),
        ("groups:\n  乙: 甲\n  丙: [甲 乙]\nurls:\n  - {url}:\n      tag: 甲\n", 3),
        ("# 组\n组 长 = 甲\n乙 = 甲\n甲={url}\n", 2),
    ],
)
def test_a_blank_in_a_shared_tag_or_a_group_is_named_by_its_line(load, text, line):
    channels = load(text.format(url=f"wecomrobot://{KEY}"))

    [fault] = channels.faults
    assert fault.startswith(f"第 {line} 行：标签“")
    assert channels.tags in (["甲"], ["乙", "甲"])


def test_options_may_stand_in_the_address_or_below_it(load, provider, message):
    channels = load(
        f"urls:\n  - dingrobot://{KEY}:\n      - tag: 组长\n        secret: SECdemo\n"
        f"        base: {provider.base}\n        mobiles: [13812345678, '13900001111']\n"
        f"        all: yes\n        rto: 2\n"
    )

    assert channels.send(channels.targets("组长")[0], message).delivered
    assert "&sign=" in provider.seen[0].path
    at = json.loads(provider.seen[0].body)["at"]
    assert at == {"atMobiles": ["13812345678", "13900001111"], "atUserIds": [], "isAtAll": True}


def test_limits_of_time_that_make_no_sense_are_put_right(load, provider, message):
    for limits in ("rto=0&cto=0", "rto=-1", "rto=nan", "rto=inf&cto=inf", "rto=abc"):
        channels = load(
            f"urls:\n  - wecomrobot://{KEY}?base={provider.base}&{limits}:\n      tag: 甲\n"
        )

        assert channels.send(channels.targets("甲")[0], message).delivered


@pytest.mark.parametrize(
    "url",
    [
        f"wecomrobot://{KEY}?rto=60&cto=60",
        "mailto://127.0.0.1/?smtp=127.0.0.1&from=a@b.cn&to=c@d.cn&rto=60",
        "json://127.0.0.1:1/x?rto=60&cto=60",
    ],
)
def test_no_send_outlasts_the_claim_on_its_message(load, monkeypatch, url):
    channels = load(f"urls:\n  - {url}:\n      tag: 甲\n")
    seconds = []

    def turn(message, post, waiting, until):
        seconds.append(round(until - time.monotonic()))
        return Turn(message, post, waiting, until)

    monkeypatch.setattr("notifications.channels.together._Turn", turn)
    monkeypatch.setattr(Robot, "deliver", lambda self, message: refused("failed", ""))
    channels.send(channels.targets("甲")[0], Message("提醒", ""))

    assert seconds == [90]


def test_whoever_stops_listening_stops_the_sending(load, provider):
    channels = load(f"urls:\n  - wecomrobot://{KEY}?base={provider.base}:\n      tag: 甲\n")
    [target] = channels.targets("甲")

    answers = channels.send_all((target, Message(str(n), "")) for n in range(200))
    next(answers)
    answers.close()

    assert len(provider.accepted) < 100


def test_a_target_is_known_by_the_same_number_everywhere_and_shows_nothing(load):
    text = f"urls:\n  - wecomrobot://{KEY}?base=https://wework.example.gov.cn:\n      tag: 组长\n"
    [target], [again] = load(text).targets("组长"), load(text).targets("组长")

    assert target == again
    assert len(target.id) == 24
    assert str(target).startswith("企业微信群机器人 wework.example.gov.cn（编号 ")
    assert KEY not in repr(target)


def test_one_robot_that_mentions_different_people_shares_one_limit(load):
    channels = load(
        f"urls:\n  - wecomrobot://{KEY}:\n      - {{tag: 甲, users: a}}\n      - {{tag: 乙, users: b}}\n"
    )
    [first], [second] = channels.targets("甲"), channels.targets("乙")

    assert first.id != second.id
    assert channels.bucket(first) == channels.bucket(second) != ""


def test_a_new_mailbox_password_makes_no_new_target(load, mail):
    def target(secret: str):
        url = mail.url("a@126.com", user="cjb", secret=secret)
        return load(f"urls:\n  - {url}:\n      tag: 组长\n").targets("组长")

    assert target("first-code") == target("second-code")


def test_several_addresses_are_several_targets_and_one_refused_hides_none(load, mail, message):
    url = mail.url("zhangsan@126.com", "lisi@126.com", "wangwu@126.com")
    channels = load(f"urls:\n  - {url}:\n      tag: 组长\n")
    mail.behave("refuse", key="lisi@126.com")

    answers = {t.privacy: channels.send(t, message) for t in channels.targets("组长")}

    assert [a.delivered for a in answers.values()] == [True, False, True]
    refused = answers["li***@126.com"]
    assert (refused.code, refused.permanent) == ("550", True)
    assert "User unknown" in refused.text
    assert [taken.key for taken in mail.accepted] == ["zhangsan@126.com", "wangwu@126.com"]


def test_a_mail_carries_the_subject_the_words_and_the_link(load, mail, message):
    channels = load(f"urls:\n  - {mail.url('a@126.com')}:\n      tag: 组长\n")

    assert channels.send(channels.targets("组长")[0], message).delivered

    [taken] = mail.accepted
    assert taken.text.startswith(message.subject)
    assert "<strong>什么事</strong>" in taken.text
    assert f'href="{message.link}"' in taken.text


# (what the mail server does, code, is another try useless)
@pytest.mark.parametrize(
    ("behaviour", "code", "permanent"),
    [
        ("refuse", "550", True),
        ("refuse-text", "554", True),
        ("busy", "451", False),
        ("drop", "dropped", False),
        ("drop-after", "dropped", False),
        ("hang", "timeout", False),
    ],
)
def test_a_mail_server_that_says_no_is_quoted(load, mail, message, behaviour, code, permanent):
    channels = load(f"urls:\n  - {mail.url('a@126.com', more='&rto=1')}:\n      tag: 组长\n")
    mail.behave(behaviour)

    answer = channels.send(channels.targets("组长")[0], message)

    assert not answer.delivered
    assert (answer.code, answer.permanent) == (code, permanent)


def test_a_failure_marked_optional_is_still_a_failure(load, provider, message):
    url = f"json://127.0.0.1:{provider.port}/hook?optional=yes&retry=3&wait=5"
    channels = load(f"urls:\n  - {url}:\n      tag: 组长\n")
    provider.behave("error")

    answer = channels.send(channels.targets("组长")[0], message)

    assert (answer.delivered, answer.code) == (False, "HTTP 500")
    assert answer.text == "Internal Server Error"  # the provider's words, not the library's
    assert len(provider.seen) == 1


def test_apprise_s_own_plugins_follow_no_redirect_either(load, provider, message):
    channels = load(f"urls:\n  - json://127.0.0.1:{provider.port}/hook:\n      tag: 组长\n")
    target = channels.targets("组长")[0]

    assert channels.send(target, message).delivered
    provider.behave("redirect")
    assert channels.send(target, message).code == "HTTP 302"


def test_sixty_mails_go_out_together_while_one_server_hangs(load, mail, message):
    lines = [
        f"  - {mail.url(f'unit{n}@126.com', more='&rto=3')}:\n      tag: 全部\n" for n in range(60)
    ]
    channels = load("urls:\n" + "".join(lines))
    mail.behave("hang", key="unit7@126.com")

    began = time.monotonic()
    order = [
        (target.privacy, answer.delivered)
        for target, _, answer in channels.send_all((t, message) for t in channels.targets("全部"))
    ]

    assert len(mail.accepted) == 59
    assert order[-1][1] is False  # whoever hangs is last, and delays nobody
    assert all(delivered for _, delivered in order[:-1])
    assert time.monotonic() - began < 60  # 60 at once; one after another the throttle takes 330 s


def test_messages_of_one_target_keep_their_order_and_others_do_not_wait(load, provider):
    lines = [
        f"  - wecomrobot://KEY-{n}?base={provider.base}&rto=0.5:\n      tag: 全部\n"
        for n in range(3)
    ]
    channels = load("urls:\n" + "".join(lines))
    provider.behave("hang", key="KEY-0")
    letters = [(t, Message(f"第{n}条", "")) for n in range(3) for t in channels.targets("全部")]

    answers = list(channels.send_all(letters))

    assert sum(answer.delivered for *_, answer in answers) == 6
    for key in ("KEY-1", "KEY-2"):
        words = [taken.text for taken in provider.accepted if taken.key == key]
        assert [w[2:5] for w in words] == ["第0条", "第1条", "第2条"]


def test_a_server_that_drips_its_answer_ends_in_time(load, provider, message):
    channels = load(f"urls:\n  - wecomrobot://{KEY}?base={provider.base}&rto=1:\n      tag: 组长\n")
    provider.behave("slow")

    began = time.monotonic()
    answer = channels.send(channels.targets("组长")[0], message)

    assert answer.code == "timeout"
    assert time.monotonic() - began < 7  # the whole answer takes twice as long


def test_a_target_that_is_gone_from_the_file_is_answered_for(load, message):
    [target] = load(f"urls:\n  - wecomrobot://{KEY}:\n      tag: 组长\n").targets("组长")

    answer = Channels().send(target, message)

    assert (answer.delivered, answer.code, answer.permanent) == (False, "no-channel", True)


def test_no_file_is_no_channels():
    channels = load_channels(None)

    assert (channels.tags, channels.faults, channels.has("组长")) == ([], [], False)


# Faults by line and entry; none of them names an address.
@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        (f"wecombott://{KEY}", "不认识的通道类型 wecombott://"),
        (f"wecombot://{KEY}", "wecombot:// 在对方拒收时也会报告成功"),
        (f"dingtalk://{KEY}", "请改用 dingrobot://"),
        (f"wecomrobot://{KEY}?base=http://wework.example.gov.cn", "base 必须是 https:// 开头"),
        (f"wecomrobot://{KEY}?base=ftp://x", "base 应写成 https://主机[:端口]"),
        ("wecomrobot://", "密钥缺失或含有不应有的字符"),
        (f"serverchan3://{KEY}", "SendKey 应以 sctp 或 SCT 开头"),
        ("smsgw://13800000000", "没有写明网关文件"),
        ("smsgw://13800000000?gateway=nowhere.yaml", "不存在"),
        ("smsgw://abc?gateway=nowhere.yaml", "手机号缺失或写法不对"),
        (f"https://example.cn/{KEY}", "网址不是任何一种通道"),
        (KEY, "没有通道地址"),
        (f"mailto://cjb:{KEY}@126.com", "126.com 邮箱要写明邮件服务器：mailtos://126.com?smtp="),
        (f"mailtos://cjb:{KEY}@sina.com", "smtp=smtp.sina.com&mode=ssl"),
        ("mailtos://:::", "mailtos:// 的地址写法不对"),
    ],
)
def test_a_bad_entry_is_named_by_its_place_and_the_others_work(load, entry, fault):
    channels = load(
        f"urls:\n  - '{entry}':\n      tag: 市司法局\n  - serverchan3://SCT123456:\n      tag: 组长\n"
    )

    [line] = channels.faults
    assert line.startswith("第 2 行（第 1 条）：")
    assert fault in line
    assert KEY not in line
    assert channels.tags == ["组长"]


def test_an_entry_without_a_tag_or_an_include_is_a_fault(load):
    channels = load(f"include: file:///etc/other.yaml\nurls:\n  - wecomrobot://{KEY}\n")

    assert channels.faults == [
        "第 1 行：不支持 include，请把通道直接写在 urls 下面",
        "第 3 行（第 1 条）：没有写标签 tag，任何消息都不会发到这里",
    ]


def test_a_bad_line_of_the_text_form_is_named_by_its_number(load):
    channels = load(f"组长=wecomrobot://{KEY}\n这一行看不懂 {KEY}\n")

    assert channels.faults == ["第 2 行：看不懂，应写成 标签=通道地址"]
    assert channels.tags == ["组长"]


def test_yaml_that_is_none_is_refused_by_line_without_quoting_it(load):
    with pytest.raises(ChannelError, match="第 3 行：不是正确的 YAML") as caught:
        load(f"urls:\n  - a:\n   - wecomrobot://{KEY}: [\n")

    assert KEY not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (f"x: &x wecomrobot://{KEY}\nurls:\n  - *x\n", "第 1 行：用 & .*第 3 行：用 \\* "),
        (f"urls:\n  - wecomrobot://{KEY}:\n      <<: {{tag: a}}\n", "第 3 行：用 << "),
        (f"urls:\n  - !x wecomrobot://{KEY}\n", "第 2 行：用 ! "),
        (f"urls:\n  - wecomrobot://{KEY}: x\n    wecomrobot://{KEY}: y\n", "第 3 行：同一个名称"),
    ],
)
def test_a_channels_file_is_looked_at_before_apprise_sees_it(load, text, says):
    with pytest.raises(ChannelError, match=says) as caught:
        load(text)

    assert KEY not in str(caught.value)


@pytest.mark.parametrize("text", ["", "# 只有注释\n", "urls:\n", "version: 1\n", "[]", "你好"])
def test_a_file_without_channels_says_so(load, text):
    assert load(text).faults == ["文件里没有 urls，没有任何通道"]


def test_a_file_others_can_read_is_refused_with_the_way_out(tmp_path: Path):
    path = tmp_path / "channels.yaml"
    path.write_text("urls: []")
    path.chmod(0o644)

    with pytest.raises(ChannelError, match=f"0644.*chmod 600 {path}"):
        load_channels(path)


def test_a_file_is_read_once_until_it_changes(tmp_path: Path):
    path = tmp_path / "channels.yaml"
    path.write_text(f"urls:\n  - wecomrobot://{KEY}:\n      tag: 甲\n")
    path.chmod(0o600)
    first = load_channels(path)

    assert load_channels(path) is first
    path.write_text(f"urls:\n  - wecomrobot://{KEY}:\n      tag: 乙\n")
    assert load_channels(path).tags == ["乙"]
    path.chmod(0o640)  # also of what was read already
    with pytest.raises(ChannelError, match="0640"):
        load_channels(path)


def test_a_gateway_that_changes_alone_is_read_again(tmp_path: Path):
    for name, copy in (
        ("channels.example.yaml", "channels.yaml"),
        ("sms.example.yaml", "sms.yaml"),
    ):
        shutil.copy(ROOT / "deployments" / name, tmp_path / copy)
        (tmp_path / copy).chmod(0o600)
    assert load_channels(tmp_path / "channels.yaml").faults == []

    (tmp_path / "sms.yaml").write_text("url: 1\n")

    assert "sms.yaml" in load_channels(tmp_path / "channels.yaml").faults[0]


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path):
    with pytest.raises(ChannelError, match="不存在"):
        load_channels(tmp_path / "nowhere.yaml")
    with pytest.raises(ChannelError, match="不是一个文件"):
        load_channels(tmp_path)


def test_the_addresses_of_a_province_are_read_and_a_file_of_another_kind_is_not(tmp_path: Path):
    entry = f"urls:\n  - wecomrobot://{KEY}:\n      tag: 市司法局\n"
    path = tmp_path / "channels.yaml"
    path.touch(0o600)
    page = f"  # https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY}\n      # tag: 县司法局-负责人\n"
    path.write_text(entry + page * 9_000)
    assert load_channels(path).tags == ["市司法局"]

    path.write_text(entry + page * 40_000)
    with pytest.raises(ChannelError, match="过大"):
        load_channels(path)


def test_a_file_saved_by_old_windows_software_is_read(tmp_path: Path):
    path = tmp_path / "channels.yaml"
    path.write_bytes(f"urls:\n  - wecomrobot://{KEY}:\n      tag: 市司法局\n".encode("gb18030"))
    path.chmod(0o600)

    assert load_channels(path).tags == ["市司法局"]


# Addresses as the services' own pages show them, on their hosts or on the office's own.
@pytest.mark.parametrize(
    ("pasted", "kind"),
    [
        (f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY}", "企业微信群机器人"),
        (f"https://wework.example.gov.cn:8443/cgi-bin/webhook/send?key={KEY}", "企业微信群机器人"),
        ("https://oapi.dingtalk.com/robot/send?access_token=0123abcd", "钉钉群机器人"),
        (f"https://open.feishu.cn/open-apis/bot/v2/hook/{KEY}", "飞书群机器人"),
        ("https://12.push.ft07.com/send/sctp12tabcdef.send", "Server酱"),
        ("https://sctapi.ftqq.com/SCT123abc.send", "Server酱"),
    ],
)
def test_an_address_pasted_from_the_service_s_page_works(load, pasted, kind):
    channels = load(f"urls:\n  - {pasted}:\n      tag: 组长\n")

    [target] = channels.targets("组长")
    assert target.kind == kind
    assert target.privacy == pasted.split("/")[2]


def test_the_example_file_is_right_to_the_last_entry(tmp_path: Path):
    for name, copy in (
        ("channels.example.yaml", "channels.yaml"),
        ("sms.example.yaml", "sms.yaml"),
    ):
        shutil.copy(ROOT / "deployments" / name, tmp_path / copy)
        (tmp_path / copy).chmod(0o600)

    channels = load_channels(tmp_path / "channels.yaml")

    assert channels.faults == []
    assert {"市司法局", "市司法局-负责人", "创建办", "分管领导", "组长"} <= set(channels.tags)
    kinds = {t.kind for tag in channels.tags for t in channels.targets(tag)}
    assert kinds == {
        "邮件", "企业微信群机器人", "企业微信应用", "钉钉群机器人", "飞书群机器人", "Server酱", "短信",
    }  # fmt: skip


def test_the_example_to_start_with_is_one_mailbox_and_one_robot(tmp_path: Path):
    path = tmp_path / "channels.yaml"
    shutil.copy(ROOT / "deployments" / "channels.start.example.yaml", path)
    path.chmod(0o600)
    channels = load_channels(path)

    assert channels.faults == []
    assert channels.tags == ["创建办", "市司法局"]
    assert [t.kind for t in channels.targets("创建办")] == ["邮件", "企业微信群机器人"]


def test_sends_from_many_threads_do_not_mix_their_reasons(load, mail, message):
    lines = [f"  - {mail.url(f'u{n}@126.com')}:\n      tag: 全部\n" for n in range(8)]
    channels = load("urls:\n" + "".join(lines))
    for n in range(8):
        mail.behave("refuse" if n % 2 else "busy", key=f"u{n}@126.com")
    codes: dict[str, str] = {}

    def send(target):
        codes[target.id] = channels.send(target, message).code

    threads = [threading.Thread(target=send, args=(t,)) for t in channels.targets("全部")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [codes[t.id] for t in channels.targets("全部")] == ["451", "550"] * 4
