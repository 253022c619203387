"""How dates read in each language. Templates name the format: `date:"DAY_FORMAT"`."""
