"""Azure's management SDKs, unmodified: API Management, authorization, storage, resources, locks."""

import uuid

from azure.mgmt.apimanagement import ApiManagementClient
from azure.mgmt.authorization import AuthorizationManagementClient
from azure.mgmt.resource.locks import ManagementLockClient
from azure.mgmt.resource.resources import ResourceManagementClient
from azure.mgmt.storage import StorageManagementClient

from .emulator import running
from .report import Checks, contains, equal, refused, true
from .sdk import attach, blobs, manager
from .world import Issuer, world

check = Checks()
READER = "acdd72a7-3385-48ef-bd42-f606fba81ae7"


def services(azure, name="administrator"):
    return manager(azure, ApiManagementClient, name).api_management_service


def target(azure, name, **access):
    return {"storageAccount": azure.account, "containerName": "apim-backups", "backupName": name, **access}


def backed_up(azure, instance, name, **access):
    """A backup and a restore with one type of access; the blob must be there between the two."""
    client = services(azure, "pipeline")
    done = client.begin_backup("rg-apim", instance, target(azure, name, **access)).result(timeout=60)
    equal((done.name, done.provisioning_state), (instance, "Succeeded"), "service after the backup")
    size = blobs(azure).get_blob_client("apim-backups", name).get_blob_properties().size
    true(size > 0, "the backup is not empty")
    done = client.begin_restore("rg-apim", instance, target(azure, name, **access)).result(timeout=60)
    equal((done.name, done.provisioning_state), (instance, "Succeeded"), "service after the restore")


@check("api_management_service.get")
def _(azure):
    service = services(azure).get("rg-apim", "contoso-apim")
    equal((service.id, service.sku.name, service.provisioning_state), (azure.instance(), "Developer", "Succeeded"), "service")
    equal(len(service.identity.user_assigned_identities), 1, "user-assigned identities")
    refused(lambda: services(azure).get("rg-apim", "no-such-apim"), 404, "ResourceNotFound")


@check("api_management_service.list and list_by_resource_group")
def _(azure):
    everywhere = sorted(each.name for each in services(azure).list())
    equal(everywhere, sorted(each.name for each in services(azure).list_by_resource_group("rg-apim")), "services")
    equal(len(everywhere), 5, "count of services")


@check("api_management_service.begin_update changes the tags")
def _(azure):
    done = services(azure).begin_update("rg-apim", "fabrikam-apim", {"tags": {"owner": "platform"}}).result(timeout=60)
    equal(done.tags, {"owner": "platform"}, "tags")
    equal(services(azure).get("rg-apim", "fabrikam-apim").tags, {"owner": "platform"}, "tags read again")


@check("begin_backup and begin_restore with the system-assigned identity")
def _(azure):
    backed_up(azure, "contoso-apim", "by-system", accessType="SystemAssignedManagedIdentity")


@check("begin_backup and begin_restore with a user-assigned identity")
def _(azure):
    identities = services(azure).get("rg-apim", "contoso-apim").identity.user_assigned_identities
    client = next(iter(identities.values())).client_id
    backed_up(azure, "contoso-apim", "by-user", accessType="UserAssignedManagedIdentity", clientId=client)


@check("begin_backup and begin_restore with an account key")
def _(azure):
    backed_up(azure, "fabrikam-apim", "by-key", accessType="AccessKey", accessKey=azure.key)


@check("a second begin_backup while one runs is refused with ServiceLocked")
def _(azure):
    client = services(azure, "pipeline")
    access = {"accessType": "SystemAssignedManagedIdentity"}
    poller = client.begin_backup("rg-apim", "contoso-standby", target(azure, "first", **access))
    equal(client.get("rg-apim", "contoso-standby").provisioning_state, "Updating", "state meanwhile")
    refused(
        lambda: client.begin_backup("rg-apim", "contoso-standby", target(azure, "second", **access)), 409, "ServiceLocked"
    )
    equal(poller.result(timeout=60).provisioning_state, "Succeeded", "state at last")


@check("begin_restore to another tier fails while polling, with RestoreFailed")
def _(azure):
    poller = services(azure).begin_restore(
        "rg-apim", "contoso-standby", target(azure, "by-key", accessType="AccessKey", accessKey=azure.key)
    )
    refused(lambda: poller.result(timeout=60), 400, "RestoreFailed")


@check("authorization: role definitions and assignments")
def _(azure):
    client = manager(azure, AuthorizationManagementClient)
    found = list(client.role_definitions.list(azure.group, filter="roleName eq 'Reader'"))
    equal([each.name for each in found], [READER], "definitions")
    scope, name = azure.instance("tailwind-apim"), str(uuid.uuid4())
    body = {
        "roleDefinitionId": found[0].id, "principalId": azure.application("newcomer")["objectId"],
        "principalType": "ServicePrincipal",
    }
    made = client.role_assignments.create(scope, name, {"properties": body})
    equal((made.name, made.scope), (name, scope), "assignment")
    refused(
        lambda: client.role_assignments.create(scope, str(uuid.uuid4()), {"properties": body}), 409, "RoleAssignmentExists"
    )
    contains([each.name for each in client.role_assignments.list_for_scope(scope)], name, "assignments")
    equal(client.role_assignments.delete(scope, name).name, name, "deleted assignment")
    equal(client.role_assignments.delete(scope, name), None, "second deletion")


@check("storage: accounts, keys")
def _(azure):
    client = manager(azure, StorageManagementClient).storage_accounts
    account = client.get_properties("rg-apim", azure.account)
    equal((account.primary_endpoints.blob.rstrip("/"), account.id), (azure.blob, azure.account_id), "account")
    equal([each.name for each in client.list()], [azure.account], "accounts")
    equal(client.list_keys("rg-apim", azure.account)["keys"][0]["value"], azure.key, "first key")
    pipeline = manager(azure, StorageManagementClient, "pipeline").storage_accounts
    refused(lambda: pipeline.list_keys("rg-apim", azure.account), 403, "AuthorizationFailed")


@check("resource: groups, resources with a filter, providers")
def _(azure):
    client = manager(azure, ResourceManagementClient)
    equal([each.name for each in client.resource_groups.list()], ["rg-apim"], "groups")
    equal(client.resource_groups.get("rg-apim").location, "westeurope", "region")
    wanted = "resourceType eq 'Microsoft.ApiManagement/service' and name eq 'contoso-apim'"
    equal([each.id for each in client.resources.list(filter=wanted)], [azure.instance()], "resources")
    equal(len(list(client.resources.list_by_resource_group("rg-apim"))) >= 6, True, "six resources or more")
    shown = client.resources.get_by_id(azure.instance("fabrikam-apim"), api_version="2024-05-01")
    equal(shown.sku.name, "Premium", "tier")
    equal(client.providers.get("Microsoft.ApiManagement").registration_state, "Registered", "provider")


@check("locks: create, list, delete")
def _(azure):
    client = manager(azure, ManagementLockClient).management_locks
    scope = azure.account_id
    made = client.create_or_update_by_scope(scope, "keep", {"properties": {"level": "CanNotDelete", "notes": "backups"}})
    equal((made.name, made.level, made.notes), ("keep", "CanNotDelete", "backups"), "lock")
    equal([each.name for each in client.list_at_subscription_level()], ["keep"], "locks")
    client.delete_by_scope(scope, "keep")
    equal(list(client.list_at_subscription_level()), [], "locks at last")


if __name__ == "__main__":
    with running(world(Issuer()), "--time-scale", "60") as azure:
        attach(azure)
        check.run(azure)
