"""Getting answers from people, and losing none."""
