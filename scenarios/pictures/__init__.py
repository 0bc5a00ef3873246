"""Evidence that customers send, drawn by `python -m scenarios.pictures.draw`.

canvas ← fruit, parcels, goods ← draw. The SVG files beside it are what is shipped and shown.
"""
