"""Azure's SDK of Logic Apps and Azure's CLI, unmodified: workflows, triggers, runs, and the Logic App of deploy/ from end to end."""

import datetime
import json
import ssl
import time
import urllib.request

import requests
from azure.mgmt.logic import LogicManagementClient
from azure.mgmt.logic.models import Workflow

from .azcli import AzureCLI
from .emulator import ROOT, running
from .report import Checks, equal, refused, true
from .sdk import attach, blobs, manager
from .world import Issuer, world

check = Checks()
GROUP = "rg-apim"
SCHEMA = "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#"
REQUEST = {"type": "Request", "kind": "Http", "inputs": {"schema": {}}}


def logic(azure, name="administrator"):
    return manager(azure, LogicManagementClient, name)


def definition(actions, trigger=REQUEST):
    return {"$schema": SCHEMA, "contentVersion": "1.0.0.0", "triggers": {"start": trigger}, "actions": actions}


def make(azure, name, actions, trigger=REQUEST):
    body = Workflow(
        location="westeurope", identity={"type": "SystemAssigned"}, definition=definition(actions, trigger), tags={"a": "b"}
    )
    return logic(azure).workflows.create_or_update(GROUP, name, body)


def ended(azure, name, timeout=60):
    """The newest run of a workflow, once it has ended."""
    limit = time.monotonic() + timeout
    while time.monotonic() < limit:
        runs = list(logic(azure).workflow_runs.list(GROUP, name))
        if runs and runs[0].status not in ("Running", "Waiting"):
            return runs[0]
        time.sleep(0.2)
    raise AssertionError(f"the run of {name} has not ended")


def content(azure, link):
    """What a link of a run's history leads to; it lets in without a token."""
    context = ssl.create_default_context(cafile=azure.bundle)
    with urllib.request.urlopen(link.uri, context=context) as answer:
        return json.load(answer)


COMPOSE = {"one": {"type": "Compose", "inputs": "@triggerBody()?['n']"}}


@check("workflows: create_or_update, get, list, disable, enable, update")
def _(azure):
    made = make(azure, "first", COMPOSE)
    equal((made.name, made.state, made.provisioning_state), ("first", "Enabled", "Succeeded"), "workflow")
    true(made.identity.principal_id and made.version and made.access_endpoint, "identity, version and endpoint")
    client = logic(azure).workflows
    equal(client.get(GROUP, "first").definition["actions"], COMPOSE, "actions")
    equal([each.name for each in client.list_by_resource_group(GROUP)], ["first"], "workflows of the group")
    equal([each.name for each in client.list_by_subscription(top=1)], ["first"], "workflows of the subscription")
    client.disable(GROUP, "first")
    equal(client.get(GROUP, "first").state, "Disabled", "state")
    client.enable(GROUP, "first")
    equal(client.update(GROUP, "first").state, "Enabled", "state")
    refused(lambda: client.get(GROUP, "none"), 404, "ResourceNotFound")


@check("workflows: validate, and a definition that is wrong")
def _(azure):
    client = logic(azure).workflows
    good = Workflow(location="westeurope", definition=definition(COMPOSE))
    client.validate_by_resource_group(GROUP, "first", good)
    client.validate_by_location(GROUP, "westeurope", "first", good)
    bad = Workflow(location="westeurope", definition=definition({"one": {**COMPOSE["one"], "runAfter": {"two": ["Succeeded"]}}}))
    error = refused(lambda: client.create_or_update(GROUP, "second", bad), 400, "InvalidTemplate")
    true("contains non-existent action" in error.message, error.message)
    refused(lambda: client.validate_by_resource_group(GROUP, "first", bad), 400, "InvalidTemplate")


@check("triggers: get, list, run; runs and actions with their contents")
def _(azure):
    client = logic(azure)
    equal([each.name for each in client.workflow_triggers.list(GROUP, "first")], ["start"], "triggers")
    equal(client.workflow_triggers.get(GROUP, "first", "start").state, "Enabled", "trigger")
    client.workflow_triggers.run(GROUP, "first", "start")
    run = ended(azure, "first")
    equal((run.status, run.trigger.name), ("Succeeded", "start"), "run")
    equal(client.workflow_runs.get(GROUP, "first", run.name).status, "Succeeded", "run")
    actions = list(client.workflow_run_actions.list(GROUP, "first", run.name))
    equal([(each.name, each.status, each.code) for each in actions], [("one", "Succeeded", "OK")], "actions")
    one = client.workflow_run_actions.get(GROUP, "first", run.name, "one")
    equal(content(azure, one.outputs_link), None, "outputs")


@check("triggers: the callback address starts a run with what it is sent")
def _(azure):
    callback = logic(azure).workflow_triggers.list_callback_url(GROUP, "first", "start")
    equal(callback.method, "POST", "method")
    sent = requests.post(callback.value, json={"n": 42}, verify=azure.bundle)
    equal(sent.status_code, 202, "status")
    equal(requests.post(callback.value[:-3], json={}, verify=azure.bundle).status_code, 401, "status with another signature")
    time.sleep(0.5)
    run = ended(azure, "first")
    equal(run.name, sent.headers["x-ms-workflow-run-id"], "run")
    one = logic(azure).workflow_run_actions.get(GROUP, "first", run.name, "one")
    equal(content(azure, one.outputs_link), 42, "outputs")


