"""The register of what was done, as no program of ours leaves it: without its protection, or taking no more."""

from sqlalchemy import Connection

_PROTECTIONS = [
    f"{table}_no_{deed}" for table in ("audit_entry", "audit_head") for deed in ("update", "delete")
]
_FULL = "CREATE TRIGGER takes_no_more BEFORE INSERT ON audit_entry"
_ON_A_SERVER = """CREATE FUNCTION takes_no_more() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'no more'; END $$"""


def unprotect(connection: Connection) -> None:
    """Take away what keeps the register from being changed, as somebody does who knows the database."""
    if connection.dialect.name == "sqlite":
        for name in _PROTECTIONS:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        return
    for table in ("audit_entry", "audit_head"):
        connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")


def fill_up(connection: Connection) -> None:
    """Let the register take no more: an entry ends with an error that says no more."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"{_FULL} BEGIN SELECT RAISE(ABORT, 'no more'); END")
        return
    connection.exec_driver_sql(_ON_A_SERVER)
    connection.exec_driver_sql(f"{_FULL} FOR EACH ROW EXECUTE PROCEDURE takes_no_more()")
