//! The HTTP contract over the memory store: one module a resource, one a matter that concerns all of them.
