"""Made-up articles about people who are in no index and bear the name of somebody who is, for `bench/namesakes.py`.

Only the names, and the country in half of the articles, are the extracts'.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from namesake_texts import LANDS, plain_name, rng_of

from kg.model import Article, PartialDate
from kg.wikidata.names import person_name

SETTINGS = ("what they do", "what they do, and the country", "what happened to them, and the country")

_CALLINGS = (
    "school nurse",
    "beekeeper",
    "trombonist",
    "train driver",
    "physics teacher",
    "dog walker",
    "goalkeeper",
    "falconer",
    "paramedic",
    "potter",
    "lighthouse keeper",
    "pastry cook",
    "weather presenter",
    "retired postman",
    "chess player",
    "tax adviser",
    "glass blower",
    "choir leader",
    "marathon runner",
    "tattoo artist",
)
_TOLD = (
    "{name}, a {calling}{where}, found the wallet under a bench and took it to the town hall. {last} wanted no reward.",
    "For the {calling} {name} it was the third prize in a year. “I did not expect it,” {last} said{where}.",
    "{name} has been a {calling} for eleven years. The neighbours{where} know {last} as somebody who is never late.",
    "The jury heard {name}, {age}, a {calling}{where}, who had seen the van turn. {last} was certain of the colour.",
    "“Nobody told us that the kiln was on,” said {name}, who works as a {calling}{where}. {last} lost two fingers.",
)
_HAPPENED = (
    "A tree fell on the car of {name}{where} on Tuesday night. {last} was not hurt; the car is a wreck.",
    "{name} won the regional quiz{where} for the second time. “My aunt taught me the rivers,” {last} said.",
    "The dog that bit {name}{where} had bitten before, the court was told. {last} still limps.",
)


def strangers(rows: Sequence[Mapping[str, Any]], number: int) -> Iterator[tuple[str, str, str, Article]]:
    """QID, folded name, setting and article for `number` people whose name nobody in the extracts shares."""
    count: dict[str, int] = {}
    for row in rows:
        key = person_name(row["label"]).short
        count[key] = count.get(key, 0) + 1
    alone = [row for row in rows if count[key := person_name(row["label"]).short] == 1 and " " in key]
    for row in sorted(alone, key=lambda row: rng_of("stranger", row["qid"]).random())[:number]:
        rng = rng_of("stranger text", row["qid"])
        lands = [LANDS[key] for name in row.get("legislatures") or [] if (key := name.split("/")[0]) in LANDS]
        setting = rng.choice(SETTINGS) if lands else SETTINGS[0]
        land = lands[0] if setting != SETTINGS[0] else None
        key = person_name(row["label"]).short
        yield row["qid"], key, setting, _article(f"{row['qid']}/stranger", plain_name(row["label"]), setting, land, rng)


def _article(key: str, name: str, setting: str, land: tuple[str, str] | None, rng: random.Random) -> Article:
    where = f" in {land[0]}" if land else ""
    told = rng.choice(_HAPPENED if setting == SETTINGS[2] else _TOLD)
    text = told.format(
        name=name, last=name.split(" ")[-1], calling=rng.choice(_CALLINGS), where=where, age=rng.randrange(24, 70)
    )
    if land:
        text += f"\n\nThe {land[1]} newspapers had the story on an inner page."
    year = rng.randrange(1998, 2022)
    published = (
        PartialDate.parse(f"{year}-0{rng.randrange(1, 10)}-1{rng.randrange(10)}") if rng.random() < 0.7 else None
    )
    return Article(key, text, published=published)
