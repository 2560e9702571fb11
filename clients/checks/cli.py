"""Azure's CLI, unmodified: clouds, logins, API Management, roles, storage, resources, locks."""

import json
import time
import urllib.request
import uuid

from .azcli import AzureCLI
from .emulator import running
from .report import Checks, contains, equal, lacks, true
from .world import Issuer, world

check = Checks()
issuer = Issuer()
users = {}


def attached(azure, name, **changes):
    """A user who attaches by the environment file, with a folder of their own."""
    variables = {key: value for key, value in azure.environment.items() if key not in changes}
    variables.update({key: value for key, value in changes.items() if value is not None})
    return AzureCLI(azure.folder / f"az-{name}", variables)


def storage(azure):
    return ["--account-name", azure.account, "--blob-endpoint", azure.blob]


def by_key(azure):
    return ["--account-name", azure.account, "--blob-endpoint", azure.blob_http, "--account-key", azure.key]


def by_login(azure):
    return [*storage(azure), "--auth-mode", "login"]


# --- clouds and logins


@check("az cloud register finds the endpoints by itself, and az cloud set makes them the active ones")
def _(azure):
    az = AzureCLI(azure.folder / "az-registered", {"REQUESTS_CA_BUNDLE": azure.bundle, "AZURE_CORE_INSTANCE_DISCOVERY": "false"})
    az("cloud", "register", "--name", "Lab", "--endpoint-resource-manager", azure.manager)
    az("cloud", "set", "--name", "Lab")
    cloud = az("cloud", "show")
    equal((cloud["name"], cloud["isActive"]), ("Lab", True), "active cloud")
    equal(cloud["endpoints"]["resourceManager"].rstrip("/"), azure.manager, "endpoint of the Resource Manager")
    equal(cloud["endpoints"]["activeDirectory"].rstrip("/"), azure.authority, "endpoint of Entra ID")
    users["registered"] = az


@check("az login with a registered cloud and a secret")
def _(azure):
    administrator = azure.application("administrator")
    az = users["registered"]
    accounts = az(
        "login", "--service-principal", "--username", administrator["clientId"],
        "--password", administrator["secrets"][0], "--tenant", azure.tenant,
    )
    equal([each["id"] for each in accounts], [azure.subscription], "subscriptions")
    equal(accounts[0]["user"], {"name": administrator["clientId"], "type": "servicePrincipal"}, "user")


@check("az cloud show takes the cloud from ARM_CLOUD_METADATA_URL, without registration")
def _(azure):
    cloud = attached(azure, "metadata")("cloud", "show", "--name", "LocalAzure")
    equal(cloud["endpoints"]["resourceManager"].rstrip("/"), azure.manager, "endpoint of the Resource Manager")


@check("az login --identity in App Service's way")
def _(azure):
    az = attached(azure, "runner")
    az("cloud", "set", "--name", "LocalAzure")
    accounts = az("login", "--identity")
    equal([each["id"] for each in accounts], [azure.subscription], "subscriptions")
    equal(accounts[0]["tenantId"], azure.tenant, "tenant")
    equal(accounts[0]["user"]["assignedIdentityInfo"], "MSI", "kind of identity")
    users["runner"] = az


@check("az login --identity in the way of virtual machines (IMDS), by client id")
def _(azure):
    endpoint = azure.environment["IDENTITY_ENDPOINT"].removesuffix("/msi/token")
    az = attached(
        azure, "imds", IDENTITY_ENDPOINT=None, IDENTITY_HEADER=None, AZURE_POD_IDENTITY_AUTHORITY_HOST=endpoint
    )
    az("cloud", "set", "--name", "LocalAzure")
    account = az("login", "--identity", "--client-id", runner_client(azure))[0]
    equal(account["user"]["assignedIdentityInfo"], f"MSIClient-{runner_client(azure)}", "kind of identity")


@check("az login --identity is refused for an identity that the machine does not have")
def _(azure):
    az = attached(azure, "foreign")
    az("cloud", "set", "--name", "LocalAzure")
    az.refused("Identity not found", "login", "--identity", "--client-id", str(uuid.uuid4()))


