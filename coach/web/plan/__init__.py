"""The person's side over months: today's exercises, the safety questions, the pain, the progress, what is kept."""
