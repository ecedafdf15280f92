"""The budget: sums of documents, the plan by day, the forecast, and who pays."""

import datetime as dt
import json
import random
from collections import Counter

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib import budget
from lib import register as registers
from lib.project import Period
from lib.records import Expense
from tests.conftest import sheet

DAY = dt.date.fromisoformat


def by(frame, key, value):
    """One row of a frame, by the value of a column."""
    return frame.set_index(key).loc[value]


@pytest.mark.as_of("2022-03-10")
def test_an_expense_paid_on_the_day_itself_is_spent(register):
    """
    Budżet
    Zadanie | Nr pozycji | Kwota planowana
    Kadra   | 1.1        | 1000,00

    Wydatki
    Nr dokumentu | Nr pozycji | Data zapłaty | Kwota kwalifikowalna
    FV 1         | 1.1        | 2022-03-09   | 100,00
    FV 2         | 1.1        | 2022-03-10   | 20,00
    FV 3         | 1.1        | 2022-03-11   | 3,00
    """
    money = budget.budget(register)
    assert (money.spent_gr, list(money.documents["document"])) == (12000, ["FV 1", "FV 2"])
    assert by(money.lines, "line", "1.1")[["planned_gr", "spent_gr", "left_gr"]].tolist() == [
        100000,
        12000,
        88000,
    ]


def test_only_the_eligible_part_of_a_document_is_spent(register):
    """
    Budżet
    Zadanie | Nr pozycji | Kwota planowana
    Kadra   | 1.1        | 1000,00

    Wydatki
    Nr dokumentu | Nr pozycji | Data zapłaty | Kwota brutto | Kwota kwalifikowalna
    FV 1         | 1.1        | 2022-03-09   | 123,00       | 100,00
    """
    assert budget.budget(register).spent_gr == 10000


def test_a_refund_gives_money_back(register):
    """
    Budżet
    Zadanie | Nr pozycji | Kwota planowana
    Kadra   | 1.1        | 1000,00

    Wydatki
    Nr dokumentu | Nr pozycji | Data zapłaty | Kwota kwalifikowalna
    FV 1         | 1.1        | 2022-03-09   | 100,00
    KOR 1        | 1.1        | 2022-05-02   | -30,50
    """
    money = budget.budget(register)
    assert money.spent_gr == 6950
    assert budget.figures(register)["months"] == [
        {"month": "2022-03", "planned_gr": None, "spent_gr": 10000, "left_gr": None},
        {"month": "2022-04", "planned_gr": None, "spent_gr": 0, "left_gr": None},
        {"month": "2022-05", "planned_gr": None, "spent_gr": -3050, "left_gr": None},
    ]


def test_a_task_is_all_the_lines_with_its_name(register):
    """
    Budżet
    Zadanie    | Nr pozycji | Kwota planowana
    Mediacje   | 1.1        | 100,00
    Szkolenia  | 2.1        | 200,00
    Mediacje   | 3.1        | 50,00

    Wydatki
    Nr dokumentu | Nr pozycji | Data zapłaty | Kwota kwalifikowalna
    FV 1         | 3.1        | 2022-03-09   | 10,00
    FV 2         | 1.1        | 2022-04-09   | 5,00
    """
    tasks = budget.budget(register).tasks
    assert tasks["task"].tolist() == ["Mediacje", "Szkolenia"]
    assert tasks["planned_gr"].tolist() == [15000, 20000]
    assert tasks["spent_gr"].tolist() == [1500, 0]
    assert tasks["left_gr"].tolist() == [13500, 20000]
    assert tasks["share"].tolist() == [0.1, 0.0]


def test_a_line_without_a_task_is_still_counted(register):
    """
    Budżet
    Zadanie | Nr pozycji | Kwota planowana
    Kadra   | 1.1        | 100,00
            | 2.1        | 200,00

    Wydatki
    Nr dokumentu | Nr pozycji | Data zapłaty | Kwota kwalifikowalna
    FV 1         | 2.1        | 2022-03-09   | 10,00
    """
    tasks = budget.figures(register)["tasks"]
    assert [(task["task"], task["planned_gr"], task["spent_gr"]) for task in tasks] == [
        ("Kadra", 10000, 0),
        (None, 20000, 1000),
    ]


