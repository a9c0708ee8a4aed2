"""Items from a SPARQL endpoint that holds the triples of Wikidata."""
