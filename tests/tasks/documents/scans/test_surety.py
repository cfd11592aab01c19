"""Each line of a scan has how sure the least sure of its lines on the picture is."""

from models.plan.reading.text.document import Document, Line
from tasks.documents.scans.surety import with_surety


def test_a_line_has_its_own_surety_and_a_row_the_least_of_its_cells():
    lines = (
        Line("一、总体要求", 1, 1),
        Line("序号 任务", 2, 1, ("序号", "任务")),
        Line("二、重点任务", 3, 2),
    )
    seen = [[(0.99, "一、总体要求"), (0.97, "序号"), (0.6, "任务")], [(0.8, "二、重点任务")]]

    found = with_surety(Document(lines), seen)

    assert [line.sure for line in found.lines] == [0.99, 0.6, 0.8]


def test_what_is_found_nowhere_counts_for_the_whole_page():
    found = with_surety(Document((Line("甲", 1, 1), Line("乙", 2, 1))), [[(0.4, "面目全非")]])

    assert [line.sure for line in found.lines] == [0.4, 0.4]
