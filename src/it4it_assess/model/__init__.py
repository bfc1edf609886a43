"""What things are: questionnaires, answers and assessments; no I/O, no printing, no clock."""
