"""The trainer's side: writing and trying scenarios and rubrics, what is in use, how it fares.

shelf (which texts there are) ← checking (faults of a text), beside (work in a process of its own)
← proving, effect ← writing, tryout (the studio's server functions) ← parts, pages. Plain pages,
which need no script, stand in `web/teaching`.
"""
