"""The key of the Google account, from `.streamlit/secrets.toml`: table [google.credentials]."""

import os
import tomllib
from pathlib import Path

from lib.project_list import place
from sheets.account import GOOGLE, Account
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
    """The account whose key stands in the file; KeyRejected, without any of its content, when none does."""
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
    key = table.get("credentials") if isinstance(table, dict) else None
    if not isinstance(key, dict):
        raise KeyRejected(
            LABEL,
            "W pliku .streamlit/secrets.toml nie ma tabeli [google.credentials].",
            "Administrator: wpisz klucz konta usługi według .streamlit/secrets.example.toml.",
        )
    return Account.of(key, url)
