"""Findings accepted with a reason: which cells they hold for, and until when."""

import datetime as dt
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from lib.acceptance_list import FILE, KEY_FILE, AcceptanceList
from lib.acceptances import Acceptance, Acceptances, Marking, accept, refusal
from lib.register import Register, read_tabs, register
from sheets.source import Damaged
from sheets.table import Table
from tests.conftest import sheet

KEY = bytes(range(32))
DAY = dt.date(2024, 5, 6)

PEOPLE = """
    Uczestnicy
    Nr uczestnika | Płeć | Telefon | Uwagi
    U1 | K | brak | a
    U2 | ? | brak | b
    U3 | M | 600100200 | c
"""
ENROLMENTS = """
    Zapisy
    Nr uczestnika | Kod grupy | Stan zapisu | Data zgłoszenia | Uwagi
    U1 | G1 | ??? | 2022-01-03 | a
    U2 | G1 | lista rezerwowa | 2022-01-03 | b
    U3 | G2 | ??? | 2022-01-03 | c
"""


def seen(drawing: str, *given: Acceptance) -> Register:
    """The register of a drawn workbook with these acceptances."""
    return register(read_tabs(sheet(drawing)), DAY, acceptances=Acceptances(KEY, given))


def accepted(drawing: str, *addresses: str, code: str | None = None) -> tuple[Acceptance, ...]:
    """Acceptances of the findings at these cells."""
    whole = seen(drawing)
    found = [f for f in whole.findings if f.address in addresses and code in (None, f.rule.code)]
    assert {finding.address for finding in found} == set(addresses)
    marking = Marking(whole.readings.by_record, KEY)
    return accept(found, marking, project="p", reason=" tak  ma być ", by=" AB ", on=DAY)


def places(whole: Register) -> tuple[list[str], list[str]]:
    """The addresses of what is open, and of what is accepted."""
    return [f.address for f in whole.findings], [a.finding.address for a in whole.accepted]


def test_an_accepted_finding_is_told_apart_and_changes_no_figure():
    before, after = seen(PEOPLE), seen(PEOPLE, *accepted(PEOPLE, "Uczestnicy!B3", "Uczestnicy!C2"))
    assert places(before) == (["Uczestnicy!B3", "Uczestnicy!C2", "Uczestnicy!C3"], [])
    assert places(after) == (["Uczestnicy!C3"], ["Uczestnicy!B3", "Uczestnicy!C2"])
    why = after.accepted[0].acceptance
    assert (why.reason, why.by, why.on, why.rule) == ("tak ma być", "AB", DAY, "not-in-dictionary")
    assert after.rejected == before.rejected
    assert after.participants.equals(before.participants)


def test_an_acceptance_ends_when_the_content_of_its_cell_changes():
    given = accepted(PEOPLE, "Uczestnicy!C2")
    assert places(seen(PEOPLE.replace("U1 | K | brak", "U1 | K | nie ma"), *given))[1] == []


def test_an_acceptance_does_not_go_over_to_the_same_content_in_another_row_or_column():
    given = accepted(PEOPLE, "Uczestnicy!C2")
    gone = PEOPLE.replace("    U1 | K | brak | a\n", "")
    assert places(seen(gone, *given)) == (["Uczestnicy!B2", "Uczestnicy!C2"], [])
    other = PEOPLE.replace("Telefon", "Tel. 2")
    assert places(seen(other, *given))[1] == []


@pytest.mark.parametrize(
    "moved",
    [
        "    Nr uczestnika | Płeć | Telefon | Uwagi\n    U9 | K | 600100200 | z\n    U1 | K | brak | a\n"
        "    U2 | ? | brak | b\n",
        "    Nr uczestnika | Płeć | Telefon | Uwagi\n    U3 | M | 600100200 | c\n    U2 | ? | brak | b\n"
        "    U1 | K | brak | a\n",
        "    Uwagi | Telefon | Nr uczestnika | Płeć\n    inna | brak | U1 | K\n    b | brak | U2 | ?\n",
    ],
    ids=["a row inserted", "sorted", "columns in another order, another cell changed"],
)
def test_an_acceptance_holds_wherever_the_row_of_its_key_goes(moved):
    after = seen("    Uczestnicy\n" + moved, *accepted(PEOPLE, "Uczestnicy!C2"))
    (only,) = after.accepted
    rows = after.participants.set_index("person")
    assert only.finding.rule.code == "not-a-phone"
    assert only.finding.cell.row == int(rows.at["U1", "row"]) + 2


def test_a_row_without_a_key_is_known_by_what_is_essential_in_it():
    given = accepted(ENROLMENTS, "Zapisy!C4")
    header, one, two, three = ENROLMENTS.strip("\n").splitlines()[1:]
    moved = "\n".join(["    Zapisy", header, three.replace("| c", "| inna uwaga"), two, one])
    assert places(seen(moved, *given)) == (["Zapisy!C4"], ["Zapisy!C2"])
    gone = "\n".join(["    Zapisy", header, two, one.replace("U1", "U5"), one])
    assert places(seen(gone, *given)) == (["Zapisy!C3", "Zapisy!C4"], [])


def test_one_acceptance_is_for_one_cell_however_many_are_alike():
    """A row entered twice is accepted; a third one is a new finding."""
    twice = """
    Uczestnicy
    Nr uczestnika | Płeć
    U1 | K
    U1 | K
    """
    given = accepted(twice, "Uczestnicy!A3")
    assert places(seen(twice, *given)) == ([], ["Uczestnicy!A3"])
    again = twice.rstrip() + "\n    U1 | K\n"
    assert places(seen(again, *given)) == (["Uczestnicy!A4"], ["Uczestnicy!A3"])
    assert places(seen(again, *accepted(again, "Uczestnicy!A4"))) == (["Uczestnicy!A3"], ["Uczestnicy!A4"])


