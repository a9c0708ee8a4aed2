"""What the project knows of Wikidata: names, the starter index, the gazetteer."""
