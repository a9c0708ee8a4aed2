"""The terms that the converters use, made once."""

from __future__ import annotations

from pyoxigraph import NamedNode

from kg.model import EntityType, Modality, Polarity
from kg.rdf.namespaces import vocabulary


def _kg(name: str) -> NamedNode:
    return vocabulary("kg", name)


RDF_TYPE = vocabulary("rdf", "type")
LABEL = vocabulary("rdfs", "label")
ALT_LABEL = vocabulary("skos", "altLabel")

ENTITY_CLASSES = {kind: _kg("Thing" if kind is EntityType.OTHER else kind.value) for kind in EntityType}
POLARITIES = {polarity: _kg(polarity.value) for polarity in Polarity}
MODALITIES = {modality: _kg(modality.value) for modality in Modality}

WIKIDATA_ID = _kg("wikidataId")
LINK_SCORE = _kg("linkScore")
GENDER = vocabulary("schema", "gender")
DESCRIPTION = vocabulary("schema", "description")

ARTICLE = _kg("Article")
ARTICLE_ID = _kg("articleId")
HEADLINE = vocabulary("schema", "headline")
URL = vocabulary("schema", "url")
PUBLISHER = vocabulary("schema", "publisher")
DATE_PUBLISHED = vocabulary("schema", "datePublished")
DATE_PRECISION = _kg("datePrecision")
LATEST_DATE = _kg("latestDate")

CLAIM = _kg("Claim")
SUBJECT = _kg("subject")
PREDICATE = _kg("predicate")
OBJECT = _kg("object")
DETAIL = _kg("detail")
POLARITY = _kg("polarity")
MODALITY = _kg("modality")
CONFIDENCE = _kg("confidence")
CLAIM_KEY = _kg("claimKey")
EXTRACTOR = _kg("extractor")
ATTRIBUTED_TO = _kg("attributedTo")
ABOUT = _kg("about")
REPORTED_BY = _kg("reportedBy")
QUALIFIER = _kg("qualifier")
QUALIFIER_CLASS = _kg("Qualifier")
QUALIFIER_NAME = _kg("qualifierName")
QUALIFIER_VALUE = _kg("qualifierValue")
TIMES = {
    name: (_kg(name), _kg(f"{name}Latest"), _kg(f"{name}Precision")) for name in ("startTime", "endTime", "pointInTime")
}
"""Qualifier -> properties for its first day, last day and precision."""
MARKS = {name: _kg(name) for name in ("ended", "atThatTime")}
"""Qualifiers that are true or not there."""

TARGET = vocabulary("oa", "SpecificResource")
HAS_TARGET = vocabulary("oa", "hasTarget")
HAS_SOURCE = vocabulary("oa", "hasSource")
START = vocabulary("oa", "start")
END = vocabulary("oa", "end")
EXACT = vocabulary("oa", "exact")
PREFIX = vocabulary("oa", "prefix")
SUFFIX = vocabulary("oa", "suffix")
SENTENCE = _kg("sentence")
SENTENCE_TEXT = _kg("sentenceText")

QUOTATION = _kg("Quotation")
QUOTATION_KIND = _kg("quotationKind")
SPEAKER = _kg("speaker")
CUE = _kg("cue")

MENTION = _kg("Mention")
MENTION_OF = _kg("mentionOf")
MENTION_KIND = _kg("mentionKind")

ACTIVITY = vocabulary("prov", "Activity")
SOFTWARE_AGENT = vocabulary("prov", "SoftwareAgent")
USED = vocabulary("prov", "used")
WAS_ASSOCIATED_WITH = vocabulary("prov", "wasAssociatedWith")
WAS_GENERATED_BY = vocabulary("prov", "wasGeneratedBy")
VERSION = _kg("version")
ANNOTATOR = _kg("annotator")

SAME_AS = vocabulary("owl", "sameAs")
STATEMENT = vocabulary("wikibase", "Statement")
BEST_RANK = vocabulary("wikibase", "BestRank")
RANK = vocabulary("wikibase", "rank")
RANKS = {rank: vocabulary("wikibase", f"{rank.capitalize()}Rank") for rank in ("preferred", "normal", "deprecated")}
TIME_VALUE_CLASS = vocabulary("wikibase", "TimeValue")
TIME_VALUE = vocabulary("wikibase", "timeValue")
TIME_PRECISION = vocabulary("wikibase", "timePrecision")
TIME_ZONE = vocabulary("wikibase", "timeTimezone")
CALENDAR_MODEL = vocabulary("wikibase", "timeCalendarModel")
UNKNOWN_VALUE = _kg("UnknownValue")
FROM_INDEX = _kg("fromIndex")

COMPARISON = _kg("Comparison")
COMPARED_CLAIM = _kg("comparedClaim")
VERDICT = _kg("verdict")
VERDICTS = {name: _kg(name) for name in ("agrees", "adds", "conflicts", "morePrecise", "outOfDate")}
COMPARED_STATEMENT = _kg("comparedStatement")
COMPARED_PROPERTY = _kg("comparedProperty")
COMPARED_ITEM = _kg("comparedItem")
REASON = _kg("reason")

DECISION = _kg("Decision")
REVIEW_STATUS = _kg("reviewStatus")
ACCEPTED = _kg("accepted")
REJECTED = _kg("rejected")
DECIDES = _kg("decides")
DECISION_STATE = _kg("decisionState")
DECISION_REASON = _kg("decisionReason")
REVIEWER = _kg("reviewer")
DECIDED_AT = _kg("decidedAt")
ON_CLAIM = _kg("onClaim")
ON_ENTITY = _kg("onEntity")
OTHER_ENTITY = _kg("otherEntity")
DECIDED_KEY = _kg("decidedKey")
DECIDED_NAME = _kg("decidedName")
LINKS_TO = _kg("linksTo")
