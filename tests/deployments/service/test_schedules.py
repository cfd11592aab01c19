"""What operators meet in the UI before anything runs: names, run forms, schedules."""

import re

import pytest

from deployments.service.schedules import DEPLOYED, all_deployments
from notifications import links

ZONE = "Asia/Shanghai"
ON_A_POOL = {str(one.name): one for one in all_deployments(ZONE, "shifan")}
DEPLOYMENTS = ON_A_POOL | {str(one.name): one for one in all_deployments(ZONE)}


def labels(schema) -> list[str]:
    """Return the words above and below every field of a run form, nested ones too."""
    found = []
    models = schema["definitions"].values()
    for fields in (schema["properties"], *(model.get("properties", {}) for model in models)):
        for field in fields.values():
            found += [field["title"], field.get("description", "")]
    return found


@pytest.mark.parametrize("name", DEPLOYMENTS)
def test_every_field_of_a_run_form_speaks_chinese(name):
    schema = DEPLOYMENTS[name]._parameter_openapi_schema.model_dump()

    for words in labels(schema):
        assert not words or re.search("[\u4e00-\u9fff]", words), words


@pytest.mark.parametrize("name", DEPLOYMENTS)
def test_every_deployment_says_what_it_is_for_in_chinese(name):
    assert re.search("[\u4e00-\u9fff]", name)
    assert re.match("[\u4e00-\u9fff]", str(DEPLOYMENTS[name].description))


def test_schedules_are_in_the_offices_zone_and_one_at_a_time():
    scheduled = [one for one in DEPLOYMENTS.values() if one.schedules]

    assert [str(one.name) for one in scheduled][0] == "每日巡查"
    for one in scheduled:
        assert {s.schedule.timezone for s in one.schedules} == {ZONE}
        assert one.concurrency_limit == 1


def test_on_a_pool_one_run_patrols_one_campaign_and_any_number_of_them_run_at_once():
    assert {one.work_pool_name for one in ON_A_POOL.values()} == {"shifan"}
    assert ON_A_POOL["每日巡查"].flow_name == "全省巡查"
    assert ON_A_POOL["每日巡查"].schedules
    assert ON_A_POOL["巡查一个创建活动"].concurrency_limit is None
    assert ON_A_POOL.keys() - {str(one.name) for one in all_deployments(ZONE)} == {
        "巡查一个创建活动"
    }


@pytest.mark.parametrize(("flow", "name"), [(flow, name) for flow, name, _ in DEPLOYED])
def test_a_run_that_may_be_for_one_campaign_says_so_in_its_name(flow, name):
    schema = DEPLOYMENTS[name]._parameter_openapi_schema.model_dump()
    fields = [
        schema["properties"],
        *(m.get("properties", {}) for m in schema["definitions"].values()),
    ]

    if any("campaign" in some for some in fields):
        assert callable(flow.flow_run_name), name  # `flows.running.step.run_name`


@pytest.mark.parametrize("name", DEPLOYMENTS)
def test_every_deployment_leads_to_the_window(name):
    assert f"[网页（领导和单位看的）]({links.front()})" in str(DEPLOYMENTS[name].description)
