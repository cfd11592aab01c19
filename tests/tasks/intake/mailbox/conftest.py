"""The mailbox of a test: one dovecot for all tests of a process, emptied for each."""

from collections.abc import Iterator

import pytest

from tests.support.imap import PASSWORD, USER, Dovecot


@pytest.fixture(scope="session")
def mail_server() -> Iterator[Dovecot]:
    """A real IMAP server, started once."""
    with Dovecot() as running:
        yield running


@pytest.fixture
def imap(mail_server: Dovecot, monkeypatch: pytest.MonkeyPatch) -> Dovecot:
    """The server with an empty mailbox, which the settings name."""
    return emptied(mail_server, monkeypatch)


def emptied(server: Dovecot, monkeypatch: pytest.MonkeyPatch) -> Dovecot:
    """Return the server with an empty mailbox, which the settings name."""
    client = server.client()
    if client.search(None, "ALL")[1][0]:
        client.store("1:*", "+FLAGS", "\\Deleted")
        client.expunge()
    client.logout()
    set_mailbox(monkeypatch, f"localhost:{server.secure_port}")
    monkeypatch.setenv("SHIFAN_MAILBOX_CA", str(server.ca))
    return server


def set_mailbox(monkeypatch: pytest.MonkeyPatch, host: str, tls: str = "ssl") -> None:
    for name, value in {"HOST": host, "USER": USER, "PASSWORD": PASSWORD, "TLS": tls}.items():
        monkeypatch.setenv(f"SHIFAN_MAILBOX_{name}", value)
