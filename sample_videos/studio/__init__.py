"""A small rendering studio: a dressed person does an exercise, and every angle of it is known exactly.

A scene file says who does what, with which planted faults, seen from where.  Out come the video, rendered in
software (the same bytes each time), and its ground truth.  It is what the coach is measured on, and an optional
extra (`pip install form-coach[studio]`): the coach itself never imports it.

The bodies are MakeHuman's (CC0).  Metres, Z up; the neutral person faces −Y and has the left side at +X.
"""
