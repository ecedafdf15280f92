"""Everything that is measured, in one run: `python -m tests.benchmarks [--quick]`."""

import argparse
import importlib.metadata
import os
import platform

from tests.benchmarks import google, pages, recognition, validation, workbooks

LIBRARIES = ("pydantic", "pandas", "pyarrow", "pandera", "frictionless", "dataframely", "polars")


def main() -> None:
    """Print what was measured; nothing is asserted, for speed depends on the machine."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="without frictionless on a million rows")
    parser.add_argument("--runs", type=int, default=5, help="how many times each is run (5)")
    chosen = parser.parse_args()
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in LIBRARIES)
    print(f"Python {platform.python_version()} on {os.cpu_count()} processors; {versions}")
    print(
        "\nSeconds of checking the cells, the input ready; then with what it takes to make the input from"
        "\nthe cells of a spreadsheet. Ours gives typed columns and a sentence for each mistake besides;"
        "\npeers give only the cells. All take turns, each in a process of its own."
    )
    validation.report(chosen.runs, quick=chosen.quick)
    workbooks.report(chosen.runs)
    recognition.report(chosen.runs)
    pages.report(chosen.runs)
    google.report(chosen.runs)


if __name__ == "__main__":
    main()
