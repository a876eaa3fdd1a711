"""What is true of a call: its market and its outcomes, the file of it, and its verdicts."""
