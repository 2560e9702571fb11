"""Container Apps jobs by Azure's CLI and SDK, unmodified: the job of deploy/, and roles that another team grants by a script of ours."""

import json
import pathlib
import subprocess
import time
import urllib.request

from azure.mgmt.appcontainers import ContainerAppsAPIClient

from .azcli import BIN, AzureCLI
from .emulator import PROGRAM, ROOT, clean_environment, running
from .report import Checks, Unexpected, contains, equal, lacks, refused, true
from .sdk import attach, blobs, manager
from .world import Issuer, world

check = Checks()
GROUP = "rg-apim"
IMAGE = "registry.example.com/apim-backup:1"
SLEEPER = "registry.example.com/sleeper:1"
BACKUP = str(pathlib.Path(PROGRAM).parent / "apim-backup")
users = {}


def administrator(azure):
    """The administrator's CLI."""
    if "administrator" not in users:
        variables = {key: value for key, value in azure.environment.items() if not key.startswith("IDENTITY_")}
        az = AzureCLI(azure.folder / "az-jobs", variables)
        az("cloud", "set", "--name", "LocalAzure")
        az("login", "--service-principal", *by_secret(azure))
        users["administrator"] = az
    return users["administrator"]


def by_secret(azure):
    application = azure.application("administrator")
    return ["--username", application["clientId"], "--password", application["secrets"][0], "--tenant", azure.tenant]


def jobs(azure, name="administrator"):
    return manager(azure, ContainerAppsAPIClient, name)


def program(azure, *arguments):
    """Our own program, as the administrator."""
    application = azure.application("administrator")
    variables = {key: value for key, value in azure.environment.items() if not key.startswith("IDENTITY_")}
    variables |= {
        "AZURE_TENANT_ID": azure.tenant,
        "AZURE_CLIENT_ID": application["clientId"],
        "AZURE_CLIENT_SECRET": application["secrets"][0],
    }
    return subprocess.run(
        [BACKUP, *arguments], env={**clean_environment(), **variables, "HOME": str(azure.folder)},
        capture_output=True, text=True, timeout=300,
    )


def succeeds(done):
    if done.returncode != 0:
        raise Unexpected(f"{' '.join(done.args[:3])} ended with {done.returncode}: {done.stdout[-1500:]}{done.stderr[-1500:]}")
    return done.stdout


def ended(az, job, execution, timeout=90):
    """An execution, once it has ended."""
    limit = time.monotonic() + timeout
    while time.monotonic() < limit:
        shown = az("containerapp", "job", "execution", "show", "-g", GROUP, "-n", job, "--job-execution-name", execution)
        if shown["properties"]["status"] != "Running":
            return shown
        time.sleep(0.5)
    raise Unexpected(f"the execution {execution} has not ended")