def test_every_sum_opens_its_documents(register):
    """
    Budżet
    Zadanie | Nr pozycji | Kwota planowana
    Kadra   | 1.1        | 100,00
    Kadra   | 1.2        | 100,00

    Wydatki
    Nr dokumentu | Nr pozycji | Data zapłaty | Kwota kwalifikowalna | Wkład własny
    FV 1         | 1.1        | 2022-03-09   | 10,00                |
    zły          | 1.1        | 2022-03-09   | nie wiem             |
    FV 2         | 1.2        | 2022-03-31   | 10,00                | 0,70
    FV 3         | 1.1        | 2022-05-01   | 10,00                | 0,00
    """
    money = budget.budget(register)

    def documents(rows):
        return register.rows_behind(Expense, rows)[["Wiersz", "Nr dokumentu"]].values.tolist()

    assert documents(by(money.lines, "line", "1.1")["rows"]) == [[2, "FV 1"], [5, "FV 3"]]
    assert documents(money.tasks["rows"][0]) == [[2, "FV 1"], [5, "FV 3"], [4, "FV 2"]]
    assert [documents(rows) for rows in money.months["rows"]] == [
        [[2, "FV 1"], [4, "FV 2"]],
        [],
        [[5, "FV 3"]],
    ]
    assert documents(money.own_documents["row"]) == [[4, "FV 2"]]


@pytest.mark.as_of("2022-07-01")
def test_the_split_is_made_once_on_the_sum(register):
    """
    Projekt
    Parametr              | Wartość
    Wartość projektu      | 1 042 938,86 zł
    Dofinansowanie UE     | 886 498,03 zł
    Budżet państwa        | 83 435,10 zł
    Wkład własny          | 73 005,73 zł
    Udział UE             | 85%
    Udział budżetu państwa | 8%
    Udział wkładu własnego | 7%

    Budżet
    Zadanie | Nr pozycji | Kwota planowana
    Kadra   | 1.1        | 1 042 938,86

    Wydatki
    Nr dokumentu | Nr pozycji | Data zapłaty | Kwota kwalifikowalna | UE   | BP   | WW
    FV 1         | 1.1        | 2022-03-09   | 0,99                 | 0,84 | 0,07 | 0,08
    FV 2         | 1.1        | 2022-03-09   | 0,99                 | 0,84 | 0,07 | 0,08
    FV 3         | 1.1        | 2022-04-09   | 0,99                 |      |      |
    """
    figures = budget.figures(register)
    assert figures["sources"] == {
        "EU": {
            "planned_gr": 88649803,
            "spent_gr": 252,
            "left_gr": 88649551,
            "typed_gr": 168,
            "difference_gr": -84,
            "blank": 1,
        },
        "STATE": {
            "planned_gr": 8343510,
            "spent_gr": 23,
            "left_gr": 8343487,
            "typed_gr": 14,
            "difference_gr": -9,
            "blank": 1,
        },
        "OWN": {
            "planned_gr": 7300573,
            "spent_gr": 22,
            "left_gr": 7300551,
            "typed_gr": 16,
            "difference_gr": -6,
            "blank": 1,
        },
    }
    assert figures["own"] == {"due_gr": 22, "documented_gr": 16, "missing_gr": 6}
    assert figures["total_gr"] == figures["lines_gr"] == 104293886
    assert figures["left_gr"] == 104293886 - 297
    assert figures["share_spent"] == 297 / 104293886


def test_what_the_source_does_not_split_is_shown_as_not_split(register):
    """
    Projekt
    Parametr          | Wartość
    Wartość projektu  | 523 756,06 zł
    Dofinansowanie UE | 445 192,65 zł
    Wkład własny      | nie podano

    Budżet
    Zadanie  | Nr pozycji | Kwota planowana
    Świetlica | 1.1       | 500 000,00

    Wydatki
    Nr dokumentu | Nr pozycji | Data zapłaty | Kwota kwalifikowalna | Wkład własny
    FV 1         | 1.1        | 2022-03-09   | 523 756,06           | 10,00
    """
    figures = budget.figures(register)
    sources = {
        name: (source["planned_gr"], source["spent_gr"], source["left_gr"])
        for name, source in figures["sources"].items()
    }
    assert sources == {
        "EU": (44519265, 44519265, 0),
        "STATE": (None, None, None),
        "OWN": (None, None, None),
        "UNSPLIT": (7856341, 7856341, 0),
    }
    assert figures["own"] == {"due_gr": None, "documented_gr": 1000, "missing_gr": None}
    assert (figures["total_gr"], figures["lines_gr"]) == (52375606, 50000000)


