"""What Google, or the way to it, says when it gives no spreadsheet, as the SourceError to show.

Only the kind of a refusal is taken over, never its words: those may hold what nobody should see.
"""

import datetime as dt
import email.utils
import json
from typing import Any

import requests
from google.auth.exceptions import GoogleAuthError, RefreshError
from urllib3.exceptions import DecodeError, HTTPError, IncompleteRead, NameResolutionError

from sheets.source import (
    ApiDisabled,
    Damaged,
    Garbled,
    KeyRejected,
    Locked,
    Missing,
    Refused,
    SourceError,
    Throttled,
    Unreachable,
    Unshared,
)

ANSWERS_JSON = "application/json"

FAILURES = (OSError, HTTPError, GoogleAuthError)  # the errors of requests are OSErrors
"""What a request may raise when something is wrong with the way, or with the key."""

_PATIENCE = "Nic nie trzeba robić: Ostoja próbuje dalej sama."
_NEW_KEY = (
    "Administrator: utwórz nowy klucz konta usługi w Google Cloud, wpisz go do .streamlit/secrets.toml "
    "i sprawdź poleceniem „python -m lib doctor”."
)


class TabsMoved(Locked):
    """A tab that was there a moment ago is not there, or not in its place."""

    def __init__(self, label: str) -> None:
        super().__init__(label, "Ktoś właśnie zmienia zakładki arkusza.", _PATIENCE)


def garbled(label: str) -> Garbled:
    """The answer is not, or not all of, a spreadsheet."""
    return Garbled(
        label,
        "Zamiast arkusza przyszła niepełna albo niezrozumiała odpowiedź.",
        f"{_PATIENCE} Jeśli to trwa, administrator: sprawdź, czy sieć serwera nie wymaga logowania.",
    )


def no_key(label: str, what: str) -> KeyRejected:
    """The key of the account cannot even be shown."""
    return KeyRejected(label, what, _NEW_KEY)


def throttled(label: str, wait: float) -> Throttled:
    """The account asked too often."""
    return Throttled(
        label,
        "Google prosi o przerwę: wyczerpany limit odczytów konta.",
        f"{_PATIENCE} Jeśli to wraca, administrator: zwiększ „refresh_seconds” w projects.toml.",
        wait,
    )


def too_large(label: str, megabytes: int) -> SourceError:
    """More came than a spreadsheet of ours can hold."""
    return Refused(
        label,
        f"Arkusz ma ponad {megabytes} MB danych.",
        "Podziel go na kilka arkuszy albo usuń zbędne wiersze.",
    )


def refusal(label: str, account: str, response: requests.Response) -> SourceError:
    """What an answer with an error says; `account` is the address of the account that asked."""
    status, wait = response.status_code, asked_to_wait(response)
    if status == 429:
        return throttled(label, wait)
    if status >= 500:
        return Unreachable(label, f"Google ma chwilową awarię (błąd {status}).", _PATIENCE, wait)
    error = _error(response)
    if error is None:
        return garbled(label)
    reasons = {str(it.get("reason")) for key in ("details", "errors") for it in error.get(key) or ()}
    message = str(error.get("message"))
    match status:
        case 400 if "parse range" in message:
            return TabsMoved(label)
        case 400 if "not supported for this document" in message:
            return Damaged(
                label,
                "To nie jest Arkusz Google (może to plik Excela na Dysku).",
                "Otwórz go na Dysku i wybierz „Plik” → „Zapisz jako Arkusz Google”; nowy adres wpisz "
                "w projects.toml.",
            )
        case 401:
            return no_key(label, "Google nie uznaje logowania konta usługi.")
        case 403 if reasons & {"SERVICE_DISABLED", "accessNotConfigured"}:
            return ApiDisabled(
                label,
                "W projekcie Google Cloud nie jest włączone Google Sheets API.",
                "Administrator: na console.cloud.google.com wybierz projekt konta usługi, "
                "„APIs & Services” → „Google Sheets API” → „Enable”. Zadziała po kilku minutach.",
            )
        case 403 if reasons & {"RATE_LIMIT_EXCEEDED", "rateLimitExceeded", "userRateLimitExceeded"}:
            return throttled(label, wait)
        case 403 if "ACCESS_TOKEN_SCOPE_INSUFFICIENT" in reasons:
            return no_key(label, "Klucz konta usługi nie pozwala czytać arkuszy.")
        case 403:
            return Unshared(
                label,
                "Arkusz nie jest udostępniony kontu, którym czyta Ostoja.",
                f"Właściciel arkusza: „Udostępnij” → wpisz {account} → rola „Przeglądający”.",
            )
        case 404:
            return Missing(
                label,
                "Nie ma takiego arkusza: został usunięty albo jego adres jest błędny.",
                "Właściciel: przywróć go z kosza Dysku Google. Administrator: sprawdź adres w projects.toml.",
            )
        case _:
            return garbled(label)


