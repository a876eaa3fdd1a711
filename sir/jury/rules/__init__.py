"""What is true about judging: arithmetic without a database, a page or a clock."""
