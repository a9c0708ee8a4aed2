"""What the training scripts share: their arguments, the labelled articles, and the digest of the data."""

from __future__ import annotations

import argparse
import hashlib
import sys
from pathlib import Path
from typing import Any

from kg.ingest.boilerplate import boilerplate_spans
from kg.model import Article


def arguments_of(about: str | None) -> argparse.Namespace:
    """LABELLED_FOLDER, SCORER_FOLDER and OUT; the scorer's modules can be imported afterwards."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labelled", type=Path)
    parser.add_argument("scorer", type=Path)
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    sys.path.insert(0, str(arguments.scorer))
    return arguments


def read_labelled(folder: Path) -> tuple[dict[str, Any], list[Article]]:
    """The scorer's labelled articles by id, and the same as input of the program."""
    import gold  # the scorer's reader

    labelled = {article.id: article for article in gold.load("claims", folder, None)}
    articles = [Article(a.id, a.text, boilerplate=boilerplate_spans(a.text, None)) for a in labelled.values()]
    return labelled, articles


def digest(folder: Path) -> str:
    """SHA-256 over the names and bytes of the labelled files."""
    total = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        if path.suffix in (".txt", ".json"):
            total.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()
