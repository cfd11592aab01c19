"""A cell of bodies: a plain list, or one with roles of its own, and what is left of it."""

import pytest

from models.plan.reading.roles.roles import RESPONSIBLE, Grammar, Roles
from models.plan.reading.work.body_cells import read_bodies
from models.plan.vocabulary import default_vocabulary


@pytest.mark.parametrize(
    ("cell", "lead", "responsible", "left"),
    [
        ("市司法局、市财政局", [], ["市司法局", "市财政局"], []),
        (
            "市数据局，各承办单位",
            [],
            ["市数据局", "各承办单位"],
            [],
        ),  # whose name has a role's word
        ("市司法局牵头，市财政局配合", ["市司法局"], ["市财政局"], []),
        ("市司法局（牵头）、市财政局", ["市司法局"], ["市财政局"], []),
        ("1.市司法局；2.市财政局", [], ["市司法局", "市财政局"], []),  # numbers of items
        ("15%", [], [], ["15%"]),
    ],
)
def test_bodies_are_read_and_the_rest_is_told(cell, lead, responsible, left):
    roles = Roles()

    assert read_bodies(cell, RESPONSIBLE, Grammar.of(default_vocabulary()), roles) == left
    assert (roles.lead, roles.responsible) == (lead, responsible)
