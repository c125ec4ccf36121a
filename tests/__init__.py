"""Tests, in the order of the house: rules, workshop, web, whole stories."""
