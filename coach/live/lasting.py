"""For how long something has been so."""


def since(before: float | None, t: float, now: bool) -> float | None:
    """From when on something has been so without a break; None when it is not."""
    if not now:
        return None
    return t if before is None else before


def lasted(begun: float | None, t: float) -> float:
    """For how long something has been so; 0 when it is not."""
    return 0.0 if begun is None else t - begun
