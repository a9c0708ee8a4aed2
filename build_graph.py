"""The main job: `python build_graph.py INPUT... --out DIR` is `kg build INPUT... --out DIR`."""

from __future__ import annotations

import sys

from kg.cli import main

if __name__ == "__main__":
    sys.exit(main(["build", *sys.argv[1:]]))
