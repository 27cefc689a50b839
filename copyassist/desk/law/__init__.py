"""Where wording breaks a rule of law or of a platform: rules of constructions, not lists of words."""
