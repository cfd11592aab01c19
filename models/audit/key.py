"""The key that signs heads of the audit chain: a file in the home that only its owner can read."""

from models.files.home_key import home_key

FILE = "audit.key"


def audit_key() -> bytes:
    """Return the key, made on first use; raises DatabaseError when others can read it."""
    return home_key(FILE)
