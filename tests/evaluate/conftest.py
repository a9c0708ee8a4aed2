"""A small scoring toolkit and invented labelled articles, so that `kg eval` can be tried where no real ones are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

COMMON = """
import json

class Tally:
    def __init__(self, hit=0, pred=0, gold=0):
        self.hit_pred = self.hit_gold = hit
        self.n_pred, self.n_gold = pred, gold

class Article:
    def __init__(self, id, text, gold):
        self.id, self.text, self.gold = id, text, gold

def read_annotations(path, texts):
    found = {}
    for line in open(path, encoding="utf-8"):
        row = json.loads(line)
        names = {e["id"]: e["name"] for e in row["entities"]}
        found[row["article"]["id"]] = {
            (c["relation"], names[c["subject"]], names.get(c["object"])) for c in row["claims"]
        }
    return {name: found.get(name, set()) for name in texts}
"""
GOLD = """
import json
from common import Article

def load(name, data, split=None):
    return [
        Article(path.stem, path.with_suffix(".txt").read_text(encoding="utf-8"),
                {tuple(c) for c in json.loads(path.read_text(encoding="utf-8"))})
        for path in sorted(data.glob("*.json"))
    ]
"""
INPUTS = """
import json, sys
from pathlib import Path
from gold import load

with open(sys.argv[3], "w", encoding="utf-8") as out:
    for article in load(sys.argv[1], Path(sys.argv[2])):
        out.write(json.dumps({"id": article.id, "text": article.text}) + "\\n")
"""
SCORE = """
import json, sys
from pathlib import Path
from common import Tally, read_annotations
from gold import load

def score_claims(articles, outputs, _):
    figures = {}
    for name in ("accuses", "memberOf", "all"):
        hit = pred = gold = 0
        for article in articles:
            want, got = ({c for c in claims if name in (c[0], "all") and c[0] in ("accuses", "memberOf")}
                         for claims in (article.gold, outputs[article.id]))
            hit, pred, gold = hit + len(want & got), pred + len(got), gold + len(want)
        figures[name] = Tally(hit, pred, gold)
    return figures

SCORERS = {"claims": score_claims}

if __name__ == "__main__":
    articles = load(sys.argv[1], Path(sys.argv[2]))
    outputs = read_annotations(sys.argv[3], {a.id: a.text for a in articles})
    row = {"set": "claims", "articles": len(articles)}
    for name, t in score_claims(articles, outputs, ()).items():
        p, r = t.hit_pred / max(t.n_pred, 1), t.hit_gold / max(t.n_gold, 1)
        f1 = 2 * p * r / (p + r) if p + r else 0.0
        row[name] = {"p": round(p, 4), "r": round(r, 4), "f1": round(f1, 4), "pred": t.n_pred, "gold": t.n_gold}
    print("a table")
    print(json.dumps(row))
"""

ARTICLES = {
    "a": ("Labour MP Ada Example accused Bertram Sample of lying.", [["accuses", "Ada Example", "Bertram Sample"]]),
    "b": ("Cora Testwell accused Ada Example of fraud.", [["accuses", "Cora Testwell", "Ada Example"]]),
    "c": ("Nothing at all happened to Dora Placeholder.", [["accuses", "Dora Placeholder", "Ada Example"]]),
}


@pytest.fixture
def toolkit(tmp_path: Path) -> Path:
    """The folder of a toolkit that knows one kind of set."""
    folder = tmp_path / "shared" / "score"
    folder.mkdir(parents=True)
    for name, text in (("common", COMMON), ("gold", GOLD), ("inputs", INPUTS), ("score", SCORE)):
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def labelled(toolkit: Path) -> Path:
    """Three labelled articles in the usual place beside the toolkit; one label cannot be found."""
    folder = toolkit.parent / "gold"
    folder.mkdir()
    for name, (text, claims) in ARTICLES.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        (folder / f"{name}.json").write_text(json.dumps(claims), encoding="utf-8")
    return folder
