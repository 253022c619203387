"""The pages of a report. One module per subject."""
