"""Making an index: sources are read, sifted, staged and assembled."""
