"""五单一图谱: the five lists an office keeps of its chain and the map of its segments, in the window and on paper."""
