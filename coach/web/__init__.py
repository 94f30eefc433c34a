"""The pages that people see: Streamlit, and the components that run in the browser."""

from coach.web.application import SCRIPT, routes, warm_up

__all__ = ["SCRIPT", "routes", "warm_up"]
