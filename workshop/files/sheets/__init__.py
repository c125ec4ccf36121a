"""Tables people really have, from whatever file: their columns found, their rows read, what is not used named."""
