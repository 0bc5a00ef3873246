"""The seven critical errors, found in the words of a reply.

text ← cues, claims ← features ← detector (numpy only) ← fit (scikit-learn)
"""

from grader.critical.detector import Detector, Suspicion

__all__ = ["Detector", "Suspicion"]
