"""The token endpoint: a service account shows a JWT signed with its key and gets an access token.

The signature is really verified against the public key of the account; issuer, audience, scope
and times are checked, and refused in the words of Google.
"""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding

from tests.google.world import ServiceAccount, World

Json = dict[str, Any]
GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
AUDIENCES = (
    "https://oauth2.googleapis.com/token",
    "https://accounts.google.com/o/oauth2/token",
    "https://www.googleapis.com/oauth2/v4/token",
    "https://www.googleapis.com/oauth2/v3/token",
)
SCOPE_START = "https://www.googleapis.com/auth/"
KNOWN_SCOPES = {
    "spreadsheets", "spreadsheets.readonly", "drive", "drive.readonly", "drive.file", "drive.metadata",
    "drive.metadata.readonly", "drive.appdata", "cloud-platform", "userinfo.email", "userinfo.profile",
}  # fmt: skip
OLD_SCOPES = {"https://spreadsheets.google.com/feeds": SCOPE_START + "spreadsheets"}
SKEW = 300.0  # seconds by which the clock of the caller may be wrong
HOUR = 3600.0
TIMEFRAME = (
    "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. "
    "Check your iat and exp values in the JWT claim."
)


class Refused(Exception):
    """An OAuth error: `error` is the code, the message its description."""

    def __init__(self, error: str, description: str, status: int = 400) -> None:
        super().__init__(description)
        self.error, self.description, self.status = error, description, status


def token(world: World, form: dict[str, str], url: str) -> tuple[int, Json]:
    """(status, body) for a request to the token endpoint, served under `url`."""
    try:
        return 200, granted(world, form, url)
    except Refused as refused:
        return refused.status, {"error": refused.error, "error_description": refused.description}


def granted(world: World, form: dict[str, str], url: str) -> Json:
    """An access token for a good assertion. Errors: Refused."""
    grant = form.get("grant_type", "")
    if not grant:
        raise Refused("invalid_request", "Required parameter is missing: grant_type")
    if grant != GRANT:
        raise Refused("unsupported_grant_type", f"Invalid grant_type: {grant}")
    account, claims = verified(world, form.get("assertion", ""))
    check_audience(claims, url)
    check_times(claims, world.clock())
    scopes = scopes_of(claims)
    text = world.token(account, scopes)
    return {"access_token": text, "expires_in": world.token_seconds, "token_type": "Bearer"}


def verified(world: World, assertion: str) -> tuple[ServiceAccount, Json]:
    """(account, claims) of an assertion whose signature is the account's."""
    if not assertion:
        raise Refused("invalid_request", "Required parameter is missing: assertion")
    parts = assertion.split(".")
    if len(parts) != 3:
        raise Refused("invalid_grant", "Bad Request")
    try:
        header, claims = (json.loads(unpacked(part)) for part in parts[:2])
        signature = unpacked(parts[2])
    except (ValueError, binascii.Error) as error:
        raise Refused("invalid_grant", "Bad Request") from error
    if not isinstance(header, dict) or not isinstance(claims, dict) or header.get("alg") != "RS256":
        raise Refused("invalid_grant", "Invalid JWT Signature.")
    account = world.accounts.get(str(claims.get("iss", "")))
    if account is None:
        raise Refused("invalid_grant", "Invalid grant: account not found")
    if header.get("kid", account.key_id) != account.key_id:
        raise Refused("invalid_grant", "Invalid JWT Signature.")
    try:
        signed = f"{parts[0]}.{parts[1]}".encode()
        account.key.public_key().verify(signature, signed, padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature as error:
        raise Refused("invalid_grant", "Invalid JWT Signature.") from error
    if account.disabled:
        raise Refused("invalid_grant", "Account has been disabled")
    return account, claims


def unpacked(part: str) -> bytes:
    """Base64 for addresses, without its padding."""
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def check_audience(claims: Json, url: str) -> None:
    """The assertion must be meant for this endpoint: Google's own, or this server's."""
    wanted = claims.get("aud")
    if wanted not in (*AUDIENCES, f"{url}/token", f"{url}/o/oauth2/token"):
        raise Refused("invalid_grant", "Invalid JWT: Failed audience check.")


def check_times(claims: Json, now: float) -> None:
    """Issued now, for an hour at most."""
    issued, expires = claims.get("iat"), claims.get("exp")
    numbers = all(isinstance(moment, (int, float)) for moment in (issued, expires))
    if (
        not numbers
        or expires - issued > HOUR
        or issued > now + SKEW
        or expires < now - SKEW
        or expires <= issued
    ):
        raise Refused("invalid_grant", TIMEFRAME)


def scopes_of(claims: Json) -> frozenset[str]:
    """The scopes asked for, all of which must be known."""
    asked = [OLD_SCOPES.get(scope, scope) for scope in str(claims.get("scope", "")).split()]
    if not asked:
        raise Refused("invalid_scope", "Invalid OAuth scope or ID token audience provided.")
    for scope in asked:
        if scope.removeprefix(SCOPE_START) not in KNOWN_SCOPES:
            raise Refused("invalid_scope", "Invalid OAuth scope or ID token audience provided.")
    return frozenset(asked)