@check("az login --service-principal with a federated token")
def _(azure):
    pipeline = azure.application("pipeline")
    az = attached(azure, "federated", IDENTITY_ENDPOINT=None, IDENTITY_HEADER=None)
    az("cloud", "set", "--name", "LocalAzure")
    accounts = az(
        "login", "--service-principal", "--username", pipeline["clientId"], "--tenant", azure.tenant,
        "--federated-token", issuer.token(),
    )
    equal(accounts[0]["user"]["name"], pipeline["clientId"], "user")
    users["pipeline"] = az


@check("az login --service-principal with a certificate")
def _(azure):
    pipeline = azure.application("pipeline")
    file = azure.folder / "certificate.pem"
    file.write_text(issuer.private_key + issuer.certificate_text)
    az = attached(azure, "certificate", IDENTITY_ENDPOINT=None, IDENTITY_HEADER=None)
    az("cloud", "set", "--name", "LocalAzure")
    accounts = az(
        "login", "--service-principal", "--username", pipeline["clientId"], "--tenant", azure.tenant,
        "--certificate", str(file),
    )
    equal(accounts[0]["user"]["name"], pipeline["clientId"], "user")


@check("az login with a wrong secret is refused with Entra's AADSTS7000215")
def _(azure):
    az = attached(azure, "wrong", IDENTITY_ENDPOINT=None, IDENTITY_HEADER=None)
    az("cloud", "set", "--name", "LocalAzure")
    az.refused(
        "AADSTS7000215", "login", "--service-principal", "--username", azure.application("pipeline")["clientId"],
        "--password", "wrong", "--tenant", azure.tenant,
    )


@check("az login with a federated token of another subject is refused with AADSTS700213")
def _(azure):
    az = attached(azure, "subject", IDENTITY_ENDPOINT=None, IDENTITY_HEADER=None)
    az("cloud", "set", "--name", "LocalAzure")
    az.refused(
        "AADSTS700213", "login", "--service-principal", "--username", azure.application("pipeline")["clientId"],
        "--tenant", azure.tenant, "--federated-token", issuer.token(sub="repo:contoso/other:ref:refs/heads/main"),
    )


def administrator(azure):
    """The administrator's CLI, attached by the environment file."""
    if "administrator" not in users:
        az = attached(azure, "administrator", IDENTITY_ENDPOINT=None, IDENTITY_HEADER=None)
        az("cloud", "set", "--name", "LocalAzure")
        application = azure.application("administrator")
        az(
            "login", "--service-principal", "--username", application["clientId"],
            "--password", application["secrets"][0], "--tenant", azure.tenant,
        )
        users["administrator"] = az
    return users["administrator"]


def runner_client(azure):
    """The client id of the machine's own identity, from a token that it is handed."""
    import jwt

    request = urllib.request.Request(
        azure.environment["IDENTITY_ENDPOINT"] + "?api-version=2019-08-01&resource=https://management.azure.com/",
        headers={"X-IDENTITY-HEADER": azure.environment["IDENTITY_HEADER"], "Metadata": "true"},
    )
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=10) as answer:
        token = json.load(answer)["access_token"]
    return jwt.decode(token, options={"verify_signature": False})["appid"]


# --- API Management


@check("az account get-access-token gives a token for the Resource Manager")
def _(azure):
    import jwt

    token = users["runner"]("account", "get-access-token")
    claims = jwt.decode(token["accessToken"], options={"verify_signature": False})
    equal((claims["tid"], claims["exp"]), (azure.tenant, token["expires_on"]), "claims")
    equal(claims["aud"].rstrip("/"), azure.manager, "audience")


@check("az apim show")
def _(azure):
    service = users["runner"]("apim", "show", "--resource-group", "rg-apim", "--name", "contoso-apim")
    equal((service["name"], service["sku"]["name"]), ("contoso-apim", "Developer"), "service")
    equal(service["provisioningState"], "Succeeded", "state")
    equal(service["identity"]["type"].replace(" ", ""), "SystemAssigned,UserAssigned", "identity")
    equal(service["id"], azure.instance(), "id")


