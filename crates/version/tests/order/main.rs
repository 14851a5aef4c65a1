//! The order of each scheme as a whole: what an order must be, and what the ecosystem's own programs say.
#[cfg(test)]
mod generate;
#[cfg(test)]
mod oracle;
#[cfg(test)]
mod property;
#[cfg(test)]
mod range;