@pytest.mark.as_of("2024-02-28")
def test_a_line_is_spread_over_its_own_days_and_not_over_the_year(register):
    """
    Projekt
    Parametr           | Wartość
    Początek realizacji | 2023-12-01
    Koniec realizacji  | 2024-03-31

    Budżet
    Zadanie | Nr pozycji | Kwota planowana | Od         | Do
    Kadra   | 1.1        | 100,00          | 2024-02-27 | 2024-02-29
    Kadra   | 1.2        | 122,00          |            |
    Kadra   | 1.3        | 7,00            | 2024-03-31 |

    Wydatki
    Nr dokumentu | Nr pozycji | Data zapłaty | Kwota kwalifikowalna
    FV 1         | 1.1        | 2024-02-29   | 1,00
    """
    months = budget.budget(register).months
    assert months["month"].dt.strftime("%Y-%m").tolist() == ["2023-12", "2024-01", "2024-02", "2024-03"]
    assert months["planned_gr"].tolist() == [3100, 3100, 2900 + 10000, 3100 + 700]
    assert months["planned_total_gr"].tolist() == [3100, 6200, 19100, 22900]
    # two of the three days of line 1.1, 90 of the 122 days of line 1.2
    assert budget.budget(register).planned_by_now_gr == 6666 + 9000
    assert months["spent_gr"].fillna(-1).tolist() == [0, 0, 0, -1]


@pytest.mark.as_of("2024-02-29")
def test_the_last_day_of_february_is_a_full_month(register):
    """
    Projekt
    Parametr           | Wartość
    Wartość projektu   | 100,00
    Początek realizacji | 2024-01-15
    Koniec realizacji  | 2024-04-30

    Budżet
    Zadanie | Nr pozycji | Kwota planowana
    Kadra   | 1.1        | 100,00

    Wydatki
    Nr dokumentu | Nr pozycji | Data zapłaty | Kwota kwalifikowalna
    FV 1         | 1.1        | 2024-01-31   | 40,00
    FV 2         | 1.1        | 2024-02-29   | 29,00
    """
    figures = budget.figures(register)
    # January is not full; February gives 1 zł a day, and 61 days are left
    assert figures["forecast_gr"] == 6900 + 6100
    assert figures["forecast_over_gr"] == 3000
    assert [row["forecast_total_gr"] for row in figures["curve"]] == [None, 6900, 10000, 13000]
    assert figures["months"] == [
        {"month": "2024-01", "planned_gr": 1588, "spent_gr": 4000, "left_gr": 6000},
        {"month": "2024-02", "planned_gr": 2711, "spent_gr": 2900, "left_gr": 3100},
    ]
    assert figures["share_time"] == 46 / 107


@pytest.mark.as_of("2022-09-15")
def test_the_forecast_carries_on_the_last_six_full_months(register):
    """
    Projekt
    Parametr           | Wartość
    Początek realizacji | 2022-01-01
    Koniec realizacji  | 2022-12-31

    Budżet
    Zadanie | Nr pozycji | Kwota planowana
    Kadra   | 1.1        | 100,00

    Wydatki
    Nr dokumentu | Nr pozycji | Data zapłaty | Kwota kwalifikowalna
    w lutym      | 1.1        | 2022-02-28   | 1000,00
    w marcu      | 1.1        | 2022-03-01   | 100,00
    w sierpniu   | 1.1        | 2022-08-31   | 84,00
    we wrześniu  | 1.1        | 2022-09-01   | 5,00
    """
    # March to August: 184,00 zł in 184 days; 107 days are left
    assert budget.budget(register).forecast_gr == 118900 + 10700


