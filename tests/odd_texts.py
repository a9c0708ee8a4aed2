"""Texts that no newspaper prints and every folder of them holds, for tests and for bench/robustness.py."""

from __future__ import annotations

from collections.abc import Callable

CLAUSE = "Ada Example told the BBC that Thomas Sample, the treasurer, had lied about her plan"
NORMAL = """Labour MP Ada Example accused the treasurer, Thomas Sample, of lying about the bridge on Tuesday.

Speaking to the BBC, she said: "Mr Sample knew that the money had gone, and he told nobody. That is a disgrace, and the
people of this town deserve better." She called on him to resign before the council meets next week.

Mr Sample, a Conservative, rejected the charge. "I have answered every question that was put to me," he told reporters
outside the town hall. He added that the engineers had warned the council three years ago, when Ms Example herself was
the chairwoman of the planning committee, and that nobody had listened to them.

The leader of the Liberal Democrats, Sir Bo Placeholder, said that both parties were to blame. He criticised the report
as "thin", but supported Ms Example's demand for an inquiry. A spokesman for the council said that work on the bridge
would go on in the spring, whatever the inquiry found, and that the costs had been known to all since the summer.
"""
FRENCH = """La députée Ada Exemple a accusé mardi le trésorier, Paul Témoin, d'avoir menti aux habitants de la commune.
Selon elle, l'argent du pont a disparu depuis plusieurs mois et personne n'en a été informé. « C'est une honte »,
a-t-elle déclaré devant la mairie, avant de demander la démission de son adversaire. Celui-ci a répondu qu'il avait
déjà donné toutes les explications nécessaires et qu'il attendait les conclusions de l'enquête avec une grande sérénité.
"""
GERMAN = """Die Abgeordnete Ada Beispiel hat dem Kämmerer Paul Muster am Dienstag vorgeworfen, die Bürger der Stadt
belogen zu haben. Das Geld für die Brücke sei seit Monaten verschwunden, und niemand habe davon erfahren, sagte sie vor
dem Rathaus und forderte seinen Rücktritt. Muster wies die Vorwürfe zurück und erklärte, er habe alle Fragen
längst beantwortet.
"""


def _name(number: int) -> str:
    """An invented name, another one for each number up to 3,000."""
    first = ("Ada", "Bo", "Cy", "Dee", "Eli", "Fay", "Gus", "Hal", "Ivy", "Jo")[number % 10]
    syllables = ("ba", "ce", "di", "fo", "gu", "ka", "le", "mi", "no", "pu", "ra", "se", "ti", "vo", "wu")
    number //= 10
    parts = []
    for _ in range(3):
        parts.append(syllables[number % len(syllables)])
        number //= len(syllables)
    return f"{first} {''.join(parts).capitalize()}sen"


ODD_TEXTS: dict[str, Callable[[], str]] = {
    "a sentence of 10,000 tokens": lambda: " and ".join([CLAUSE] * 600) + ".",
    "a sentence of 10,000 tokens, deeply nested": lambda: "Ada Example said that " * 2500 + "it rained.",
    "10,000 tokens of one noun phrase": lambda: "the chairman of the committee of " * 1700 + "the town.",
    "a chain of owners": lambda: "Example's brother's " * 2000 + "house burned.",
    "quotation marks that never close": lambda: '"Ada Example said that the plan was bad. ' * 800,
    "opening marks alone": lambda: "“ " * 5000,
    "quotation marks around every word": lambda: '"yes" said Ada Example, ' * 1500,
    "in another language": lambda: FRENCH * 10,
    "text in capitals": lambda: NORMAL.upper() * 6,
    "3,000 names, one a line": lambda: "\n".join(_name(number) for number in range(3000)),
    "3,000 names in one sentence": lambda: ", ".join(_name(number) for number in range(3000)) + " were there.",
    "1,000 people of one surname": lambda: " ".join(
        f"{_name(number * 10).split()[1]} Example met Mr Example." for number in range(1000)
    ),
    "one name 5,000 times": lambda: "Ada Example left. " * 5000,
    "one surname 5,000 times": lambda: "Ada Example left. " + "Example slept. " * 5000,
    "2,000 pronouns": lambda: "Ada Example left. " + "He said she told him. " * 700,
    "2,000 pronouns after 500 people": lambda: (
        " ".join(f"{_name(number)} left." for number in range(500)) + " " + "He said she told him. " * 700
    ),
    "1,000 accusations and denials": lambda: "Ada Example accused Thomas Sample of theft. Mr Sample denied it. " * 1000,
    "1,000 people accuse one another": lambda: " ".join(
        f"{_name(number)} accused {_name(number + 1)} of lying about plan {number}." for number in range(1000)
    ),
    "1,000 denials of 1,000 people": lambda: " ".join(
        f"{_name(number)} denied lying. {_name(number)} denied that he had lied." for number in range(1000)
    ),
    "1,000 descriptions": lambda: (
        "Ada Example, the treasurer, left. " + "The treasurer said the mayor was ill. " * 1000
    ),
    "100,000 letters without a space": lambda: "a" * 100_000,
    "100,000 characters without a space": lambda: "Example.Sample/2016," * 5000,
    "60,000 closing marks and words": lambda: "said).” " * 8000,
    "nested brackets": lambda: "(Ada Example [said " * 2500 + "no" + "])" * 2500,
    "brackets alone": lambda: "(" * 5000 + " " + ") " * 5000,
    "digits": lambda: " ".join(str(number) for number in range(10_000)),
    "emoji": lambda: "🙂🗳️👩‍⚖️ " * 4000,
    "titles alone": lambda: "Sir Lord Mr Dr Senator " * 2000,
    "parties alone": lambda: "Labour Tory Republican Democrat SNP " * 2000,
    "outlets alone": lambda: "the BBC's Today programme on Fox News " * 1200,
    "8,000 empty paragraphs": lambda: "Row\n\n" * 8000,
    "one address after another": lambda: "https://www.example.org/a?b=c&d=e#f " * 1500,
    "combining and unseen characters": lambda: "A\u0301da\u200b Exa\u00admple\u202e left\ufeff. " * 1500,
    "control characters": lambda: "Ada\x00Example\x07 left\x1b[0m. " * 1500,
}
