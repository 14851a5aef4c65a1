//! The tests are in `host/`; this library is empty, since a package needs a target that is no test.
