"""The clinic: people log in, each gets what is theirs and nothing else.  Without it: a laptop of one's own, no login.

setup    what whoever runs the clinic wrote, and what is wrong with it
login    from the claims of the provider to who somebody is, and how long
cookie   the same for a request to a route
gate     asked before everything else that the server answers
media    whose the files are that Streamlit hands out
page     before the login, and the way out
"""

from coach.web.clinic.door import Door, LoggedOut, door
from coach.web.clinic.login import Login

__all__ = ["Door", "LoggedOut", "Login", "door"]
