"""How a report is set on A4: what fits is known before anything is drawn (docs/decisions/0007).

All of it is pure: it knows words, sizes and millimetres, and no Django.
"""
