"""README as a newcomer follows it: every command in its order, in an empty folder."""

import io
import re
import shlex
import shutil
from datetime import UTC, datetime

import pytest
import time_machine

from deployments.cli import run
from models.database import engine_for
from models.settings import settings
from notifications import links
from tests.places import ROOT
from tests.support.drawn_tables import word_of
from tests.support.notices import MADE_UP
from tests.test_layers import LAYERS

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```\n(.*?)^```", README, re.M | re.S)
COMMANDS = [line for block in BLOCKS for line in block.splitlines() if line.startswith("shifan ")]

MORNING = datetime(2026, 5, 20, 2, 0, tzinfo=UTC)  # a working Wednesday of the plan's second stage

# What needs somebody or something a test has not: the provider on the internet, the leader's code,
# the clerk who fills in the indicators. Each still ends in one line.
ALONE = {
    "shifan channels test 创建办": "没有收到",
    "shifan channels selftest": "通道自检",
    "shifan mailbox check": "收件邮箱",
    "shifan indicators load 指标.xlsx": "指标",
    "shifan ledger settle --unit 市司法局 --take 另一份 --by 创建办": "没有待认定的",
    "shifan package make 申报材料.zip --by 创建办": "还没有装入指标表",
    "shifan package changes": "还没有生成过申报材料包",
    "shifan decision decide 1 --answer 批准": "验证码",
    "shifan scores set 1.1.2 2.5 --kind 初审分 --by 创建办": "没有编号为",
    "shifan scores deduct 1.1.2 0.5 --reason 两份文件没有公开发布 --by 创建办": "没有编号为",
    "shifan papers write dispatch 市司法局 --out 督办单.docx": "不需要督办",
    "shifan assessment records take-back M1 资料核查 评查一组 --by 创建办 --reason 写错了评查人": "还没有人登记",
    "shifan assessment seed M1 网络检索 --by 评估测评组": "总体是空的",
    "shifan assessment draw M1 网络检索 --by 评估测评组": "还没有公布种子",
    "shifan assessment search M1 --by 评估测评组": "还没有抽样",
    "shifan assessment review M1 资料核查 --by 创建办审核岗": "还没有结果",
    "shifan assessment finish M1 --by 创建办": "还不能办结",
    "shifan law-test papers 试卷 --by 创建办": "题库里只有 0 道",
    "shifan law-test key 答案.docx --by 创建办": "还没有组卷",
    "shifan law-test answers export 答卷.xlsx": "还没有组卷",
    "shifan law-test answers load 答卷.xlsx --by 创建办": "找不到文件",
    "shifan survey numbers load 号码.xlsx --by 评估测评组": "一个号码也没有",
    "shifan survey calls 电话清单.xlsx --by 评估测评组": "还没有电话号码",
    "shifan survey answers export 答案.xlsx": "还没有抽取电话清单",
    "shifan survey answers load 答案.xlsx --by 评估测评组": "找不到文件",
    "shifan survey numbers forget --by 评估测评组": "没有号码可以删除",
    "shifan law-test drop --number 2 --by 创建办 --reason 安排重了": "没有第 2 次测试",
    "shifan survey drop --number 2 --by 评估测评组 --reason 安排重了": "没有第 2 号测评",
    "shifan law-test hand-in M1 --by 评估测评组": "还没有成绩",
    "shifan survey hand-in M1 --by 评估测评组": "样本不足",
    "shifan survey talks hand-in M1 --by 评估测评组": "还没有评过分的访谈",
    "shifan law-test repeat --on 2026-06-15 --by 创建办": "没有人需要补考",
    "shifan publicity slogans rotate 标语轮换.docx --weeks 8": "还没有标语",
    "shifan doctor": "运行界面没有应答",
    "shifan doctor --json": "运行界面没有应答",
    "shifan up --no-demo --host 0.0.0.0 --ask-password": "在终端里",
    "shifan db copy --to postgresql://shifan@127.0.0.1:5432/shifan --by 创建办": "连不上",
    "shifan window account lock 张科": "最后一个能登录的账号",
    "shifan server": "没有设 PREFECT_SERVER_API_AUTH_STRING",
    "shifan deploy --dry-run": "没有设 PREFECT_API_URL",
    "shifan deploy": "没有设 PREFECT_API_URL",
    "shifan worker --limit 4": "没有设 PREFECT_API_URL",
}


