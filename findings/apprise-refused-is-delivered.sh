#!/usr/bin/env bash
# Apprise calls a message delivered that the group's robot has refused.
#
# Guess:   `notify()` is true when the provider took the message. DingTalk's and WeCom's robots answer in
#          JSON, in which only `errcode` 0 means a delivery, as their manuals say.
# Happens: only the HTTP status is looked at. Both robots refuse with status 200 and an `errcode`, and
#          `notify()` is true. And its answer is an object without equality: `== True`, `is True` and
#          `== False` are all false, so that a test written with them says nothing either.
# Version: apprise 2.0.1 (2.3.0 the same).
# Matters: a robot that was taken out of the group, or whose keyword the text lacks, refuses every
#          reminder, and the office's record says that all were delivered.
# Instead: we speak to these robots ourselves and read the code; of Apprise's answer we use the truth only.
#
# No network: the reply is put in the place of the request.
# Use: apprise-refused-is-delivered.sh [VERSION of apprise]
set -euo pipefail
version=${1:-2.0.1}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export PIP_DISABLE_PIP_VERSION_CHECK=1
python3 -m venv venv
venv/bin/pip install -q "apprise==$version"
cat > shown.py <<'PYTHON'
import json
import sys
from unittest import mock

import apprise
import requests


def reply(status: int, said: object) -> requests.Response:
    made = requests.Response()
    made.status_code = status
    made._content = json.dumps(said).encode()
    return made


def answer(address: str, status: int, said: object) -> object:
    robot = apprise.Apprise()
    assert robot.add(address), address
    with mock.patch.object(requests, "post", return_value=reply(status, said)) as sent:
        outcome = robot.notify("开会提醒")
    assert sent.call_count == 1
    return outcome


WECOM, DINGTALK = "wecombot://abcdefgh12345678", "dingtalk://abcdefghij1234567890"
CASES = (
    ("WeCom, robot removed", WECOM, 200, {"errcode": 93000, "errmsg": "invalid webhook url"}, True),
    ("DingTalk, keyword missing", DINGTALK, 200, {"errcode": 310000, "errmsg": "keywords not in content"}, True),
    ("WeCom, HTTP 500", WECOM, 500, {}, False),
)
print("apprise", apprise.__version__)
as_stated = True
for what, address, status, said, stated in CASES:
    outcome = answer(address, status, said)
    print(f"{what}: HTTP {status} {said} -> delivered: {bool(outcome)}")
    as_stated &= bool(outcome) is stated
    compared = (outcome == True, outcome is True, outcome == False)  # noqa: E712 - this is the question
    print(f"  {type(outcome).__name__}: == True {compared[0]}, is True {compared[1]}, == False {compared[2]}")
    as_stated &= compared == (False, False, False)
sys.exit(None if as_stated else "It is no longer as stated above.")
PYTHON
venv/bin/python shown.py
echo "Seen as stated: refused with HTTP 200 is delivered to Apprise."