@check("az apim show of an instance that does not exist ends with 3")
def _(azure):
    users["runner"].refused("ResourceNotFound", "apim", "show", "-g", "rg-apim", "-n", "no-such-apim", status=3)


@check("az apim list")
def _(azure):
    names = [each["name"] for each in users["runner"]("apim", "list", "--resource-group", "rg-apim")]
    equal(
        sorted(names),
        ["contoso-apim", "contoso-standby", "fabrikam-apim", "northwind-apim", "tailwind-apim"],
        "instances",
    )
    equal(len(administrator(azure)("apim", "list")), 5, "instances of the subscription")


@check("az apim backup with an account key writes the blob")
def _(azure):
    service = administrator(azure)(
        "apim", "backup", "-g", "rg-apim", "-n", "contoso-apim", "--backup-name", "by-key.apimbackup",
        "--storage-account-name", azure.account, "--storage-account-container", "apim-backups",
        "--storage-account-key", azure.key,
    )
    equal((service["name"], service["provisioningState"]), ("contoso-apim", "Succeeded"), "service")
    blob = administrator(azure)(
        "storage", "blob", "show", "-c", "apim-backups", "-n", "by-key.apimbackup", *by_login(azure)
    )
    equal(blob["properties"]["contentLength"], 614400, "size of the backup")


@check("az apim backup with a wrong account key fails")
def _(azure):
    administrator(azure).refused(
        "Server failed to authenticate the request", "apim", "backup", "-g", "rg-apim", "-n", "contoso-standby",
        "--backup-name", "never", "--storage-account-name", azure.account, "--storage-account-container",
        "apim-backups", "--storage-account-key", azure.key[:10] + "AAAA" + azure.key[14:],
    )


@check("az apim backup of a Consumption instance is refused")
def _(azure):
    administrator(azure).refused(
        "Consumption", "apim", "backup", "-g", "rg-apim", "-n", "northwind-apim", "--backup-name", "never",
        "--storage-account-name", azure.account, "--storage-account-container", "apim-backups",
        "--storage-account-key", azure.key,
    )


@check("az apim restore with an account key")
def _(azure):
    service = administrator(azure)(
        "apim", "restore", "-g", "rg-apim", "-n", "contoso-standby", "--backup-name", "by-key.apimbackup",
        "--storage-account-name", azure.account, "--storage-account-container", "apim-backups",
        "--storage-account-key", azure.key,
    )
    equal((service["name"], service["provisioningState"]), ("contoso-standby", "Succeeded"), "service")


@check("az apim restore to another tier is refused")
def _(azure):
    administrator(azure).refused(
        "RestoreFailed", "apim", "restore", "-g", "rg-apim", "-n", "fabrikam-apim", "--backup-name",
        "by-key.apimbackup", "--storage-account-name", azure.account, "--storage-account-container", "apim-backups",
        "--storage-account-key", azure.key,
    )


@check("a backup with a managed identity through az rest; the operation's Location is followed to its end")
def _(azure):
    az = users["runner"]
    body = {
        "storageAccount": azure.account, "containerName": "apim-backups", "backupName": "by-rest.apimbackup",
        "accessType": "SystemAssignedManagedIdentity",
    }
    target = f"{azure.manager}{azure.instance()}/backup?api-version=2024-05-01"
    # az rest shows no headers but with --verbose, and then on standard error.
    done = az.process("rest", "--method", "post", "--url", target, "--body", json.dumps(body), "--debug")
    equal(done.returncode, 0, f"exit code ({done.stderr[-300:]})")
    location = next(
        (line.split("'Location': '")[1].split("'")[0] for line in done.stderr.splitlines() if "'Location': '" in line), ""
    )
    contains(location, "/operationresults/", "Location")
    deadline = time.monotonic() + 30
    while not (answer := az("rest", "--method", "get", "--url", location)):
        true(time.monotonic() < deadline, "the backup did not end within 30 s")
        time.sleep(0.5)
    equal((answer["name"], answer["properties"]["provisioningState"]), ("contoso-apim", "Succeeded"), "service")
    blob = az("storage", "blob", "show", "-c", "apim-backups", "-n", "by-rest.apimbackup", *by_login(azure))
    true(blob["properties"]["contentLength"] > 0, "the backup is not empty")


