"""One module a command: its arguments, and what it prints. Only kg/cli.py calls them."""
