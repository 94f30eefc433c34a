"""The app in a real browser.

A package, so that its fixtures end with it: the event loop of the browser would be in the way of other tests.
"""
