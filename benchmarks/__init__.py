"""How long argmap takes, beside what it could take at least."""
