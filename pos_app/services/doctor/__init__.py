"""`pos-app doctor`: what is well on this computer, what is not, and what to do about it."""
