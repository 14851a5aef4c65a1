//! Bounds the functions of Rego whose result may be far larger than their arguments. The engine looks at the clock
//! between two steps, but not inside of one, so `numbers.range(1, 1e9)` would be over before it looks.
//!
//! Each such function is put before the engine's own; it computes how large the result will be, refuses what is more
//! than the evaluation may still build, and only then calls the engine's own.
use std::cell::{Cell, RefCell};

use regorus::{Engine, Value as Rego};

use crate::eval;

/// What an evaluation that builds too much says; the engine's own limits say the same.
pub(crate) const EXCEEDED: &str = "execution exceeded memory limit";
/// Bytes that a value takes in a list, without what it points to.
const VALUE: u64 = 32;
/// Widest field of `sprintf`.
const WIDTH_MAX: u64 = 1000;

thread_local! {
    /// Bytes that the evaluation on this thread may still build with these functions.
    static LEFT: Cell<u64> = const { Cell::new(0) };
    /// An engine that has the functions as they are.
    static PLAIN: RefCell<Option<Engine>> = const { RefCell::new(None) };
}

/// The size of a result in bytes at most, from the arguments.
type Size = fn(&[Rego]) -> u64;

/// Name, number of arguments, and size of the result.
const GUARDED: [(&str, u8, Size); 10] = [
    ("array.concat", 2, array_concat),
    ("numbers.range", 2, range),
    ("numbers.range_step", 3, range_step),
    ("bits.lsh", 2, shift),
    ("concat", 2, concat),
    ("replace", 3, replace),
    ("strings.replace_n", 2, replace_n),
    ("regex.replace", 3, regex_replace),
    ("sprintf", 2, sprintf),
    ("json.marshal", 1, marshal),
];

/// Starts an evaluation on this thread, which may build so many bytes.
pub(crate) fn start(bytes: u64) {
    LEFT.set(bytes);
}

/// Puts the guarded functions before the engine's own.
pub(crate) fn install(engine: &mut Engine) {
    for (name, arity, size) in GUARDED {
        let guarded = move |args: Vec<Rego>| {
            let size = size(&args);
            let left = LEFT.get();
            if size > left {
                return Err(regorus::LimitError::MemoryLimitExceeded { usage: size, limit: left }.into());
            }
            LEFT.set(left - size);
            plain(name, args).map_err(anyhow::Error::msg)
        };
        // Only a name that is there already is refused, and the engine is new.
        drop(engine.add_extension(name.to_owned(), arity, Box::new(guarded)));
    }
}

/// Calls a function as it is.
fn plain(name: &str, args: Vec<Rego>) -> Result<Rego, String> {
    PLAIN.with_borrow_mut(|slot| {
        if slot.is_none() {
            let mut engine = Engine::new();
            engine.set_strict_builtin_errors(true);
            let mut text = String::from("package plain\n");
            for (index, (name, arity, _)) in GUARDED.iter().enumerate() {
                let args: Vec<String> = (0..*arity).map(|n| format!("input[{n}]")).collect();
                text.push_str(&format!("f{index} := {name}({})\n", args.join(", ")));
            }
            engine.add_policy("plain.rego".into(), text).map_err(|e| e.to_string())?;
            *slot = Some(engine);
        }
        let index = GUARDED.iter().position(|(n, ..)| *n == name).unwrap_or_default();
        let Some(engine) = slot.as_mut() else { return Err("there is no engine".into()) };
        engine.set_input(Rego::from(args));
        let result = engine.eval_rule(format!("data.plain.f{index}")).map_err(|e| eval::engine_error(&e.to_string()).1);
        // The arguments may be large; they are not kept until the next call.
        engine.set_input(Rego::Undefined);
        result
    })
}

fn text(value: Option<&Rego>) -> &str {
    match value {
        Some(Rego::String(text)) => text,
        _ => "",
    }
}

fn bytes(text: &str) -> u64 {
    text.len() as u64
}

fn whole(value: Option<&Rego>) -> i128 {
    value.and_then(|v| v.as_i128().ok()).unwrap_or(0)
}

fn size_of(count: i128) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX).saturating_mul(VALUE)
}

fn range(args: &[Rego]) -> u64 {
    let distance = whole(args.get(1)).saturating_sub(whole(args.first())).unsigned_abs();
    size_of(i128::try_from(distance).unwrap_or(i128::MAX).saturating_add(1))
}

fn range_step(args: &[Rego]) -> u64 {
    let distance = whole(args.get(1)).saturating_sub(whole(args.first())).unsigned_abs();
    let step = whole(args.get(2)).unsigned_abs().max(1);
    size_of(i128::try_from(distance / step).unwrap_or(i128::MAX).saturating_add(1))
}

