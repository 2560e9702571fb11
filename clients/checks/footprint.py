"""The local Azure starts at once and stays flat; scripts/emulator-measure takes the long measurement."""

from . import load
from .emulator import PROGRAM
from .report import Checks, true

check = Checks()


@check("the fastest of ten starts is ready within 100 ms")
def _(_):
    # Other suites run beside this one: the fastest start is the one that they left alone.
    times = load.starts(PROGRAM, 10)
    true(min(times) <= 100, f"starts took {[round(each) for each in sorted(times)]} ms")


@check("memory after 24,000 mixed requests is within 10 % of that after 12,000")
def _(_):
    first, last, _ = load.growth(PROGRAM, 12_000, 24_000)
    true(last <= first * 1.1, f"memory went from {first:.1f} MB to {last:.1f} MB")


if __name__ == "__main__":
    check.run(None)
