"""Every free-text field there is, tried with what could take its words away."""
