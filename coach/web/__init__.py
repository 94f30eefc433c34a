"""The pages that people see: Streamlit, and the components that run in the browser."""

from coach.web.application import SCRIPT, gates, lifespan, routes, say_sorry

__all__ = ["SCRIPT", "gates", "lifespan", "routes", "say_sorry"]
