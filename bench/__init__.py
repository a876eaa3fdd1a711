"""How fast the house is, measured on the real parts."""
