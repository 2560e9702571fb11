"""Tokens, signatures and roles are really checked, with Azure's own codes."""

import base64
import hashlib
import hmac
import json
import time
import uuid
from email.utils import formatdate

import jwt
import requests
from azure.mgmt.apimanagement import ApiManagementClient
from azure.mgmt.authorization import AuthorizationManagementClient

from .emulator import running
from .report import Checks, Unexpected, contains, equal, refused, true
from .sdk import attach, blobs, credential, manager
from .world import Issuer, world

check = Checks()
DELAY = 3  # seconds until a new role assignment counts in this suite's world


def token(azure, name="administrator", scope=None):
    return credential(azure, name).get_token(scope or f"{azure.manager}/.default").token


def show(azure, bearer, instance="contoso-apim"):
    return requests.get(
        f"{azure.manager}{azure.instance(instance)}?api-version=2024-05-01",
        headers={"Authorization": f"Bearer {bearer}"} if bearer else {},
        timeout=10,
    )


def answers(answer, status, code):
    equal((answer.status_code, answer.json()["error"]["code"]), (status, code), "answer")


def storage_answers(answer, status, code):
    equal((answer.status_code, answer.headers.get("x-ms-error-code")), (status, code), "answer")
    contains(answer.text, f"<Code>{code}</Code>", "body")


def forged(text, key=None, **changes):
    """The same claims, changed, signed by a key that is not the tenant's."""
    claims = {**jwt.decode(text, options={"verify_signature": False}), **changes}
    return jwt.encode(claims, key or Issuer().key, algorithm="RS256", headers=jwt.get_unverified_header(text))


def tampered(text, **changes):
    """Other claims under the old signature."""
    head, body, signature = text.split(".")
    claims = {**json.loads(base64.urlsafe_b64decode(body + "==")), **changes}
    return f"{head}.{base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip('=')}.{signature}"


# --- tokens


@check("Resource Manager: a good token is accepted, none and nonsense are not")
def _(azure):
    equal(show(azure, token(azure)).status_code, 200, "status")
    missing = show(azure, None)
    answers(missing, 401, "AuthenticationFailed")
    contains(missing.headers["WWW-Authenticate"], "Bearer authorization_uri=", "challenge")
    answers(show(azure, "nonsense"), 401, "InvalidAuthenticationToken")


@check("Resource Manager: a token for storage is the wrong audience")
def _(azure):
    answers(
        show(azure, token(azure, scope="https://storage.azure.com/.default")), 401, "InvalidAuthenticationTokenAudience"
    )


@check("Resource Manager: foreign signatures, changed claims, and unsigned tokens are refused")
def _(azure):
    good = token(azure)
    answers(show(azure, forged(good)), 401, "InvalidAuthenticationToken")
    answers(show(azure, tampered(good, oid=str(uuid.uuid4()))), 401, "InvalidAuthenticationToken")
    unsigned = jwt.encode(jwt.decode(good, options={"verify_signature": False}), None, algorithm="none")
    answers(show(azure, unsigned), 401, "InvalidAuthenticationToken")


@check("storage: a token for the Resource Manager is the wrong audience; a foreign signature is refused")
def _(azure):
    def listing(bearer):
        return requests.get(
            f"{azure.blob}/apim-backups?restype=container&comp=list",
            headers={"Authorization": f"Bearer {bearer}", "x-ms-version": "2023-11-03"},
            timeout=10,
        )

    good = token(azure, scope="https://storage.azure.com/.default")
    equal(listing(good).status_code, 200, "status")
    storage_answers(listing(token(azure)), 401, "InvalidAuthenticationInfo")
    storage_answers(listing(forged(good)), 401, "InvalidAuthenticationInfo")
    storage_answers(listing(tampered(good, oid=str(uuid.uuid4()))), 401, "InvalidAuthenticationInfo")


