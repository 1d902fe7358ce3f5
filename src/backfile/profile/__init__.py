"""What the archive knows about itself, learned in a first pass and frozen before mending begins.

The archive is its own dictionary: rules and shaping ask the profile instead of guessing.
"""

from __future__ import annotations

from backfile.profile.learner import Learner
from backfile.profile.profile import Profile

__all__ = ["Learner", "Profile"]