def failure(label: str, error: BaseException) -> SourceError:
    """What went wrong on the way to Google, or with the key; `error` is one of FAILURES."""
    while isinstance(error, GoogleAuthError) and error.args and isinstance(error.args[0], Exception):
        error = error.args[0]
    if isinstance(error, RefreshError) and not error.retryable:
        return _key_refused(label, error)
    if isinstance(error, GoogleAuthError):
        return Unreachable(label, "Logowanie do Google chwilowo nie działa.", _PATIENCE)
    whole = _chain(error)
    if any(isinstance(it, requests.exceptions.SSLError) for it in whole):
        return Unreachable(
            label,
            "Połączenie z Google nie jest bezpieczne (certyfikat).",
            "Administrator: sprawdź datę i certyfikaty serwera oraz pośrednika (proxy).",
        )
    if any(isinstance(it, NameResolutionError) for it in whole):
        return Unreachable(
            label,
            "Serwer Ostoi nie znajduje w sieci adresu Google (DNS).",
            "Administrator: sprawdź połączenie serwera z internetem.",
        )
    if any(isinstance(it, requests.Timeout) and not isinstance(it, requests.ConnectTimeout) for it in whole):
        return Unreachable(label, "Google nie odpowiedział na czas.", _PATIENCE)
    if any(isinstance(it, DecodeError | IncompleteRead) for it in whole):
        return garbled(label)
    return Unreachable(
        label,
        "Nie ma połączenia z Google.",
        f"{_PATIENCE} Jeśli to trwa, administrator: sprawdź połączenie serwera z internetem.",
    )


def _key_refused(label: str, error: RefreshError) -> KeyRejected:
    said = str(error)
    if "reasonable timeframe" in said:
        return KeyRejected(
            label,
            "Google odrzuca logowanie, bo zegar serwera Ostoi źle chodzi.",
            "Administrator: włącz na serwerze synchronizację czasu (NTP).",
        )
    if "account not found" in said or "disabled" in said:
        return no_key(label, "Konto usługi zostało usunięte albo wyłączone.")
    return no_key(label, "Google nie uznaje klucza konta usługi (unieważniony albo uszkodzony).")


def _chain(error: BaseException) -> list[BaseException]:
    """An error and those that caused it, also where they only stand among its arguments."""
    found: list[BaseException] = []
    todo: list[object] = [error]
    while todo and len(found) < 20:
        it = todo.pop()
        if isinstance(it, BaseException) and it not in found:
            found.append(it)
            todo += [it.__cause__, it.__context__, getattr(it, "reason", None), *it.args]
    return found


def _error(response: requests.Response) -> dict[str, Any] | None:
    """The error in an answer, if it is written as Google writes them."""
    try:
        error = json.loads(response.content)["error"]
    except (ValueError, TypeError, KeyError):
        return None
    return error if isinstance(error, dict) else None


def asked_to_wait(response: requests.Response) -> float:
    """The seconds of Retry-After, given as such or as a moment; 0 without it."""
    asked = response.headers.get("Retry-After", "")
    if asked.isascii() and asked.isdigit():
        return float(asked[:9])
    try:
        until = email.utils.parsedate_to_datetime(asked)
        now = email.utils.parsedate_to_datetime(response.headers.get("Date", ""))
        return max(0.0, (until - now) / dt.timedelta(seconds=1))
    except (ValueError, TypeError):
        return 0.0