def log(azure, execution):
    """What an execution's containers wrote; only the local Azure tells it by a call."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(f"{azure.ready['admin']}/_emulator/jobs") as answer:
        return next(each["log"] for each in json.load(answer) if each["execution"] == execution)


def apply_roles(azure, az, *arguments):
    """Runs the script that the program prints for another team, as that team would."""
    script = succeeds(program(azure, "permissions", "--resource-group", GROUP, "--format", "az", *arguments))
    file = azure.folder / "roles.sh"
    file.write_text(script)
    done = subprocess.run(["sh", file], env=az.environment, capture_output=True, text=True, timeout=400)
    if done.returncode != 0:
        raise Unexpected(f"the script ended with {done.returncode}: {done.stderr[-1500:]}\n{script}")
    return script


def roles_of(az, principal):
    listed = az("role", "assignment", "list", "--assignee", principal, "--all", "--fill-principal-name", "false")
    return sorted((each["roleDefinitionName"], each["scope"].rsplit("/", 1)[1]) for each in listed)


@check("az deployment group create of deploy/azuredeploy.container-app-job.json makes the job")
def _(azure):
    az = administrator(azure)
    deployed = az(
        "deployment", "group", "create", "-g", GROUP, "-n", "job", "-f", str(ROOT / "deploy/azuredeploy.container-app-job.json"),
        "-p", "apim_name=contoso-standby", "-p", f"backup_storage_account_name={azure.account}", "-p", f"image={IMAGE}",
        "-p", "backups_container=job-nights", "-p", "catalog_container=job-records",
    )
    equal(deployed["properties"]["provisioningState"], "Succeeded", "deployment")
    users["job"] = deployed["properties"]["outputs"]["jobId"]["value"].rsplit("/", 1)[1]


@check("az containerapp job show, list, and env show")
def _(azure):
    az = administrator(azure)
    shown = az("containerapp", "job", "show", "-g", GROUP, "-n", users["job"])
    configuration = shown["properties"]["configuration"]
    equal((configuration["triggerType"], configuration["scheduleTriggerConfig"]["cronExpression"]), ("Schedule", "0 * * * *"), "trigger")
    equal(shown["identity"]["type"], "UserAssigned", "identity")
    equal([each["name"] for each in az("containerapp", "job", "list", "-g", GROUP)], [users["job"]], "jobs of the group")
    environment = az("containerapp", "env", "show", "--ids", shown["properties"]["environmentId"])
    equal(environment["properties"]["appLogsConfiguration"]["destination"], "azure-monitor", "where the log goes")
    az.refused("ResourceNotFound", "containerapp", "job", "show", "-g", GROUP, "-n", "none")


@check("az containerapp job start: an execution with other arguments makes a backup, by the job's own identity")
def _(azure):
    az = administrator(azure)
    container = az("containerapp", "job", "show", "-g", GROUP, "-n", users["job"])["properties"]["template"]["containers"][0]
    arguments = [each for each in container["args"]]
    place = arguments.index("--due")
    container["args"] = arguments[:place]  # At once, whatever the schedule says.
    file = azure.folder / "start.yaml"
    file.write_text(json.dumps({"containers": [container]}))
    started = az("containerapp", "job", "start", "-g", GROUP, "-n", users["job"], "--yaml", str(file))
    execution = ended(az, users["job"], started["name"])
    equal(execution["properties"]["status"], "Succeeded", f"execution ({log(azure, started['name'])[-800:]})")
    names = [each["name"] for each in az("containerapp", "job", "execution", "list", "-g", GROUP, "-n", users["job"])]
    contains(names, started["name"], "executions")
    listed = list(blobs(azure).get_container_client("job-nights").list_blobs())
    equal([each.name.startswith("contoso-standby-") and each.size > 0 for each in listed], [True], "backups")


@check("SDK: jobs get, list, start, stop, executions, secrets")
def _(azure):
    client = jobs(azure)
    shown = client.jobs.get(GROUP, users["job"])
    equal((shown.configuration.trigger_type, shown.configuration.replica_timeout), ("Schedule", 43200), "job")
    equal([each.name for each in client.jobs.list_by_resource_group(GROUP)], [users["job"]], "jobs of the group")
    equal([each.name for each in client.jobs.list_by_subscription()], [users["job"]], "jobs of the subscription")
    started = client.jobs.begin_start(GROUP, users["job"], {"containers": [{"name": "sleeper", "image": SLEEPER}]}).result()
    contains([each.name for each in client.jobs_executions.list(GROUP, users["job"])], started.name, "executions")
    equal(client.job_execution(GROUP, users["job"], started.name).status, "Running", "execution")
    client.jobs.begin_stop_execution(GROUP, users["job"], started.name).result()
    equal(ended(administrator(azure), users["job"], started.name)["properties"]["status"], "Stopped", "execution")
    equal(list(client.jobs.list_secrets(GROUP, users["job"]).value), [], "secrets")
    refused(lambda: jobs(azure, "newcomer").jobs.get(GROUP, users["job"]), 403, "AuthorizationFailed")


@check("az containerapp job stop, secret set and list")
def _(azure):
    az = administrator(azure)
    file = azure.folder / "sleeper.yaml"
    file.write_text(json.dumps({"containers": [{"name": "sleeper", "image": SLEEPER}]}))
    started = az("containerapp", "job", "start", "-g", GROUP, "-n", users["job"], "--yaml", str(file))
    az("containerapp", "job", "stop", "-g", GROUP, "-n", users["job"], "--job-execution-name", started["name"])
    equal(ended(az, users["job"], started["name"])["properties"]["status"], "Stopped", "execution")
    az("containerapp", "job", "secret", "set", "-g", GROUP, "-n", users["job"], "--secrets", "webhook=hunter2")
    equal([each["name"] for each in az("containerapp", "job", "secret", "list", "-g", GROUP, "-n", users["job"])], ["webhook"], "secrets")
    shown = json.dumps(az("containerapp", "job", "show", "-g", GROUP, "-n", users["job"]))
    lacks(shown, "hunter2", "what the job shows")


@check("permissions --format az, Container Apps job: without the roles no backup; with them the doctor is content and a backup works")
def _(azure):
    az = administrator(azure)
    inputs = [
        "--host", "container-app-job", "--apim-name", "proseware-apim", "--backup-storage-account-name", azure.account,
        "--image", IMAGE, "--set", "backups_container=granted", "--set", "catalog_container=granted-records",
        "--set", "least_privilege=true", "--set", "retention_may_delete=true", "--set", "assign_roles=false",
    ]
    made = program(azure, "deploy", *inputs, "--yes", "--no-first-backup", "--format", "json")
    succeeds(made)
    job = az("identity", "list", "-g", GROUP, "--query", "[?tags.\"apim-backup\"=='proseware-apim'] | [0]")
    equal(roles_of(az, job["principalId"]), [], "roles before")
    without = program(azure, "run", "proseware-apim", "--remote")
    true(without.returncode == 1, f"without roles it ended with {without.returncode}: {without.stderr}")
    script = apply_roles(azure, az, *inputs)
    true("set -eu" in script and "*" not in script.replace("%%/providers/*", ""), "the script ends at the first failure, and grants no wildcard")
    equal(
        roles_of(az, job["principalId"]),
        [
            ("API Management Backup Pruner proseware-apim", "granted"), ("API Management Backup Starter proseware-apim", "proseware-apim"),
            ("Storage Blob Data Contributor", "granted-records"), ("Storage Blob Data Reader", "granted"),
        ],
        "roles of the job",
    )
    apply_roles(azure, az, *inputs)  # A script of roles is run again without harm.
    succeeds(program(azure, "run", "proseware-apim", "--remote"))
    # The doctor looks as whoever runs it: here as the job itself, in an execution of its own.
    name = az("containerapp", "job", "list", "-g", GROUP, "--query", "[?tags.\"apim-backup\"=='proseware-apim'].name | [0]")
    container = az("containerapp", "job", "show", "-g", GROUP, "-n", name)["properties"]["template"]["containers"][0]
    container["args"] = ["doctor", "proseware-apim"]
    file = azure.folder / "doctor.yaml"
    file.write_text(json.dumps({"containers": [container]}))
    started = az("containerapp", "job", "start", "-g", GROUP, "-n", name, "--yaml", str(file))
    equal(ended(az, name, started["name"])["properties"]["status"], "Succeeded", f"the doctor ({log(azure, started['name'])[-1500:]})")


@check("permissions --format az, Logic App: with the roles of the script a night that is started by hand succeeds")
def _(azure):
    az = administrator(azure)
    inputs = [
        "--host", "logic-app", "--apim-name", "proseware-apim", "--backup-storage-account-name", azure.account,
        "--set", "backups_container=logic-granted", "--set", "assign_roles=false",
    ]
    succeeds(program(azure, "deploy", *inputs, "--yes", "--no-first-backup"))
    workflow = az("resource", "show", "-g", GROUP, "--resource-type", "Microsoft.Logic/workflows", "-n", "logic-apim-backup-proseware-apim")
    apply_roles(azure, az, *inputs)
    equal(
        roles_of(az, workflow["identity"]["principalId"]),
        [("API Management Service Operator Role", "proseware-apim"), ("Storage Blob Data Reader", "logic-granted")],
        "roles of the Logic App",
    )
    succeeds(program(azure, "run", "proseware-apim", "--remote"))
    succeeds(program(azure, "undeploy", "--apim-name", "proseware-apim", "--yes"))


def images():
    """What stands for the images: our own program, and one that does nothing for long."""
    return [{"name": IMAGE, "command": [BACKUP]}, {"name": SLEEPER, "command": ["/bin/sleep", "600"]}]


if __name__ == "__main__":
    proseware = {"name": "proseware-apim", "resourceGroup": GROUP, "tier": "Developer", "systemAssigned": True}
    with running(world(Issuer(), images=images(), instances=[proseware]), "--time-scale", "60") as azure:
        attach(azure)
        check.run(azure)
