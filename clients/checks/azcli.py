"""Runs Azure's CLI as a person would: the program itself, with an environment, reading what it prints."""

import json
import os
import subprocess

from .emulator import ROOT, clean_environment
from .report import Unexpected, contains

BIN = ROOT / "clients/.venv-cli/bin"


class AzureCLI:
    """One user's CLI: its folder, and the variables that its commands see."""

    def __init__(self, folder, variables):
        folder.mkdir(parents=True, exist_ok=True)
        self.environment = {
            **clean_environment(),
            "PATH": f"{BIN}:{os.environ['PATH']}",
            "AZURE_CORE_COLLECT_TELEMETRY": "0",
            "AZURE_CORE_NO_COLOR": "1",
            "AZURE_CORE_ONLY_SHOW_ERRORS": "1",
            **variables,
            "AZURE_CONFIG_DIR": str(folder),
        }

    def process(self, *arguments):
        return subprocess.run(
            [BIN / "az", *arguments],
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
        )

    def __call__(self, *arguments):
        """The JSON that a command prints; a command that fails is unexpected."""
        done = self.process(*arguments, "--output", "json")
        if done.returncode != 0:
            raise Unexpected(f"az {' '.join(arguments)} ended with {done.returncode}: {done.stderr.strip()}")
        return json.loads(done.stdout) if done.stdout.strip() else None

    def refused(self, code, *arguments, status=1):
        """The words of a command that Azure refuses with this code."""
        done = self.process(*arguments, "--output", "json")
        if done.returncode != status:
            raise Unexpected(f"az {' '.join(arguments)} ended with {done.returncode}: {done.stdout}{done.stderr}")
        contains(done.stderr, code, "what az says")
        return done.stderr
