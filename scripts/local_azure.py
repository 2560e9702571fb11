"""The local Azure in its own process on its virtual clock, for scripts that let real daemons work against it."""
import datetime, json, os, subprocess, urllib.request

ACCOUNT = "contosobackups"


def instant(text): return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


class LocalAzure:
    """An emulator whose clock begins at an instant and runs so many times faster than real time.

    `instances` are the world's, each in `rg-apim` with a backup of 90 seconds and the right to write into the account, unless it says
    otherwise; `faults` are rules of its faults file.
    """

    def __init__(self, binary, folder, start, scale, instances, faults=()):
        world = {
            "instances": [{"tier": "Developer", "resourceGroup": "rg-apim", "backupSeconds": 90, **instance} for instance in instances],
            "roleAssignments": [{"principal": f"instance:{instance['name']}", "role": "Storage Blob Data Contributor",
                "scope": f"storageAccount:{ACCOUNT}"} for instance in instances],
            # Nothing of a year may be forgotten.
            "timings": {"retryAfterSeconds": 15, "operationLifetimeSeconds": 31_449_600},
        }
        (folder / "world.json").write_text(json.dumps(world))
        (folder / "faults.json").write_text(json.dumps(list(faults)))
        self.process = subprocess.Popen([binary, "--world", folder / "world.json", "--faults", folder / "faults.json", "--time-scale",
            str(scale), "--virtual-clock", start.strftime("%Y-%m-%dT%H:%M:%SZ")], stdout=subprocess.PIPE, text=True)
        self.ready = json.loads(self.process.stdout.readline())
        # A hundred reads before each backup would take most of the time, and by a faster clock more than they may.
        self.environment = dict(os.environ, **self.ready["environment"], APIM_BACKUP_INVENTORY="off")

    def call(self, path, method="GET"):
        request = urllib.request.Request(f"{self.ready['admin']}/{path}", method=method)
        with urllib.request.urlopen(request, timeout=60) as answer: return json.load(answer)

    def now(self): return instant(self.call("clock")["now"])

    def put_forward_to(self, wanted):
        seconds = int((wanted - self.now()).total_seconds())
        if seconds > 0: self.call(f"clock?advance={seconds}", "POST")

    def backups(self): return [b for b in self.call("_emulator/backups") if b["kind"] == "backup"]

    def stop(self):
        self.process.terminate()
        self.process.wait()
