"""Refusals, in the words and the shape in which Google writes them.

Sheets and Drive answer in different shapes: Sheets with google.rpc.Status (code, message, status,
details), Drive with code, message and a list of errors (message, domain, reason, location).
"""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

STATUS = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    501: "UNIMPLEMENTED",
    503: "UNAVAILABLE",
}
DRIVE_REASON = {400: "badRequest", 401: "authError", 403: "forbidden", 404: "notFound", 500: "backendError"}
ERROR_INFO = "type.googleapis.com/google.rpc.ErrorInfo"
SIGN_IN = "See https://developers.google.com/identity/sign-in/web/devconsole-project."


class ApiError(Exception):
    """A refusal by Google: `code` is the HTTP status, `details` as google.rpc.Status has them.

    `reason`, `location` and `location_type` are what Drive adds.
    """

    def __init__(
        self,
        code: int,
        message: str,
        *,
        status: str = "",
        details: list[Json] | None = None,
        reason: str = "",
        location: str = "",
        location_type: str = "parameter",
        domain: str = "global",
        headers: dict[str, str] | None = None,
        short: str = "",
    ) -> None:
        super().__init__(message)
        self.code, self.message, self.details = code, message, details or []
        self.status = status or STATUS.get(code, "UNKNOWN")
        self.reason = reason or DRIVE_REASON.get(code, "badRequest")
        self.location, self.location_type, self.domain = location, location_type, domain
        self.headers = headers or {}
        self.short = short or message

    def body(self, service: str) -> Json:
        """The JSON body, in the shape of `service` ("sheets" or "drive")."""
        error: Json = {"code": self.code, "message": self.message}
        if service == "drive":
            one = {"message": self.short, "domain": self.domain, "reason": self.reason}
            if self.location:
                one |= {"location": self.location, "locationType": self.location_type}
            error["errors"] = [one]
            if self.details or self.code == 401:
                error["status"] = self.status
        else:
            error["status"] = self.status
        if self.details:
            error["details"] = self.details
        return {"error": error}


def invalid(message: str) -> ApiError:
    """400 INVALID_ARGUMENT."""
    return ApiError(400, message)


def invalid_request(index: int, kind: str, message: str) -> ApiError:
    """400 for one request of a spreadsheets.batchUpdate."""
    return ApiError(400, f"Invalid requests[{index}].{kind}: {message}")


def bad_field(field: str, message: str, summary: str = "") -> ApiError:
    """400 with a google.rpc.BadRequest that names the field."""
    violation = {"description": message} | ({"field": field} if field else {})
    details = [{"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": [violation]}]
    return ApiError(400, summary or message, details=details)


def unparsable_range(text: str) -> ApiError:
    """400: a range that is neither A1, nor R1C1, nor the name of anything."""
    return invalid(f"Unable to parse range: {text}")


def not_found() -> ApiError:
    """404: no such spreadsheet."""
    return ApiError(404, "Requested entity was not found.")


def forbidden() -> ApiError:
    """403: the spreadsheet is there, but is not shared with the caller (or not for writing)."""
    return ApiError(403, "The caller does not have permission")


def file_not_found(file_id: str) -> ApiError:
    """404 of Drive, which does not tell an unshared file from one that never was."""
    return ApiError(404, f"File not found: {file_id}.", reason="notFound", location="fileId")


def file_forbidden() -> ApiError:
    """403 of Drive."""
    message = "The user does not have sufficient permissions for this file."
    return ApiError(403, message, reason="insufficientFilePermissions")


def no_credentials(service: str, method: str) -> ApiError:
    """What an answer without any token says: 403 for reading a sheet, 401 otherwise."""
    if service == "sheets" and method == "GET":
        return ApiError(
            403,
            "Method doesn't allow unregistered callers (callers without established identity). "
            "Please use API Key or other form of API consumer identity to call this API.",
        )
    info = {"@type": ERROR_INFO, "reason": "CREDENTIALS_MISSING", "domain": "googleapis.com"}
    return ApiError(
        401,
        "Request is missing required authentication credential. Expected OAuth 2 access token, "
        f"login cookie or other valid authentication credential. {SIGN_IN}",
        details=[info | {"metadata": {"service": f"{service}.googleapis.com"}}],
        reason="required",
        location="Authorization",
        location_type="header",
        short="Login Required.",
        headers={"WWW-Authenticate": 'Bearer realm="https://accounts.google.com/"'},
    )


