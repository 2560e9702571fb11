"""Azure's own rules as its SDKs and its CLI meet them: locks, soft delete, immutability, firewalls, keys, CORS, throttling."""

import datetime
import time

from azure.core.exceptions import ResourceNotFoundError
from azure.identity import ClientSecretCredential
from azure.mgmt.apimanagement import ApiManagementClient
from azure.mgmt.resource.locks import ManagementLockClient
from azure.mgmt.resource.resources import ResourceManagementClient
from azure.mgmt.storage import StorageManagementClient
from azure.storage.blob import BlobServiceClient, CorsRule, ImmutabilityPolicy, RetentionPolicy

from .azcli import AzureCLI
from .emulator import running
from .report import Checks, contains, equal, raises, refused, true
from .sdk import attach, credential, manager
from .world import Issuer, world

check = Checks()
BY_SYSTEM = {"accessType": "SystemAssignedManagedIdentity"}


def services(azure):
    return manager(azure, ApiManagementClient).api_management_service


def deleted(azure):
    return manager(azure, ApiManagementClient).deleted_services


def target(account, name, **access):
    return {"storageAccount": account, "containerName": "apim-backups", "backupName": name, **access}


def blob_endpoint(azure, account):
    return azure.blob.replace(azure.account, account)


class Locked:
    """A lock for as long as the block lasts."""

    def __init__(self, azure, level, scope):
        self.locks = manager(azure, ManagementLockClient).management_locks
        self.level, self.scope = level, scope

    def __enter__(self):
        self.locks.create_or_update_by_scope(self.scope, "keep", {"properties": {"level": self.level}})

    def __exit__(self, *_):
        self.locks.delete_by_scope(self.scope, "keep")


@check("a ReadOnly lock holds back backups, changes, deletions and the list of keys, at every scope")
def _(azure):
    for scope in (azure.instance(), azure.group, f"/subscriptions/{azure.subscription}"):
        with Locked(azure, "ReadOnly", scope):
            body = target(azure.account, "never", **BY_SYSTEM)
            error = refused(lambda: services(azure).begin_backup("rg-apim", "contoso-apim", body), 409, "ScopeLocked")
            contains(str(error), f"The scope '{azure.instance()}' cannot perform write operation", "message")
            contains(str(error), f"following scope(s) are locked: '{scope}'", "message")
            tags = {"tags": {"a": "b"}}
            refused(lambda: services(azure).begin_update("rg-apim", "contoso-apim", tags), 409, "ScopeLocked")
            refused(lambda: services(azure).begin_delete("rg-apim", "contoso-apim"), 409, "ScopeLocked")
            equal(services(azure).get("rg-apim", "contoso-apim").name, "contoso-apim", "instance")
    accounts = manager(azure, StorageManagementClient).storage_accounts
    with Locked(azure, "ReadOnly", azure.account_id):
        refused(lambda: accounts.list_keys("rg-apim", azure.account), 409, "ScopeLocked")
    true(accounts.list_keys("rg-apim", azure.account)["keys"], "the keys are there")


@check("a CanNotDelete lock holds back deletions only, and blobs none of them")
def _(azure):
    with Locked(azure, "CanNotDelete", azure.group):
        refused(lambda: services(azure).begin_delete("rg-apim", "contoso-apim"), 409, "ScopeLocked")
        body = target(azure.account, "under-a-lock", **BY_SYSTEM)
        services(azure).begin_backup("rg-apim", "contoso-apim", body).result(timeout=60)
        blobs = BlobServiceClient(azure.blob, credential=credential(azure))
        blobs.get_blob_client("apim-backups", "under-a-lock").delete_blob()


def recovery(**properties):
    """What a PUT of a service takes; a recovery ignores most of it."""
    return {
        "location": "westeurope", "sku": {"name": "Developer", "capacity": 1},
        "properties": {"publisherEmail": "apis@contoso.example", "publisherName": "Contoso", **properties},
    }


