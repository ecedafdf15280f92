"""Cells and addresses: what stands in a spreadsheet and where, with no word of what it means."""
