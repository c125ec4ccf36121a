"""Every page and every step of every format, laid out at six widths, empty and full."""
