"""The output folder of a run: whose it is, what earlier runs left there, and how new files replace old ones."""
