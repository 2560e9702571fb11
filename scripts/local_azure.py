"""The local Azure in its own process on its virtual clock, for scripts that let real daemons work against it."""
import datetime, json, os, re, ssl, subprocess, urllib.request

ACCOUNT = "contosobackups"


def instant(text): return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


def wanted_name(blob):
    """The name that a backup was to have: where it stayed open whether a POST had come to something, the next one has another name."""
    return re.sub(r"-\d+(?=\.apimbackup$)", "", blob)


class LocalAzure:
    """An emulator whose clock begins at an instant and runs so many times faster than real time.

    `instances` are the world's, each in `rg-apim` with a backup of 90 seconds and the right to write into the account, unless it says
    otherwise; `faults` are rules of its faults file, `roles` further assignments of roles;
    `inventory` is the setting of that name.
    """

    def __init__(self, binary, folder, start, scale, instances, faults=(), roles=(), inventory="off"):
        world = {
            "instances": [{"tier": "Developer", "resourceGroup": "rg-apim", "backupSeconds": 90, **instance} for instance in instances],
            "roleAssignments": [{"principal": f"instance:{instance['name']}", "role": "Storage Blob Data Contributor",
                "scope": f"storageAccount:{ACCOUNT}"} for instance in instances] + list(roles),
            # Nothing of a year may be forgotten.
            "timings": {"retryAfterSeconds": 15, "operationLifetimeSeconds": 31_449_600},
        }
        (folder / "world.json").write_text(json.dumps(world))
        (folder / "faults.json").write_text(json.dumps(list(faults)))
        self.process = subprocess.Popen([binary, "--world", folder / "world.json", "--faults", folder / "faults.json", "--time-scale",
            str(scale), "--virtual-clock", start.strftime("%Y-%m-%dT%H:%M:%SZ")], stdout=subprocess.PIPE, text=True)
        self.ready = json.loads(self.process.stdout.readline())
        # A hundred reads before each backup would take most of the time, and by a faster clock more than they may.
        self.environment = dict(os.environ, **self.ready["environment"], APIM_BACKUP_INVENTORY=inventory)

    def call(self, path, method="GET"):
        request = urllib.request.Request(f"{self.ready['admin']}/{path}", method=method)
        with urllib.request.urlopen(request, timeout=60) as answer: return json.load(answer)

    def manage(self, method, path, version, body=None):
        """Calls the Resource Manager as the machine's identity."""
        environment, resource = self.ready["environment"], self.ready["resourceManager"]
        context = ssl.create_default_context(cafile=self.ready["caFile"])
        url = f"{environment['IDENTITY_ENDPOINT']}?api-version=2019-08-01&resource={resource}"
        request = urllib.request.Request(url, headers={"X-IDENTITY-HEADER": environment["IDENTITY_HEADER"]})
        with urllib.request.urlopen(request, context=context) as answer: token = json.load(answer)["access_token"]
        request = urllib.request.Request(f"{resource}{path}?api-version={version}", data=body and json.dumps(body).encode(), method=method,
            headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"})
        with urllib.request.urlopen(request, context=context) as answer: return json.loads(answer.read() or "null")

    def now(self): return instant(self.call("clock")["now"])

    def put_forward_to(self, wanted):
        seconds = int((wanted - self.now()).total_seconds())
        if seconds > 0: self.call(f"clock?advance={seconds}", "POST")

    def backups(self): return [b for b in self.call("_emulator/backups") if b["kind"] == "backup"]

    def last_request(self):
        """When the last call came that was not for a token, by the virtual clock, and which it was."""
        calls = [call for call in self.call("_emulator/requests?last=200") if call["host"] in ("blob", "resourceManager")]
        return (calls[-1]["at"], calls[-1]["path"]) if calls else None

    def stop(self):
        self.process.terminate()
        self.process.wait()
