"""Taking steps on records in the window: what may be done now, the form of a step, and the steps taken as a timeline."""
