"""Azure's SDK for API Management, unmodified: everything that lies in an instance, listed and changed."""

from azure.mgmt.apimanagement import ApiManagementClient

from .emulator import running
from .report import Checks, contains, equal, lacks, refused, true
from .sdk import attach, blobs, manager
from .world import Issuer, world

check = Checks()
HERE = ("rg-apim", "contoso-apim")
PREMIUM = ("rg-apim", "fabrikam-apim")

# What the configuration of the built-in world holds: the group of operations, its list, what the list is of, how many.
LISTS = [
    ("api", "list_by_service", (), 37),
    ("api_operation", "list_by_api", ("orders-v1",), 5),
    ("api_operation_policy", "list_by_operation", ("orders-v1", "list-orders"), 0),
    ("api_policy", "list_by_api", ("orders-v1",), 1),
    ("api_product", "list_by_apis", ("orders-v1",), None),
    ("api_release", "list_by_service", ("orders-v1",), 1),
    ("api_revision", "list_by_service", ("orders-v1",), 2),
    ("api_schema", "list_by_api", ("orders-v1",), 0),
    ("api_diagnostic", "list_by_service", ("orders-v1",), 0),
    ("api_tag_description", "list_by_service", ("orders-v1",), 0),
    ("api_version_set", "list_by_service", (), 1),
    ("api_wikis", "list", ("orders-v1",), 0),
    ("authorization_provider", "list_by_service", (), 0),
    ("authorization_server", "list_by_service", (), 0),
    ("backend", "list_by_service", (), 8),
    ("cache", "list_by_service", (), 0),
    ("certificate", "list_by_service", (), 1),
    ("diagnostic", "list_by_service", (), 1),
    ("documentation", "list_by_service", (), 0),
    ("gateway", "list_by_service", (), 0),
    ("global_schema", "list_by_service", (), 0),
    ("graph_ql_api_resolver", "list_by_api", ("orders-v1",), 0),
    ("group", "list_by_service", (), 4),
    ("group_user", "list", ("developers",), 0),
    ("identity_provider", "list_by_service", (), 0),
    ("logger", "list_by_service", (), 1),
    ("named_value", "list_by_service", (), 18),
    ("open_id_connect_provider", "list_by_service", (), 0),
    ("policy", "list_by_service", (), 1),
    ("policy_fragment", "list_by_service", (), 1),
    ("policy_restriction", "list_by_service", (), 0),
    ("product", "list_by_service", (), 4),
    ("product_api", "list_by_product", ("starter",), None),
    ("product_group", "list_by_product", ("starter",), 2),
    ("product_policy", "list_by_product", ("starter",), 0),
    ("product_wikis", "list", ("starter",), 0),
    ("subscription", "list", (), 3),
    ("tag", "list_by_service", (), 3),
    ("tag", "list_by_api", ("orders-v1",), 1),
    ("tag_resource", "list_by_service", (), 1),
    ("user", "list_by_service", (), 3),
]


def client(azure, name="administrator"):
    return manager(azure, ApiManagementClient, name)


def listed(azure, group, method, of=()):
    """The elements of a list: most come as pages, those of policies in one piece."""
    answer = getattr(getattr(client(azure), group), method)(*HERE, *of)
    return list(answer) if hasattr(answer, "by_page") else list(answer.value or [])


def listing(group, method, of, count):
    @check(f"{group}.{method}{list(of) if of else ''}")
    def _(azure):
        found = listed(azure, group, method, of)
        if count is not None:
            equal(len(found), count, "count")


for each in LISTS:
    listing(*each)


@check("names, methods and URL templates are those of the configuration")
def _(azure):
    operations = listed(azure, "api_operation", "list_by_api", ("orders-v1",))
    contains([(each.name, each.method, each.url_template) for each in operations], ("get-orders", "GET", "/orders/{id}"))
    revisions = listed(azure, "api_revision", "list_by_service", ("orders-v1",))
    equal(sorted((each.api_revision, each.is_current) for each in revisions), [("1", True), ("2", False)], "revisions")


