"""Third-person pronouns: which person named nearby each one means, by a learnt ranker over readable features."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import islice

from spacy.tokens import Doc, Token

from kg.model import EntityType, MentionKind
from kg.nlp.directions import load_genders
from kg.nlp.lexicon import Lexicon
from kg.nlp.pronoun_features import REFLEXIVES, Seen, add_any, clause_of, compare, of_following, of_nearest, role_of
from kg.nlp.ranker import NOBODY, Chooser, Features
from kg.nlp.reading import Cluster, TokenMention

_REACH = 4
"""How many sentences back a pronoun looks."""
_FAR = 400
"""How many tokens back it looks at most, however long the sentences are."""
_AHEAD = 30
"""How many tokens ahead it looks, within its sentence."""
_MOST = 12
"""Between how many persons it chooses at most."""
_ENDS = 60
"""How many dependents of its verb are looked at."""
_DEEP = 20
"""How far up the tree its verb is followed."""
_NO_ENTITY = frozenset(["attr", "appos", "compound", "oprd", "nmod", "npadvmod"])
_NOUNS_BACK = 3
"""How many nouns for a human being are remembered."""


class PronounResolver:
    """Keeps the persons seen so far, and gives every pronoun its candidates with their features."""

    def __init__(
        self,
        doc: Doc,
        clusters: Sequence[Cluster],
        names: Sequence[TokenMention],
        sentence_of: Sequence[int],
        inside: Sequence[int],
        choose: Chooser,
        lexicon: Lexicon,
    ) -> None:
        self._doc = doc
        self._lexicon = lexicon
        self._sentence_of = sentence_of
        self._inside = inside
        self._choose = choose
        people = [m for m in names if clusters[m.cluster].type is EntityType.PERSON]
        self._named = {mention.end - 1: mention.cluster for mention in names}
        self._people = {mention.end - 1: mention.cluster for mention in people}
        self._total = Counter(mention.cluster for mention in people)
        self._main = self._total.most_common(1)[0][1] if people else 0
        self._first = people[0].cluster if people else NOBODY
        self._gender = {i: c.gender for i, c in enumerate(clusters) if c.type is EntityType.PERSON and c.gender}
        self._sure = {i for i in self._gender if " " in clusters[i].name}
        self._sure |= {m.cluster for m in people if m.title and m.cluster in self._gender}
        self._seen: list[Seen] = []
        self._counts: Counter[int] = Counter()
        self._last_of: dict[str, int] = {}
        self._voices: dict[int, str] = {}
        self._looks = self._gender_by_vector(people)
        self._nouns: list[Token] = []
        self._nearest: dict[int, int] = {}

    def _gender_by_vector(self, people: Sequence[TokenMention]) -> dict[int, tuple[str, float]]:
        """For persons of untold gender how female the first word of their fullest name looks, and how full it is."""
        direction = load_genders(self._doc.lang_)
        if direction is None or not direction.fits(self._doc):
            return {}
        fullest: dict[int, TokenMention] = {}
        for mention in people:
            known = fullest.get(mention.cluster)
            if mention.cluster not in self._sure and (
                known is None or mention.end - mention.start > known.end - known.start
            ):
                fullest[mention.cluster] = mention
        looks = {}
        for cluster, mention in fullest.items():
            score = direction.of(self._doc[mention.start])
            if score is not None:
                looks[cluster] = ("full" if mention.end - mention.start > 1 else "lone", min(max(score, -4), 4) / 4)
        return looks

    def see(self, mention: TokenMention, token: Token) -> None:
        """Remember a mention of a person whose head is the token."""
        sentence = self._sentence_of[token.i]
        first = not self._seen or self._seen[-1].sentence != sentence
        shape = mention.kind.value
        if mention.kind is MentionKind.NAME:
            shape = "full" if mention.end - mention.start > 1 else "short"
        self._seen.append(Seen(mention.cluster, token.i, sentence, role_of(token), shape, first))
        self._counts[mention.cluster] += 1

    def see_noun(self, token: Token) -> None:
        """Remember a noun for somebody whom the article does not name."""
        if token.dep_ not in _NO_ENTITY:
            self._nouns.append(token)

    def antecedent(self, token: Token, gender: str) -> int | None:
        """The person whom a third-person pronoun means, None where that is not clear enough."""
        candidates = self.candidates(token, gender)
        if len(candidates) < 2:
            return None
        best = self._choose(token, candidates)
        if best is not None:
            self._last_of[gender] = best
            self._voices.setdefault(best, gender)
        return best

    def candidates(self, token: Token, gender: str) -> dict[int, Features]:
        """Every person whom the pronoun may mean, and NOBODY, with features."""
        here = self._sentence_of[token.i]
        barred = self._barred(token)
        role = role_of(token)
        clause = clause_of(token)
        found: dict[int, Features] = {}
        rank = 0
        self._nearest = {}
        opens = not self._seen or self._seen[-1].sentence != here
        for mention in reversed(self._seen):
            distance = here - mention.sentence
            if distance > _REACH or token.i - mention.place > _FAR:
                break
            cluster = mention.cluster
            if cluster in barred or (cluster in self._sure and self._gender[cluster] != gender):
                continue
            features = found.get(cluster)
            if features is None:
                if len(found) == _MOST:
                    break
                features = self._of_cluster(cluster, gender)
                features |= of_nearest(mention, token, role, distance, self._inside)
                features[f"rank={min(rank, 3)}"] = 1.0
                rank += 1
                found[cluster] = features
                self._nearest[cluster] = mention.place
            add_any(features, mention, token, role, distance, clause)
            if opens and mention.role == "subject" and distance == 1:
                features[f"carried_on:{role}"] = 1.0
            if opens and mention.first and distance == 1:
                features[f"carried_on_first:{role}"] = 1.0
        ahead = 0
        for place in range(token.i + 1, min(token.i + 1 + _AHEAD, len(self._doc))):
            if self._sentence_of[place] != here:
                break
            other = self._people.get(place)
            if other is None or other in barred or other in found or ahead == _MOST:
                continue
            if other in self._sure and self._gender[other] != gender:
                continue
            new = self._counts[other] == 0
            found[other] = self._of_cluster(other, gender)
            found[other] |= of_following(token, role, self._doc[place], ahead, new=new)
            ahead += 1
        compare(found)
        found[NOBODY] = self._of_nouns(token, gender, found) | {
            "nobody": 1.0,
            f"nobody:{role}": 1.0,
            "nobody:quoted": float(self._inside[token.i] >= 0),
            "nobody:sentence": math.log1p(here) / 3,
            "nobody:some_sure": float(any("gender:sure" in features for features in found.values())),
        }
        return found

    def _of_cluster(self, cluster: int, gender: str) -> Features:
        told = self._gender.get(cluster)
        if told is None:
            told = self._voices.get(cluster)
            certainty = "unknown" if told is None else ("heard" if told == gender else "opposed")
        else:
            certainty = ("sure" if cluster in self._sure else "likely") if told == gender else "unlikely"
        total = self._total[cluster]
        shape, looks = self._looks.get(cluster, ("", 0.0))
        return {
            f"looks:{shape}": looks if gender == "female" else -looks,
            f"looks:{shape}:{certainty}": looks if gender == "female" else -looks,
            f"gender:{certainty}": 1.0,
            "so_far": math.log1p(self._counts[cluster]),
            "total": math.log1p(total),
            "main": float(total == self._main),
            "first_named": float(cluster == self._first),
            "last_same_pronoun": float(self._last_of.get(gender) == cluster),
        }

    def _of_nouns(self, token: Token, gender: str, found: Mapping[int, Features]) -> Features:
        """Features of NOBODY by the unnamed people just before; candidates named before them are told so."""
        features: Features = {}
        words = self._lexicon.person_words
        for noun in reversed(self._nouns[-_NOUNS_BACK:]):
            distance = self._sentence_of[token.i] - self._sentence_of[noun.i]
            if distance > 1 or token.i - noun.i > _FAR:
                break
            word = noun.lemma_.lower()
            male, female = word in words["male"], word in words["female"]
            if (female if gender == "male" else male) and not (male and female):
                continue
            fit = "same" if male or female else "any"
            features[f"noun:{fit}@{distance}"] = 1.0
            features[f"noun:{fit}:{role_of(noun)}@{distance}"] = 1.0
            for candidate, place in self._nearest.items():
                if candidate in found and place < noun.i:
                    found[candidate][f"noun_between:{fit}"] = 1.0
        return features

    def _barred(self, token: Token) -> set[int]:
        """Persons whom grammar excludes: the other ends of the pronoun's own verb, named before or after it."""
        if token.lower_ in REFLEXIVES or token.dep_ == "poss":
            return set()
        verb = token.head.head if token.head.pos_ == "ADP" else token.head
        barred = {
            mention.cluster
            for mention in self._seen[-6:]
            if self._doc[mention.place].head == verb and self._doc[mention.place].dep_ != token.dep_
        }
        for child in islice(verb.children, _ENDS):
            ends = [child, *islice(child.children, _ENDS)] if child.pos_ == "ADP" else [child]
            if child.dep_ == "advcl" and child.tag_ == "VBN":
                # "Asked by Ada Example whether she would stay, she said": the asker is not the one who answers.
                ends += _agents(child)
            barred |= {self._named[end.i] for end in ends if end.i in self._named and end.i != token.i}
        for _ in range(_DEEP):
            if verb.dep_ not in ("ccomp", "xcomp", "pcomp"):
                break
            # "Asked by Ada Example whether she would stay": neither is the one who is asked about.
            verb = verb.head
            if verb.tag_ == "VBN":
                barred |= {self._named[end.i] for end in _agents(verb) if end.i in self._named}
        return barred


def _agents(verb: Token) -> list[Token]:
    """The nouns of "by ..." behind a passive verb."""
    return [end for by in verb.children if by.dep_ == "agent" for end in by.children]
