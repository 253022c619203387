"""The floor: the least that Django can do for a visit, to compare the app with."""