@check("lists have pages: by_page, top and skip")
def _(azure):
    pages = list(client(azure).named_value.list_by_service(*HERE, top=5).by_page())
    equal([len(list(page)) for page in pages], [5, 5, 5, 3], "pages")
    few = list(next(client(azure).named_value.list_by_service(*HERE, top=2, skip=3).by_page()))
    equal([each.name for each in few], ["setting-12", "setting-13"], "third and fourth")


@check("secrets are shown by the calls for them only")
def _(azure):
    values = {each.name: each for each in listed(azure, "named_value", "list_by_service")}
    equal((values["setting-3"].secret, values["setting-3"].value), (True, None), "secret named value")
    true(values["setting-1"].value, "a named value that is no secret is shown")
    true(client(azure).named_value.list_value(*HERE, "setting-3").value, "the value is handed out when it is asked for")
    equal(client(azure).subscription.get(*HERE, "starter-1").primary_key, None, "key of a subscription")
    true(client(azure).subscription.list_secrets(*HERE, "starter-1").primary_key, "the key is handed out")


@check("an API comes, changes and goes, with its operations, policy, tag and product")
def _(azure):
    it = client(azure)
    body = {"properties": {"displayName": "Weather", "path": "weather", "protocols": ["https"]}}
    made = it.api.begin_create_or_update(*HERE, "weather", body).result(timeout=60)
    equal((made.name, made.api_revision, made.is_current), ("weather", "1", True), "API")
    operation = {"properties": {"displayName": "Now", "method": "GET", "urlTemplate": "/now"}}
    it.api_operation.create_or_update(*HERE, "weather", "now", operation)
    policy = {"properties": {"format": "xml", "value": "<policies><inbound><base /></inbound></policies>"}}
    it.api_policy.create_or_update(*HERE, "weather", "policy", policy)
    it.api_operation_policy.create_or_update(*HERE, "weather", "now", "policy", policy)
    it.tag.assign_to_api(*HERE, "weather", "public")
    it.product_api.create_or_update(*HERE, "starter", "weather")
    contains([each.name for each in it.product_api.list_by_product(*HERE, "starter")], "weather", "APIs of the product")
    changed = it.api.update(*HERE, "weather", "*", {"properties": {"displayName": "Weather of today"}})
    equal(changed.display_name, "Weather of today", "changed API")
    it.product_api.delete(*HERE, "starter", "weather")
    it.api.begin_delete(*HERE, "weather", "*", delete_revisions=True).result(timeout=60)
    refused(lambda: it.api.get(*HERE, "weather"), 404, "ResourceNotFound")


@check("wikis, descriptions of tags, and authorizations of a provider are listed where there are some")
def _(azure):
    it = client(azure)
    wiki = {"properties": {"documents": [{"documentationId": "guide"}]}}
    it.documentation.create_or_update(*HERE, "guide", {"properties": {"title": "Guide", "content": "Read me."}})
    it.api_wiki.create_or_update(*HERE, "stock-v1", wiki)
    it.product_wiki.create_or_update(*HERE, "starter", wiki)
    it.api_tag_description.create_or_update(*HERE, "orders-v1", "public", {"properties": {"description": "For everybody."}})
    it.policy_restriction.create_or_update(*HERE, "base", {"properties": {"scope": "/", "requireBase": "true"}})
    provider = {"properties": {"displayName": "GitHub", "identityProvider": "github"}}
    it.authorization_provider.create_or_update(*HERE, "github", provider)
    it.authorization.create_or_update(*HERE, "github", "mine", {"properties": {"authorizationType": "OAuth2"}})
    equal([each.name for each in it.documentation.list_by_service(*HERE)], ["guide"], "documentations")
    equal(len(list(it.api_wikis.list(*HERE, "stock-v1"))), 1, "wikis of the API")
    equal(len(list(it.product_wikis.list(*HERE, "starter"))), 1, "wikis of the product")
    equal([each.name for each in it.api_tag_description.list_by_service(*HERE, "orders-v1")], ["public"], "descriptions")
    equal([each.name for each in it.policy_restriction.list_by_service(*HERE)], ["base"], "policy restrictions")
    equal([each.name for each in it.authorization.list_by_authorization_provider(*HERE, "github")], ["mine"], "authorizations")


