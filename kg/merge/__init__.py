"""Claims of the press beside Wikidata's statements: what agrees, adds, conflicts, is more precise or newer."""