@check("an expired token: ExpiredAuthenticationToken of the Resource Manager, InvalidAuthenticationInfo of storage")
def _(azure):
    with running(world(Issuer(), timings={"tokenSeconds": 1})) as brief:
        # This emulator has a certificate authority of its own.
        session = requests.Session()
        session.verify = brief.bundle
        session.trust_env = False  # REQUESTS_CA_BUNDLE names the other one
        answer = session.post(
            f"{brief.authority}/{brief.tenant}/oauth2/v2.0/token",
            data={
                "grant_type": "client_credentials", "client_id": brief.application("administrator")["clientId"],
                "client_secret": brief.application("administrator")["secrets"][0],
                "scope": f"{brief.manager}/.default",
            },
            timeout=10,
        ).json()
        equal(answer["expires_in"], 1, "lifetime")
        expiry = jwt.decode(answer["access_token"], options={"verify_signature": False})["exp"]
        time.sleep(max(0, expiry + 0.2 - time.time()))
        late = session.get(
            f"{brief.manager}{brief.instance()}?api-version=2024-05-01",
            headers={"Authorization": f"Bearer {answer['access_token']}"}, timeout=10,
        )
        answers(late, 401, "ExpiredAuthenticationToken")
        stored = session.post(
            f"{brief.authority}/{brief.tenant}/oauth2/v2.0/token",
            data={
                "grant_type": "client_credentials", "client_id": brief.application("administrator")["clientId"],
                "client_secret": brief.application("administrator")["secrets"][0],
                "scope": "https://storage.azure.com/.default",
            },
            timeout=10,
        ).json()["access_token"]
        expiry = jwt.decode(stored, options={"verify_signature": False})["exp"]
        time.sleep(max(0, expiry + 0.2 - time.time()))
        late = session.get(
            f"{brief.blob}/apim-backups?restype=container&comp=list",
            headers={"Authorization": f"Bearer {stored}", "x-ms-version": "2023-11-03"}, timeout=10,
        )
        storage_answers(late, 401, "InvalidAuthenticationInfo")


# --- signatures by key


def signed(azure, key, path, date=None, query=""):
    """A listing by shared key, signed here, by the documented text and no library."""
    date = date or formatdate(usegmt=True)
    headers = {"x-ms-date": date, "x-ms-version": "2023-11-03"}
    # Path-style addresses hold the account, so that it stands in the resource twice.
    text = "GET\n" + "\n" * 11 + f"x-ms-date:{date}\nx-ms-version:2023-11-03\n/{azure.account}/{azure.account}{path}"
    for name, value in sorted(pair.split("=") for pair in query.split("&") if pair):
        text += f"\n{name}:{value}"
    digest = hmac.new(base64.b64decode(key), text.encode(), hashlib.sha256).digest()
    headers["Authorization"] = f"SharedKey {azure.account}:{base64.b64encode(digest).decode()}"
    return requests.get(f"{azure.blob_http}{path}?{query}", headers=headers, timeout=10)


@check("shared key: computed by hand it is accepted; changed by a bit, or with an old date, it is refused")
def _(azure):
    query = "comp=list&restype=container"
    equal(signed(azure, azure.key, "/apim-backups", query=query).status_code, 200, "status")
    raw = bytearray(base64.b64decode(azure.key))
    raw[0] ^= 1
    wrong = base64.b64encode(bytes(raw)).decode()
    storage_answers(signed(azure, wrong, "/apim-backups", query=query), 403, "AuthenticationFailed")
    old = formatdate(time.time() - 3600, usegmt=True)
    storage_answers(signed(azure, azure.key, "/apim-backups", date=old, query=query), 403, "AuthenticationFailed")


@check("no credential at all: storage asks for one, and an account without public access says so")
def _(azure):
    closed = requests.get(f"{azure.blob}/apim-backups?restype=container&comp=list", timeout=10)
    storage_answers(closed, 409, "PublicAccessNotPermitted")
    answer = requests.get(f"{azure.blob}?comp=list", headers={"x-ms-version": "2023-11-03"}, timeout=10)
    storage_answers(answer, 401, "NoAuthenticationInformation")
    contains(answer.headers["WWW-Authenticate"], "Bearer authorization_uri=", "challenge")


# --- roles


class Granted:
    """A role given to the newcomer for as long as the block lasts."""

    def __init__(self, azure, role, scope):
        self.client = manager(azure, AuthorizationManagementClient).role_assignments
        self.scope, self.name = scope, str(uuid.uuid4())
        definition = next(
            iter(manager(azure, AuthorizationManagementClient).role_definitions.list(scope, filter=f"roleName eq '{role}'"))
        )
        self.body = {
            "properties": {
                "roleDefinitionId": definition.id, "principalId": azure.application("newcomer")["objectId"],
                "principalType": "ServicePrincipal",
            }
        }

    def __enter__(self):
        self.client.create(self.scope, self.name, self.body)
        self.made = time.monotonic()
        return self

    def __exit__(self, *_):
        self.client.delete(self.scope, self.name)


