"""Personal numbers: which runs of digits are one, and how each is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.evidence.personal import mask_text, personal_numbers
from models.rules.evidence.personal_kinds import PersonalKind

# Numbers that follow the rules and belong to nobody: 620302 19900101 123 with its check digit.
IDENTITY, OLD, MOBILE, CARD = (
    "620302199001011234",
    "620302900101123",
    "13812345678",
    "4111111111111111",
)


@pytest.mark.parametrize(
    ("text", "kind", "masked"),
    [
        (f"身份证{IDENTITY}。", "identity", "62*************234"),
        (OLD, "identity", "62**********123"),
        (f"{IDENTITY[:6]} {IDENTITY[6:14]} {IDENTITY[14:]}", "identity", "62**** ******** *234"),
        (" ".join(IDENTITY), "identity", "6 2 * * * * * * * * * * * * * 2 3 4"),
        (f"电话：{MOBILE}", "mobile", "138****5678"),
        ("138 1234 5678", "mobile", "138 **** 5678"),
        ("138-1234-5678", "mobile", "138-****-5678"),
        ("１３８１２３４５６７８", "mobile", "１３８****５６７８"),
        ("+86 138-1234-5678", "mobile", "86 138-****-5678"),
        ("8613812345678", "mobile", "86138****5678"),
        ("tel13812345678", "mobile", "138****5678"),
        (f"{MOBILE}@example.cn", "mobile", "138****5678"),
        (f"甲\t{MOBILE}\t乙", "mobile", "138****5678"),  # cells of a table
        ("62030219900101\n1234", "identity", "62************\n*234"),  # a narrow cell
        (f"号码{IDENTITY[:6]}\r\n{IDENTITY[6:]}。", "identity", "62****\r\n*********234"),
        ("138.1234.5678。", "mobile", "138.****.5678"),
        ("138 - 1234 - 5678", "mobile", "138 - **** - 5678"),
        ("138  1234  5678", "mobile", "138  ****  5678"),
        ("138_1234_5678", "mobile", "138_****_5678"),
        ("138·1234·5678", "mobile", "138·****·5678"),
        ("138•1234•5678", "mobile", "138•****•5678"),
        ("138・1234・5678", "mobile", "138・****・5678"),
        ("(138)1234-5678", "mobile", "138)****-5678"),
        ("138/1234/5678", "mobile", "138/****/5678"),
        (f"GB {IDENTITY}-2020", "identity", "62*************234"),  # it has its check digit
        (
            f"身份证\t{IDENTITY[:6]}\t{IDENTITY[6:14]}\t{IDENTITY[14:]}",
            "identity",
            "62****\t********\t*234",
        ),
        ("\t".join(IDENTITY), "identity", "6\t2\t*\t*\t*\t*\t*\t*\t*\t*\t*\t*\t*\t*\t*\t2\t3\t4"),
        ("\n".join(IDENTITY), "identity", "6\n2\n*\n*\n*\n*\n*\n*\n*\n*\n*\n*\n*\n*\n*\n2\n3\n4"),
        (f"2025\n{IDENTITY[:8]}\n{IDENTITY[8:]}", "identity", "62******\n*******234"),
        ("手机：1381234\n5678", "mobile", "138****\n5678"),
        ("联系电话\t138\t1234\t5678", "mobile", "138\t****\t5678"),
        ("银行卡号4111111111\n111111", "card", "4111******\n**1111"),
        (
            f"{IDENTITY[:6]}.{IDENTITY[6:14]}.{IDENTITY[14:]}",
            "identity",
            "62****.********.*234",
        ),
        ("62030219900101104x", "identity", "62*************04x"),
        (
            "15030219900\n1011231",
            "identity",
            "15*********\n****231",
        ),  # its first line like a mobile
        ("4111 1111 1111 1111", "card", "4111 **** **** 1111"),
        ("6222020000000000000", "card", "6222***********0000"),
    ],
)
def test_a_personal_number_is_found_however_it_is_written(text, kind, masked):
    [found] = personal_numbers(text)

    assert (found.kind, found.masked) == (PersonalKind(kind), masked)


@pytest.mark.parametrize(
    "text",
    [
        "甘政发〔2025〕33号",
        "统一社会信用代码 91620300MA71ABCD2X",
        "0935-8212345",  # an office's telephone
        "0935-82123456",  # eleven digits in all
        "400-812-3456",
        "d41d8cd98f00b204e9800998ecf8427e",
        "a13812345678b",
        "138.1234.56",  # a version
        "138.1234.5678.9",
        "192.138.1234.5678",
        "2138.1234.5678",
        "620302.19900101.1235",  # the check digit is another
        "订单号 202506011234567890",
        "913201007904123456",  # a credit code of digits alone
        "13800000000000000123",
        "1.13812345678",  # an amount
        "GB 13812345678-2020",
        "GB/T 13812345678—2020",
        "DB44/T 13812345678-2019",
        "JR/T13812345678-2020",
        "T/CAS 13812345678-2021",
        "证书第13812345678号",
        "138\t1234\t5678",  # counts, in cells of their own
        "1381234\n5678",
        "1\n3\n8\n1\n2\n3\n4\n5\n6\n7\n8",  # points of eleven questions
        "20250601120000",  # an instant
        "12345678901",
        "11111111111",  # a form's example
        "138123456789",  # a digit too many
        "1381234567",  # a digit too few
        "620302199001011235",  # the check digit is another
        "620302199013011234",  # no month
        "990302199001011234",  # no province
        "4111111111111112",  # Luhn
        "2025-06-01 2025-06-30 12345",
        "http://example.cn/art/13812345678901.html",
        "620302\n199001\n011234",  # cut twice: a column of numbers
        "62030219900101\n1235",  # the check digit is another
        "41111111\n11111111",  # two amounts, one above the other
        "138\n12345678",
        "9162030071270912XK",
        "发票号码 24622000000012345678",
        "甘建审〔2025〕0001381234号",
        "建档立卡编号 6203021990010112",
        "1\t2\t3\t4\t5\t6\t7\t8\t9\t10\t11",
    ],
)
def test_other_numbers_are_none(text):
    assert personal_numbers(text) == []
    assert mask_text(text) == text


def test_two_numbers_side_by_side_are_two():
    text = f"{MOBILE} {MOBILE}/{MOBILE}、{IDENTITY}"

    assert len(personal_numbers(text)) == 4
    assert personal_numbers(mask_text(text)) == []


@given(st.text(alphabet="0123456789 -１２３xX.甲\t\n", max_size=200))
def test_what_is_masked_holds_none_and_keeps_its_length(text):
    masked = mask_text(text)

    assert len(masked) == len(text)
    assert personal_numbers(masked) == []
