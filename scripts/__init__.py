"""Commands for those who build Form Coach."""
