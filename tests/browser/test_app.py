"""The whole program as a visitor sees it."""

import re
import shutil
from pathlib import Path

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Response, expect

from tests import handmade
from tests.browser.screenshots import ready
from tests.browser.server import Server
from tests.test_command_line import workbook
from tests.test_connecting import MARKS

PAGES = {
    "": "Pulpit",
    "capacity": "Pojemność",
    "budget": "Budżet",
    "durability": "Trwałość",
    "quality": "Jakość danych",
    "glossary": "Słownik",
    "connections": "Stan połączeń",
}
PROJECTS = {"miasto-rodziny": "2025-12-31", "gagarina-116": "2023-06-30"}


def titled(page: Page, title: str) -> None:
    """Wait for the title of a page."""
    expect(page.get_by_role("heading", name=title, exact=True, level=1)).to_be_visible(timeout=30_000)


def opened(page: Page, server: Server, path: str = "", **query: str) -> None:
    """Open a page and wait until it has run to its end."""
    page.goto(server.page(path, **query))
    titled(page, PAGES[path])
    ready(page)


def clean(page: Page) -> None:
    """Nothing on the page says that the program failed."""
    assert page.get_by_test_id("stException").count() == 0
    assert page.get_by_text("Tej strony nie udało się pokazać").count() == 0
    assert page.get_by_text("Traceback").count() == 0


def card(page: Page, label: str) -> str:
    """The number on the card with this label."""
    metric = page.get_by_test_id("stMetric").filter(has_text=label).first
    return metric.get_by_test_id("stMetricValue").inner_text().replace("\u00a0", " ")


def test_a_deep_link_to_a_cold_server_goes_through_the_frame(own_server, page):
    opened(page, own_server, "budget")
    expect(page.get_by_label("Stan na dzień").first).to_be_visible()
    expect(page.get_by_role("link", name="Pojemność").first).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "pl"


def test_a_project_that_is_over_opens_on_its_last_day_and_says_so(server, page):
    opened(page, server)
    assert "dzien=2025-12-31" in page.url
    assert "projekt=miasto-rodziny" in page.url
    opened(page, server, "durability")
    expect(page.get_by_text("okres trwałości zakończony 31.12.2025")).to_be_visible()


