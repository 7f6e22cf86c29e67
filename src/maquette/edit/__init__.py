"""Edits of one element of a finished picture: what they changed, and passes that have the rest as it was."""

from maquette.edit.joined import joined
from maquette.edit.region import EDIT_VERSION, Region, region_of, within
from maquette.edit.view import stays

__all__ = ["EDIT_VERSION", "Region", "joined", "region_of", "stays", "within"]