DRAWN = """
某市法治政府建设示范指标体系
一级指标|二级指标|三级指标|分值|佐证材料
一、政府职能依法全面履行|（一）优化营商环境|1.行政许可事项按时办结率不低于95%。|60|办结台账
^|^|2.不存在违规收费。|40|收费目录
"""


BREAKDOWN = """
云岫市创建工作责任分解表
序号|工作任务|牵头单位|责任单位|完成时限
1|规范性文件合法性审核|市司法局|市政府各部门|2024年8月底
2|建立涉企检查备案制度|市司法局|市市场监管局|2024年9月底
"""
SUPPLEMENT = """云岫市人民政府关于延长创建工作时限的补充通知
将组织实施阶段延长至2024年10月15日。
"""


def docx_of(text: str) -> bytes:
    """Return a Word file that says ``text``."""
    from docx import Document

    document, made = Document(), io.BytesIO()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(made)
    return made.getvalue()


@pytest.fixture
def newcomer(tmp_path, monkeypatch):
    """A folder with the office's plan in it, a home of its own, and the example's channels."""
    text = (ROOT / "tests" / "documents" / "01-fazhi-shifan-shishi.txt").read_text(encoding="utf-8")
    word_of(DRAWN, tmp_path / "指标体系.docx")
    word_of(BREAKDOWN, tmp_path / "责任分解表.docx")
    (tmp_path / "实施方案.docx").write_bytes(docx_of(text))
    later = text.replace("2024年6月至10月", "2024年6月至9月").replace("12号", "35号")
    (tmp_path / "修订稿.docx").write_bytes(docx_of(later))
    (tmp_path / "补充通知.txt").write_text(SUPPLEMENT, encoding="utf-8")
    (tmp_path / "放假通知.txt").write_text(MADE_UP, encoding="utf-8")
    news = "市司法局推进执法规范化\n组织开展执法监督。\n"
    (tmp_path / "投稿.txt").write_text(news, encoding="utf-8")
    channels = tmp_path / "channels.yaml"
    channels.write_text(
        "version: 1\nurls:\n  - json://127.0.0.1:9?rto=1&cto=1:\n    - tag: 创建办\n",
        encoding="utf-8",
    )
    channels.chmod(0o600)
    monkeypatch.setenv("SHIFAN_HOME", str(tmp_path / "var"))
    monkeypatch.setenv("SHIFAN_CHANNELS", str(channels))
    links.remember_ui("http://127.0.0.1:9")  # nobody's: another installation may run here
    monkeypatch.setattr("getpass.getpass", lambda *_: "AAAAAA")  # the human, who has no code
    passwords = io.StringIO("Zhe-Shi-Kou-Ling-1\n" * 9)
    monkeypatch.setattr("deployments.typed.code.sys.stdin", passwords)
    monkeypatch.chdir(tmp_path)
    with time_machine.travel(MORNING, tick=True):
        yield tmp_path
    engine_for(settings().database).dispose()


def test_every_command_of_readme_does_what_it_says(newcomer, capsys):
    assert len(COMMANDS) > 25
    for line in COMMANDS:
        code = run(shlex.split(line)[1:])
        captured = capsys.readouterr()
        if line in ALONE:
            assert code == 1, line
            assert ALONE[line] in captured.err + captured.out, line
        else:
            assert code == 0, f"{line}: {captured.err}"
        assert "Traceback" not in captured.err


def test_the_examples_can_be_copied_as_readme_says(newcomer):
    for line in (line for block in BLOCKS for line in block.splitlines()):
        if line.startswith("cp "):
            _, source, target = line.split()
            shutil.copy(ROOT / source, newcomer / target)
            assert (newcomer / target).stat().st_size > 0


@pytest.mark.parametrize("layer", LAYERS)
def test_every_room_stands_in_the_map_and_every_room_of_the_map_is_there(layer):
    rooms = {
        file.parent.relative_to(ROOT).as_posix()
        for file in (ROOT / layer).rglob("__init__.py")
        if file.parent.name != "versions"
    }
    named = set(re.findall(rf"^\| \**`({layer}[a-z_/]*)/`", README, re.M))

    assert rooms == named
