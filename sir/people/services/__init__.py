"""What people do about themselves and their organisations. Every verb says who and when."""
