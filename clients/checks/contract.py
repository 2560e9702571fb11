"""The specification of backup, restore and service GET, read by schemathesis, which makes up requests from it."""

import json
import re
import subprocess
import sys

import requests

from .emulator import ROOT, running
from .report import Checks, Unexpected, equal, true
from .sdk import attach, credential
from .world import Issuer, world

check = Checks()
SPECIFICATION = ROOT / "clients/fixtures/apim-backup.swagger-extract.json"

# What is left out, and why:
# - content_type_conformance: the 202 of a long-running operation has no body, so it names no type of one.
# - positive_data_acceptance: the specification takes any text as api-version, any name of an account, and a body
#   without the key or client id that its accessType needs; Azure refuses these with 400.
# - unsupported_method: Azure looks at the version before the method, so that a TRACE with version '0' is 400, not 405.
# - negative_data_rejection, in the narrowed runs only: names that are not in the narrowed lists may exist all the
#   same, names match in any case, and properties of a body that Azure does not know are ignored.
# Nulls: the specification gives these properties a type; the real service writes null where it has none, as a
# recorded session of it shows.
LEFT_OUT = ["content_type_conformance", "positive_data_acceptance", "unsupported_method"]
NULLS = {
    "additionalLocations", "certificates", "minApiVersion", "principalId", "privateEndpointConnections",
    "privateIPAddresses", "publicIpAddressId", "virtualNetworkConfiguration", "zones",
}


def allow_nulls(schema):
    """Marks the properties that Azure writes as null, however deep they are."""
    for name, part in schema.get("properties", {}).items():
        if name in NULLS:
            part["x-nullable"] = True
        allow_nulls(part)


def narrowed(azure, services):
    """The same specification, its free texts narrowed to what exists, so that requests get as far as the service."""
    document = json.loads(SPECIFICATION.read_text())
    values = {
        "subscriptionId": [azure.subscription], "resourceGroupName": ["rg-apim"], "serviceName": services,
        "api-version": ["2024-05-01", "2022-08-01"],
    }
    for path in document["paths"].values():
        for operation in path.values():
            for parameter in operation["parameters"]:
                if parameter["name"] in values:
                    parameter["enum"] = values[parameter["name"]]
                    parameter.pop("pattern", None)
    body = document["definitions"]["ApiManagementServiceBackupRestoreParameters"]["properties"]
    body["storageAccount"]["enum"] = [azure.account]
    body["containerName"]["enum"] = ["apim-backups"]
    body["backupName"]["enum"] = ["first.apimbackup", "second.apimbackup"]
    for definition in document["definitions"].values():
        allow_nulls(definition)
    file = azure.folder / f"narrowed-{services[0]}.json"
    file.write_text(json.dumps(document))
    return file


def conforms(azure, mode, specification=SPECIFICATION, left_out=()):
    bearer = credential(azure).get_token(f"{azure.manager}/.default").token
    done = subprocess.run(
        [
            sys.executable, "-m", "schemathesis.cli", "run", str(specification), "--url", azure.manager,
            "--tls-verify", azure.bundle, "--header", f"Authorization: Bearer {bearer}", "--mode", mode,
            "--max-examples", "60", "--seed", "1", "--checks", "all",
            "--exclude-checks", ",".join([*LEFT_OUT, *left_out]), "--no-color", "--no-shrink",
        ],
        cwd=azure.folder, capture_output=True, text=True, timeout=300,
    )
    if done.returncode != 0:
        raise Unexpected(f"schemathesis ended with {done.returncode}: {done.stdout[-3500:]} {done.stderr[-500:]}")
    counted = re.search(r"(\d+) generated", done.stdout)
    true(counted and int(counted[1]) >= 50, f"schemathesis tried 50 cases or more: {done.stdout[-600:]}")


def statuses(azure, method="", path=""):
    calls = requests.get(f"{azure.ready['admin']}/_emulator/requests", timeout=10).json()
    return [call["status"] for call in calls if call["method"].startswith(method) and call["path"].split("?")[0].endswith(path)]


@check("the specification, with requests that keep to it")
def _(azure):
    conforms(azure, "positive")


@check("the specification, with requests that break it")
def _(azure):
    conforms(azure, "negative")


@check("the specification, with both in one run")
def _(azure):
    conforms(azure, "all")


@check("the specification narrowed to what exists: services are shown, operations accepted, in the form it says")
def _(azure):
    # Not tailwind-apim: tiers of version 2 are newer than the list of tiers in this extract, which is of 2022-08-01.
    services = ["contoso-apim", "contoso-standby", "fabrikam-apim", "northwind-apim"]
    conforms(azure, "all", narrowed(azure, services), ["negative_data_rejection"])
    true(200 in statuses(azure, "GET"), "some service was shown")
    true(202 in statuses(azure, "POST", "/backup"), "some backup was accepted")
    true(202 in statuses(azure, "POST", "/restore"), "some restore was accepted")


@check("no request of those runs was answered with 5xx")
def _(azure):
    seen = statuses(azure)
    true(len(seen) > 300, f"more than 300 calls were recorded, not {len(seen)}")
    equal([status for status in seen if status >= 500], [], "statuses from 500 on")


if __name__ == "__main__":
    with running(world(Issuer()), "--time-scale", "60") as azure:
        attach(azure)
        check.run(azure)
