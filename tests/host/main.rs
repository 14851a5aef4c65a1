//! A Linux host, end to end: the built program against this machine and against scratch roots.
mod bad_input;
mod crash;
mod live;
mod manners;
mod output;
mod report;
mod state;
