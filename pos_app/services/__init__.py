"""What the till can do, without a window: plain, synchronous, thread-safe."""
