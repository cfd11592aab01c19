"""What a typed code came to, in the words of the form and the command."""

from models.decisions.typed_codes import CodeTried, Tried
from models.rules.decisions.tries import FREE, wait_in_words

NO_CODE = {
    Tried.WORN: "验证码被试错太多次，已经停用",
    Tried.EXPIRED: "验证码已过期",
    Tried.NONE: "还没有可用的验证码",
}


def wrong_in_words(tried: CodeTried) -> str:
    """Return what became of a code that was not right, and how long to wait; empty where none is out."""
    if tried.result is Tried.WAIT:
        return f"输错太多，还要等 {wait_in_words(tried.wait)}才能再试；这一次填的没有比对，也不影响别人"
    if tried.result is not Tried.WRONG:
        return ""
    if tried.wait:
        return f"验证码不正确，已错 {tried.wrong} 次，请等 {wait_in_words(tried.wait)}再试"
    return f"验证码不正确，再错 {FREE - tried.wrong} 次就要等一等才能再试"
