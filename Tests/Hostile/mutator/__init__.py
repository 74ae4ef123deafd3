"""A black-box mutator: seeded scripts and data folders that mean harm, and what must hold for each."""
