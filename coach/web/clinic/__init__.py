"""The clinic: people log in, each gets what is theirs and nothing else.  Without it: a laptop of one's own, no login.

setup       what whoever runs the clinic wrote, and what is wrong with it
login       from the claims of the provider to who somebody is, and how long
door        who is let in now, asked anew each time
ended       logins that were ended, by way of the records
visit       who is at the page that runs just now
cookie      the same for a request to a route
gate        asked before everything else that the server answers
media       whose the files are that Streamlit hands out
page        before the login, and the way out
entrusting  who sees a person, and who may change that
"""

from coach.web.clinic.door import Door, LoggedOut, door
from coach.web.clinic.login import Login

__all__ = ["Door", "LoggedOut", "Login", "door"]
