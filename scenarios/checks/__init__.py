"""What is wrong with a scenario or persona only when its parts are held against each other.

checked, walk ← names, states, endings, reactions, facts, numbers, lines, script, market, pools,
paths, rows ← scenario, persona. Nothing here listens, plays or needs a model.
"""
