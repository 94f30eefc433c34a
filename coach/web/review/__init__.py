"""The therapist's pages: who needs eyes first, what became of somebody, every repetition, and how far to trust it."""
