"""Why a claim is in the graph: its passage, its rule, its words, and how far rule and score can be trusted."""
