"""What administrators review: one module per subject. Django finds this package by itself."""

from . import audit, people, questionnaires, responses, results, rounds, texts

__all__ = ["audit", "people", "questionnaires", "responses", "results", "rounds", "texts"]