def serious(page: Page) -> list[tuple[str, list[str]]]:
    """What axe finds on a page that keeps someone from using it."""
    return [
        (violation["id"], [node["html"][:120] for node in violation["nodes"][:3]])
        for violation in Axe().run(page).response["violations"]
        if violation["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("project", PROJECTS)
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_whole_accessible_marked_as_an_example_and_asks_nobody_outside(server, page, path, project):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    opened(page, server, path, projekt=project, dzien=PROJECTS[project])
    clean(page)
    if path != "connections":  # it shows nothing of what is in the spreadsheets
        expect(page.get_by_text("dane przykładowe").first).to_be_visible()
    assert [url for url in asked if not re.match(r"(http|ws)://127\.0\.0\.1|data:|blob:", url)] == []
    assert serious(page) == []


@pytest.mark.parametrize("path", PAGES)
def test_a_phone_shows_a_page_whole_accessible_and_without_scrolling_sideways(server, phone, path):
    opened(phone, server, path, projekt="miasto-rodziny", dzien="2023-03-31")
    clean(phone)
    assert phone.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390
    assert serious(phone) == []


def test_the_choice_of_project_and_day_travels_in_the_address(server, page):
    opened(page, server, "capacity", projekt="gagarina-116", dzien="2022-12-31")
    page.get_by_role("link", name="Budżet").first.click()
    titled(page, "Budżet")
    ready(page)
    assert "projekt=gagarina-116" in page.url
    assert "dzien=2022-12-31" in page.url


def test_a_wrong_address_is_said_and_the_page_still_works(server, page):
    opened(page, server, "capacity", projekt="nie-ma", dzien="kiedys")
    expect(page.get_by_text("Nie ma projektu wskazanego w adresie")).to_be_visible()
    expect(page.get_by_text("zły dzień")).to_be_visible()
    clean(page)


def test_a_figure_opens_the_rows_behind_it(server, page):
    opened(page, server, "budget", projekt="miasto-rodziny", dzien="2023-03-31")
    page.get_by_role("button", name="Skąd ta liczba?").nth(1).click()  # „Wydano”
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    with page.expect_download() as download:
        dialog.get_by_role("button", name=re.compile("CSV")).click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert "Zakładka" in text
    assert "Wiersz" in text
    assert "Wydatki" in text


def test_a_table_downloads_as_csv_and_xlsx(server, page, tmp_path):
    opened(page, server, "budget", projekt="miasto-rodziny", dzien="2023-03-31")
    for kind in ("CSV", "XLSX"):
        with page.expect_download() as download:
            page.locator(f".st-key-{kind}-zadania").get_by_role("button").click()
        assert download.value.suggested_filename == f"zadania-miasto-rodziny-2023-03-31.{kind.lower()}"
        download.value.save_as(tmp_path / download.value.suggested_filename)
    book = openpyxl.load_workbook(next(tmp_path.glob("*.xlsx")))
    lines = next(tmp_path.glob("*.csv")).read_text(encoding="utf-8-sig").splitlines()
    assert book.active.max_row == len(lines) > 5


def test_no_personal_data_in_any_page_or_address(server, page):
    book = openpyxl.load_workbook(server.data / "miasto-rodziny.xlsx", read_only=True)
    rows = list(book["Uczestnicy"].iter_rows(values_only=True))
    header = next(row for row in rows if "Nazwisko" in row)
    surnames = {str(row[header.index("Nazwisko")]) for row in rows[rows.index(header) + 1 :]} - {"None"}
    pesels = {str(row[header.index("PESEL")]) for row in rows[rows.index(header) + 1 :]} - {"None"}
    assert len(pesels) > 300
    for path in PAGES:
        opened(page, server, path, projekt="miasto-rodziny", dzien="2023-03-31")
        content = page.content()
        words = set(re.findall(r"\w+", content))
        assert not words & surnames - {"Wiersz"}
        assert not words & pesels
        assert not any(pesel in page.url for pesel in pesels)
    assert not any(pesel in server.log.read_text() for pesel in pesels)


def test_the_terminal_says_in_polish_and_in_one_line_where_the_pages_are(server):
    assert server.log.read_text().splitlines()[0] == f"Ostoja działa: {server.url} (koniec: Ctrl+C)"
    assert "Streamlit app" not in server.log.read_text()


def typed(path: Path, tab: str, cell: str, value: object) -> None:
    """Type a value into a cell of a workbook and save it, as Excel does: beside it, then in its place."""
    book = openpyxl.load_workbook(path)
    book[tab][cell] = value
    beside = path.with_name("~$zapis.tmp")
    book.save(beside)
    beside.replace(path)


def test_a_saved_change_shows_within_five_seconds_without_a_reload(own_server, page):
    path = own_server.data / "miasto-rodziny.xlsx"
    opened(page, own_server, "budget", projekt="miasto-rodziny", dzien="2023-03-31")
    page.get_by_role("radio", name="Miesiące").or_(page.get_by_role("button", name="Miesiące")).first.click()
    ready(page)
    page.evaluate("window.sameVisit = true")
    before = card(page, "Wydano")
    book = openpyxl.load_workbook(path)
    rows = list(book["Wydatki"].iter_rows())
    header = next(row for row in rows if any(cell.value == "Kwota kwalifikowalna" for cell in row))
    amount = next(i for i, cell in enumerate(header) if cell.value == "Kwota kwalifikowalna")
    typed(path, "Wydatki", rows[rows.index(header) + 1][amount].coordinate, 12345.67)
    expect(page.get_by_test_id("stMetricValue").filter(has_text=before)).to_have_count(0, timeout=20_000)
    assert page.evaluate("window.sameVisit") is True, "the page was loaded again"
    assert "dzien=2023-03-31" in page.url
    expect(page.get_by_text("Miesiąc", exact=False).first).to_be_visible()
    clean(page)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda path: path.unlink(), "Nie ma takiego pliku"),
        (lambda path: path.write_bytes(b""), "Plik jest pusty"),
        (lambda path: path.write_bytes(path.read_bytes()[:20_000]), ""),
        (lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 500), ""),
    ],
    ids=["deleted", "emptied", "half-written", "a picture"],
)
def test_whatever_happens_to_a_workbook_the_last_good_data_stay_with_a_banner(own_server, page, damage, said):
    path = own_server.data / "miasto-rodziny.xlsx"
    good = path.read_bytes()
    opened(page, own_server, "budget", projekt="miasto-rodziny", dzien="2023-03-31")
    before = card(page, "Wydano")
    damage(path)
    banner = page.get_by_role("alert").filter(has_text="Pokazuję ostatnie dobre dane")
    expect(banner).to_be_visible(timeout=20_000)
    assert "miasto-rodziny.xlsx" in banner.inner_text()
    assert said in banner.inner_text()
    assert card(page, "Wydano") == before
    clean(page)
    path.write_bytes(good)
    expect(banner).to_have_count(0, timeout=20_000)
    assert card(page, "Wydano") == before


