"""The instrument as files: reading and checking them, and loading them as rows."""
