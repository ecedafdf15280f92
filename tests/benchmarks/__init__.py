"""How fast validation, reading and pages are, beside other libraries, in one run: `make bench`."""
