"""The house model: a small network trained only on this production's own paintings, on this machine."""

HOUSE_VERSION = 4
"""Goes up whenever the same weights paint the same passes otherwise, or the network or what it is fed changes."""
