"""What the program prints for a person to run with Azure's CLI: the page for the day itself, and what mends a doctor's finding."""

import json
import re
import subprocess
import time
import urllib.request

from .azcli import AzureCLI
from .emulator import running
from .jobs import by_secret, program, succeeds
from .report import Checks, Unexpected, contains, equal, true
from .sdk import attach
from .world import Issuer, world

check = Checks()
ACCOUNT = ["--storage-account", "contosobackups"]
users = {}


def administrator(azure):
    if "az" not in users:
        variables = {key: value for key, value in azure.environment.items() if not key.startswith("IDENTITY_")}
        az = AzureCLI(azure.folder / "az-runbook", variables)
        az("cloud", "set", "--name", "LocalAzure")
        az("login", "--service-principal", *by_secret(azure))
        users["az"] = az
    return users["az"]


def blocks(azure):
    """The commands of the page's blocks, in order."""
    page = succeeds(program(azure, "runbook", "contoso-apim", *ACCOUNT))
    return [block.strip().splitlines() for block in re.findall(r"```sh\n(.*?)```", page, re.DOTALL)]


def shell(azure, command):
    """Runs a command as it stands, as the administrator; who logs in is the only thing that differs."""
    if command.startswith(("az storage blob", "az storage container")):
        # An account of the local Azure has no host name of its own.
        account = re.search(r"--account-name (\S+)", command)[1]
        endpoint = azure.blob.replace(azure.account, account)
        command = command.replace("--auth-mode login", f"--auth-mode login --blob-endpoint {endpoint}")
    return subprocess.run(
        ["sh", "-c", command], env=administrator(azure).environment, stdin=subprocess.DEVNULL, capture_output=True, text=True,
        timeout=120,
    )


def run(azure, commands):
    """Runs Azure's own commands of a block, and returns what they print."""
    printed = []
    for command in commands:
        if command == "az login":
            continue
        true(command.startswith("az "), f"'{command}' is none of Azure's CLI")
        done = shell(azure, command)
        if done.returncode != 0:
            raise Unexpected(f"{command} ended with {done.returncode}: {done.stderr[-800:]}")
        printed.append(done.stdout)
    return printed


def state(azure):
    name = ["--name", "contoso-apim", "--resource-group", "rg-apim"]
    shown = administrator(azure).process("apim", "show", *name, "--query", "provisioningState", "-o", "tsv")
    return shown.stdout.strip()


def settled(azure, wanted="Succeeded"):
    limit = time.monotonic() + 90
    while time.monotonic() < limit:
        if state(azure) == wanted:
            return
        time.sleep(0.5)
    raise Unexpected(f"contoso-apim is {state(azure)!r}, not {wanted}")


def restores(azure):
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(f"{azure.ready['admin']}/_emulator/backups") as answer:
        document = json.load(answer)
    listed = document if isinstance(document, list) else next(each for each in document.values() if isinstance(each, list))
    return [each for each in listed if each["kind"] == "restore"]


@check("runbook: its commands for Azure's CLI restore a backup as they stand, with nothing of ours")
def _(azure):
    succeeds(program(azure, "run", "contoso-apim", *ACCOUNT))
    users["page"] = blocks(azure)
    plain = next(block for block in users["page"] if any("/restore?" in line for line in block))
    printed = run(azure, plain)
    contains(printed[0], "Developer", "the tier")
    contains(printed[1], "contoso-apim-", "the list of backups")
    settled(azure)
    equal(len(restores(azure)), 1, "restores")


@check("runbook: its command for the role gives it")
def _(azure):
    role = next(block for block in users["page"] if block[0].startswith("az role assignment create"))
    run(azure, role)


@check("runbook: the page that was made before the instance was deleted brings it back")
def _(azure):
    administrator(azure)("apim", "delete", "-g", "rg-apim", "-n", "contoso-apim", "--yes")
    time.sleep(1.1)  # Azure's first minute, in which nothing is recovered
    printed = run(azure, users["page"][0])
    contains(printed[0], "contoso-apim", "deleted instances")
    settled(azure)


@check("doctor: Azure's CLI takes each of its commands as it stands")
def _(azure):
    found = json.loads(program(azure, "doctor", "broken-apim", "--storage-account", "brokenbackups", "--format", "json").stdout)
    remedies = [each for each in found[0]["findings"] if each.get("remedy", "").startswith(("az ", "ID="))]
    true(len(remedies) >= 9, f"there are commands for {[each['check'] for each in remedies]} only")
    for each in remedies:
        done = shell(azure, each["remedy"])
        # What the local Azure cannot do is told by Azure's code; 2 says that the CLI did not understand the command.
        wrong = done.returncode == 2 or "unrecognized" in done.stderr or "syntax error" in done.stderr
        true(not wrong, f"the command of {each['check']} is not taken: {each['remedy']}: {done.stderr[-500:]}")


def broken():
    """A world in which much is wrong."""
    rule = {
        "name": "tidy", "enabled": True, "type": "Lifecycle",
        "definition": {
            "filters": {"blobTypes": ["blockBlob"], "prefixMatch": ["apim-backups/"]},
            "actions": {"baseBlob": {"delete": {"daysAfterModificationGreaterThan": 7}}},
        },
    }
    account = {
        "name": "brokenbackups", "resourceGroup": "rg-apim", "corsMethods": ["GET"], "firewallDefaultDeny": True,
        "trustedServicesBypass": False, "firewallAdmitsCallers": True, "allowBlobPublicAccess": True,
        "lifecycleRules": [rule], "containers": [{"name": "apim-backups", "publicAccess": "blob"}],
    }
    return {
        "instances": [{"name": "broken-apim", "resourceGroup": "rg-apim", "tier": "Developer", "systemAssigned": False, "state": "Failed"}],
        "storageAccounts": [account],
        "locks": [{"name": "frozen", "scope": "instance:broken-apim", "level": "ReadOnly"}],
    }


if __name__ == "__main__":
    changes = broken()
    with running(world(Issuer(), **changes), "--time-scale", "60") as azure:
        attach(azure)
        check.run(azure)