def bad_token() -> ApiError:
    """401: a token that is unknown, revoked or has expired."""
    return ApiError(
        401,
        "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie "
        f"or other valid authentication credential. {SIGN_IN}",
        reason="authError",
        location="Authorization",
        location_type="header",
        short="Invalid Credentials",
        headers={"WWW-Authenticate": 'Bearer realm="https://accounts.google.com/", error="invalid_token"'},
    )


def narrow_scope(service: str, rpc: str, scopes: list[str]) -> ApiError:
    """403: the token was given for fewer scopes than the method needs."""
    info = {"@type": ERROR_INFO, "reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT", "domain": "googleapis.com"}
    wanted = " ".join(scopes)
    return ApiError(
        403,
        "Request had insufficient authentication scopes.",
        details=[info | {"metadata": {"service": f"{service}.googleapis.com", "method": rpc}}],
        reason="insufficientPermissions",
        short="Insufficient Permission",
        headers={
            "WWW-Authenticate": 'Bearer realm="https://accounts.google.com/", '
            f'error="insufficient_scope", scope="{wanted}"'
        },
    )


def service_disabled(service: str, project: str) -> ApiError:
    """403: the API was never switched on in the project of the service account."""
    title = {"sheets": "Google Sheets API", "drive": "Google Drive API"}[service]
    host = f"{service}.googleapis.com"
    address = f"https://console.developers.google.com/apis/api/{host}/overview?project={project}"
    message = (
        f"{title} has not been used in project {project} before or it is disabled. Enable it by visiting "
        f"{address} then retry. If you enabled this API recently, wait a few minutes for the action to "
        "propagate to our systems and retry."
    )
    metadata = {
        "service": host,
        "consumer": f"projects/{project}",
        "serviceTitle": title,
        "containerInfo": project,
        "activationUrl": address,
    }
    details: list[Json] = [
        {"@type": ERROR_INFO, "reason": "SERVICE_DISABLED", "domain": "googleapis.com", "metadata": metadata},
        {"@type": "type.googleapis.com/google.rpc.LocalizedMessage", "locale": "en-US", "message": message},
        {
            "@type": "type.googleapis.com/google.rpc.Help",
            "links": [{"description": "Google developers console API activation", "url": address}],
        },
    ]
    return ApiError(403, message, details=details, reason="accessNotConfigured", domain="usageLimits")


def quota_exceeded(kind: str, per: str, limit: int, project: str) -> ApiError:
    """429: `kind` is "Read" or "Write", `per` is "user" or "project"."""
    whose = " per user" if per == "user" else ""
    unit = "1/min/{project}/{user}" if per == "user" else "1/min/{project}"
    metadata = {
        "service": "sheets.googleapis.com",
        "consumer": f"projects/{project}",
        "quota_location": "global",
        "quota_metric": f"sheets.googleapis.com/{kind.lower()}_requests",
        "quota_limit": f"{kind}RequestsPerMinutePer{per.title()}",
        "quota_limit_value": str(limit),
        "quota_unit": unit,
    }
    help_link = {
        "description": "Request a higher quota limit.",
        "url": "https://cloud.google.com/docs/quotas/help/request_increase",
    }
    return ApiError(
        429,
        f"Quota exceeded for quota metric '{kind} requests' and limit '{kind} requests per minute{whose}' "
        f"of service 'sheets.googleapis.com' for consumer 'project_number:{project}'.",
        details=[
            {
                "@type": ERROR_INFO,
                "reason": "RATE_LIMIT_EXCEEDED",
                "domain": "googleapis.com",
                "metadata": metadata,
            },
            {"@type": "type.googleapis.com/google.rpc.Help", "links": [help_link]},
        ],
        reason="rateLimitExceeded",
        domain="usageLimits",
    )
