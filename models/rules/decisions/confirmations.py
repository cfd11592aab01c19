"""What forbids a confirmation as it was given."""

from datetime import date

from models.rules.bounds import LONGEST_NOTE
from models.rules.gates.checks import LARGEST_BOUND, Bound, Rule
from models.rules.gates.values import Confirmed
from models.rules.words import post_fault

EARLIEST = 730  # days back; what is older is a typing error in the year


def confirmation_faults(rule: Rule, said: Confirmed, today: date) -> list[str]:
    """Return one line per fault, in the words of the form; empty when it stands."""
    found, day, amount = [], said.day, said.amount
    if fault := post_fault(said.by, "确认"):
        found.append(fault)
    if day > today:
        found.append(f"日期 {day} 晚于今天（{today}）")
    if (today - day).days > EARLIEST:
        found.append(f"日期 {day} 在两年以前，请核对年份")
    if amount is not None and rule.bound is not Bound.AT_LEAST:
        found.append("这一条不按个数计，请不要写个数")
    elif amount is not None and not 1 <= amount <= LARGEST_BOUND:
        found.append(f"个数写的是 {amount}，应为 1 到 {LARGEST_BOUND}")
    if len(said.note) > LONGEST_NOTE:
        found.append(f"说明有 {len(said.note)} 个字，请压缩到 {LONGEST_NOTE} 个字以内")
    return found