@check("begin_delete, deleted_services, recovery by restore=True, begin_purge")
def _(azure):
    client = services(azure)
    before = client.get("rg-apim", "contoso-standby")
    client.begin_delete("rg-apim", "contoso-standby").result(timeout=60)
    raises(ResourceNotFoundError, lambda: client.get("rg-apim", "contoso-standby"))
    equal([each.name for each in deleted(azure).list_by_subscription()], ["contoso-standby"], "deleted services")
    shown = deleted(azure).get_by_name("contoso-standby", "westeurope")
    equal(shown.service_id, before.id, "id")
    true(shown.scheduled_purge_date > shown.deletion_date, "the purge follows the deletion")
    refused(
        lambda: client.begin_create_or_update("rg-apim", "contoso-standby", recovery()), 409,
        "ServiceAlreadyExistsInSoftDeletedState",
    )
    time.sleep(1.1)  # Azure's first minute, in which nothing is recovered
    back = client.begin_create_or_update("rg-apim", "contoso-standby", recovery(restore=True)).result(timeout=60)
    equal((back.id, back.provisioning_state, back.tags), (before.id, "Succeeded", before.tags), "recovered service")
    equal(list(deleted(azure).list_by_subscription()), [], "deleted services")
    client.begin_delete("rg-apim", "contoso-standby").result(timeout=60)
    deleted(azure).begin_purge("contoso-standby", "westeurope").result(timeout=60)
    equal(list(deleted(azure).list_by_subscription()), [], "deleted services at last")
    refused(
        lambda: client.begin_create_or_update("rg-apim", "contoso-standby", recovery(restore=True)), 400,
        "ServiceUndeleteNotPossible",
    )


@check("begin_create_or_update creates an instance")
def _(azure):
    made = services(azure).begin_create_or_update("rg-apim", "fresh-apim", recovery()).result(timeout=60)
    equal((made.name, made.sku.name, made.provisioning_state), ("fresh-apim", "Developer", "Succeeded"), "service")


@check("az apim delete, az apim deletedservice list, show, purge")
def _(azure):
    # AZURE_CONFIG_DIR of the suite itself is not touched.
    variables = {name: value for name, value in azure.environment.items() if not name.startswith("IDENTITY_")}
    az = AzureCLI(azure.folder / "az-rules", variables)
    az("cloud", "set", "--name", "LocalAzure")
    administrator = azure.application("administrator")
    az(
        "login", "--service-principal", "--username", administrator["clientId"],
        "--password", administrator["secrets"][0], "--tenant", azure.tenant,
    )
    with Locked(azure, "CanNotDelete", azure.instance("fabrikam-apim")):
        az.refused("ScopeLocked", "apim", "delete", "-g", "rg-apim", "-n", "fabrikam-apim", "--yes")
    az("apim", "delete", "-g", "rg-apim", "-n", "fabrikam-apim", "--yes")
    equal([each["name"] for each in az("apim", "deletedservice", "list")], ["fabrikam-apim"], "deleted services")
    one = ["--service-name", "fabrikam-apim", "--location", "westeurope"]
    equal(az("apim", "deletedservice", "show", *one)["serviceId"], azure.instance("fabrikam-apim"), "id")
    az("apim", "deletedservice", "purge", *one)
    equal(az("apim", "deletedservice", "list"), [], "deleted services at last")


@check("a firewall: API Management comes in by its system-assigned identity, others do not")
def _(azure):
    rules = manager(azure, StorageManagementClient).storage_accounts.get_properties("rg-apim", "closedbackups")
    rules = rules.network_rule_set
    equal((rules.default_action, rules.bypass), ("Deny", "AzureServices"), "rules")
    equal([each.ip_address_or_range for each in rules.ip_rules], ["203.0.113.0/24"], "addresses")
    closed = BlobServiceClient(blob_endpoint(azure, "closedbackups"), credential=credential(azure))
    refused(lambda: list(closed.list_containers()), 403, "AuthorizationFailure")
    body = target("closedbackups", "trusted", **BY_SYSTEM)
    services(azure).begin_backup("rg-apim", "contoso-apim", body).result(timeout=60)


