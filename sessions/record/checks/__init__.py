"""What the record asks by itself (``spec/checks.md``): a file a family, each check with its code and its source."""
