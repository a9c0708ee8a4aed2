"""Goes through the tasks with a reviewer: shows one, asks for a key, puts the decision on file, takes the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from kg.errors import UsageError
from kg.explain.lines import plain
from kg.model import Entity
from kg.model.decision import Decision, NameKey, Verdict
from kg.resolve.members import Place
from kg.review.decide import Desk, check_pair
from kg.review.keys import entity_keys
from kg.review.lines import QID
from kg.review.material import Material
from kg.review.queue import ClaimTask, LinkTask, Task
from kg.review.show import Choice, choices_of, claim_text, item_words, judged, link_text
from kg.review.words import decision_words

HELP = """\
  a  accept: the passage says so; of a link: it is right as it is
  r  reject: the passage does not say so; of a link: it is not that item (and no other one is known)
  q  another item: give its number in the list, or its QID
  x  in no knowledge base (NIL)
  s  the same as another entity of this graph: give its name, QID, id or ARTICLE:e3
  n  never the same as another entity of this graph
  u  undo your last decision
  k  skip: do not ask me again
  ?  this help
  e  end; everything is saved already
q, x, s and n of a claim ask which of its ends you mean, and leave the claim to be judged. An empty answer goes back.
"""

KEYS = "a r q x s n u k ? e"

Find = Callable[[str], tuple[Entity, tuple[Place, ...] | None]]
"""The entity that somebody names, and its places where only those are meant; UsageError where none is."""


class Ended(Exception):  # noqa: N818
    """The reviewer has had enough."""


@dataclass(frozen=True, slots=True)
class Terminal:
    """Where the reviewer sits: `ask` gives None where nobody answers any more."""

    ask: Callable[[str], str | None]
    say: Callable[[str], None]
    width: int


@dataclass
class Session:
    """One sitting; `made` are its decisions that were not undone, with the tasks that they were made on."""

    material: Material
    desk: Desk
    terminal: Terminal
    find: Find
    made: list[tuple[int, Decision | None]] = field(default_factory=list)

    def run(self, tasks: Sequence[Task]) -> int:
        """Go through the tasks; how many decisions were made. Ends with the tasks, or when the reviewer does."""
        number = 0
        try:
            while number < len(tasks):
                self._say(f"\n[{number + 1} of {len(tasks)}]")
                number = self._work(number, tasks[number])
        except Ended:
            pass
        return sum(decision is not None and decision.verdict is not Verdict.SKIP for _, decision in self.made)

    def _work(self, number: int, task: Task) -> int:
        """Ask until the task is done; the number of the next one."""
        choices = choices_of(task.entity, self.material) if isinstance(task, LinkTask) else ()
        self._show(task, choices)
        while True:
            key = self._ask(f"{KEYS} > ").casefold()
            try:
                if key == "e":
                    raise Ended
                if key == "?":
                    self._say(HELP)
                elif key == "u":
                    back = self._undo()
                    if back is not None:
                        return back
                elif key == "":
                    self._show(task, choices)
                elif key in KEYS.split():
                    decision = self._decide(key, task, choices)
                    self.made.append((number, decision))
                    self._say(f"  saved: {decision_words(decision)}" if decision else "  decided already")
                    if isinstance(task, LinkTask) or key in ("a", "r", "k"):
                        return number + 1
                else:
                    self._say(f"  {key!r} is no key; ? explains them")
            except _Back as back:
                if back.args:
                    self._say(f"  {back}")
            except UsageError as error:
                self._say(f"  {error}")

    def _show(self, task: Task, choices: Sequence[Choice]) -> None:
        if isinstance(task, LinkTask):
            self._say(link_text(task, self.material, choices, width=self.terminal.width))
        else:
            self._say(claim_text(task, self.material, width=self.terminal.width))

    def _undo(self) -> int | None:
        """Undo the last decision of this sitting, else this reviewer's last one; the task to go back to."""
        while self.made:
            number, decision = self.made.pop()
            if decision is not None:
                self._say(f"  undone: {decision_words(self.desk.undo(decision.id))}")
                return number
        self._say(f"  undone: {decision_words(self.desk.undo())}")
        return None

    def _decide(self, key: str, task: Task, choices: Sequence[Choice]) -> Decision | None:
        if key in ("q", "x", "s", "n"):
            entity, only = self._end(task)
            return self._entity(key, entity, entity_keys(entity, self.material, only=only), choices)
        if isinstance(task, ClaimTask):
            claim = judged(task.place, self.material)
            if key == "k":
                return self.desk.skip(claim)
            if key == "a":
                return self.desk.judge(Verdict.ACCEPT, claim)
            return self.desk.judge(Verdict.REJECT, claim, reason=self._ask("  why (empty: no reason) > "))
        keys = self._keys(task.entity)
        if key == "k":
            return self.desk.skip(keys)
        if key == "a":
            return self.desk.link(keys, task.entity.wikidata)
        if task.entity.wikidata is None:
            raise _Back("there is no link to reject; q gives one, a says that there is none")
        return self.desk.link(keys, None, reason=self._ask("  why (empty: no reason) > "))

    def _entity(self, key: str, entity: Entity, keys: Sequence[NameKey], choices: Sequence[Choice]) -> Decision | None:
        if not keys:
            raise _Back("no article names it any more; kg build makes the graph anew")
        if key == "x":
            return self.desk.link(keys, None)
        if key == "q":
            return self.desk.link(keys, self._qid(choices or choices_of(entity, self.material)))
        verdict = Verdict.SAME if key == "s" else Verdict.NEVER
        other, only = self.find(self._needed("  which other one > "))
        if other.id == entity.id and only is None:
            raise _Back("that is the very entity; name one in one article, as ARTICLE:e3")
        check_pair(verdict, entity, other)
        return self.desk.pair(verdict, keys, entity_keys(other, self.material, only=only))

    def _end(self, task: Task) -> tuple[Entity, tuple[Place, ...] | None]:
        """The entity of a link, or the end of a claim that the reviewer means, in its article or in all."""
        if isinstance(task, LinkTask):
            return task.entity, None
        key, index = task.place
        claim = self.material.by_key[key].claims[index]
        locals_ = [local for local in (claim.subject, claim.object) if local is not None]
        names = [self.material.entities[key, local].name for local in locals_]
        chosen = locals_[0]
        if len(locals_) > 1:
            asked = ", ".join(f"{number} {plain(name)}" for number, name in enumerate(names, start=1))
            chosen = locals_[self._number(self._needed(f"  whom: {asked} > "), len(locals_))]
        entity = self.material.entities[key, chosen]
        articles = len({article for article, _ in entity.members})
        if articles == 1:
            return entity, None
        answer = self._needed(f"  in all {articles} articles that name {plain(entity.name)}, or in this one: a 1 > ")
        if answer.casefold() not in ("a", "1"):
            raise _Back(f"{answer!r} is neither a nor 1")
        return entity, None if answer.casefold() == "a" else ((key, chosen),)

    def _qid(self, choices: Sequence[Choice]) -> str:
        for number, choice in enumerate(choices, start=1):
            self._say(f"    {number}  {plain(item_words(choice.scored.item))}")
        answer = self._needed("  number, or QID > ").removeprefix("wd:")
        if answer.isdecimal():
            return choices[self._number(answer, len(choices))].qid
        qid = answer.upper()
        if QID.fullmatch(qid):
            found = self.material.gazetteer.item(qid)
            self._say(f"    {plain(item_words(found)) if found else f'{qid}: not in the index at hand'}")
        return qid

    def _number(self, answer: str, count: int) -> int:
        if not answer.isdecimal() or not 1 <= int(answer) <= count:
            raise _Back(f"{answer!r} is no number from 1 to {count}" if count else "there is no list to choose from")
        return int(answer) - 1

    def _keys(self, entity: Entity) -> tuple[NameKey, ...]:
        keys = entity_keys(entity, self.material)
        if not keys:
            raise _Back("no article names it any more; kg build makes the graph anew")
        return keys

    def _needed(self, question: str) -> str:
        answer = self._ask(question)
        if not answer:
            raise _Back
        return answer

    def _ask(self, question: str) -> str:
        answer = self.terminal.ask(question)
        if answer is None:
            raise Ended
        return answer.strip()

    def _say(self, words: str) -> None:
        self.terminal.say(words)


class _Back(Exception):  # noqa: N818
    """Back to the question for a key, with a sentence or without."""
