"""Reviewers' decisions: their file, what they are about, what follows from them, and going through what needs eyes."""
