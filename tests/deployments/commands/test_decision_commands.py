"""`shifan gate`, `decision`, `audit`: what an operator and a leader type, and what they read."""

import io
import json
import re
import stat
from datetime import date

import pytest
import yaml
from sqlmodel import select

from deployments.cli import run
from flows.running import clock
from models.audit.chain import AuditEntry
from models.audit.heads import audit_key
from models.audit.heads_file import HEADS_FILE
from models.database import open_session
from models.plan.checks import contradictions
from models.rules.gates.plan import PlanGates
from models.settings import ROOT, moment_of, settings
from tasks.patrol.patrol import patrol_campaign
from tasks.plans.loading import find_plan, read_plan
from tests.support.deciding import noon
from tests.support.other_clients import another_client
from tests.support.phones import open_phones
from tests.support.registers import unprotect

MONDAY = date(2025, 7, 21)


@pytest.fixture
def asked(campaign):
    """A campaign whose first stage waits for a decision."""
    patrol_campaign(campaign, moment_of(noon(MONDAY), MONDAY))
    return campaign


def test_the_gate_lists_obstacles_with_owners_and_days_left(campaign, capsys):
    assert run(["gate", "2", "--today", "2025-07-21"]) == 0
    said = capsys.readouterr().out

    assert "还剩 8 个工作日" in said
    assert "如果今天验收" in said
    assert run(["gate", "9"]) == 1
    assert "没有第 9 阶段" in capsys.readouterr().err


def test_the_gate_as_one_object(campaign, capsys):
    assert run(["gate", "--today", "2025-07-21", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)

    assert [stage["ordinal"] for stage in found["stages"]] == [1, 2, 3, 4, 5]
    assert found["acceptance_on"] == "2025-11-01"
    assert found["workdays_left"] == 70
    efforts = [one["effort"] for one in found["obstacles"]]
    order = ["当天可办", "几天可办", "需要几周"]
    assert efforts == sorted(efforts, key=order.index)
    assert {"stage", "rule", "text", "owner", "due", "effort"} == set(found["obstacles"][0])
    keys = [(one["rule"], one["text"], one["owner"]) for one in found["obstacles"]]
    assert len(keys) == len(set(keys))


def test_the_rules_are_listed_for_whoever_writes_a_plan(capsys):
    assert run(["gate", "--rules"]) == 0
    said = capsys.readouterr().out
    assert "steps-done" in said
    assert "至少（默认1）" in said
    assert "最多（默认0）" in said


def test_the_office_confirms_and_takes_back_from_the_command_line(campaign, capsys):
    words = ["gate", "confirm", "evidence-complete", "2", "--by", "创建办", "--note", "已逐项核对"]
    assert run(words) == 0
    assert "已登记确认：第 2 阶段“实施推进”" in capsys.readouterr().out
    assert run(words) == 0
    assert "没有变化" in capsys.readouterr().out
    assert run(["gate", "2"]) == 0
    assert "确认（已逐项核对）" in capsys.readouterr().out
    assert run(["gate", "2", "--json"]) == 0
    [said] = json.loads(capsys.readouterr().out)["confirmed"]
    assert (said["rule"], said["by"], said["counts"]) == ("evidence-complete", "创建办", True)
    back = ["gate", "unconfirm", "evidence-complete", "2", "--by", "创建办", "--reason", "漏了两项"]
    assert run(back) == 0
    capsys.readouterr()
    assert run(back) == 1
    assert "没有登记过这条确认" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("gate confirm ledgers-out", "缺少 --by"),
        ("gate confirm ledgers-out --by 创建办 --on 七月", "应为 2025-07-21 这样的日期"),
        ("gate confirm ledgers-out --by 创建办 --on 2099-01-01", "晚于今天"),
        ("gate confirm ledgers-out 一 --by 创建办", "应为整数"),
        ("gate confirm nothing --by 创建办", "没有名为 nothing 的推进条件"),
        ("gate confirm highlight --by 创建办 --count 三", "应为整数"),
        ("gate unconfirm ledgers-out --by 创建办", "缺少 --reason"),
        ("gate unconfirm ledgers-out --by 创建办 --reason 看错", "没有登记过这条确认"),
        ("gate confirm ledgers-out --by 创建办 --campaign nobody", "没有简称为“nobody”的创建活动"),
        ("gate 2 --today 2025-13-01", "应为 2025-07-21 这样的日期"),
        ("gate two", "two"),
    ],
)
def test_wrong_words_about_a_gate_end_in_one_line(campaign, capsys, words, line):
    assert run(words.split()) == 1
    said = capsys.readouterr()
    assert line in said.err
    assert said.err.count("\n") == 1
    assert said.out == ""


