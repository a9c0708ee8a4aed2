"""Every exception of the package, by who has to act.

KgError
├── UsageError         the caller asked for something that cannot be (exit code 2)
├── ConfigError        a setting or a settings file is wrong; the run stops (exit code 2)
├── OntologyError      ontology, relation modules and shapes do not fit together; the run stops (exit code 3)
├── SourceError        one input cannot be read; it is skipped and counted, the run goes on
├── ItemFormatError    one entity of Wikidata cannot be read; it is skipped and counted, the run goes on
├── ModelError         the spaCy pipeline is missing or unfit; the run stops (exit code 3)
├── IndexFormatError   the Wikidata index cannot be read; the run stops (exit code 3)
├── WikidataError      Wikidata cannot be reached or answers nonsense (exit code 3 where it has to be asked)
│   └── AnswerTooLargeError   one answer is over the limit; less has to be asked at once
├── WorkerError        a process that helps died; the run stops (exit code 3)
├── StoreError         the RDF store cannot be opened, read or written (exit code 3)
├── QueryError         a query is unknown, malformed or given wrong parameters (exit code 2)
├── ExportError        an export cannot be written (exit code 3)
└── EvaluationError    the scoring toolkit cannot judge what it was given (exit code 3)
"""

from __future__ import annotations


class KgError(Exception):
    """Base class; the message says what went wrong, with which thing, and what to do."""


class UsageError(KgError):
    """The caller asked for something that cannot be done as asked."""


class ConfigError(KgError):
    """A setting is missing, unknown or has an impossible value."""


class OntologyError(KgError):
    """Ontology, relation modules and shapes disagree."""


class SourceError(KgError):
    """One input cannot be turned into an article."""


class ItemFormatError(KgError):
    """One Wikibase entity is malformed; the message says which and where in it."""


class ModelError(KgError):
    """The spaCy pipeline cannot be loaded or lacks a component."""


class IndexFormatError(KgError):
    """The Wikidata index is missing, damaged or of another version."""


class WikidataError(KgError):
    """Wikidata, or another server asked in its place, cannot be reached or answers nonsense."""


class AnswerTooLargeError(WikidataError):
    """One answer of a server is over the limit."""


class WorkerError(KgError):
    """A process that helps with the work died."""


class StoreError(KgError):
    """The RDF store cannot be opened, read or written."""


class QueryError(KgError):
    """A saved or given query cannot be run."""


class ExportError(KgError):
    """An export cannot be written."""


class EvaluationError(KgError):
    """The scoring toolkit fails, or says something that cannot be read."""
