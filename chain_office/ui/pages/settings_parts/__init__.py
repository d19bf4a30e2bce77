"""The parts of 设置, one module each."""
