"""The keys of the Google accounts, from `.streamlit/secrets.toml`.

Table [google.credentials] is the account that reads, and only reads; [google.write_credentials] the one
that writes Ostoja's own tabs, for those who switch that on.
"""

import os
import tomllib
from pathlib import Path

from lib.project_list import place
from sheets.account import GOOGLE, SCOPES, WRITE_SCOPES, Account
from sheets.source import KeyRejected

LABEL = "secrets.toml"


def file() -> Path:
    """The file of secrets: the environment variable OSTOJA_SECRETS, or `.streamlit/secrets.toml`."""
    here = Path(__file__).resolve().parent.parent / ".streamlit" / "secrets.toml"
    return Path(os.environ.get("OSTOJA_SECRETS") or here)


def google() -> str:
    """Where Google is; the environment variable OSTOJA_GOOGLE_URL puts a test server in its place."""
    return os.environ.get("OSTOJA_GOOGLE_URL", "").rstrip("/") or GOOGLE


def account(path: Path, url: str = GOOGLE) -> Account:
    """The account that reads; KeyRejected, without any of the file's content, when its key is not there."""
    return _account(path, "credentials", url, SCOPES)


def writer(path: Path, url: str = GOOGLE) -> Account:
    """The account that may write; KeyRejected, without any of the file's content, when there is none."""
    return _account(path, "write_credentials", url, WRITE_SCOPES)


def _account(path: Path, name: str, url: str, scopes: tuple[str, ...]) -> Account:
    """The account whose key stands in the file under [google.name]."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise KeyRejected(
            LABEL,
            "Nie ma pliku .streamlit/secrets.toml z kluczem konta Google.",
            "Administrator: skopiuj .streamlit/secrets.example.toml jako secrets.toml i wpisz klucz.",
        ) from None
    except (OSError, UnicodeDecodeError):
        raise KeyRejected(
            LABEL,
            "Pliku .streamlit/secrets.toml z kluczem konta Google nie da się odczytać.",
            "Administrator: sprawdź uprawnienia pliku i zapisz go jako zwykły tekst UTF-8.",
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise KeyRejected(
            LABEL,
            f"Plik .streamlit/secrets.toml ma błąd zapisu ({place(error)}).",
            "Administrator: popraw to miejsce według .streamlit/secrets.example.toml.",
        ) from None
    table = content.get("google")
    key = table.get(name) if isinstance(table, dict) else None
    if not isinstance(key, dict):
        raise KeyRejected(
            LABEL,
            f"W pliku .streamlit/secrets.toml nie ma tabeli [google.{name}].",
            "Administrator: wpisz klucz konta usługi według .streamlit/secrets.example.toml.",
        )
    return Account.of(key, url, scopes)
