"""Where ontology/ and queries/ are: beside the package in a checkout, inside it in an installed wheel."""

from __future__ import annotations

from pathlib import Path

from kg.errors import OntologyError


def shipped(folder: str) -> Path:
    """The folder `ontology` or `queries` that belongs to this copy of the package; OntologyError when missing."""
    package = Path(__file__).resolve().parent
    for place in (package / "shipped" / folder, package.parent / folder):
        if place.is_dir():
            return place
    raise OntologyError(f"the folder {folder!r} is missing from this installation; install public-figures-kg again")
