"""项目 as its desk reads it: where every project stands at a day, what holds it up, its nodes, its months."""
