"""Starts and load for measurements of the local Azure; needs nothing but Python itself."""

import json
import pathlib
import ssl
import subprocess
import tempfile
import threading
import time

from .raw import Connection

# Nothing is refused for its number, and a backup takes two seconds.
WORLD = {"throttling": {"enabled": False}, "timings": {"backupSeconds": 120, "retryAfterSeconds": 60}}
WORKERS = 4


class Program:
    """A running emulator."""

    def __init__(self, program, *options):
        started = time.perf_counter()
        self.process = subprocess.Popen([str(program), *options], stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        self.startup = (time.perf_counter() - started) * 1000
        self.ready = json.loads(line or "{}")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=20)

    @property
    def resident(self):
        """Its resident memory, in megabytes."""
        shown = subprocess.run(["ps", "-o", "rss=", "-p", str(self.process.pid)], capture_output=True, text=True, check=True)
        return int(shown.stdout) / 1024


def starts(program, count, *options):
    """How long so many starts take up to the ready line, in milliseconds."""
    times = []
    for _ in range(count):
        with Program(program, *options) as running:
            times.append(running.startup)
    return times


def token(ready, resource):
    environment = ready["environment"]
    endpoint = environment["IDENTITY_ENDPOINT"]
    path = "/" + endpoint.split("://")[1].partition("/")[2]
    head = f"GET {path}?api-version=2019-08-01&resource={resource} HTTP/1.1\r\nHost: a\r\nX-IDENTITY-HEADER: {environment['IDENTITY_HEADER']}\r\n\r\n"
    return json.loads(Connection(endpoint).exchange(head.encode()).body)["access_token"]


def requests(ready, worker):
    """What one worker sends in turn: pairs of a listener and the bytes, of every kind that backups need."""
    manager = f"Authorization: Bearer {token(ready, ready['resourceManager'])}\r\n"
    storage = f"Authorization: Bearer {token(ready, 'https://storage.azure.com/')}\r\nx-ms-version: 2024-11-04\r\nx-ms-blob-type: BlockBlob\r\n"
    scope = f"/subscriptions/{ready['subscriptionId']}"
    instance = f"{scope}/resourceGroups/rg-apim/providers/Microsoft.ApiManagement/service/contoso-apim"
    account = ready["storage"]["account"]
    blob = f"/{account}/apim-backups/load-{worker}"
    backup = json.dumps({
        "storageAccount": account, "containerName": "apim-backups", "backupName": f"backup-{worker}",
        "accessType": "SystemAssignedManagedIdentity",
    })
    identity = "/" + ready["environment"]["IDENTITY_ENDPOINT"].split("://")[1].partition("/")[2]
    header = f"X-IDENTITY-HEADER: {ready['environment']['IDENTITY_HEADER']}\r\n"
    form = f"grant_type=client_credentials&client_id={ready['servicePrincipal']['clientId']}&client_secret=wrong&scope={ready['resourceManager']}/.default"
    plan = [
        ("manager", "GET", f"{instance}?api-version=2024-05-01", manager, ""),
        ("manager", "GET", f"{scope}/resources?api-version=2021-04-01", manager, ""),
        ("manager", "POST", f"{instance}/backup?api-version=2024-05-01", manager, backup),
        ("manager", "GET", f"{instance}/operationresults/none?api-version=2024-05-01", manager, ""),
        ("manager", "GET", "/subscriptions?api-version=2022-12-01", "Authorization: Bearer a.b.c\r\n", ""),
        ("identity", "GET", f"{identity}?api-version=2019-08-01&resource={ready['resourceManager']}", header, ""),
        ("authority", "POST", f"/{ready['tenantId']}/oauth2/v2.0/token", "", form),
        ("blob", "PUT", blob, storage, "x" * 2000), ("blob", "HEAD", blob, storage, ""), ("blob", "GET", blob, storage, ""),
        ("blob", "PUT", f"{blob}?comp=block&blockid=AAAA", storage, "y" * 1000),
        ("blob", "PUT", f"{blob}?comp=metadata", storage + "x-ms-meta-a: b\r\n", ""),
        ("blob", "GET", f"/{account}/apim-backups?restype=container&comp=list&maxresults=5", storage, ""),
        ("blob", "DELETE", blob, storage, ""), ("blob", "GET", blob, storage, ""),
    ]
    for listener, method, target, fields, body in plan:
        head = f"{method} {target} HTTP/1.1\r\nHost: a\r\n{fields}Content-Length: {len(body)}\r\n\r\n"
        yield listener, head.encode() + body.encode(), method == "HEAD"


class Load:
    """Mixed requests by several workers, each over connections of its own."""

    def __init__(self, ready):
        self.ready = ready
        self.trust = ssl.create_default_context(cafile=ready["caFile"])
        self.trust.check_hostname = False
        self.plans = [list(requests(ready, worker)) for worker in range(WORKERS)]
        self.connections = [self._connections() for _ in range(WORKERS)]
        self.sent = 0
        self.failures = []

    def _connections(self):
        addresses = {
            "manager": self.ready["resourceManager"], "authority": self.ready["authority"],
            "identity": self.ready["environment"]["IDENTITY_ENDPOINT"], "blob": self.ready["blob"],
        }
        return {name: Connection(address, self.trust) for name, address in addresses.items()}

    def send(self, total):
        """Sends until so many requests have gone out; every one must be answered below 500."""
        share = (total - self.sent) // WORKERS
        threads = [threading.Thread(target=self._work, args=(worker, share)) for worker in range(WORKERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.sent += share * WORKERS
        return self.failures

    def _work(self, worker, count):
        plan, connections = self.plans[worker], self.connections[worker]
        for number in range(count):
            listener, request, is_head = plan[number % len(plan)]
            answer = connections[listener].exchange(request, is_head)
            if answer is None or answer.status >= 500:
                self.failures.append((request[:100], answer and answer.status))
                return


def growth(program, first, last):
    """Resident memory after so many requests, and after so many more, in megabytes; and how long they took, in seconds."""
    with tempfile.TemporaryDirectory() as folder:
        world = pathlib.Path(folder) / "world.json"
        world.write_text(json.dumps(WORLD))
        with Program(program, "--world", str(world), "--time-scale", "60") as running:
            load = Load(running.ready)
            began = time.monotonic()
            sizes = []
            for total in (first, last):
                failures = load.send(total)
                if failures:
                    raise RuntimeError(f"not answered, or with 5xx: {failures[0]}")
                sizes.append(running.resident)
            return sizes[0], sizes[1], time.monotonic() - began
