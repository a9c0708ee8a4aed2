"""One module a relation; they are found by looking into this folder, there is no list to edit."""
