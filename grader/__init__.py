"""From a transcript and a rubric to a scorecard that says why.

encoder, clauses ← heads (acts, emotion, empathy) ← reading (everything heard in one conversation)
reading ← one module a kind of criterion ← grade ← batch
"""
