"""The store behind the web app: one SQLite file in the data folder.

folder, times ← database ← copying ← opening (migrations: `tables`) ← one module an idea.
`progress`, `verdict`, `lockout` and `summary` are arithmetic over rows. No clock, no chance and no
settings: times and tokens are passed in.
"""
