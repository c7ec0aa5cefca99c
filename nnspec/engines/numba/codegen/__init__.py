"""What makes machine code, and is imported only where some is to be made: it needs Numba."""
