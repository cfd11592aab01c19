"""Why Apprise's own plugins failed, read from what they log: lines as they really were."""

import pytest

from notifications.apprise_own.log_reasons import reason

SENDING = ["Loaded language en", "Connecting to remote SMTP server..."]


# (what was logged, code, another try useless, seconds to wait, may it have arrived)
@pytest.mark.parametrize(
    ("line", "code", "permanent", "wait", "uncertain"),
    [
        ("Socket Exception: timed out", "timeout", False, None, True),
        ("Socket Exception: [Errno 111] Connection refused", "unreachable", False, None, False),
        (
            "Socket Exception: [Errno -2] Name or service not known",
            "unreachable",
            False,
            None,
            False,
        ),
        ("Socket Exception: Connection unexpectedly closed", "dropped", False, None, True),
        ("Socket Exception: [SSL: CERTIFICATE_VERIFY_FAILED] failed", "tls", False, None, False),
        (
            "Failed to send JSON POST notification: Page not found., error=404.",
            "HTTP 404",
            True,
            None,
            False,
        ),
        ("Failed to send JSON POST notification: error=429.", "HTTP 429", False, None, False),
        ("Failed to send JSON POST notification: error=500.", "HTTP 500", False, None, True),
        (
            "Failed to send WeChat: errcode=81013: All recipients are invalid",
            "81013",
            True,
            None,
            False,
        ),
        (
            "Failed to send WeChat: errcode=45009: api freq out of limit.",
            "45009",
            False,
            600.0,
            False,
        ),
        ("Something nobody expected", "refused", False, None, False),
    ],
)
def test_a_line_is_read(line, code, permanent, wait, uncertain):
    answer = reason([*SENDING, line])

    assert not answer.delivered
    assert (answer.code, answer.permanent) == (code, permanent)
    assert (answer.retry_after, answer.uncertain) == (wait, uncertain)
    assert answer.text


@pytest.mark.parametrize("code", ["40058", "44004", "40001", "301002"])
def test_what_is_hopeless_for_our_own_application_is_so_for_apprise_s(code):
    assert reason([f"Failed to send WeChat: errcode={code}: no"]).permanent


def test_nothing_logged_is_still_a_reason():
    assert reason([]).text == "对方没有收下，也没有说明原因"
