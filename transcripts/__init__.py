"""Conversations: their types, the readers of each file format, and the masking of personal data.

types  ← read (one module a format) ← the rest of the project
types  ← masking
"""
