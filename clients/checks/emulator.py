"""Starts the local Azure for one suite, and stops it."""

import contextlib
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import threading

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("AZURE_EMULATOR", str(ROOT / ".build/debug/azure-emulator"))

# Nothing of the caller's own Azure may reach a client under check.
FOREIGN = ("AZURE_", "ARM_", "IDENTITY_", "MSI_", "IMDS_", "APIM_BACKUP_", "REQUESTS_", "SSL_", "CURL_")
PROXIES = ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")


def clean_environment():
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(FOREIGN) and name not in PROXIES
    }


class Azure:
    """A running local Azure: its ready document, and what its world was made of."""

    def __init__(self, ready, folder, world):
        self.ready = ready
        self.folder = folder
        self.world = world
        self.manager = ready["resourceManager"]
        self.authority = ready["authority"]
        self.tenant = ready["tenantId"]
        self.subscription = ready["subscriptionId"]
        self.environment = ready["environment"]
        self.account = ready["storage"]["account"]
        self.key = ready["storage"]["key"]
        self.blob = ready["storage"]["blobEndpoint"]
        self.blob_http = ready["storage"]["blobEndpointHTTP"]
        self.bundle = self.environment["REQUESTS_CA_BUNDLE"]
        self.group = f"/subscriptions/{self.subscription}/resourceGroups/rg-apim"

    def instance(self, name="contoso-apim"):
        return f"{self.group}/providers/Microsoft.ApiManagement/service/{name}"

    @property
    def account_id(self):
        return f"{self.group}/providers/Microsoft.Storage/storageAccounts/{self.account}"

    def application(self, name):
        """An application of the world: its client id and first secret."""
        return next(each for each in self.world["servicePrincipals"] if each["name"] == name)


@contextlib.contextmanager
def running(world, *options):
    """Serves a world until the block ends; nothing of it is left behind."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="azure-clients-"))
    process = None
    try:
        file = folder / "world.json"
        file.write_text(json.dumps(world, indent=1))
        process = subprocess.Popen(
            [PROGRAM, "--world", str(file), *options],
            stdout=subprocess.PIPE,
            stderr=(folder / "log").open("wb"),
            env={**clean_environment(), "TMPDIR": str(folder)},
            text=True,
        )
        line = first_line(process)
        if not line:
            sys.exit(f"azure-emulator did not start:\n{(folder / 'log').read_text()}")
        yield Azure(json.loads(line), folder, world)
    finally:
        if process:
            status = stop(process)
            if status != 0:
                print(f"FAIL azure-emulator stops cleanly: it ended with {status}", flush=True)
                print((folder / "log").read_text()[-4000:], file=sys.stderr)
        shutil.rmtree(folder, ignore_errors=True)


def first_line(process):
    """The ready line; an emulator that says nothing for half a minute is stopped."""
    timer = threading.Timer(30, process.kill)
    timer.start()
    try:
        return process.stdout.readline()
    finally:
        timer.cancel()


def stop(process):
    process.send_signal(signal.SIGTERM)
    try:
        return process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()
