"""What the numbers on the screen mean: the formula, the unit and the source of every figure."""

from typing import NamedTuple


class Definition(NamedTuple):
    """A figure: its Polish name, how it is counted, its unit, and the source of its meaning."""

    name: str
    formula: str
    unit: str
    source: str


ESF = "Zasady monitorowania uczestników EFS: osoba, która wraca do projektu, liczy się raz"
AGREEMENT = "Umowa o dofinansowanie, wpisana w zakładce „Projekt”"
READINESS = "Zobowiązanie z umowy: usługa albo instytucjonalna gotowość do jej świadczenia"
OWN = "Definicja własna Ostoi"

DEFINITIONS: tuple[Definition, ...] = (
    Definition(
        "Stan na dzień",
        "Wszystko, co się stało do końca wybranego dnia; pierwszy i ostatni dzień okresu wliczają się.",
        "dzień",
        OWN,
    ),
    # --- capacity
    Definition(
        "Osoby objęte wsparciem",
        "Osoby z datą rozpoczęcia udziału do dnia włącznie; wiersze z tym samym PESEL to jedna osoba.",
        "osoby",
        ESF,
    ),
    Definition(
        "Osoby aktywne",
        "Osoby objęte wsparciem bez daty zakończenia albo z datą zakończenia nie wcześniejszą niż dzień.",
        "osoby",
        ESF,
    ),
    Definition(
        "Potrzebne tempo",
        "Docelowa liczba osób × udział dni realizacji, które minęły do końca dnia.",
        "osoby",
        f"{AGREEMENT}; równe tempo to założenie Ostoi",
    ),
    Definition(
        "Wiek",
        "Ukończone lata w dniu rozpoczęcia udziału, z daty urodzenia lub PESEL, a bez nich wpisane; urodzeni "
        "29 lutego kończą rok 1 marca w roku zwykłym.",
        "lata",
        "Zasady monitorowania uczestników EFS: cechy z dnia przystąpienia",
    ),
    Definition(
        "Udziały w formie wsparcia",
        "Zapisy, które do dnia zajęły miejsce w grupie tej formy; jedna osoba może mieć kilka udziałów.",
        "udziały",
        "Zasady monitorowania uczestników EFS: osoby i udziały to dwie różne miary",
    ),
    Definition(
        "Zajęte miejsca w grupie",
        "Zapisy w stanie, który zajmuje miejsce: od daty „Od” (bez niej od zgłoszenia) do „Do” włącznie.",
        "miejsca",
        OWN,
    ),
    Definition(
        "Wolne miejsca w grupie",
        "Limit − zajęte, nie mniej niż 0; grupa bez limitu nie ma liczby wolnych miejsc.",
        "miejsca",
        OWN,
    ),
    Definition(
        "Czekający",
        "Zapisy na liście rezerwowej tego dnia: od wpisania na listę do dnia przed zajęciem miejsca.",
        "osoby",
        OWN,
    ),
    Definition(
        "Zajęcia odbyte, zaplanowane, odwołane",
        "Odbyte i odwołane z datą do dnia włącznie; zaplanowane w całym harmonogramie, także odbyte po dniu.",
        "zajęcia",
        OWN,
    ),
    Definition(
        "Frekwencja",
        "Obecni ÷ (obecni + nieobecni, także usprawiedliwieni) na zajęciach do dnia; "
        "bez zajęć odwołanych i bez powtórzonych wpisów.",
        "%",
        OWN,
    ),
    Definition(
        "Dzieci na wychowawcę",
        "Dzieci obecne w tej samej chwili ÷ wychowawcy na dyżurze; najwyżej 15.",
        "dzieci",
        "Ustawa o wspieraniu rodziny i systemie pieczy zastępczej: placówki wsparcia dziennego",
    ),
    # --- budget
    Definition(
        "Wartość projektu",
        "Kwota z umowy i aneksów obowiązujących w dniu; nigdy suma pozycji budżetu.",
        "zł",
        AGREEMENT,
    ),
    Definition(
        "Wydano",
        "Suma kwot kwalifikowalnych dokumentów zapłaconych do końca dnia.",
        "zł",
        "Zakładka „Wydatki”",
    ),
    Definition(
        "Zostało",
        "Plan − wydano; mniej niż 0, gdy wydano więcej niż zaplanowano.",
        "zł",
        "Zakładki „Budżet” i „Wydatki”",
    ),
    Definition(
        "Podział na źródła",
        "Od łącznej sumy wydatków: dofinansowanie UE i budżet państwa zaokrąglone w dół do grosza, reszta to "
        "wkład własny. Źródło, którego nie podano, zostaje nie podane.",
        "zł",
        "Podział wartości projektu w umowie, odtworzony co do grosza",
    ),
    Definition(
        "Udział czasu",
        "Dni realizacji, które minęły do końca dnia ÷ wszystkie dni realizacji.",
        "%",
        AGREEMENT,
    ),
    Definition(
        "Plan narastająco",
        "Każda pozycja budżetu rozłożona równo na swoje dni (bez dat: na dni realizacji), zsumowana do dnia.",
        "zł",
        "Zakładka „Budżet”; równe rozłożenie to założenie Ostoi",
    ),
    Definition(
        "Prognoza na koniec",
        "Wydano + średnie wydatki dzienne ostatnich pełnych miesięcy × dni do końca realizacji.",
        "zł",
        OWN,
    ),
    # --- durability
    Definition(
        "Miejsca obiecane",
        "Liczby z zakładki „Miejsca” w okresie każdego miejsca; nie zmienia się ich.",
        "miejsca",
        AGREEMENT,
    ),
    Definition(
        "Miejsca gotowe",
        "Dla dnia: ile miejsc mogło przyjąć osobę według zakładki „Gotowość”, nie więcej niż obiecano; "
        "bez wpisu 0. Dla miesiąca: najmniej z jego dni.",
        "miejsca",
        READINESS,
    ),
    Definition(
        "Miejsca wykorzystane",
        "Liczba zajętych z zakładki „Gotowość”, a gdy jej tam nie ma: osoby przyjęte i korzystające tego "
        "dnia; dzielący jedno miejsce zajmują je razem. Specjaliści: nie więcej niż obiecano. Dla miesiąca: "
        "najwięcej z jego dni. Brak chętnych nie narusza zobowiązania.",
        "miejsca",
        READINESS,
    ),
    Definition(
        "Wolne miejsca szkoleniowe",
        "Gotowe − wykorzystane, nie mniej niż 0; miejsce specjalisty nie ma wolnych miejsc.",
        "miejsca",
        OWN,
    ),
    # --- data
    Definition(
        "Wiersze nie wliczone",
        "Wiersze, którym brakuje dobrej wartości niezbędnej do liczenia, powtórzone albo wskazujące na coś, "
        "czego nie ma. Każdy ma uwagę na stronie „Jakość danych”.",
        "wiersze",
        OWN,
    ),
)
"""Every figure of the screens, in the order of the pages."""