def eventually(attempt, seconds=DELAY + 5):
    """The first answer that is not 403; the newcomer's rights take a while."""
    deadline = time.monotonic() + seconds
    while (answer := attempt()).status_code == 403:
        if time.monotonic() > deadline:
            raise Unexpected(f"still refused after {seconds} s: {answer.text[:300]}")
        time.sleep(0.2)
    return answer


@check("without a role: AuthorizationFailed, naming the action, the principal and the scope")
def _(azure):
    answer = show(azure, token(azure, "newcomer"))
    answers(answer, 403, "AuthorizationFailed")
    for part in ("Microsoft.ApiManagement/service/read", azure.application("newcomer")["objectId"], azure.instance()):
        contains(answer.json()["error"]["message"], part, "message")


@check("a new role assignment takes effect after the delay of the world, and ends with its deletion")
def _(azure):
    bearer = token(azure, "newcomer")
    with Granted(azure, "Reader", azure.instance()) as granted:
        answers(show(azure, bearer), 403, "AuthorizationFailed")
        equal(eventually(lambda: show(azure, bearer)).status_code, 200, "status")
        true(time.monotonic() - granted.made > DELAY - 1.5, "the delay was kept")
    answers(show(azure, bearer), 403, "AuthorizationFailed")


@check("a role on the instance holds for it alone; on the group and on the subscription for all below")
def _(azure):
    bearer = token(azure, "newcomer")
    with Granted(azure, "Reader", azure.instance()):
        eventually(lambda: show(azure, bearer))
        answers(show(azure, bearer, "contoso-standby"), 403, "AuthorizationFailed")
    for scope in (azure.group, f"/subscriptions/{azure.subscription}"):
        with Granted(azure, "Reader", scope):
            eventually(lambda: show(azure, bearer))
            equal(show(azure, bearer, "contoso-standby").status_code, 200, f"status with the role on {scope}")


@check("not-actions: a role with all actions of a service but one may not do that one")
def _(azure):
    with Granted(azure, "All but backups", azure.group):
        eventually(lambda: show(azure, token(azure, "newcomer")))
        client = manager(azure, ApiManagementClient, "newcomer").api_management_service
        body = {
            "storageAccount": azure.account, "containerName": "apim-backups", "backupName": "never",
            "accessType": "SystemAssignedManagedIdentity",
        }
        error = refused(lambda: client.begin_backup("rg-apim", "contoso-apim", body), 403, "AuthorizationFailed")
        contains(str(error), "Microsoft.ApiManagement/service/backup/action", "message")


@check("data actions: an Owner of the account may not read blobs; a data reader may, and may not write")
def _(azure):
    blob = blobs(azure).get_blob_client("apim-backups", "data")
    blob.upload_blob(b"content", overwrite=True)
    theirs = blobs(azure, "newcomer").get_blob_client("apim-backups", "data")
    bearer = token(azure, "newcomer", "https://storage.azure.com/.default")

    def read():
        return requests.get(
            f"{azure.blob}/apim-backups/data",
            headers={"Authorization": f"Bearer {bearer}", "x-ms-version": "2023-11-03"}, timeout=10,
        )

    with Granted(azure, "Owner", azure.account_id):
        time.sleep(DELAY + 1)
        storage_answers(read(), 403, "AuthorizationPermissionMismatch")
    scope = f"{azure.account_id}/blobServices/default/containers/apim-backups"
    with Granted(azure, "Storage Blob Data Reader", scope):
        equal(eventually(read).content, b"content", "content")
        refused(lambda: theirs.upload_blob(b"mine", overwrite=True), 403, "AuthorizationPermissionMismatch")


if __name__ == "__main__":
    everything = world(
        Issuer(),
        roles=[{
            "name": "All but backups", "actions": ["Microsoft.ApiManagement/service/*"],
            "notActions": ["Microsoft.ApiManagement/service/backup/action"],
        }],
        timings={"backupSeconds": 60, "restoreSeconds": 60, "retryAfterSeconds": 60, "rolePropagationSeconds": DELAY * 60},
    )
    with running(everything, "--time-scale", "60") as azure:
        attach(azure)
        check.run(azure)