@check("keys that are not permitted: KeyBasedAuthenticationNotPermitted")
def _(azure):
    key = manager(azure, StorageManagementClient).storage_accounts.list_keys("rg-apim", "keylessbackups")["keys"][0]["value"]
    by_key = BlobServiceClient(
        blob_endpoint(azure, "keylessbackups"), credential={"account_name": "keylessbackups", "account_key": key}
    )
    refused(lambda: list(by_key.list_containers()), 403, "KeyBasedAuthenticationNotPermitted")
    by_identity = BlobServiceClient(blob_endpoint(azure, "keylessbackups"), credential=credential(azure))
    equal([each.name for each in by_identity.list_containers()], ["apim-backups"], "containers")


@check("a rule for PATCH across origins breaks backups with a key, and no others")
def _(azure):
    blobs = BlobServiceClient(azure.blob, credential=credential(azure))
    blobs.set_service_properties(cors=[CorsRule(["*"], ["GET", "PATCH"])])
    try:
        by_key = target(azure.account, "by-key", accessType="AccessKey", accessKey=azure.key)
        refused(lambda: services(azure).begin_backup("rg-apim", "contoso-apim", by_key), 400, "InvalidParameters")
        body = target(azure.account, "by-identity", **BY_SYSTEM)
        services(azure).begin_backup("rg-apim", "contoso-apim", body).result(timeout=60)
    finally:
        blobs.set_service_properties(cors=[])


def kept(azure, account):
    return BlobServiceClient(blob_endpoint(azure, account), credential=credential(azure))


@check("soft delete of blobs: deleted, listed, brought back, and switched off by the service's properties")
def _(azure):
    service = kept(azure, "softbackups")
    policy = service.get_service_properties()["delete_retention_policy"]
    equal((policy.enabled, policy.days), (True, 7), "policy")
    container = service.get_container_client("apim-backups")
    blob = container.upload_blob("night", b"content")
    blob.delete_blob()
    raises(ResourceNotFoundError, blob.get_blob_properties)
    deleted_one = list(container.list_blobs(include=["deleted"]))
    equal([(each.name, each.deleted) for each in deleted_one], [("night", True)], "deleted blobs")
    true(deleted_one[0].deleted_time is not None and deleted_one[0].remaining_retention_days is not None, "it says until when")
    blob.undelete_blob()
    equal(blob.download_blob().readall(), b"content", "content")
    service.set_service_properties(delete_retention_policy=RetentionPolicy(enabled=False))
    blob.delete_blob()
    equal(list(container.list_blobs(include=["deleted"])), [], "deleted blobs at last")


@check("versions of blobs: each write makes one, a deletion leaves it, and each is read and deleted by its id")
def _(azure):
    container = kept(azure, "wormbackups").get_container_client("versions")
    first = container.get_blob_client("night").upload_blob(b"one")["version_id"]
    second = container.get_blob_client("night").upload_blob(b"two", overwrite=True)["version_id"]
    true(first < second, "versions go up")
    blob = container.get_blob_client("night")
    equal(blob.get_blob_properties()["is_current_version"], True, "current")
    equal(container.get_blob_client("night", version_id=first).download_blob().readall(), b"one", "first version")
    blob.delete_blob()
    equal(list(container.list_blobs()), [], "blobs")
    equal([each.version_id for each in container.list_blobs(include=["versions"])], [first, second], "versions")
    for version in (first, second):
        container.get_blob_client("night", version_id=version).delete_blob()
    equal(list(container.list_blobs(include=["versions"])), [], "versions at last")


@check("immutability policies and legal holds of versions, and a policy of a whole container")
def _(azure):
    service = kept(azure, "wormbackups")
    blob = service.get_blob_client("worm", "night")
    blob.upload_blob(b"content")
    until = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=1)).replace(microsecond=0)
    blob.set_immutability_policy(ImmutabilityPolicy(expiry_time=until, policy_mode="Unlocked"))
    blob.set_legal_hold(True)
    shown = blob.get_blob_properties()
    equal((shown.immutability_policy.expiry_time, shown.has_legal_hold), (until, True), "protection")
    refused(lambda: blob.set_blob_metadata({"a": "b"}), 409, "BlobImmutableDueToLegalHold")
    version = service.get_blob_client("worm", "night", version_id=shown.version_id)
    blob.delete_blob()
    refused(version.delete_blob, 409, "BlobImmutableDueToLegalHold")
    version.set_legal_hold(False)
    refused(version.delete_blob, 409, "BlobImmutableDueToPolicy")
    version.delete_immutability_policy()
    version.delete_blob()
    whole = kept(azure, "softbackups").get_container_client("whole")
    equal(whole.get_container_properties().has_immutability_policy, True, "policy of the container")
    fixed = whole.upload_blob("night", b"content")
    refused(fixed.delete_blob, 409, "BlobImmutableDueToPolicy")
    refused(lambda: fixed.upload_blob(b"other", overwrite=True), 409, "BlobImmutableDueToPolicy")


