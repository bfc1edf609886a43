"""Answers in, judgement out: pure functions, no I/O, no printing, no clock."""
