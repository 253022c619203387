"""The demo organisation: what it says (`story.py`) and how it comes into being (`build.py`)."""
