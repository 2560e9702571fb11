"""A list of checks, run one after the other, with one line for each."""

import sys
import time
import traceback


class Checks:
    """The checks of one suite, in the order in which they were written."""

    def __init__(self):
        self._checks = []

    def __call__(self, name):
        def register(body):
            self._checks.append((name, body))
            return body

        return register

    def run(self, azure):
        """Runs every check, and prints the line that tells the caller that none was lost."""
        for name, body in self._checks:
            started = time.monotonic()
            try:
                body(azure)
            except BaseException as error:  # a client that calls sys.exit() is a failure, not the end
                if isinstance(error, KeyboardInterrupt):
                    raise
                reason = " ".join(str(error).split()) or type(error).__name__
                print(f"FAIL {name}: {type(error).__name__}: {reason[:600]}", flush=True)
                if not isinstance(error, Unexpected):
                    traceback.print_exc(file=sys.stderr)
            else:
                print(f"ok   {name} ({time.monotonic() - started:.1f} s)", flush=True)
        print(f"suite ended after {len(self._checks)} checks", flush=True)


class Unexpected(AssertionError):
    """A client saw something else than Azure would have shown it."""


def equal(actual, expected, what="value"):
    if actual != expected:
        raise Unexpected(f"{what} is {actual!r}, expected {expected!r}")


def true(condition, what):
    if not condition:
        raise Unexpected(what)


def contains(whole, part, what="value"):
    if part not in whole:
        raise Unexpected(f"{what} is {whole!r}, which lacks {part!r}")


def lacks(whole, part, what="value"):
    if part in whole:
        raise Unexpected(f"{what} is {whole!r}, which should lack {part!r}")


def raises(kind, call):
    """The exception of this kind that the call raises; anything else is unexpected."""
    try:
        result = call()
    except kind as error:
        return error
    raise Unexpected(f"{kind} was expected, the answer was {result!r}")


def refused(call, status, code):
    """The SDK's error for a call that Azure refuses with this status and code."""
    from azure.core.exceptions import HttpResponseError

    error = raises(HttpResponseError, call)
    actual = getattr(error, "error_code", None) or (error.error.code if error.error else None)
    equal((error.status_code, getattr(actual, "value", actual)), (status, code), f"refusal '{error.message}'")
    return error
