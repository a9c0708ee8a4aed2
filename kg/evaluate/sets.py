"""The labelled sets that can be measured: their files, their figures, and how a caller names them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kg.errors import UsageError
from kg.query.suggest import did_you_mean


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of labelled set.

    `split` is the toolkit's default. `files` are patterns below the data folder that hold the texts and labels of a
    split; the first must find something. `shown` are the figures of the table: `<tally>.<p, r or f1>`, or a rate.
    `gated` are those of them that should have a floor.
    """

    name: str
    split: str
    files: tuple[str, ...]
    shown: tuple[str, ...]
    gated: tuple[str, ...]


_RELATIONS = (
    *("memberOf", "accuses", "appearedOn", "criticizes", "supports", "denies", "holdsPosition", "worksFor"),
    "hostile",
)
_FACTS = ("POLITICAL_AFFILIATION", "EMPLOYEE_OR_MEMBER_OF", "SPOUSE", "CHILD_OF", "EDUCATED_AT")
_EVEN = "evenness"
"""The smaller of the two genders' F1 divided by the larger, so that it can have a floor."""

KINDS = {
    kind.name: kind
    for kind in (
        Kind(
            "claims",
            "dev",
            ("*.json", "*.txt", "{split}_gold/*.json", "{split}/*.txt"),
            (
                *("core.f1", "core.p", "core.r", "all.f1", "all.p", "all.r", "hostile.p", "accuses.p"),
                *(f"{relation}.f1" for relation in _RELATIONS),
                *("evidence_overlap", "modality_accuracy"),
            ),
            (
                *("core.f1", "core.p", "all.f1", "all.p", "all.r", "hostile.f1", "hostile.p", "accuses.p"),
                *(f"{relation}.f1" for relation in ("memberOf", "accuses", "appearedOn", "holdsPosition")),
                *("evidence_overlap", "modality_accuracy"),
            ),
        ),
        Kind(
            "gap",
            "development",
            ("gap-{split}.tsv",),
            ("overall.f1", "overall.p", "overall.r", "masculine.f1", "feminine.f1", "bias", _EVEN),
            ("overall.f1", _EVEN),
        ),
        Kind(
            "coref",
            "dev",
            ("splits.md", "coref/**/*.conll*"),
            ("named.conll", "named.muc.f1", "named.b3.f1", "named.ceaf.f1", "any.conll"),
            ("named.conll",),
        ),
        Kind(
            "polnear",
            "dev",
            ("{split}/attributions/*.ann", "{split}/text/*.txt"),
            (
                *("attribution.p", "attribution.r", "source.f1", "content_overlap", "content_exact"),
                *("quoted_attribution.f1", "quoted_source.f1", "quoted_content_overlap"),
            ),
            ("attribution.r", "source.f1", "content_overlap", "quoted_attribution.f1", "quoted_source.f1"),
        ),
        Kind(
            "knowledgenet",
            "dev_f4",
            ("{split}.json",),
            ("text.f1", "text.p", "text.r", *(f"text.{fact}.f1" for fact in _FACTS), "link.f1", "link.p"),
            ("text.f1",),
        ),
        Kind(
            "seesaw",
            "valid",
            ("{split}.flat.jsonl",),
            ("NEG_person.p", "NEG_person.r", "NEG.p", "NEG.r", "POS_person.p", "POS_person.r", "direction_person"),
            ("NEG_person.p", "NEG_person.r", "POS_person.p", "direction_person"),
        ),
        Kind(
            "linking",
            "news-fair",
            ("{split}.benchmark.jsonl",),
            ("person.p", "person.r", "person.f1", "all.p", "all.f1", "named.p", "in_kb_recall", "in_kb_accuracy"),
            ("person.p", "all.p", "in_kb_recall", "in_kb_accuracy"),
        ),
    )
}
"""Every kind by name; what the figures mean is the toolkit's to say."""

