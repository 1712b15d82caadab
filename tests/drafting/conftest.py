"""What the scenes of scenario_scenes.py rest on."""

from tests.drafting.scenario_scenes import begun

__all__ = ["begun"]
