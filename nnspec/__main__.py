"""`python -m nnspec`, which must not run what lies in the current folder."""

import sys

# `-m` puts the current folder first on the path, so that a stranger's yaml.py or *.dist-info
# there would be imported. A console script has no such entry; neither may this.
if not sys.flags.safe_path and sys.path:
    del sys.path[0]

from nnspec.cli import main

if __name__ == "__main__":
    main()
