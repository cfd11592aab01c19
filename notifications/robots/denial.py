"""Find the no in a reply that looks like a yes: a second code, a flag, a page, words of failure."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

_CODES = {
    "errcode", "errorcode", "errno", "code", "statuscode", "retcode", "ret", "rescode",
    "resultcode", "subcode", "bizcode",
}  # fmt: skip
_FLAGS = {"success", "succeeded", "issuccess", "ok", "accepted"}
_STATES = {"status", "state", "result"}
_WORDS = {
    "errmsg", "errormessage", "errormsg", "error", "errors", "msg", "message", "description",
    "detail", "reason", "statusmessage", "submsg",
}  # fmt: skip
_FINE = {"", "0", "ok", "success", "succeed", "succeeded", "none", "null", "true", "no error"}
_BAD_STATES = {"error", "fail", "failed", "failure", "rejected", "refused", "denied", "invalid"}
_PAGE = re.compile(r"\s*(<!doctype html|<html|<head|<body)", re.I)
_NO = re.compile(
    r"\b(errors?|fail(ed|ure)?|invalid|denied|refused|rejected|forbidden|unauthori[sz]ed|not found)\b"
    r"|失败|错误|无效|拒绝|不存在|未授权|禁止|过期",
    re.I,
)
DEEPEST = 6


def denial(said: Any) -> tuple[str, str] | None:
    """Return the code and the words of the first no in ``said`` (parsed JSON), outermost first.

    None when nothing in it says no; that alone is no yes.
    """
    for depth, one in objects(said):
        words = next((text_of(one[n]) for n in one if name_of(n) in _WORDS and text_of(one[n])), "")
        for key, value in one.items():
            if code := _code(name_of(key), value, outermost=depth == 0):
                return code, words
    return None


def denial_in_text(text: str) -> str:
    """Return why a reply that is no JSON object cannot be a yes: "page", "words", "cut"; "" when it may be."""
    if _PAGE.match(text):
        return "page"
    if text.lstrip()[:1] in ("{", "["):
        return "cut"  # began as JSON and did not end as it
    return "words" if _NO.search(text[:2000]) else ""


def parsed(text: str) -> Any:
    """Return the JSON in ``text``; None when it is none, or names a thing twice with two values."""
    try:
        return json.loads(text, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        return None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if found.setdefault(key, value) != value:
            raise ValueError(key)
    return found


def objects(said: Any, depth: int = 0) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Yield every object in ``said``, the outer before the inner."""
    if depth > DEEPEST:
        return
    if isinstance(said, dict):
        yield depth, said
        said = list(said.values())
    for inner in said if isinstance(said, list) else ():
        yield from objects(inner, depth + 1)


def _code(name: str, value: Any, *, outermost: bool) -> str:
    """Return the code of a no that stands under ``name``; "" when it is none."""
    if name in _CODES and not isinstance(value, bool | list | dict):
        code = text_of(value)
        number = int(code) if re.fullmatch(r"[+-]?\d{1,18}", code, re.A) else None
        if number is not None:
            as_http = name in ("code", "statuscode") and 200 <= number < 300
            return "" if number == 0 or as_http else str(number)
        return code if outermost and code.lower() not in _FINE else ""
    if name in _FLAGS and (value is False or text_of(value).lower() in ("false", "no")):
        return "refused"
    if name in _STATES and text_of(value).lower() in _BAD_STATES:
        return text_of(value)
    if name in ("error", "errors") and value and text_of(value).lower() not in _FINE:
        return "refused"
    return ""


def name_of(key: str) -> str:
    """Return a field's name without its style: ``invalid_user_ids`` and ``invalidUserIds`` are one."""
    return re.sub("[_-]", "", key).lower()


def text_of(value: Any) -> str:
    """Return a value as text; a list or object as JSON, "" when it is empty."""
    if value is None or isinstance(value, dict | list):
        return "" if not value else json.dumps(value, ensure_ascii=False)[:200]
    return str(value).strip()