def test_what_is_wrong_with_a_whole_tab_is_accepted_by_what_is_said_of_it():
    """Two missing columns stand at one place; accepting one leaves the other."""
    drawing = """
    Wydatki
    Nr dokumentu | Opis
    FV 1 | papier
    """
    whole = seen(drawing)
    missing = [f for f in whole.findings if f.rule.code == "missing-column"]
    assert len({f.address for f in missing}) == 1 < len(missing)
    given = accept(
        missing[:1], Marking(whole.readings.by_record, KEY), project="p", reason="x", by="y", on=DAY
    )
    after = seen(drawing, *given)
    assert [a.finding for a in after.accepted] == missing[:1]


def test_a_total_is_accepted_as_it_is_said_and_no_further():
    money = """
    Projekt
    Parametr | Wartość
    Wartość projektu | 100

    Budżet
    Zadanie | Nr pozycji | Plan
    1 | 1.1 | 90
    """
    (finding,) = [f for f in seen(money).findings if f.rule.code == "lines-not-total"]
    given = accepted(money, finding.address, code="lines-not-total")
    assert "lines-not-total" not in [f.rule.code for f in seen(money, *given).findings]


def test_marks_tell_nothing_of_the_cells_and_depend_on_the_key():
    drawing = PEOPLE.replace("brak", "tajne słowo")
    whole = seen(drawing)
    marks = [
        {tuple(Marking(whole.readings.by_record, key).marks(f)) for f in whole.findings}
        for key in (KEY, bytes(32))
    ]
    assert not marks[0] & marks[1]
    assert "tajne" not in repr(accepted(drawing, "Uczestnicy!C2"))


@pytest.mark.parametrize(
    ("reason", "by", "said"),
    [
        (" ", "AB", "powód"),
        ("Bo tak", " ", "inicjały"),
        ("PESEL 44051401359", "AB", "nie wpisuj numeru PESEL"),
    ],
)
def test_an_acceptance_needs_a_reason_and_initials_and_no_personal_number(reason, by, said):
    assert said in str(refusal(reason, by))
    assert refusal("Zgoda instytucji z 12.03.2024, pismo 4/2024", "AB") is None


# --- the file -----------------------------------------------------------------------------------


def kept(number: int, project: str = "p") -> Acceptance:
    """Some acceptance."""
    return Acceptance(project, "not-a-phone", f"m{number}", f"p{number}", "bo tak", "AB", DAY)


def test_acceptances_are_kept_for_each_project_and_taken_back_one_by_one(tmp_path):
    AcceptanceList(tmp_path).add(lambda key: (kept(1), kept(2), kept(3, "inny")))
    here = AcceptanceList(tmp_path)
    assert here.of("p").given == (kept(1), kept(2))
    AcceptanceList(tmp_path).remove(kept(1))
    assert here.of("p").given == (kept(2),)
    assert here.of("inny").given == (kept(3, "inny"),)
    assert len(here.of("p").key) == 32


def test_a_reason_given_anew_takes_the_place_of_the_old_one(tmp_path):
    here = AcceptanceList(tmp_path)
    here.add(lambda key: (kept(1),))
    here.add(lambda key: (replace(kept(1), reason="inny powód"),))
    assert [acceptance.reason for acceptance in here.of("p").given] == ["inny powód"]


def test_the_key_and_the_reasons_are_for_the_servers_user_only(tmp_path):
    AcceptanceList(tmp_path).add(lambda key: (kept(1),))
    assert [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in (FILE, KEY_FILE)] == [0o600, 0o600]


@pytest.mark.parametrize(
    ("name", "content"), [(FILE, "{"), (FILE, '[{"rule": "x"}]'), (KEY_FILE, "zz"), (KEY_FILE, None)]
)
def test_a_broken_file_is_said_and_never_written_over(tmp_path, name, content):
    here = AcceptanceList(tmp_path)
    here.add(lambda key: (kept(1),))
    path = tmp_path / name
    good = path.read_bytes()
    path.unlink()
    if content is not None:
        path.write_text(content)
    assert here.of("p").given == ()
    assert name in str(here.of("p").problem.remedy)
    with pytest.raises(Damaged):
        here.add(lambda key: (kept(2),))
    assert (path.read_text() if path.exists() else None) == content
    path.write_bytes(good)
    assert (here.of("p").given, here.of("p").problem) == ((kept(1),), None)


def test_what_cannot_be_written_is_said(tmp_path):
    with pytest.raises(Damaged, match="nie da się zapisać"):
        AcceptanceList(tmp_path / "nie-ma").add(lambda key: (kept(1),))


ADD = """
from pathlib import Path
from lib.acceptance_list import AcceptanceList
from tests.test_acceptances import kept
for number in range({first}, {first} + 10):
    AcceptanceList(Path({folder!r})).add(lambda key: (kept(number),))
"""


def test_several_processes_lose_nothing_of_each_other(tmp_path):
    root = Path(__file__).resolve().parent.parent
    programs = [
        subprocess.Popen([sys.executable, "-c", ADD.format(first=first, folder=str(tmp_path))], cwd=root)
        for first in (0, 10, 20)
    ]
    assert [program.wait() for program in programs] == [0, 0, 0]
    assert sorted(a.mark for a in AcceptanceList(tmp_path).of("p").given) == sorted(
        f"m{n}" for n in range(30)
    )


def test_a_table_without_rows_of_data_or_columns_is_no_trouble():
    empty = register(read_tabs([Table("Uczestnicy", ())]), DAY, acceptances=Acceptances(KEY, (kept(1),)))
    assert empty.accepted == ()