# --- roles


@check("az role definition list by name")
def _(azure):
    roles = administrator(azure)("role", "definition", "list", "--name", "API Management Service Operator Role")
    equal([each["name"] for each in roles], ["e022efe7-f5ba-4159-bbe4-b44f577e9b61"], "definitions")
    contains(roles[0]["permissions"][0]["actions"], "Microsoft.ApiManagement/service/backup/action", "actions")


@check("az role assignment create by object id, list, delete")
def _(azure):
    az = administrator(azure)
    newcomer = azure.application("newcomer")
    made = az(
        "role", "assignment", "create", "--assignee-object-id", newcomer["objectId"], "--assignee-principal-type",
        "ServicePrincipal", "--role", "Reader", "--scope", azure.instance(),
    )
    equal((made["principalId"], made["scope"]), (newcomer["objectId"], azure.instance()), "assignment")
    listed = az("role", "assignment", "list", "--scope", azure.instance(), "--role", "Reader")
    contains([each["id"] for each in listed], made["id"], "assignments")
    equal(next(each for each in listed if each["id"] == made["id"])["roleDefinitionName"], "Reader", "role")
    az("role", "assignment", "delete", "--ids", made["id"])
    listed = az("role", "assignment", "list", "--scope", azure.instance(), "--role", "Reader")
    lacks([each["id"] for each in listed], made["id"], "assignments")


@check("az role assignment create --assignee looks the application up in Microsoft Graph")
def _(azure):
    az = administrator(azure)
    newcomer = azure.application("newcomer")
    made = az(
        "role", "assignment", "create", "--assignee", newcomer["clientId"], "--role",
        "API Management Service Operator Role", "--scope", azure.instance("contoso-standby"),
    )
    equal(made["principalId"], newcomer["objectId"], "principal")
    listed = az("role", "assignment", "list", "--assignee", newcomer["clientId"], "--all")
    equal([(each["id"], each["principalName"]) for each in listed], [(made["id"], newcomer["clientId"])], "assignments")
    az("role", "assignment", "delete", "--assignee", newcomer["clientId"], "--scope", azure.instance("contoso-standby"))
    equal(az("role", "assignment", "list", "--assignee", newcomer["clientId"], "--all"), [], "assignments")


@check("az role assignment create without the right is refused with AuthorizationFailed")
def _(azure):
    users["pipeline"].refused(
        "AuthorizationFailed", "role", "assignment", "create", "--assignee-object-id", str(uuid.uuid4()),
        "--assignee-principal-type", "ServicePrincipal", "--role", "Reader", "--scope", azure.instance(),
    )


# --- storage


@check("az storage account show and keys list")
def _(azure):
    account = administrator(azure)("storage", "account", "show", "-g", "rg-apim", "-n", azure.account)
    equal(account["primaryEndpoints"]["blob"].rstrip("/"), azure.blob, "blob endpoint")
    equal(account["id"], azure.account_id, "id")
    keys = administrator(azure)("storage", "account", "keys", "list", "-g", "rg-apim", "-n", azure.account)
    equal([each["keyName"] for each in keys], ["key1", "key2"], "names of the keys")
    equal(keys[0]["value"], azure.key, "first key")


@check("az storage account keys list needs its own action")
def _(azure):
    users["pipeline"].refused(
        "Microsoft.Storage/storageAccounts/listkeys/action", "storage", "account", "keys", "list", "-g", "rg-apim",
        "-n", azure.account,
    )


