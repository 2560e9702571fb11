"""For schemathesis: what keeps to the narrowed specification is accepted, or refused for one of these reasons.

The specification is looser than the service here; each reason says in what.
"""

import schemathesis


def access(case):
    body = case.body if isinstance(case.body, dict) else {}
    return body.get("accessType") or "AccessKey", body


def is_operation(case):
    return case.path.endswith(("/backup", "/restore"))


def is_busy(case, status, code):
    """One operation at a time: the next is 409 until it has ended, which no specification can say."""
    return is_operation(case) and (status, code) == (409, "ServiceLocked")


def lacks_key(case, status, code):
    """accessKey is optional in the specification, and required with accessType AccessKey, which is the default."""
    kind, body = access(case)
    return is_operation(case) and (status, code) == (400, "InvalidParameters") and kind == "AccessKey" and not body.get("accessKey")


def lacks_identity(case, status, code):
    """clientId is optional and any text in the specification; with this accessType it must be that of an identity of the service."""
    kind, _ = access(case)
    return is_operation(case) and (status, code) == (400, "InvalidParameters") and kind == "UserAssignedManagedIdentity"


def has_no_backup(case, status, code):
    """The tier Consumption has neither backup nor restore."""
    name = case.path_parameters["serviceName"]
    return is_operation(case) and name == "northwind-apim" and (status, code) == (400, "MethodNotAllowedInPricingTier")


REASONS = [is_busy, lacks_key, lacks_identity, has_no_backup]


@schemathesis.check
def accepted_or_refused_for_a_known_reason(ctx, response, case):
    meta = case.meta
    if meta is None or not meta.generation.mode.is_positive or response.status_code < 300:
        return
    code = response.json().get("error", {}).get("code")
    if not any(reason(case, response.status_code, code) for reason in REASONS):
        raise AssertionError(f"{case.method} {case.path} keeps to the specification and is refused: {response.status_code} {code}")
