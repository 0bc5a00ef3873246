"""Scenarios and personas: what a customer knows, wants and says, in YAML that trainers write.

parts ← schema ← variants, load ← checks. A scenario file is a template: each row of its `vary`
fills it, and the filled file is one `Scenario`. Nothing here listens or answers; that is
`simulator`.
"""
