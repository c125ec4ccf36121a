"""Files into the record: what one has, which of it is here already, what it would bring, and the fact that it did."""
