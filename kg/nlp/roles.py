"""Noun phrases that name an office or job, and the people whom grammar gives it to."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from kg.model import EntityType
from kg.nlp.lexicon import Lexicon
from kg.nlp.reading import Cluster, Role, TokenMention

_RIGHT_PREPOSITIONS = frozenset(["of", "for", "to", "at"])
_COPULAS = frozenset(["be", "become", "remain"])
_MAKERS = frozenset(["appoint", "elect", "name", "make", "nominate", "pick", "choose", "select", "install"])
_AS_VERBS = frozenset(
    [
        "serve",
        "work",
        "resign",
        "act",
        "retire",
        "quit",
        "stand",
        "run",
        "return",
        "sack",
        "appoint",
        "elect",
        "name",
        "replace",
    ]
)


class RoleFinder:
    """Finds offices with the word lists of heads and modifiers, adjacency and the parse."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._two_words = {head for head in lexicon.role_heads if " " in head}

    def find(
        self,
        doc: Doc,
        clusters: Sequence[Cluster],
        mentions: Sequence[TokenMention],
        at: Sequence[int],
        skipped: Sequence[bool],
    ) -> list[Role]:
        """All roles in text order, none overlapping another."""
        person_starts = {
            self._with_title(doc, m): k
            for k, m in enumerate(mentions)
            if clusters[m.cluster].type is EntityType.PERSON
        }
        roles: list[Role] = []
        done = -1
        for token in doc:
            if token.i <= done or skipped[token.i]:
                continue
            head = self._head_at(doc, token, at, clusters, mentions)
            if head is None:
                continue
            role = self._role(doc, head, clusters, mentions, at, person_starts)
            if role is not None:
                roles.append(role)
                done = role.end - 1
        return roles

    def _with_title(self, doc: Doc, mention: TokenMention) -> int:
        """Where the mention starts if titles that are no offices ("Sir", "Mr") are counted in."""
        start = mention.start
        while (
            start > 0
            and doc[start - 1].text in self._lexicon.titles
            and (doc[start - 1].text not in self._lexicon.title_roles)
        ):
            start -= 1
        return start

    def _head_at(
        self,
        doc: Doc,
        token: Token,
        at: Sequence[int],
        clusters: Sequence[Cluster],
        mentions: Sequence[TokenMention],
    ) -> int | None:
        """The index of the head noun that ends at this token, where the token heads an office."""
        lexicon = self._lexicon
        lower = token.lower_
        if at[token.i] >= 0 and clusters[mentions[at[token.i]].cluster].type is EntityType.PERSON:
            return None
        two = f"{lower} {doc[token.i + 1].lower_}" if token.i + 1 < len(doc) else ""
        if two in self._two_words:
            return token.i + 1
        singular = lower if lower in lexicon.role_heads else _singular(lower)
        if singular not in lexicon.role_heads:
            return None
        if token.pos_ not in ("NOUN", "PROPN", "ADJ", "X") and not token.text[0].isupper():
            return None
        nxt = doc[token.i + 1] if token.i + 1 < len(doc) else None
        if nxt is not None and nxt.text == "-" and not nxt.whitespace_ and not token.whitespace_:
            return None
        if nxt is not None and (
            _singular(nxt.lower_) in lexicon.role_heads or nxt.lower_ in lexicon.role_heads
        ):
            if nxt.i not in range(0) and at[nxt.i] < 0 and not (nxt.pos_ == "VERB"):
                return None  # "deputy leader", "Attorney General": the later head counts
        return token.i

    def _role(
        self,
        doc: Doc,
        head: int,
        clusters: Sequence[Cluster],
        mentions: Sequence[TokenMention],
        at: Sequence[int],
        person_starts: dict[int, int],
    ) -> Role | None:
        full_start, start, former = self._left(doc, head, clusters, mentions, at)
        end = self._right(doc, head, person_starts)
        plural = doc[head].tag_ in ("NNS", "NNPS") or doc[head].text in ("Sens.", "Reps.", "Govs.")
        weak = (
            doc[head].lower_ in self._lexicon.weak_roles
            or _singular(doc[head].lower_) in self._lexicon.weak_roles
        )
        people, link = self._holders(
            doc, full_start, start, head, end, plural, clusters, mentions, at, person_starts
        )
        if weak and start == head and end == head + 1:
            return None
        if not people:
            link = "description" if full_start > 0 and doc[full_start].lower_ in ("the", "our", "its") else ""
        return Role(start, end, head, full_start, former, plural, people, link)

    def _left(
        self,
        doc: Doc,
        head: int,
        clusters: Sequence[Cluster],
        mentions: Sequence[TokenMention],
        at: Sequence[int],
    ) -> tuple[int, int, bool]:
        """Where the phrase starts with and without articles and modifiers, and whether a past office is meant."""
        start = head
        sentence = doc[head].sent.start
        while start > sentence:
            token = doc[start - 1]
            if token.is_space or token.lower_ in self._lexicon.modifiers:
                break
            if at[token.i] >= 0:
                mention = mentions[at[token.i]]
                if (
                    clusters[mention.cluster].type is EntityType.PERSON
                    and doc[start].text != "'s"
                    and (doc[start].tag_ != "POS" and not self._lone_modifier(doc, mention, start))
                ):
                    break
                start = max(mention.start, sentence)
                continue
            if token.tag_ == "POS" or token.text == "'s":
                if at[token.i - 1] < 0 and doc[token.i - 1].pos_ != "PROPN":
                    break
                start -= 1
                continue
            if token.pos_ in ("NOUN", "PROPN", "ADJ", "NUM") and not token.is_punct:
                start -= 1
                continue
            joins = token.lower_ in ("and", "&") or token.text == "-"
            if joins and start < head + 1 and self._joins(doc, token):
                start -= 1
                continue
            break
        while start < head and (
            doc[start].lower_ in self._lexicon.modifiers or doc[start].tag_ == "POS" or doc[start].text == "-"
        ):
            start += 1
        former, full = False, start
        while full > sentence and (
            doc[full - 1].lower_ in self._lexicon.modifiers
            or doc[full - 1].pos_ == "DET"
            or (
                doc[full - 1].text == "-"
                and doc[full - 2].lower_ in ("ex", "then", "former", "long", "right", "left")
            )
            or doc[full - 1].lower_ in ("a", "an", "the", "his", "her", "their", "our", "its")
        ):
            full -= 1
            former = former or self._lexicon.modifiers.get(doc[full].lower_) == "former"
        return full, start, former

    def _lone_modifier(self, doc: Doc, mention: TokenMention, after: int) -> bool:
        """ "Clinton spokesman": a lone surname right before a head that serves somebody."""
        return (
            mention.end - mention.start == 1
            and mention.end == after
            and not mention.title
            and (
                doc[after].lower_
                in (
                    "spokesman",
                    "spokeswoman",
                    "spokesperson",
                    "adviser",
                    "aide",
                    "campaign",
                    "strategist",
                    "surrogate",
                    "advisor",
                    "pollster",
                )
            )
        )

    def _joins(self, doc: Doc, token: Token) -> bool:
        """Whether "and" or a hyphen joins two words of one title ("Trade and Industry Secretary")."""
        if token.i == 0 or token.i + 1 >= len(doc):
            return False
        before, after = doc[token.i - 1], doc[token.i + 1]
        if token.text == "-":
            return not before.whitespace_ and before.is_alpha
        return (
            before.text[0].isupper()
            and after.text[0].isupper()
            and before.pos_ in ("PROPN", "NOUN")
            and before.lower_ not in self._lexicon.role_heads
            and before.ent_type_ != "PERSON"
        )

    def _right(self, doc: Doc, head: int, person_starts: dict[int, int]) -> int:
        """Past the head: one or two prepositional phrases that belong to the title ("secretary of state for health")."""
        end = head + 1
        for _ in range(2):
            if end + 1 >= len(doc) or doc[end].lower_ not in _RIGHT_PREPOSITIONS or end in person_starts:
                break
            place = end + 1
            limit = min(len(doc), end + 10)
            while place < limit and place not in person_starts:
                token = doc[place]
                if (
                    token.pos_ in ("NOUN", "PROPN", "ADJ", "DET", "NUM")
                    or token.tag_ == "POS"
                    or token.text == "-"
                    or (
                        token.lower_ in ("and", "&")
                        and token.i + 1 < len(doc)
                        and doc[token.i + 1].text[0].isupper()
                        and doc[token.i - 1].text[0].isupper()
                    )
                    or (token.lower_ in ("of", "on") and place > end + 1 and doc[place - 1].text[0].isupper())
                ):
                    place += 1
                else:
                    break
            while place > end + 1 and (
                doc[place - 1].pos_ == "DET" or doc[place - 1].tag_ == "POS" or doc[place - 1].text == "-"
            ):
                place -= 1
            if place == end + 1 or doc[place - 1].lower_ in ("years", "year", "months"):
                break
            end = place
        return end

    def _holders(
        self,
        doc: Doc,
        full_start: int,
        start: int,
        head: int,
        end: int,
        plural: bool,
        clusters: Sequence[Cluster],
        mentions: Sequence[TokenMention],
        at: Sequence[int],
        person_starts: dict[int, int],
    ) -> tuple[tuple[int, ...], str]:
        for after in (end, head + 1):
            if after in person_starts:
                first = person_starts[after]
                return self._with_conjuncts(doc, first, plural, mentions, person_starts), "title"
        before = self._name_before(doc, full_start, clusters, mentions, at)
        if before is not None and not plural:
            return (before,), "apposition"
        if end < len(doc) and doc[end].text in (",", "-") and end + 1 in person_starts and not plural:
            mention = mentions[person_starts[end + 1]]
            definite = (
                doc[full_start].lower_ in ("the", "its", "a", "his", "her")
                or full_start == doc[head].sent.start
            )
            closes = (
                mention.end >= len(doc)
                or doc[mention.end].is_punct
                or doc[head].dep_ in ("nsubj", "nsubjpass")
            )
            if definite and closes:
                return (person_starts[end + 1],), "apposition"
        subject = self._predicate_subject(doc[head], at, clusters, mentions)
        if subject is not None:
            return (subject,), "predicate"
        return (), ""

    def _with_conjuncts(
        self,
        doc: Doc,
        first: int,
        plural: bool,
        mentions: Sequence[TokenMention],
        person_starts: dict[int, int],
    ) -> tuple[int, ...]:
        """A plural title goes to every person of the list that it opens."""
        people = [first]
        if plural:
            place = mentions[first].end
            while place < len(doc):
                if doc[place].text == "(":
                    close = next(
                        (k for k in range(place, min(place + 6, len(doc))) if doc[k].text == ")"), place
                    )
                    place = close + 1
                    continue
                if doc[place].lower_ not in (",", "and", "&") or place + 1 >= len(doc):
                    break
                step = place + 1
                if doc[step].lower_ in ("and", "&"):
                    step += 1
                if step not in person_starts:
                    break
                people.append(person_starts[step])
                place = mentions[people[-1]].end
        return tuple(people)

    def _name_before(
        self,
        doc: Doc,
        full_start: int,
        clusters: Sequence[Cluster],
        mentions: Sequence[TokenMention],
        at: Sequence[int],
    ) -> int | None:
        """The person before ", " or " - " or " (" or ", who is " that the phrase stands in apposition to."""
        place = full_start - 1
        if place >= 2 and doc[place].lemma_ in _COPULAS and doc[place - 1].lower_ == "who":
            place -= 2
        if place < 1 or doc[place].text not in (",", "-", "("):
            return None
        if doc[place - 1].text == ")":
            opened = next((k for k in range(place - 1, max(place - 8, 0), -1) if doc[k].text == "("), place)
            place = opened
        mention_index = at[place - 1]
        if mention_index < 0:
            return None
        mention = mentions[mention_index]
        if clusters[mention.cluster].type is not EntityType.PERSON or mention.end != place:
            return None
        following = doc[full_start]
        listed = any(
            at[child.i] >= 0 for child in doc[mention.end - 1].conjuncts if child.i > full_start + 12
        )
        return None if listed and following.pos_ == "PROPN" else mention_index

    def _predicate_subject(
        self, head: Token, at: Sequence[int], clusters: Sequence[Cluster], mentions: Sequence[TokenMention]
    ) -> int | None:
        """The person of "X is the leader", "X was elected leader", "X as leader"."""
        verb: Token | None = None
        voices: tuple[str, ...] = ("nsubj", "nsubjpass")
        if head.dep_ == "attr" and head.head.lemma_ in _COPULAS:
            verb = head.head
            if any(child.dep_ == "neg" for child in verb.children):
                return None
        elif head.dep_ in ("oprd", "attr") and head.head.lemma_ in _MAKERS:
            verb = head.head
            if not any(child.dep_ == "nsubjpass" for child in verb.children):
                voices = ("dobj",)
        elif head.dep_ == "pobj" and head.head.lower_ == "as" and head.head.head.lemma_ in _AS_VERBS:
            verb = head.head.head
            if any(child.dep_ == "dobj" for child in verb.children):
                voices = ("dobj",)
        if verb is None:
            return None
        for child in verb.children:
            if child.dep_ in voices:
                if child.lower_ in ("who", "that") and verb.dep_ == "relcl":
                    child = verb.head
                index = at[child.i]
                if index >= 0 and clusters[mentions[index].cluster].type is EntityType.PERSON:
                    return index
        if verb.dep_ in ("acl", "relcl") and at[verb.head.i] >= 0:
            index = at[verb.head.i]
            if clusters[mentions[index].cluster].type is EntityType.PERSON:
                return index
        return None


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith("men"):
        return word[:-3] + "man"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word
