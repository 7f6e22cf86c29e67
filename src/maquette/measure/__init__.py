"""What pictures delivered, from their passes and pixels alone: one metric a file, each a pure function on arrays."""
