//! How deep brackets may nest. The engine's parser reads what stands in `[` or `{` twice, first as a comprehension and then
//! as a collection, so each level doubles its work: thirty levels would take it for ever.

/// What all brackets of one text may cost, where one at depth `d` costs `2^d`. The largest check of ours costs 500.
const COST_MAX: u64 = 10_000;
/// Levels of brackets of any kind; the parser goes as deep as they do.
const DEPTH_MAX: u32 = 64;

/// Signs before one term, for each of which the parser calls itself.
const SIGNS_MAX: u32 = 64;

/// Line and column, from 1, of the bracket or sign that is too much.
///
/// # Errors
/// Where the brackets cost more than the parser should do, or the parser would go too deep.
pub(crate) fn check(text: &str) -> Result<(), (u32, u32)> {
    // Expressions stand within strings of this form. Such a text has all of its brackets counted, those of strings too.
    let templates = text.contains("$\"") || text.contains("$`");
    let (mut line, mut column) = (1_u32, 0_u32);
    let (mut doubling, mut depth, mut cost, mut signs) = (0_u32, 0_u32, 0_u64, 0_u32);
    let mut inside = None;
    let mut escaped = false;
    for c in text.chars() {
        column = column.saturating_add(1);
        if c == '\n' {
            line = line.saturating_add(1);
            column = 0;
        }
        signs = match (inside, c) {
            (None, '-') => signs + 1,
            (None, c) if c.is_whitespace() => signs,
            _ => 0,
        };
        match (inside, c) {
            // The end of a line ends all but a raw string.
            (Some('"' | '#'), '\n') => inside = None,
            (Some('"'), _) if escaped => escaped = false,
            (Some('"'), '\\') => escaped = true,
            (Some(quote @ ('"' | '`')), c) if c == quote => inside = None,
            (None, '"' | '`' | '#') if !templates => {
                inside = Some(c);
                escaped = false;
            }
            (None, '[' | '{' | '(') => {
                depth += 1;
                if c != '(' {
                    doubling += 1;
                }
                cost = cost.saturating_add(1_u64.checked_shl(doubling).unwrap_or(u64::MAX));
                if cost > COST_MAX || depth > DEPTH_MAX {
                    return Err((line, column));
                }
            }
            (None, ']' | '}' | ')') => {
                depth = depth.saturating_sub(1);
                if c != ')' {
                    doubling = doubling.saturating_sub(1);
                }
            }
            (None, _) if signs > SIGNS_MAX => return Err((line, column)),
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_that_would_hold_the_parser_are_refused() {
        for (text, want, why) in [
            ("a if { b := [[1], {2: [3]}]; c }".to_owned(), Ok(()), "a check"),
            ("x := ".to_owned() + &"[".repeat(30), Err((1, 18)), "each level doubles the work"),
            ("\n{".to_owned() + &"{".repeat(30), Err((2, 13)), "sets as well"),
            ("[[[[[[1]]]]]]\n".repeat(1_000), Err((80, 5)), "and so do many that are less deep"),
            ("(".repeat(100), Err((1, 65)), "a deep term goes deep in the parser"),
            ("x := ".to_owned() + &"- ".repeat(100), Err((1, 134)), "so does each sign"),
            ("# ".to_owned() + &"-".repeat(100) + "\n\nx := 1", Ok(()), "a line of a comment"),
            ("x := \"".to_owned() + &"[".repeat(99) + "\"", Ok(()), "a string is no bracket"),
            ("x := `\n".to_owned() + &"[".repeat(99) + "`", Ok(()), "nor is a raw string"),
            ("# ".to_owned() + &"[".repeat(99), Ok(()), "nor a comment"),
            ("x := \"\\\"".to_owned() + &"[".repeat(99) + "\"", Ok(()), "a protected quote ends nothing"),
            ("x := $\"{".to_owned() + &"[".repeat(99) + "}\"", Err((1, 20)), "a template holds expressions"),
        ] {
            assert_eq!(check(&text), want, "{why}");
        }
    }
}
