"""What is printed on a terminal is what was said."""

from deployments.say import say_table


def test_a_table_prints_names_as_typed(capsys):
    names = [
        "[red]市司法局[/red]",
        "[/b]",
        "文号[2025]12号 :warning：",
        "[link=http://a.example]局[/link]",
    ]

    say_table("[b]名册[/b]", ["单位"], [[name] for name in names])

    said = capsys.readouterr().out
    for name in ["[b]名册[/b]", *names]:
        assert name in said
