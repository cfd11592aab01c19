"""The check of the vault: gone, changed, named by nothing; stopped and gone on with."""

import re

import pytest

from models.evidence.vault import checking as vault_check
from models.evidence.vault.checking import VaultReport, check_vault
from models.evidence.vault.keeping import keep, place_of
from models.tables import metadata


@pytest.fixture
def kept(database):
    return sorted(keep(f"file {n}".encode()).sha256 for n in range(6))


def checked(needed, known=()):
    report = VaultReport()
    for _ in check_vault(set(needed), set(known), report):
        pass
    return report


def test_what_is_gone_changed_or_named_by_nothing_is_told(kept):
    gone, changed, strange, may, *rest = kept
    place_of(gone).unlink()
    place_of(changed).write_bytes(b"other")

    report = checked([gone, changed, *rest], [may])

    assert (report.missing, report.changed, report.unreferenced) == ([gone], [changed], [strange])
    assert (report.files, report.sound, report.drafts) == (5, False, 0)
    assert checked([may, strange, *rest], [changed]).changed == [changed]


def test_a_stopped_check_goes_on_with_what_it_had_found(kept, monkeypatch):
    monkeypatch.setattr(vault_check, "OFTEN", 2)
    place_of(kept[0]).write_bytes(b"other")
    first = check_vault(set(kept), set(), VaultReport())
    for _ in range(4):
        next(first)
    first.close()  # killed

    report = checked(kept)

    assert (report.resumed, report.files, report.changed) == (True, 6, [kept[0]])
    again = checked(kept)
    assert (again.resumed, again.files) == (False, 6)


def test_every_hash_of_a_file_in_the_tables_is_known_to_the_check():
    """Whoever adds a column for a file adds it to the check, or says here that it is the hash of words."""
    of_words, of_a_paper = ("text_check", "sha256"), ("dispatch", "paper_sha256")
    asked = f"{vault_check._NEEDED} {vault_check._KNOWN}"
    columns = {
        (table.name, column.name)
        for table in metadata.sorted_tables
        for column in table.columns
        if column.name.endswith("sha256")
    }

    unknown = {
        (table, column)
        for table, column in columns
        if not re.search(rf"(?:\w\.)?\b{column}\b[^;]*?(?:FROM|JOIN) {table}\b", asked)
    }

    assert unknown == {of_words, of_a_paper}
