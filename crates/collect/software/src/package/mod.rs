//! One file a format of packages. The table is `READERS`.