@check("the name of a deleted container is not free at once; a disabled account says so")
def _(azure):
    service = kept(azure, "keylessbackups")
    made = service.create_container("again")
    made.delete_container()
    refused(made.create_container, 409, "ContainerBeingDeleted")
    time.sleep(1.1)  # Azure's half a minute
    made.create_container()
    refused(lambda: list(kept(azure, "disabledbackups").list_containers()), 403, "AccountIsDisabled")


def throttled(azure, **options):
    """A client of a second local Azure, which has a certificate authority of its own."""
    administrator = azure.application("administrator")
    secret = ClientSecretCredential(
        azure.tenant, administrator["clientId"], administrator["secrets"][0], authority=azure.authority,
        disable_instance_discovery=True, connection_verify=azure.bundle,
    )
    return ResourceManagementClient(
        secret, azure.subscription, base_url=azure.manager, credential_scopes=[f"{azure.manager}/.default"],
        connection_verify=azure.bundle, **options,
    )


@check("throttling: the counters go down, 429 carries Retry-After, and the SDK comes through by waiting")
def _(azure):
    small = {"enabled": True, "reads": {"bucket": 4, "refillPerSecond": 4}}
    with running(world(Issuer(), throttling=small)) as tight:
        seen = []
        client = throttled(tight)
        note = {"raw_response_hook": lambda answer: seen.append(answer.http_response.headers)}
        started = time.monotonic()
        for _ in range(6):
            equal(client.resource_groups.get("rg-apim", **note).name, "rg-apim", "group")
        left = [int(each["x-ms-ratelimit-remaining-subscription-reads"]) for each in seen]
        equal(left[:4], [3, 2, 1, 0], "what is left")
        true(time.monotonic() - started >= 1, "the fifth call waited for a second")
        once = throttled(tight, retry_total=0)
        error = refused(lambda: [once.resource_groups.get("rg-apim") for _ in range(6)], 429, "SubscriptionRequestsThrottled")
        equal(error.response.headers["Retry-After"], "1", "Retry-After")


if __name__ == "__main__":
    everything = world(
        Issuer(),
        storageAccounts=[
            {"name": "closedbackups", "resourceGroup": "rg-apim", "containers": ["apim-backups"],
             "firewallDefaultDeny": True, "firewallAddresses": ["203.0.113.0/24"]},
            {"name": "keylessbackups", "resourceGroup": "rg-apim", "containers": ["apim-backups"],
             "allowSharedKeyAccess": False},
            {"name": "softbackups", "resourceGroup": "rg-apim", "softDeleteDays": 7,
             "containers": ["apim-backups", {"name": "whole", "immutableDays": 30}]},
            {"name": "wormbackups", "resourceGroup": "rg-apim", "versioning": True,
             "containers": ["versions", {"name": "worm", "protectsVersions": True}]},
            {"name": "disabledbackups", "resourceGroup": "rg-apim", "disabled": True},
        ],
        roleAssignments=[
            {"principal": "instance:contoso-apim", "role": "Storage Blob Data Contributor",
             "scope": "storageAccount:closedbackups"},
            {"principal": "administrator", "role": "Storage Blob Data Owner", "scope": "group:rg-apim"},
        ],
        timings={
            "backupSeconds": 60, "restoreSeconds": 60, "retryAfterSeconds": 60, "activationSeconds": 60,
            "deletionSeconds": 60, "purgeSeconds": 60,
        },
    )
    with running(everything, "--time-scale", "60") as azure:
        attach(azure)
        check.run(azure)
