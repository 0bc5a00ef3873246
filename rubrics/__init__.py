"""What a conversation is measured by: the rubric's schema, its loader and the library.

ids ← schema ← load ← library/*.yaml
"""
