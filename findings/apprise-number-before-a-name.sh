#!/usr/bin/env bash
# A year before a group's name makes an order of precedence of two groups.
#
# Guess:   a tag is a name. `2025:plan` and `2026:plan` are two names, and nobody is called `plan`.
# Happens: digits and a colon before a name in Latin letters are a priority. Both channels are called
#          `plan` then, one with priority 2025 and the other 2026; a message to `plan` goes to the
#          smaller number only, and to the other only if the first fails. It is true, as a delivery.
#          Before a Chinese name the same digits are part of the name: `2025:规划` is nothing but itself.
# Version: apprise 2.0.1 (1.13.1 and 2.3.0 the same; in 1.9.3 they were two names).
# Matters: an office that files its channels by year sends this year's reminders to last year's group, and
#          sees no failure.
# Instead: we choose the channels ourselves: each that bears the name gets the message, whatever its number.
#
# No network: the replies are put in the place of the requests.
# Use: apprise-number-before-a-name.sh [VERSION of apprise]
set -euo pipefail
version=${1:-2.0.1}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export PIP_DISABLE_PIP_VERSION_CHECK=1
python3 -m venv venv
venv/bin/pip install -q "apprise==$version"
cat > shown.py <<'PYTHON'
import sys
from unittest import mock
from urllib.parse import urlsplit

import apprise
import requests

CHANNELS = """
urls:
  - json://last-year.invalid:
      - tag: ["2025:{0}"]
  - json://this-year.invalid:
      - tag: ["2026:{0}"]
"""


def reached(name: str, to: str) -> tuple[bool, list[str]]:
    """Return what a message ``to`` a tag answers, and whom it reached."""
    channels, file = apprise.Apprise(), apprise.AppriseConfig()
    assert file.add_config(CHANNELS.format(name), format="yaml")
    channels.add(file)
    assert len(channels) == 2
    taken = requests.Response()
    taken.status_code = 200
    with mock.patch.object(requests.Session, "request", return_value=taken) as sent:
        outcome = bool(channels.notify("reminder", tag=to))
    return outcome, [urlsplit(call.kwargs["url"]).hostname.split(".")[0] for call in sent.call_args_list]


STATED = {
    ("plan", "plan"): (True, ["last-year"]),
    ("plan", "2026:plan"): (True, ["this-year"]),
    ("规划", "规划"): (False, []),
    ("规划", "2026:规划"): (True, ["this-year"]),
}
print("apprise", apprise.__version__)
as_stated = True
for (name, to), stated in STATED.items():
    seen = reached(name, to)
    print(f"tags 2025:{name} and 2026:{name}, message to {to}: delivered {seen[0]}, reached {seen[1]}")
    as_stated &= seen == stated
sys.exit(None if as_stated else "It is no longer as stated above.")
PYTHON
venv/bin/python shown.py
echo "Seen as stated: the message to both years reached the earlier."