def test_hostile_workbooks_and_a_broken_list_never_end_the_server(own_server, page):
    hostile = own_server.data / "gagarina-116.xlsx"
    handmade.workbook(hostile, handmade.cells("A1", "XFD1048576"))
    opened(page, own_server, "", projekt="miasto-rodziny", dzien="2023-03-31")
    expect(page.get_by_role("alert").filter(has_text="gagarina-116.xlsx")).to_be_visible(timeout=20_000)
    assert card(page, "Osoby objęte wsparciem") != ""
    listing = own_server.data / "projects.toml"
    good = listing.read_text()
    listing.write_text("[[project]\n")
    expect(page.get_by_role("alert").filter(has_text="błąd zapisu")).to_be_visible(timeout=20_000)
    clean(page)
    listing.write_text(good)
    expect(page.get_by_role("alert").filter(has_text="błąd zapisu")).to_have_count(0, timeout=20_000)


def test_the_server_answers_with_security_headers(server, page):
    response: Response | None = page.goto(server.page())
    assert response is not None
    headers = response.headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert headers["x-frame-options"] == "DENY"
    assert headers["x-content-type-options"] == "nosniff"


def test_a_new_project_is_connected_by_three_lines(own_server, page):
    shutil.copy(own_server.data / "gagarina-116.xlsx", own_server.data / "nowy.xlsx")
    opened(page, own_server, "", projekt="miasto-rodziny", dzien="2023-03-31")
    with (own_server.data / "projects.toml").open("a", encoding="utf-8") as listing:
        listing.write('\n[[project]]\nid = "nowy"\nworkbooks = ["nowy.xlsx"]\n')
    expect(page.get_by_text("Gagarina 116")).to_have_count(2, timeout=20_000)
    clean(page)


def test_a_workbook_is_connected_by_choosing_and_answering(own_server, page):
    people = [["Nr ew.", "Nazwisko i imię", "Płeć", "Data wejścia"]]
    people += [[number, row[0], "K", "01.03.2022"] for number, row in zip("123", MARKS[1:], strict=True)]
    workbook(own_server.data / "dom.xlsx", Lista=people, Obecności=MARKS)
    page.goto(own_server.page("connect"))
    titled(page, "Podłącz arkusz")
    page.get_by_text("plik w folderze danych").click()
    chosen(page, "Plik", "dom.xlsx")
    page.get_by_role("button", name="Wczytaj").click()
    expect(page.get_by_text("Pytania bez odpowiedzi: 1")).to_be_visible(timeout=30_000)
    chosen(page, "Co znaczy puste pole", "osoba była nieobecna")
    expect(page.get_by_text("Pytania bez odpowiedzi")).to_have_count(0, timeout=20_000)
    assert page.get_by_text("nie było przy podłączaniu").count() == 0
    page.get_by_role("textbox", name="Nazwa (tekst)").fill("Ciepły dom")
    page.keyboard.press("Tab")
    ready(page)
    page.get_by_role("button", name="Zapisz podłączenie").click()
    expect(page.get_by_text("Zapisano projekt „cieply-dom”")).to_be_visible(timeout=30_000)
    clean(page)
    opened(page, own_server, "capacity", projekt="cieply-dom", dzien="2022-03-31")
    assert card(page, "Osoby objęte wsparciem").startswith("3")
    clean(page)


def chosen(page: Page, label: str, option: str) -> None:
    """Choose from a list, as far as label and option are given."""
    ready(page)
    page.get_by_role("combobox", name=re.compile(label)).click()
    page.get_by_role("option", name=re.compile(option)).first.click()
    ready(page)
