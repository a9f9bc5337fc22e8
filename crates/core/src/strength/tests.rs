//! What the whole estimator does.