_LAYOUT = (
    ("claims", "gold", None),
    ("claims", "seed", None),
    ("gap", "data/gap", "validation"),
    ("coref", "data/gum", "dev"),
    ("polnear", "data/polnear", "dev"),
    ("knowledgenet", "data/knowledgenet", "dev_f4"),
    ("knowledgenet", "data/knowledgenet", "train_f123"),
    ("seesaw", "data/seesaw", "valid"),
    ("linking", "data/elevant/benchmarks", "news-fair"),
    ("linking", "data/elevant", "news-fair"),
)
"""Kind, place and split of each set in a folder that holds all of them; what is not there is left out."""


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """One set to measure: a kind, its data folder, and a split (None: the kind's own)."""

    kind: Kind
    folder: Path
    given_split: str | None = None

    @property
    def split(self) -> str:
        """The split that is read."""
        return self.given_split or self.kind.split

    @property
    def label(self) -> str:
        """What tables and floors call it: `claims:<folder>`, else `<kind>:<split>`."""
        if self.kind.name != "claims":
            return f"{self.kind.name}:{self.split}"
        name = self.folder.resolve().name
        return f"claims:{name}" if self.given_split is None else f"claims:{name}@{self.given_split}"

    def files(self) -> list[Path]:
        """The files that hold its texts and labels, sorted."""
        patterns = [pattern.format(split=self.split) for pattern in self.kind.files]
        return sorted({path for pattern in patterns for path in self.folder.glob(pattern) if path.is_file()})

    def is_there(self) -> bool:
        """Whether the data folder holds the split."""
        first = self.kind.files[0].format(split=self.split)
        folded = self.kind.name == "claims" and any(self.folder.glob(f"{self.split}_gold/*.json"))
        return folded or any(self.folder.glob(first))

    def digest(self) -> str:
        """Names texts and labels, so that floors hold for the data they were measured on."""
        total = hashlib.sha256()
        for path in self.files():
            name = path.relative_to(self.folder).as_posix()
            total.update(name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
        return total.hexdigest()[:16]


def parse_set(text: str) -> LabelledSet:
    """The set that `KIND=FOLDER` or `KIND=FOLDER@SPLIT` names; UsageError where there is no such thing."""
    name, sign, place = text.partition("=")
    if not sign or not place:
        raise UsageError(f"--set {text!r} is not KIND=FOLDER; write for instance --set gap=data/gap@validation")
    kind = KINDS.get(name)
    if kind is None:
        hint = did_you_mean(name, KINDS) or f"; the kinds are {', '.join(KINDS)}"
        raise UsageError(f"unknown kind of set {name!r}{hint}")
    folder, split = Path(place), None
    if not folder.exists() and "@" in folder.name:
        before, _, split = place.rpartition("@")
        folder = Path(before)
    return _checked(LabelledSet(kind, folder, split or None))


def find_sets(shared: Path, only: Iterable[str] = ()) -> tuple[LabelledSet, ...]:
    """Every set that the folder holds in its usual place, `only` those kinds or labels where some are given.

    UsageError where the folder is missing, holds none, or lacks one that is asked for.
    """
    if not shared.is_dir():
        raise UsageError(f"{str(shared)!r} is no folder; name the folder that holds the labelled sets, or use --set")
    found: dict[str, LabelledSet] = {}
    for name, place, split in _LAYOUT:
        one = LabelledSet(KINDS[name], shared / place, split)
        if one.is_there():
            found.setdefault(one.label, one)
    if not found:
        places = ", ".join(dict.fromkeys(place for _, place, _ in _LAYOUT))
        raise UsageError(f"{str(shared)!r} holds no labelled set; looked for {places}; name the folders with --set")
    wanted = list(only)
    for name in wanted:
        if not any(name in (one.label, one.kind.name) for one in found.values()):
            hint = did_you_mean(name, [*found, *(one.kind.name for one in found.values())])
            raise UsageError(f"{str(shared)!r} holds no set {name!r}{hint}; there are {', '.join(found)}")
    return tuple(one for one in found.values() if not wanted or {one.label, one.kind.name} & set(wanted))


def distinct(sets: Iterable[LabelledSet]) -> tuple[LabelledSet, ...]:
    """The sets; UsageError where two would have one label."""
    found: dict[str, LabelledSet] = {}
    for one in sets:
        if one.label in found:
            raise UsageError(f"two sets are called {one.label!r}; measure them one after the other")
        found[one.label] = one
    return tuple(found.values())


def _checked(one: LabelledSet) -> LabelledSet:
    if not one.folder.is_dir():
        raise UsageError(f"the data folder {str(one.folder)!r} of set {one.kind.name!r} is missing; name another")
    if not one.is_there():
        wanted = one.kind.files[0].format(split=one.split)
        before, after = one.kind.files[0].split("{split}", 1) if "{split}" in one.kind.files[0] else (wanted, "")
        there = sorted(
            path.relative_to(one.folder).as_posix().removeprefix(before).removesuffix(after)
            for path in one.folder.glob(f"{before}*{after}")
            if "*" not in after
        )
        hint = f"; there are the splits {', '.join(there)}: write {one.kind.name}=FOLDER@SPLIT" if there else ""
        raise UsageError(
            f"the folder {str(one.folder)!r} holds no {wanted!r}, which a set of kind {one.kind.name!r} needs{hint}"
        )
    return one
