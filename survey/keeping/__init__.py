"""Keeping what we promised while nobody looks: what daily, backup and verify do."""