@check("az storage container create, exists, list, delete (login)")
def _(azure):
    az = users["runner"]
    equal(az("storage", "container", "exists", "-n", "nightly", *by_login(azure)), {"exists": False}, "before")
    equal(az("storage", "container", "create", "-n", "nightly", *by_login(azure)), {"created": True}, "create")
    equal(az("storage", "container", "create", "-n", "nightly", *by_login(azure)), {"created": False}, "create again")
    equal(az("storage", "container", "exists", "-n", "nightly", *by_login(azure)), {"exists": True}, "after")
    names = [each["name"] for each in az("storage", "container", "list", *by_login(azure))]
    equal(names, ["apim-backups", "nightly"], "containers")
    equal(az("storage", "container", "delete", "-n", "nightly", *by_login(azure)), {"deleted": True}, "delete")
    equal(az("storage", "container", "exists", "-n", "nightly", *by_login(azure)), {"exists": False}, "at last")


def blobs(azure, az, access, container):
    file = azure.folder / "to-upload.bin"
    file.write_bytes(bytes(range(256)) * 64)
    az("storage", "container", "create", "-n", container, *access)
    name = "2026/11/a backup: ü.bin"
    put = az("storage", "blob", "upload", "-c", container, "-n", name, "-f", str(file), "--metadata", "run=7", *access)
    shown = az("storage", "blob", "show", "-c", container, "-n", name, *access)
    equal(shown["properties"]["contentLength"], 16384, "size")
    equal((shown["properties"]["etag"].strip('"'), shown["metadata"]), (put["etag"].strip('"'), {"run": "7"}), "blob")
    listed = az("storage", "blob", "list", "-c", container, "--prefix", "2026/", *access)
    equal([each["name"] for each in listed], [name], "list")
    equal(az("storage", "blob", "list", "-c", container, "--prefix", "2025/", *access), [], "list of another prefix")
    target = azure.folder / "downloaded.bin"
    az("storage", "blob", "download", "-c", container, "-n", name, "-f", str(target), "--no-progress", *access)
    equal(target.read_bytes() == file.read_bytes(), True, "downloaded bytes are the uploaded ones")
    done = az.process("storage", "blob", "upload", "-c", container, "-n", name, "-f", str(file), *access)
    equal(done.returncode, 1, "exit code of an upload over a blob without --overwrite")
    contains(done.stderr, "BlobAlreadyExists", "what az says")
    az("storage", "blob", "delete", "-c", container, "-n", name, *access)
    equal(az("storage", "blob", "exists", "-c", container, "-n", name, *access), {"exists": False}, "after delete")
    az("storage", "container", "delete", "-n", container, *access)


@check("az storage blob upload, show, list, download, delete (login)")
def _(azure):
    blobs(azure, users["runner"], by_login(azure), "by-login")


@check("az storage blob upload, show, list, download, delete (key, plain http)")
def _(azure):
    blobs(azure, users["pipeline"], by_key(azure), "by-key")


@check("az storage container list with a wrong key is refused")
def _(azure):
    access = [*by_key(azure)[:-1], azure.key[:10] + "AAAA" + azure.key[14:]]
    users["pipeline"].refused("invalid account key", "storage", "container", "list", *access)


def leases(azure, az, access, container):
    file = azure.folder / "leased.txt"
    file.write_text("leased")
    az("storage", "container", "create", "-n", container, *access)
    az("storage", "blob", "upload", "-c", container, "-n", "leased", "-f", str(file), *access)
    lease = az("storage", "blob", "lease", "acquire", "-c", container, "-b", "leased", "--lease-duration", "60", *access)
    az.refused("LeaseIdMissing", "storage", "blob", "delete", "-c", container, "-n", "leased", *access)
    shown = az("storage", "blob", "show", "-c", container, "-n", "leased", *access)
    equal(shown["properties"]["lease"]["state"], "leased", "state")
    az.refused(
        "LeaseAlreadyPresent", "storage", "blob", "lease", "acquire", "-c", container, "-b", "leased",
        "--lease-duration", "15", *access,
    )
    az("storage", "blob", "lease", "release", "-c", container, "-b", "leased", "--lease-id", lease, *access)
    az("storage", "blob", "lease", "acquire", "-c", container, "-b", "leased", *access)
    left = az("storage", "blob", "lease", "break", "-c", container, "-b", "leased", "--lease-break-period", "0", *access)
    equal(left, 0, "seconds until the lease is broken")
    az("storage", "blob", "delete", "-c", container, "-n", "leased", *access)
    held = az("storage", "container", "lease", "acquire", "-c", container, "--lease-duration", "15", *access)
    az.refused("LeaseIdMissing", "storage", "container", "delete", "-n", container, *access)
    az("storage", "container", "lease", "release", "-c", container, "--lease-id", held, *access)
    equal(az("storage", "container", "delete", "-n", container, *access), {"deleted": True}, "delete")


