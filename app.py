"""The app: `streamlit run app.py`, or `python3 start.py`, which opens it in the browser."""

import streamlit as st

from coach.web import SCRIPT, gates, lifespan, routes, say_sorry

# Streamlit finds the app by this very line.
app = st.App(SCRIPT, routes=routes(), middleware=gates(), lifespan=lifespan, on_script_error=say_sorry)
