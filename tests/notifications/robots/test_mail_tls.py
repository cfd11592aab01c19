"""Certificates are loaded once for mails that verify, and never shared with one that does not."""

import ssl
import sys

from notifications.robots.mail_tls import HOMES, certificates_loaded_once

with certificates_loaded_once(True):
    [base] = [module for name in HOMES if hasattr(module := sys.modules.get(name), "ssl")]


def test_mails_that_verify_share_their_certificates():
    with certificates_loaded_once(True):
        first, second = base.ssl.create_default_context(), base.ssl.create_default_context()

    assert first is second
    assert first.verify_mode == ssl.CERT_REQUIRED


def test_a_mail_that_does_not_verify_loosens_only_its_own():
    with certificates_loaded_once(False):
        loose = base.ssl.create_default_context()
        loose.check_hostname = False
        loose.verify_mode = ssl.CERT_NONE
    with certificates_loaded_once(True):
        strict = base.ssl.create_default_context()

    assert loose is not strict
    assert strict.verify_mode == ssl.CERT_REQUIRED
    assert strict.check_hostname


def test_apprise_used_by_others_is_as_it_was():
    with certificates_loaded_once(True):
        shared = base.ssl.create_default_context()

    assert base.ssl.create_default_context() is not shared
    assert base.ssl.CERT_NONE == ssl.CERT_NONE
