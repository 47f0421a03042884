"""Everything that leaves argmap, and the tables and records that come back into it."""
