"""What people do with notes, groups and dots, in whichever activity lets them."""
