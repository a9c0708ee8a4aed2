"""What leaves the graph: the network as a picture and for Gephi, and the report."""
