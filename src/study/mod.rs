//! Questions that take more than one experiment: the next step, and whether opening hours decide.
