"""Where the tests of safety find the corpus and the parts that they share."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