fn shift(args: &[Rego]) -> u64 {
    // A number of more digits than any mask has is an error of the check, however much memory there is.
    let bits = whole(args.get(1));
    if (0..=4096).contains(&bits) { 512 } else { u64::MAX }
}

fn concat(args: &[Rego]) -> u64 {
    let parts: Box<dyn Iterator<Item = &Rego>> = match args.get(1) {
        Some(Rego::Array(items)) => Box::new(items.iter()),
        Some(Rego::Set(items)) => Box::new(items.iter_sorted()),
        _ => return 0,
    };
    let delimiter = bytes(text(args.first()));
    parts.fold(0u64, |sum, part| sum.saturating_add(bytes(text(Some(part)))).saturating_add(delimiter))
}

fn array_concat(args: &[Rego]) -> u64 {
    let count = |value: &Rego| value.as_array().map_or(0, |a| a.len() as u64);
    args.iter().fold(0u64, |sum, value| sum.saturating_add(count(value))).saturating_mul(VALUE)
}

fn replace(args: &[Rego]) -> u64 {
    let (whole, old, new) = (text(args.first()), text(args.get(1)), text(args.get(2)));
    let count = if old.is_empty() { bytes(whole) + 1 } else { whole.matches(old).count() as u64 };
    bytes(whole).saturating_add(count.saturating_mul(bytes(new)))
}

fn replace_n(args: &[Rego]) -> u64 {
    let Some(Rego::Object(patterns)) = args.first() else { return 0 };
    // One pass for each pattern, and each may lengthen what the next one meets.
    let mut size = bytes(text(args.get(1)));
    for (old, new) in patterns.iter() {
        let (old, new) = (bytes(text(Some(old))), bytes(text(Some(new))));
        if new > old {
            size = (size + 1).saturating_mul(new) / old.max(1);
        }
    }
    size
}

fn regex_replace(args: &[Rego]) -> u64 {
    let (whole, new) = (bytes(text(args.first())), bytes(text(args.get(2))));
    // Each character may be a match, and each group of the replacement may stand for the whole match.
    let groups = text(args.get(2)).matches('$').count() as u64;
    whole.saturating_add((whole + 1).saturating_mul(new.min(1 << 20))).saturating_add(groups.saturating_mul(whole))
}

fn sprintf(args: &[Rego]) -> u64 {
    let format = text(args.first());
    let mut size = bytes(format);
    let mut digits = 0u64;
    for c in format.chars() {
        digits = match c.to_digit(10) {
            Some(digit) => digits.saturating_mul(10).saturating_add(u64::from(digit)),
            None => 0,
        };
        if digits > WIDTH_MAX && format.contains('%') {
            // A large number may be plain text; then it must not stand in a format.
            if width_exceeded(format) {
                return u64::MAX;
            }
            digits = 0;
        }
    }
    let mut nodes = eval::NODES_LIMIT;
    let Some(Rego::Array(items)) = args.get(1) else { return size };
    for item in items.iter() {
        size = size.saturating_add(printed(item, &mut nodes));
    }
    size.saturating_add(WIDTH_MAX * items.len() as u64)
}

/// Whether a number that follows `%` is larger than the widest field.
fn width_exceeded(format: &str) -> bool {
    format.split('%').skip(1).any(|rest| {
        let digits: String = rest.trim_start_matches('.').chars().take_while(char::is_ascii_digit).collect();
        !digits.is_empty() && digits.parse::<u64>().map_or(true, |n| n > WIDTH_MAX)
    })
}

fn marshal(args: &[Rego]) -> u64 {
    let mut nodes = eval::NODES_LIMIT;
    args.first().map_or(0, |value| printed(value, &mut nodes))
}

/// Bytes of a value as text; more than there are where it has more than `nodes` parts, since Rego shares what text
/// repeats.
fn printed(value: &Rego, nodes: &mut u64) -> u64 {
    let Some(left) = nodes.checked_sub(1) else { return u64::MAX };
    *nodes = left;
    match value {
        Rego::String(text) => bytes(text).saturating_mul(2),
        Rego::Array(items) => items.iter().fold(2, |sum: u64, v| sum.saturating_add(printed(v, nodes))),
        Rego::Set(items) => items.iter().fold(2, |sum: u64, v| sum.saturating_add(printed(v, nodes))),
        Rego::Object(fields) => fields
            .iter()
            .fold(2, |sum: u64, (k, v)| sum.saturating_add(printed(k, nodes)).saturating_add(printed(v, nodes))),
        _ => 32,
    }
}
