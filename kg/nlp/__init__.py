"""From text to tokens, names, offices, clusters and pronouns: everything that reads one article's language."""
