"""The structure of `figures`: the promised keys, and nothing personal."""

import json

import pytest

from lib import figures


@pytest.mark.as_of("2022-12-31")
def test_figures_have_at_least_the_promised_keys_and_are_json(register):
    """
    Projekt
    Parametr | Wartość
    Wartość projektu | 100
    Udział UE | 85%
    Udział budżetu państwa | 8%
    Udział wkładu własnego | 7%
    Początek realizacji | 2022-01-01
    Koniec realizacji | 2023-09-30
    Docelowa liczba osób | 350

    Formy wsparcia
    Kod formy | Forma wsparcia
    F1 | Mediacje

    Grupy
    Kod grupy | Forma wsparcia | Limit miejsc
    G1 | F1 | 3

    Uczestnicy
    Nr uczestnika | Nazwisko | PESEL | Płeć | Data rozpoczęcia udziału
    U1 | Przykładowska | 44051401359 | M | 2022-03-01

    Zapisy
    Nr uczestnika | Kod grupy | Stan zapisu | Data zgłoszenia | Od
    U1 | G1 | zakwalifikowany | 2022-02-01 | 2022-03-01

    Budżet
    Zadanie | Nr pozycji | Kwota planowana
    Zadanie 1 | 1.1 | 100

    Wydatki
    Nr dokumentu | Nr pozycji | Data zapłaty | Kwota kwalifikowalna
    FV1 | 1.1 | 2022-03-01 | 10,01
    FV2 | 1.1 | 2022-03-01 | 1o,00

    Miejsca
    Miejsce | Rodzaj | Liczba | Od | Do
    Mediacje | specjalista | 1 | 2023-10-01 | 2025-12-31
    """
    result = figures.figures(register)
    text = json.dumps(result)
    persons = result["capacity"]["persons"]
    assert (persons["ever"], persons["active"], persons["target"]) == (1, 1, 350)
    assert persons["by_sex"] == {"Kobieta": 0, "Mężczyzna": 1}
    assert {key: persons["by_form"][0][key] for key in ("form", "persons", "participations")} == {
        "form": "F1", "persons": 1, "participations": 1
    }  # fmt: skip
    group = result["capacity"]["groups"][0]
    assert (group["group"], group["form"], group["limit"]) == ("G1", "F1", 3)
    assert (group["taken"], group["waiting"], group["free"]) == (1, 0, 2)
    assert {"planned", "held", "cancelled"} <= set(result["capacity"]["sessions"])
    assert {"present", "absent", "rate"} <= set(result["capacity"]["attendance"])
    budget = result["budget"]
    assert (budget["total_gr"], budget["spent_gr"]) == (10000, 1001)
    assert [budget["sources"][s]["spent_gr"] for s in ("EU", "STATE", "OWN")] == [850, 80, 71]
    assert {"planned_gr", "left_gr"} <= set(budget["sources"]["EU"])
    assert {"task": "Zadanie 1", "planned_gr": 10000, "spent_gr": 1001}.items() <= budget["tasks"][0].items()
    assert [(m["month"], m["spent_gr"]) for m in budget["months"]] == [("2022-03", 1001)]
    durability = result["durability"]
    assert durability["declared"] == 1
    assert {"month", "declared", "ready", "used"} <= set(durability["months"][0])
    assert {"place", "unit", "declared", "ready", "used"} <= set(durability["places"][0])
    assert {"code", "severity", "address", "message"} <= set(result["findings"][0])
    assert set(result["not_counted"]) >= {"Uczestnicy", "Obecności", "Wydatki"}
    assert "Przykładowska" not in text
    assert "44051401359" not in text
