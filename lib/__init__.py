"""What the cells mean: records, rules and figures. Pure: no screen, no network, no clock of its own."""