def test_the_commented_example_is_a_valid_plan_section():
    path = ROOT / "deployments" / "plans" / "gates.example.yaml"
    found = yaml.safe_load(path.read_text(encoding="utf-8"))

    plan = read_plan(find_plan("jinchang-2025"))
    plan.gates = PlanGates.model_validate(found["gates"])
    assert plan.gates.near_end_workdays == 3
    assert plan.gates.threshold("highlight", 2) == 3
    assert contradictions(plan) == []


def types(monkeypatch, line: str):
    """Put a line at the next prompt; return how to put another one there."""

    def put(words: str) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{words}\n"))

    put(line)
    return put


def test_a_leader_decides_from_the_command_line(asked, capsys, monkeypatch):
    assert run(["decision", "list"]) == 0
    assert "部署启动" in capsys.readouterr().out
    assert run(["decision", "code", "1", "--by", "创建办"]) == 0
    sheet = capsys.readouterr().out
    code = re.search(r"验 证 码：\s+(\w{6})", sheet)[1]
    assert "转交人：创建办" in sheet

    typed = types(monkeypatch, "AAAAAA")
    assert run(["decision", "decide", "1", "--answer", "强制推进", "--reason", "按期"]) == 1
    assert "再错 4 次就要等一等" in capsys.readouterr().err
    typed(code)
    assert run(["decision", "decide", "1", "--answer", "批准"]) == 1
    assert "不能批准" in capsys.readouterr().err
    assert run(["decision", "decide", "1", "--answer", "同意"]) == 1
    assert "可选：批准、退回、延期、强制推进、转办" in capsys.readouterr().err
    decide = ["decision", "decide", "1", "--answer", "强制推进", "--reason", "按期"]
    typed(code)
    assert run(decide) == 0
    assert "“部署启动”已结束" in capsys.readouterr().out
    typed(code)
    assert run(decide) == 1
    assert "本次审批已失效" in capsys.readouterr().err

    assert run(["decision", "list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"decisions": []}
    assert run(["decision", "list", "--all", "--json"]) == 0
    [row] = json.loads(capsys.readouterr().out)["decisions"]
    assert row["status"] == "已决定"
    typed("x")
    assert run(["decision", "decide", "77", "--answer", "批准"]) == 1
    assert "没有编号为 77 的审批" in capsys.readouterr().err


def test_asking_and_delegating_from_the_command_line(asked, capsys):
    assert run(["decision", "ask", "1", "--by", "创建办"]) == 0
    assert "编号 1" in capsys.readouterr().out
    words = ["decision", "delegate", "组长", "--to", "分管领导", "--by", "组长", "--start"]
    assert run([*words, "2025-08-01", "--end", "2099-08-10"]) == 0
    assert "代为决定" in capsys.readouterr().out
    assert run([*words, "2025-08-10", "--end", "2025-08-01"]) == 1
    assert "早于开始日" in capsys.readouterr().err


def test_a_delegation_is_listed_and_ended_from_the_command_line(asked, capsys):
    assert run(["decision", "delegations"]) == 0
    assert "目前没有委托" in capsys.readouterr().out
    words = ["decision", "delegate", "组长", "--to", "分管领导", "--by", "组长", "--start"]
    assert run([*words, "2025-08-01", "--end", "2099-08-10"]) == 0
    assert run([*words, "2025-08-01", "--end", "2099-08-10"]) == 0
    assert "此前已登记" in capsys.readouterr().out
    assert run(["decision", "delegations", "--json"]) == 0
    [row] = json.loads(capsys.readouterr().out)["delegations"]
    assert (row["post"], row["deputy"], row["last"]) == ("组长", "分管领导", "2099-08-10")
    assert run(["decision", "delegations"]) == 0
    assert "分管领导" in capsys.readouterr().out
    assert run(["decision", "undelegate", "组长", "--by", "组长", "--reason", "已回岗"]) == 0
    assert "组长对分管领导的委托已结束" in capsys.readouterr().out


def test_an_objection_is_recorded_from_the_command_line(asked, capsys, monkeypatch):
    assert run(["decision", "code", "1", "--by", "创建办"]) == 0
    code = re.search(r"验 证 码：\s+(\w{6})", capsys.readouterr().out)[1]
    types(monkeypatch, code)
    assert run(["decision", "decide", "1", "--answer", "强制推进", "--reason", "按期"]) == 0
    capsys.readouterr()
    words = ["decision", "object", "1", "--by", "组长", "--reason", "不是我作的决定"]
    assert run(words) == 1
    assert "--registrar" in capsys.readouterr().err
    assert run([*words, "--registrar", "创建办"]) == 0
    assert "“部署启动”回到审批（编号 " in capsys.readouterr().out
    assert run([*words, "--registrar", "创建办"]) == 0
    assert "此前已提出异议" in capsys.readouterr().out


def test_a_leader_confirms_at_the_prompt_and_nobody_else_can(asked, tmp_path, capsys, monkeypatch):
    """The code comes to the leader's phone while the command waits for it."""
    with open_phones(tmp_path, monkeypatch) as phones:
        today = clock.today()
        words = ["decision", "delegate", "组长", "--to", "分管领导", "--by", "创建办"]
        words += ["--start", str(today), "--end", str(today)]
        types(monkeypatch, "AAAAAA")
        assert run(words) == 1
        assert "委托没有生效" in capsys.readouterr().err
        assert run(["decision", "delegations"]) == 0
        assert "目前没有委托" in capsys.readouterr().out
        assert run([*words[:-1], "2000-01-01"]) == 1
        types(monkeypatch, phones.code("组长", "代为决定"))
        assert run(words) == 0
        assert f"{today} 至 {today}，组长的审批由分管领导代为决定" in capsys.readouterr().out
        assert len(phones.said("组长", "同意委托的验证码")) == 1
        assert phones.said("组长", "【委托】")  # at once, without waiting for the next round

        assert run(["decision", "code", "1", "--by", "创建办", "--reason", "不在"]) == 0
        code = re.search(r"验 证 码：\s+(\w{6})", capsys.readouterr().out)[1]
        assert phones.said("组长", "打印了分管领导（受组长委托）的验证码单")
        types(monkeypatch, code)
        assert run(["decision", "decide", "1", "--answer", "强制推进", "--reason", "按期"]) == 0
        capsys.readouterr()
        assert phones.said("组长", "【回执】")
        words = ["decision", "object", "1", "--by", "组长", "--reason", "不是我作的决定"]
        monkeypatch.setattr("sys.stdin", _Later(lambda: phones.code("组长", "提出异议")))
        assert run(words) == 0
        assert "回到审批" in capsys.readouterr().out


class _Later(io.StringIO):
    """A prompt at which somebody types what has just come."""

    def __init__(self, line) -> None:
        super().__init__()
        self.line = line

    def readline(self, *_) -> str:
        return f"{self.line()}\n"


@pytest.mark.parametrize("stdin", [io.StringIO(""), None])
def test_without_a_line_to_read_nothing_is_decided(asked, capsys, monkeypatch, stdin):
    monkeypatch.setattr("sys.stdin", stdin)

    assert run(["decision", "decide", "1", "--answer", "退回", "--reason", "按期"]) == 1
    assert "没有读到验证码" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("decision ask 9 --by 创建办", "没有第 9 阶段"),
        ("decision ask 一 --by 创建办", "应为整数"),
        ("decision ask 2", "缺少 --by"),
        ("decision ask 2 --by 创建办 --campaign nobody", "没有简称为“nobody”的创建活动"),
        ("decision code 1", "缺少 --by"),
        ("decision code 1 --by 创建办 --post 市长", "没有请 市长 决定，请的是：组长"),
        ("decision code 99 --by 创建办", "没有编号为 99 的审批"),
        ("decision decide 1 --answer 延期 --date 2025-02-30", "2025-07-21 这样的日期"),
        ("decision decide 1 --answer 延期 --reason 等", "延期必须填写延期到哪一天"),
        ("decision decide 1 --answer 批准 --date 2025-09-01", "请改选延期或清空日期"),
        ("decision decide 1 --answer 转办 --to 分管领导", "方案没有允许转办"),
        ("decision decide -1 --answer 批准", "-1"),
        ("decision delegate 组长 --to 组长 --start 2099-01-01 --end 2099-01-02 --by 组长", "自己"),
        ("decision delegate 组长 --to 市长 --start 2099-01-01 --end 2099-01-02 --by 组长", "市长"),
        ("decision delegate 组长 --to 分管领导 --start 明天 --end 2099-01-02 --by 组长", "日期"),
        ("decision undelegate 组长 --by 组长", "没有生效或将要生效的委托"),
        ("decision undelegate 组长", "缺少 --by"),
        ("decision decide 1 --answer 批准 --code AAAAAA", "--code"),
        ("decision object 1 --by 组长 --reason 不是我", "没有以组长的名义说过什么"),
        ("decision object 1 --by 组长", "缺少 --reason"),
        ("decision object 1 --reason 不是我", "缺少 --by"),
        ("decision object 一 --by 组长 --reason 不是我", "应为整数"),
        ("decision object 0 --by 组长 --reason 不是我", "应为整数（1 到 2147483647）"),
        ("decision object 99 --by 组长 --reason 不是我", "没有编号为 99 的审批"),
        ("decision object 12345678901 --by 组长 --reason 不是我", "应为整数（1 到 2147483647）"),
        ("audit verify --head /nowhere", "找不到文件"),
        ("audit verify --sent 128", "不是消息里的链头"),
    ],
)
def test_wrong_words_about_a_decision_end_in_one_line(asked, capsys, monkeypatch, words, line):
    types(monkeypatch, "AAAAAA")
    with open_session(read_only=True) as session:
        before = len(list(session.exec(select(AuditEntry.id))))
    assert run(words.split()) == 1
    said = capsys.readouterr()
    assert line in said.err
    assert said.err.count("\n") == 1
    assert "Traceback" not in said.err
    with open_session(read_only=True) as session:
        assert len(list(session.exec(select(AuditEntry.id)))) == before


