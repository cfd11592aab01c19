"""The packs say what their documents say: compiled again, the facts are the same."""

import pytest

from models.plan.schema import Plan
from tasks.plans.loading import PACKS, read_plan
from tests.places import REAL_DOCUMENTS

SOURCES = {
    "jinchang-2025": "003_a0367282b55ac807.txt",
    "zengdu-2023": "004_225b5850ddaa2df1.txt",
    "jiaozuo-publicity-2023": "000_ba2f14c22e17e645.txt",
}


def facts(plan: Plan) -> dict[str, object]:
    """Return what drives a campaign; a pack's steps are shortened and its measures added by hand."""
    return {
        "head": (plan.kind, plan.issuer, plan.document_number, plan.issued_on, plan.year_context),
        "stages": [(s.ordinal, s.name, s.kind, s.start, s.end, s.open_ended) for s in plan.stages],
        "tasks": [(t.ordinal, t.section, t.title) for t in plan.tasks],
        "leads": [t.lead_units for t in plan.tasks],
        "responsible": [(t.responsible_units, t.responsible_groups) for t in plan.tasks],
        "targets": sorted((t.op, t.value, t.unit) for k in plan.tasks for t in k.targets),
        "goals": sorted((t.op, t.value, t.unit) for t in plan.other_targets),
        "duties": sorted((d.freq, d.day or 0) for d in plan.recurring),
        "groups": [(g.name, g.head_post, g.member_posts) for g in plan.groups][:1],
        "slogans": (plan.slogans_count, plan.slogans),
        "indicators": plan.indicator_counts,
    }


@pytest.mark.skipif(
    not REAL_DOCUMENTS.is_dir(), reason="the official documents are not part of the project"
)
@pytest.mark.parametrize("pack", SOURCES)
def test_a_pack_is_what_its_document_compiles_to(pack):
    from tasks.plans.compiling import compile_file

    compiled = compile_file(REAL_DOCUMENTS / SOURCES[pack])

    assert facts(read_plan(PACKS / f"{pack}.yaml")) == facts(compiled.plan)


def test_every_pack_has_its_source_named():
    assert set(SOURCES) == {p.stem for p in PACKS.glob("*.yaml") if "example" not in p.name}
