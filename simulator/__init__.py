"""Scripted customers: what an agent said is heard once, everything after is arithmetic.

heard, state ← moment ← step ← session ← play, paths, fuzz. `ears.hear` is the only part that asks a
model; a log keeps what it heard, so a replay needs none and gives the same bytes anywhere.
"""
