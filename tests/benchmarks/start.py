"""Time what it costs to start: importing nnspec against importing NumPy, and whole commands.

python tests/benchmarks/start.py
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

TURNS = 15
PROGRAMS = {
    "python": ["-c", "pass"],
    "import numpy": ["-c", "import numpy"],
    "import nnspec": ["-c", "import nnspec"],
    "import numpy, nnspec": ["-c", "import numpy, nnspec"],
    "import click": ["-c", "import click"],
    "nnspec --version": ["-m", "nnspec", "--version"],
    "nnspec run textbook": ["-m", "nnspec", "run", "specs/textbook.yaml", "[1.0, 0.5]"],
    "nnspec validate specs": ["-m", "nnspec", "validate", "specs"],
}

if __name__ == "__main__":
    times = {name: [] for name in PROGRAMS}
    for _ in range(TURNS):
        for name, arguments in PROGRAMS.items():
            start = time.perf_counter()
            subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
            times[name].append(time.perf_counter() - start)
    median = {name: statistics.median(turns) * 1e3 for name, turns in times.items()}
    for name, value in median.items():
        print(f"{name:24} {value:7.1f} ms")
    cost = (median["import nnspec"] - median["python"]) / (
        median["import numpy"] - median["python"]
    )
    both = (median["import numpy, nnspec"] - median["python"]) / (
        median["import numpy"] - median["python"]
    )
    print(f"import nnspec costs {cost:.2f} of import numpy; both together {both:.2f}")
