"""What every page is built with: session, parts, components, escaping, words."""