@check("az storage blob lease acquire, release, break (login)")
def _(azure):
    leases(azure, users["runner"], by_login(azure), "leases-login")


@check("az storage blob lease acquire, release, break (key)")
def _(azure):
    leases(azure, users["pipeline"], by_key(azure), "leases-key")


@check("az storage blob list with a connection string")
def _(azure):
    text = f"DefaultEndpointsProtocol=http;AccountName={azure.account};AccountKey={azure.key};BlobEndpoint={azure.blob_http};"
    listed = users["pipeline"]("storage", "blob", "list", "-c", "apim-backups", "--connection-string", text)
    contains([each["name"] for each in listed], "by-key.apimbackup", "blobs")


# --- resources and locks


@check("az resource show and list")
def _(azure):
    az = users["runner"]
    shown = az(
        "resource", "show", "-g", "rg-apim", "-n", "contoso-apim", "--resource-type", "Microsoft.ApiManagement/service"
    )
    equal((shown["id"], shown["properties"]["provisioningState"]), (azure.instance(), "Succeeded"), "resource")
    by_id = az("resource", "show", "--ids", azure.instance("fabrikam-apim"))
    equal(by_id["sku"]["name"], "Premium", "tier")
    listed = az("resource", "list", "--resource-type", "Microsoft.ApiManagement/service", "--name", "contoso-apim")
    equal([each["id"] for each in listed], [azure.instance()], "resources")
    tagged = az("resource", "list", "--tag", "environment=standby")
    equal([each["name"] for each in tagged], ["contoso-standby"], "resources with the tag")


@check("az group show and list")
def _(azure):
    az = users["runner"]
    equal(az("group", "show", "-n", "rg-apim")["location"], "westeurope", "region")
    equal([each["name"] for each in az("group", "list")], ["rg-apim"], "groups")
    administrator(azure).refused("ResourceGroupNotFound", "group", "show", "-n", "rg-none", status=3)


@check("az lock create, list, delete")
def _(azure):
    az = administrator(azure)
    made = az(
        "lock", "create", "-n", "keep", "--lock-type", "CanNotDelete", "-g", "rg-apim", "--resource-name",
        "contoso-apim", "--resource-type", "Microsoft.ApiManagement/service", "--notes", "a nightly backup",
    )
    equal((made["name"], made["level"], made["notes"]), ("keep", "CanNotDelete", "a nightly backup"), "lock")
    equal(made["id"].lower(), f"{azure.instance()}/providers/Microsoft.Authorization/locks/keep".lower(), "id")
    group = az("lock", "create", "-n", "still", "--lock-type", "ReadOnly", "-g", "rg-apim")
    equal(sorted(each["name"] for each in az("lock", "list", "-g", "rg-apim")), ["keep", "still"], "locks of the group")
    equal(sorted(each["name"] for each in az("lock", "list")), ["keep", "still"], "locks of the subscription")
    az("lock", "delete", "--ids", group["id"])
    equal(az("lock", "show", "--ids", made["id"])["level"], "CanNotDelete", "level")
    az("lock", "delete", "-n", "keep", "-g", "rg-apim", "--resource-name", "contoso-apim", "--resource-type",
       "Microsoft.ApiManagement/service")
    equal(az("lock", "list", "-g", "rg-apim"), [], "locks at last")


@check("az lock create without the right is refused")
def _(azure):
    users["pipeline"].refused("AuthorizationFailed", "lock", "create", "-n", "x", "--lock-type", "ReadOnly", "-g", "rg-apim")


if __name__ == "__main__":
    with running(world(issuer), "--time-scale", "60") as azure:
        check.run(azure)
