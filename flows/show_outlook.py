"""On request: if acceptance were today, what would stand in the way."""

from prefect.states import Completed, State

from flows.running import clock
from flows.running.forms import Campaign, Day, day_in
from flows.running.publish import publish_outlook
from flows.running.step import shown, step
from tasks.campaign.naming import none_under_way
from tasks.gates.outlook import all_outlooks, outlook_page


@shown("如果今天验收", "列出从现在到验收还差什么、由谁办、还剩几个工作日。")
def show_outlook(campaign: Campaign = "", today: Day = "") -> State:
    """The run's line says what stands in the way; the page with every campaign's obstacles shows it too.

    May be repeated; reads only. Today's page is kept true by the service itself: what is published here
    might be older. Another day has a page of its own.
    """
    day, preview = clock.asked(day_in(today))
    found = step("查推进条件", all_outlooks)(campaign or None, day, preview=preview)
    if preview:
        every = all_outlooks(None, day, preview=preview) if campaign else found
        named = [(one.slug, one.slug) for one in every]
        publish_outlook(outlook_page(every), named, preview=preview)
    lines = [one.line for one in found] or [none_under_way()]
    return Completed(message=" ".join(lines)[:500])