def test_the_chain_is_verified_exported_and_its_head_kept(asked, capsys, tmp_path):
    assert run(["audit", "verify"]) == 0
    assert "记录链完整" in capsys.readouterr().out
    out = tmp_path / "记录.csv"
    assert run(["audit", "export", str(out)]) == 0
    capsys.readouterr()
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    head = tmp_path / "记录.csv.head.json"
    assert run(["audit", "verify", "--head", str(head)]) == 0
    capsys.readouterr()
    assert run(["audit", "head"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["entries"] == json.loads(head.read_text(encoding="utf-8"))["head"]["entries"]
    (tmp_path / "抄下的链头.json").write_text(json.dumps(shown), encoding="utf-8")
    assert run(["audit", "verify", "--head", str(tmp_path / "抄下的链头.json")]) == 0
    capsys.readouterr()

    # Somebody who knows the database takes the last entries away.
    with another_client() as client:
        unprotect(client)
        client.exec_driver_sql("DELETE FROM transition")
        client.exec_driver_sql("DELETE FROM audit_head")
        client.exec_driver_sql("UPDATE decision SET audit_id = NULL")
        last = "(SELECT max(id) FROM audit_entry)"
        client.exec_driver_sql(f"DELETE FROM audit_entry WHERE id = {last}")
    assert run(["audit", "verify"]) == 1
    said = capsys.readouterr()
    assert "末尾的记录被删除" in said.err
    assert re.search(r"保护 audit_entry_\w+ 不见了", said.err)
    (settings().home / HEADS_FILE).unlink()
    assert run(["audit", "verify"]) == 1
    assert "断在" not in capsys.readouterr().err  # the chain itself shows nothing any more
    assert run(["audit", "verify", "--head", str(head)]) == 1  # what was kept elsewhere does
    assert "末尾的记录被删除" in capsys.readouterr().err


def test_a_cell_that_excel_would_run_is_written_as_text(asked, capsys, tmp_path):
    assert run(["decision", "ask", "2", "--by", "=cmd()"]) == 0
    assert run(["audit", "export", str(tmp_path / "a.csv")]) == 0

    assert ",'=cmd()," in (tmp_path / "a.csv").read_text(encoding="utf-8-sig")


def test_the_signing_key_is_for_its_owner_alone(asked):
    key = settings().home / "audit.key"

    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert len(audit_key()) == 32
    key.chmod(0o644)
    assert run(["audit", "verify"]) == 1
    assert run(["audit", "verify", "--head", "/nowhere"]) == 1
