"""Runs the suites, two at a time, each against a local Azure of its own, and counts their checks."""

import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
SUITES = [
    "cli",
    "sdk_blobs",
    "contract",
    "sdk_management",
    "sdk_contents",
    "sdk_identity",
    "access",
    "rules",
    "jobs",
    "logic",
    "malformed",
    "notices",
    "runbook",
    "footprint",
]


def run(suite):
    """What a suite printed; one that was cut off adds a failure of its own."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", f"checks.{suite}"],
            cwd=HERE,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            timeout=600,
        )
        output, errors = done.stdout, done.stderr
    except subprocess.TimeoutExpired as late:
        output, errors = (late.stdout or b"").decode(), (late.stderr or b"").decode()
    lines = [line for line in output.splitlines() if line.startswith(("ok ", "FAIL "))]
    ended = re.search(r"^suite ended after (\d+) checks$", output, re.MULTILINE)
    if not ended or int(ended[1]) == 0:
        lines.append(f"FAIL the suite {suite} runs to its end: {' '.join(errors.split())[-800:]}")
    return suite, lines, errors


def main():
    wanted = sys.argv[1:] or SUITES
    passed = failed = 0
    with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
        for future in concurrent.futures.as_completed([pool.submit(run, suite) for suite in wanted]):
            suite, lines, errors = future.result()
            print(f"-- {suite}")
            print("\n".join(lines), flush=True)
            bad = sum(line.startswith("FAIL ") for line in lines)
            failed += bad
            passed += len(lines) - bad
            if bad and errors.strip():
                print("\n".join(errors.strip().splitlines()[-40:]), file=sys.stderr)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


sys.exit(main())