@check("a recurrence: next time, histories with a filter, paging of runs")
def _(azure):
    client = logic(azure)
    every = {"type": "Recurrence", "recurrence": {"frequency": "Second", "interval": 1}}
    make(azure, "often", {"one": {"type": "Compose", "inputs": 1}}, every)
    time.sleep(4)
    client.workflows.disable(GROUP, "often")
    trigger = client.workflow_triggers.get(GROUP, "often", "start")
    equal(trigger.recurrence.frequency, "Second", "frequency")
    true(trigger.last_execution_time is not None and trigger.next_execution_time is None, "times of a trigger that is off")
    runs = list(client.workflow_runs.list(GROUP, "often", top=2))
    true(3 <= len(runs) <= 8, f"{len(runs)} runs in four seconds")
    true(all(left.start_time >= right.start_time for left, right in zip(runs, runs[1:])), "the newest first")
    good = list(client.workflow_trigger_histories.list(GROUP, "often", "start", filter="status eq 'Succeeded'"))
    equal(len(good), len(runs), "histories")
    one = client.workflow_trigger_histories.get(GROUP, "often", "start", good[0].name)
    equal((one.fired, one.run.name), (True, good[0].name), "history")
    equal(list(client.workflow_runs.list(GROUP, "often", filter="status eq 'Failed'")), [], "failed runs")


@check("a run is cancelled; loops are shown by their iterations")
def _(azure):
    client = logic(azure)
    slow = {"type": "Wait", "inputs": {"interval": {"count": 10, "unit": "Hour"}}, "runAfter": {"each": ["Succeeded"]}}
    inner = {"twice": {"type": "Compose", "inputs": "@mul(item(), 2)"}}
    make(azure, "slow", {"each": {"type": "Foreach", "foreach": "@range(1, 3)", "actions": inner}, "wait": slow})
    client.workflow_triggers.run(GROUP, "slow", "start")
    time.sleep(1)
    run = next(client.workflow_runs.list(GROUP, "slow"))
    equal(run.status, "Running", "run")
    repetitions = list(client.workflow_run_action_repetitions.list(GROUP, "slow", run.name, "twice"))
    equal([each.status for each in repetitions], ["Succeeded"] * 3, "repetitions")
    client.workflow_runs.cancel(GROUP, "slow", run.name)
    equal(client.workflow_runs.get(GROUP, "slow", run.name).status, "Cancelled", "run")


@check("versions, rights, and deletion")
def _(azure):
    client = logic(azure)
    equal([each.state for each in client.workflow_versions.list(GROUP, "slow")], ["Enabled"], "versions")
    refused(lambda: logic(azure, "pipeline").workflows.get(GROUP, "slow"), 403, "AuthorizationFailed")
    for name in ["first", "often", "slow"]:
        client.workflows.delete(GROUP, name)
    equal(list(client.workflows.list_by_resource_group(GROUP)), [], "workflows at last")


@check("az deployment group create of deploy/azuredeploy.json, then a night that is started by hand")
def _(azure):
    az = AzureCLI(azure.folder / "az-logic", azure.environment)
    administrator = azure.application("administrator")
    az("cloud", "set", "--name", "LocalAzure")
    az(
        "login", "--service-principal", "--username", administrator["clientId"],
        "--password", administrator["secrets"][0], "--tenant", azure.tenant,
    )
    deployed = az(
        "deployment", "group", "create", "-g", GROUP, "-n", "nightly", "-f", str(ROOT / "deploy/azuredeploy.json"),
        "-p", "apim_name=contoso-standby", "-p", f"backup_storage_account_name={azure.account}",
        "-p", "backups_container=nights",
    )
    equal(deployed["properties"]["provisioningState"], "Succeeded", "deployment")
    workflow = deployed["properties"]["outputs"]["workflowId"]["value"]
    shown = az("resource", "show", "--ids", workflow, "--api-version", "2019-05-01")
    equal((shown["properties"]["state"], shown["identity"]["type"]), ("Enabled", "SystemAssigned"), "workflow")
    trigger = az("rest", "--method", "get", "--url", f"{azure.manager}{workflow}/triggers/Nightly?api-version=2019-05-01")
    tomorrow = datetime.datetime.now(datetime.timezone.utc).date() + datetime.timedelta(days=1)
    equal(trigger["properties"]["nextExecutionTime"][:16], f"{tomorrow}T01:00", "the first night")
    az("rest", "--method", "post", "--url", f"{azure.manager}{workflow}/triggers/Nightly/run?api-version=2019-05-01")
    run = ended(azure, workflow.rsplit("/", 1)[1])
    equal((run.status, run.code), ("Succeeded", None), "run")
    listed = [each for each in blobs(azure).get_container_client("nights").list_blobs()]
    equal([each.name.startswith("contoso-standby-") and each.size > 0 for each in listed], [True], "backups")


if __name__ == "__main__":
    with running(world(Issuer()), "--time-scale", "60") as azure:
        attach(azure)
        check.run(azure)
