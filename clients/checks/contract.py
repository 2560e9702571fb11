"""The specification of backup, restore and service GET, read by schemathesis, which makes up requests from it."""

import json
import os
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
# - positive_data_acceptance, where names are made up: a subscription or service that does not exist is 404 (or 400),
#   and any text is an api-version by the specification. In the narrowed run contract_hooks takes its place, which
#   accepts no refusal but those that it explains.
# - negative_data_rejection, in the narrowed run only: names that are not in the narrowed lists may exist all the
#   same, names match in any case, and properties of a body that Azure does not know are ignored.
# Nulls: the specification gives these properties a type; the real service writes null where it has none, as a
# recorded session of it shows.
# The extract has GET of a service only; Azure also creates, changes and deletes it by the same path.
LEFT_OUT = ["content_type_conformance", "positive_data_acceptance"]
UNLISTED = {"put": "CreateOrUpdate", "patch": "Update", "delete": "Delete"}
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


def completed():
    """The specification, with the methods of a service that the extract leaves out; they are declared, not called."""
    document = json.loads(SPECIFICATION.read_text())
    path = next(each for each in document["paths"] if each.endswith("/service/{serviceName}"))
    get = document["paths"][path]["get"]
    for method, name in UNLISTED.items():
        document["paths"][path][method] = {**get, "operationId": f"ApiManagementService_{name}"}
    return document


def written(azure, document, name):
    file = azure.folder / f"{name}.json"
    file.write_text(json.dumps(document))
    return file


def narrowed(azure, services):
    """The same specification, its free texts narrowed to what exists, so that requests get as far as the service."""
    document = completed()
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
    return written(azure, document, "narrowed")


def conforms(azure, mode, specification=None, left_out=(), hooks=None):
    specification = specification or written(azure, completed(), "completed")
    unlisted = [part for name in UNLISTED.values() for part in ("--exclude-operation-id", f"ApiManagementService_{name}")]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "clients"), **({"SCHEMATHESIS_HOOKS": hooks} if hooks else {})}
    bearer = credential(azure).get_token(f"{azure.manager}/.default").token
    done = subprocess.run(
        [
            sys.executable, "-m", "schemathesis.cli", "run", str(specification), "--url", azure.manager,
            "--tls-verify", azure.bundle, "--header", f"Authorization: Bearer {bearer}", "--mode", mode,
            "--max-examples", "60", "--seed", "1", "--checks", "all",
            "--exclude-checks", ",".join([*LEFT_OUT, *left_out]), "--no-color", "--no-shrink", *unlisted,
        ],
        cwd=azure.folder, env=environment, capture_output=True, text=True, timeout=300,
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
    conforms(azure, "all", narrowed(azure, services), ["negative_data_rejection"], hooks="checks.contract_hooks")
    true(200 in statuses(azure, "GET"), "some service was shown")
    true(202 in statuses(azure, "POST", "/backup"), "some backup was accepted")
    true(202 in statuses(azure, "POST", "/restore"), "some restore was accepted")


@check("no request of those runs was answered with 5xx")
def _(azure):
    seen = statuses(azure)
    true(len(seen) > 300, f"more than 300 calls were recorded, not {len(seen)}")
    equal([status for status in seen if status >= 500], [], "statuses from 500 on")


if __name__ == "__main__":
    with running(world(Issuer(), throttling={"enabled": False}), "--time-scale", "60") as azure:
        attach(azure)
        check.run(azure)