@check("an ETag guards a change")
def _(azure):
    it = client(azure)
    it.product.create_or_update(*HERE, "guarded", {"properties": {"displayName": "Guarded"}})
    true(it.product.get_entity_tag(*HERE, "guarded"), "there is an ETag")
    refused(lambda: it.product.update(*HERE, "guarded", '"stale"', {"properties": {"state": "published"}}), 412, "PreconditionFailed")
    it.product.delete(*HERE, "guarded", "*")


@check("a tier says so where it lacks something, and workspaces are Premium's")
def _(azure):
    it = client(azure)
    refused(lambda: list(it.workspace.list_by_service(*HERE)), 400, "MethodNotAllowedInPricingTier")
    refused(lambda: list(it.user.list_by_service("rg-apim", "northwind-apim")), 400, "MethodNotAllowedInPricingTier")
    it.workspace.create_or_update(*PREMIUM, "team", {"properties": {"displayName": "Team"}})
    body = {"properties": {"displayName": "Inner", "path": "inner", "protocols": ["https"]}}
    it.workspace_api.begin_create_or_update(*PREMIUM, "team", "inner", body).result(timeout=60)
    it.workspace_product.create_or_update(*PREMIUM, "team", "set", {"properties": {"displayName": "Set"}})
    link = {"properties": {"apiId": f"{azure.instance('fabrikam-apim')}/workspaces/team/apis/inner"}}
    it.workspace_product_api_link.create_or_update(*PREMIUM, "team", "set", "link", link)
    equal([each.name for each in it.workspace_api.list_by_service(*PREMIUM, "team")], ["inner"], "APIs of the workspace")
    equal([each.name for each in it.workspace_product_api_link.list_by_product(*PREMIUM, "team", "set")], ["link"], "links")
    for group in ["named_value", "backend", "policy", "policy_fragment", "subscription", "group", "tag", "logger",
                  "diagnostic", "certificate", "global_schema", "api_version_set"]:
        operations = getattr(it, f"workspace_{group}")
        method = next(name for name in ("list_by_service", "list_by_workspace", "list_by_api", "list") if hasattr(operations, name))
        equal(list(getattr(operations, method)(*PREMIUM, "team")), [], f"workspace_{group}")


@check("whoever may back up may list, and may not change")
def _(azure):
    it = client(azure, "pipeline")
    equal(len(list(it.api.list_by_service(*HERE))), 37, "APIs")
    refused(lambda: it.tag.create_or_update(*HERE, "mine", {"properties": {"displayName": "mine"}}), 403, "AuthorizationFailed")


@check("a restore brings back what was deleted since the backup")
def _(azure):
    it = client(azure)
    target = {
        "storageAccount": azure.account, "containerName": "apim-backups", "backupName": "contents",
        "accessType": "SystemAssignedManagedIdentity",
    }
    it.api_management_service.begin_backup(*HERE, target).result(timeout=60)
    true(blobs(azure).get_blob_client("apim-backups", "contents").exists(), "the blob is there")
    it.api.begin_delete(*HERE, "stock-v1", "*").result(timeout=60)
    lacks([each.name for each in it.api.list_by_service(*HERE)], "stock-v1", "APIs")
    it.api_management_service.begin_restore(*HERE, target).result(timeout=60)
    contains([each.name for each in it.api.list_by_service(*HERE)], "stock-v1", "APIs after the restore")
    equal(len(list(it.api_operation.list_by_api(*HERE, "stock-v1"))), 5, "operations after the restore")


if __name__ == "__main__":
    with running(world(Issuer()), "--time-scale", "60") as azure:
        attach(azure)
        check.run(azure)
