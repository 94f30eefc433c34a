"""The studio's own errors: one sentence that a person can act on."""


class StudioError(Exception):
    """Something that a person can mend; the message says what is wrong and what to do."""
