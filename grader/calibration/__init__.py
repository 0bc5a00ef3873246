"""Fitting scores to a team's own ratings, out of fold and with reasons.

features.py   what a calibration sees of one graded conversation, by named group
kernels.py    how alike two conversations are, group by group
ridge.py      kernel ridge over the sum of the groups: every group's points are exact
trial.py      out-of-fold proof; refuses what does not help
card.py       a scorecard with fitted scores beside the old ones
file.py       one file a calibration: safetensors with its description in the header
"""

from grader.calibration.card import Limits, apply
from grader.calibration.features import Features, describe
from grader.calibration.file import Calibration, load, save
from grader.calibration.trial import MINIMUM, Rated, Trial, fit_calibration

__all__ = [
    "MINIMUM",
    "Calibration",
    "Features",
    "Limits",
    "Rated",
    "Trial",
    "apply",
    "describe",
    "fit_calibration",
    "load",
    "save",
]
