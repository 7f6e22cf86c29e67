"""Renderer, stage and generators behind one call: a request goes in, a finished picture or take comes out."""

from maquette.studio.still import Drawn, Studio

__all__ = ["Drawn", "Studio"]
