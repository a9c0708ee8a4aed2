"""RDF stores behind one Protocol: Oxigraph on disk (the default) and rdflib in memory."""
