"""From text to tokens, names, offices, clusters and pronouns: all that reads one article's language."""
