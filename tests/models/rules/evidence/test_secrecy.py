"""Marks of secrecy stand in their places; a text that talks of secrets bears none."""

import pytest

from models.rules.evidence.secrecy import internal_mark, secret_mark


@pytest.mark.parametrize(
    "text",
    [
        "000001\n机密★1年\n特急\n芦汀市人民政府文件",
        "机 密 ★ 3 年",
        "秘密★",
        "秘密▲\n会议材料",
        "密级：秘密",
        "绝密★启用前",
        "机密★２０年",
        "秘密★长期",
        "机密★考试结束前",
        "机密★1年 000012",
        "工作秘密",
        "工作秘密★5年",
        "特急 机密★1年",
        "（秘密）",
        "绝密★长期",
        "机密级★1年",
        "秘密（1年）",
        "紧急程度：特急 密级：机密",
        "密级　工作秘密",
        "秘密★6个月",
        "密级\t秘密",
        "保密期限：1年\n秘密",
        "\n\n  秘　密  \n",
    ],
)
def test_a_mark_at_the_head_of_the_first_page_is_found(text):
    assert secret_mark("材料.docx", text).startswith("首页有")


@pytest.mark.parametrize(
    "name",
    [
        "机密★3年 关于会议的通知.docx",
        "关于会议的报告（秘密）.pdf",
        "【机密】报告.doc",
        "机密-报告.doc",
        "材料.zip/绝密/报告.doc",  # the folder it lay in
        "秘密.docx",
        "工作秘密_名单.docx",
        "绝密文件.pdf",
        "报告-秘密.pdf",
        "（秘密级）报告.pdf",
        "包.zip/秘密★名单.xlsx",
        "会议纪要（机密★１年）.pdf",
        "通知_秘密.doc",
    ],
)
def test_a_mark_in_the_name_is_found(name):
    assert secret_mark(name, "").startswith("文件名里有")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("国家秘密定密管理规定.docx", "国家秘密定密管理规定\n第一条"),
        ("商业秘密保护指引.docx", "商业秘密保护指引"),
        ("保守国家秘密宣传.doc", "中华人民共和国保守国家秘密法"),
        ("工作秘密管理办法.docx", "工作秘密管理办法"),
        ("机密文件管理制度.docx", "机密文件管理制度"),
        ("秘密花园.docx", "秘密花园"),
        ("a.docx", "国家秘密"),
        ("a.docx", "商业秘密"),
        ("a.docx", "保守秘密"),
        ("a.docx", "秘密级以下文件可以"),
        ("a.docx", "密级：公开"),
        ("a.docx", "密级：无"),
        ("a.docx", "密级：非密"),
        ("a.docx", "密级："),
        ("a.docx", "密级：秘密□ 机密□ 绝密□ 无☑"),  # a form's choices
        ("a.docx", "本材料不涉及国家秘密"),
        ("a.docx", "不属于国家秘密和工作秘密"),
        ("非涉密.docx", "（非涉密）"),
        ("涉密人员管理制度.docx", "涉密人员管理制度\n第一条"),
        ("保密教育.pptx", "保密教育\n一、什么是国家秘密"),
        ("保密承诺书.docx", "保密承诺书"),
        ("数据机密性要求.docx", "机密性\n完整性\n可用性"),  # of systems
        ("秘密级载体登记簿.xlsx", "秘密级载体登记簿"),
        ("工作秘密清单.xlsx", "工作秘密清单"),
        ("绝密飞行观后感.docx", "绝密飞行"),
        ("a.xlsx", "密级\t公开"),
        ("a.docx", "国家秘密★1年的标注"),
        ("a.docx", "密级的标注形式为机密★1年，标在首页"),
        ("a.xlsx", "序号\t文件\t密级\n1\t通知\t秘密"),  # a list of files
        ("a.docx", "正文\n" * 20 + "秘密★"),  # far down
        ("a.docx", "正文\n" * 10 + "秘密"),  # the bare word needs the very head
    ],
)
def test_a_text_that_talks_of_secrets_bears_no_mark(name, text):
    assert secret_mark(name, text) == ""


@pytest.mark.parametrize("text", ["机蜜女3年", "机密大3年", "秘宓*1年", "机密3年", "绝密众长期"])
def test_a_mark_that_was_misread_off_a_scan_is_found(text):
    assert secret_mark("扫描.pdf", text, scanned=True)


@pytest.mark.parametrize("text", ["机密文件的管理", "保密制度", "秘密工作条例", "秘书处2025年"])
def test_other_words_of_a_scan_are_no_mark(text):
    assert secret_mark("扫描.pdf", text, scanned=True) == ""


def test_what_is_for_inside_is_named_and_is_no_secret():
    assert internal_mark("内部资料 注意保存\n第一期") == "内部资料注意保存"
    assert internal_mark("内部审计工作规定") == ""
    assert secret_mark("内部资料.docx", "内部资料 注意保存") == ""
