"""Rows in and rows out: files, standard input and arrays, in blocks of bounded memory."""
