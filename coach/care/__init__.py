"""What recovery over weeks is made of: people, plans, sessions, pain, safety, review.  Plain data and pure rules."""
