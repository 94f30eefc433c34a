"""The exercise library: one YAML file an exercise, for therapists to read and edit."""
