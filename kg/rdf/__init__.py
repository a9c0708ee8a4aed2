"""RDF: IRIs, conversion of the model to quads, TriG, shapes."""
