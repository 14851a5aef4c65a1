//! Lists of other things than findings: columns for people, objects for programs.
use std::io::{self, Write};

use serde_json::Value;

use super::{
    Sink, json,
    style::{Paint, columns, plain},
};
use crate::{
    cli::{ListFormat, ListOutput},
    error::CommandError,
};

/// Rows with their columns and their objects.
#[derive(Debug, Default)]
pub(crate) struct List {
    /// Headings.
    pub(crate) columns: Vec<&'static str>,
    /// Cells of each row, and the same as an object.
    pub(crate) rows: Vec<(Vec<String>, Value)>,
    /// What the table says where there is no row.
    pub(crate) empty: &'static str,
    /// Lines below the table.
    pub(crate) notes: Vec<String>,
}

/// Writes a list as its options say.
pub(crate) fn write(list: &List, output: &ListOutput) -> Result<(), CommandError> {
    let mut sink = Sink::open(output.out.as_deref())?;
    let paint = Paint::detect(output.out.is_none());
    let result = match output.format {
        ListFormat::Table => table(list, paint, &mut sink),
        ListFormat::Json => document(list, &mut sink),
        ListFormat::Jsonl => lines(list, &mut sink),
    };
    sink.finish(result)
}

/// Writes text for the table format, or one object for the others.
pub(crate) fn write_one(text: &str, object: &Value, output: &ListOutput) -> Result<(), CommandError> {
    let mut sink = Sink::open(output.out.as_deref())?;
    let result = match output.format {
        ListFormat::Table => sink.write_all(text.as_bytes()),
        ListFormat::Json => json::put_pretty(&mut sink, object).and_then(|()| sink.write_all(b"\n")),
        ListFormat::Jsonl => json::put(&mut sink, object).and_then(|()| sink.write_all(b"\n")),
    };
    sink.finish(result)
}

fn table(list: &List, paint: Paint, out: &mut impl Write) -> io::Result<()> {
    if list.rows.is_empty() {
        writeln!(out, "{}", list.empty)?;
    } else {
        let mut widths: Vec<usize> = list.columns.iter().map(|c| columns(c)).collect();
        for (cells, _) in &list.rows {
            for (width, cell) in widths.iter_mut().zip(cells) {
                *width = (*width).max(columns(&plain(cell)).min(70));
            }
        }
        let heading = padded(list.columns.iter().copied(), &widths);
        writeln!(out, "{}", paint.dim(heading.trim_end()))?;
        for (cells, _) in &list.rows {
            writeln!(out, "{}", padded(cells.iter().map(String::as_str), &widths).trim_end())?;
        }
    }
    for note in &list.notes {
        writeln!(out, "{note}")?;
    }
    Ok(())
}

fn padded<'a>(cells: impl Iterator<Item = &'a str>, widths: &[usize]) -> String {
    let mut line = String::new();
    for (cell, width) in cells.zip(widths) {
        let cell = plain(cell);
        line.push_str(&cell);
        let room = width.saturating_sub(columns(&cell)) + 2;
        line.extend(std::iter::repeat_n(' ', room));
    }
    line
}

fn document(list: &List, out: &mut impl Write) -> io::Result<()> {
    out.write_all(b"[")?;
    for (i, (_, object)) in list.rows.iter().enumerate() {
        out.write_all(if i == 0 { b"\n" } else { b",\n" })?;
        json::put(out, object)?;
    }
    out.write_all(b"\n]\n")
}

fn lines(list: &List, out: &mut impl Write) -> io::Result<()> {
    for (_, object) in &list.rows {
        json::put(out, object)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
