"""What the desk of visits does: plans, promises, the office's pace, consent of enterprises under protection."""
