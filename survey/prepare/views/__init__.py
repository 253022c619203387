"""What members do before, around and up to closing. One module per subject."""
