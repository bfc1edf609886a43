"""YAML and JSON in and out, with every problem placed."""