@pytest.mark.parametrize("as_of", ["2022-01-30", "2022-12-31", "2023-05-01"])
def test_there_is_no_forecast_before_the_first_full_month_nor_at_the_end(as_of):
    tables = sheet("""
        Projekt
        Parametr           | Wartość
        Początek realizacji | 2022-01-01
        Koniec realizacji  | 2022-12-31

        Budżet
        Zadanie | Nr pozycji | Kwota planowana
        Kadra   | 1.1        | 100,00

        Wydatki
        Nr dokumentu | Nr pozycji | Data zapłaty | Kwota kwalifikowalna
        FV 1         | 1.1        | 2022-01-02   | 10,00
        """)
    money = budget.budget(registers.register(registers.read_tabs(tables), DAY(as_of)))
    assert money.forecast_gr is None
    assert money.months["forecast_total_gr"].isna().all()
    assert len(money.months) == 12


@pytest.mark.as_of("2022-06-15")
def test_there_is_no_forecast_without_documents(register):
    """
    Projekt
    Parametr           | Wartość
    Wartość projektu   | 100,00
    Początek realizacji | 2022-01-01
    Koniec realizacji  | 2022-12-31
    """
    figures = budget.figures(register)
    assert (figures["spent_gr"], figures["left_gr"], figures["forecast_gr"]) == (0, 10000, None)
    assert (figures["lines_gr"], figures["planned_by_now_gr"]) == (None, None)
    assert len(figures["curve"]) == 12
    assert figures["months"] == []


def test_documents_outside_the_period_are_counted_and_listed(register):
    """
    Projekt
    Parametr           | Wartość
    Początek realizacji | 2022-01-01
    Koniec realizacji  | 2022-12-31

    Budżet
    Zadanie | Nr pozycji | Kwota planowana
    Kadra   | 1.1        | 100,00

    Wydatki
    Nr dokumentu | Nr pozycji | Data zapłaty | Kwota kwalifikowalna
    FV 1         | 1.1        | 2021-12-31   | 1,00
    FV 2         | 1.1        | 2022-01-01   | 2,00
    FV 3         | 1.1        | 2022-12-31   | 4,00
    FV 4         | 1.1        | 2023-01-01   | 8,00
    """
    money = budget.budget(register)
    assert money.spent_gr == 1500
    assert money.outside["document"].tolist() == ["FV 1", "FV 4"]
    assert budget.figures(register)["outside"] == {"documents": 2, "spent_gr": 900}
    assert len(money.months) == 14
    assert money.months["planned_total_gr"].tolist()[0] == 0


def test_lines_without_days_are_in_no_month_of_the_plan(register):
    """
    Budżet
    Zadanie | Nr pozycji | Kwota planowana | Od         | Do
    Kadra   | 1.1        | 100,00          |            |
    Kadra   | 1.2        | 50,00           | 2022-03-31 | 2022-03-01
    Kadra   | 1.3        | 30,00           | 2022-03-01 | 2022-03-31
    """
    money = budget.budget(register)
    assert (money.lines_gr, money.unspread_gr, money.planned_by_now_gr) == (18000, 15000, 3000)
    assert money.months["planned_gr"].tolist() == [3000]


def test_spending_is_told_without_a_tab_of_the_budget(register):
    """
    Wydatki
    Nr dokumentu | Nr pozycji | Data zapłaty | Kwota kwalifikowalna
    FV 1         | 1.1        | 2022-03-09   | 1,00
    """
    figures = budget.figures(register)
    assert (figures["spent_gr"], figures["lines_gr"], figures["total_gr"]) == (100, None, None)
    assert figures["lines"] == [
        {
            "line": "1.1",
            "task": None,
            "name": None,
            "planned_gr": None,
            "spent_gr": 100,
            "left_gr": None,
            "share": None,
        }
    ]
    assert figures["tasks"] == [
        {"task": None, "planned_gr": None, "spent_gr": 100, "left_gr": None, "share": None}
    ]
    assert figures["sources"]["UNSPLIT"]["spent_gr"] == 100


