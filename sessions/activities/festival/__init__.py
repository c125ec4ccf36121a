"""The festival: a line-up of acts on stages, many conversations at once, and what each team takes away from them."""