def test_without_anything_there_are_no_figures_but_all_the_columns(register):
    """
    Projekt
    Parametr | Wartość
    Nazwa    | Pusty
    """
    money = budget.budget(register)
    assert (money.total_gr, money.spent_gr, money.left_gr) == (None, 0, None)
    assert (money.share_spent, money.share_time, money.forecast_gr) == (None, None, None)
    amounts = ["planned_gr", "spent_gr", "left_gr"]
    assert list(money.tasks) == ["task", *amounts, "share", "rows"]
    assert list(money.lines) == ["line", "task", "name", *amounts, "share", "starts_on", "ends_on", "rows"]
    assert list(money.months) == [
        "month",
        "planned_gr",
        "spent_gr",
        "planned_total_gr",
        "spent_total_gr",
        "left_gr",
        "forecast_total_gr",
        "rows",
    ]
    for frame in (money.tasks, money.lines, money.months):
        assert frame.empty
        assert set(frame.filter(like="_gr").dtypes.astype(str)) == {"Int64"}
    assert money.sources["source"].tolist() == ["EU", "STATE", "OWN"]
    assert set(money.sources.filter(like="_gr").dtypes.astype(str)) == {"Int64"}


@given(st.lists(st.tuples(st.integers(0, 10**12), st.integers(0, 900), st.integers(0, 900))))
def test_the_plan_never_falls_and_ends_with_every_grosz(spread):
    start = DAY("2023-11-01")
    spans = [
        (planned, start + dt.timedelta(first), start + dt.timedelta(first + more))
        for planned, first, more in spread
    ]
    if not spans:
        assert budget.planned_by(spans, start) is None
        return
    days = [start + dt.timedelta(day) for day in range(-1, 1801, 60)]
    totals = [budget.planned_by(spans, day) for day in days]
    assert totals == sorted(totals)
    assert budget.planned_by(spans, start - dt.timedelta(1)) == 0
    assert budget.planned_by(spans, max(last for *_, last in spans)) == sum(planned for planned, *_ in spans)


@pytest.mark.parametrize("seed", range(3))
def test_months_tasks_and_sources_agree_with_a_plain_count(seed):
    chance = random.Random(seed)
    tasks = {f"{number}.{chance.randint(1, 9)}": chance.choice("ABCD") for number in range(1, 12)}
    papers = [
        (
            chance.choice(list(tasks)),
            DAY("2021-12-01") + dt.timedelta(chance.randrange(800)),
            chance.randint(-(10**5), 10**7),
        )
        for _ in range(300)
    ]
    drawing = "Projekt\nParametr | Wartość\nWartość projektu | 1 042 938,86\nDofinansowanie UE | 886 498,03\n"
    drawing += "\nBudżet\nZadanie | Nr pozycji | Kwota planowana\n"
    drawing += "".join(f"{task} | {line} | 1000,00\n" for line, task in tasks.items())
    drawing += "\nWydatki\nNr dokumentu | Nr pozycji | Data zapłaty | Kwota kwalifikowalna\n"
    drawing += "".join(
        f"FV {number} | {line} | {day} | {'-' if gr < 0 else ''}{abs(gr) // 100},{abs(gr) % 100:02d}\n"
        for number, (line, day, gr) in enumerate(papers)
    )
    as_of = DAY("2023-06-17")
    figures = budget.figures(registers.register(registers.read_tabs(sheet(drawing)), as_of))
    by_month, by_task, spent = Counter(), Counter(), 0
    for line, day, gr in papers:
        if day <= as_of:
            by_month[f"{day:%Y-%m}"] += gr
            by_task[tasks[line]] += gr
            spent += gr
    assert {row["month"]: row["spent_gr"] for row in figures["months"]} == by_month
    assert {row["task"]: row["spent_gr"] for row in figures["tasks"]} == {
        task: by_task[task] for task in tasks.values()
    }
    assert figures["spent_gr"] == spent == sum(line["spent_gr"] for line in figures["lines"])
    assert figures["sources"]["EU"]["spent_gr"] == spent * 88649803 // 104293886
    assert json.loads(json.dumps(figures)) == figures


def test_a_frame_is_not_changed_by_counting_it(register):
    """
    Budżet
    Zadanie | Nr pozycji | Kwota planowana
    Kadra   | 1.1        | 100,00

    Wydatki
    Nr dokumentu | Nr pozycji | Data zapłaty | Kwota kwalifikowalna
    FV 1         | 1.1        | 2022-03-09   | 1,00
    """
    before = register.lines.copy(), register.expenses.copy()
    budget.lines(register.lines, budget.paid(register.expenses, register.as_of))
    budget.outside(register.expenses, Period(DAY("2022-01-01"), DAY("2022-02-01")))
    pd.testing.assert_frame_equal(register.lines, before[0])
    pd.testing.assert_frame_equal(register.expenses, before[1])
