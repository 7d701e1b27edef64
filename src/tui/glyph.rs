//! The signs on the screen, in Unicode and in ASCII.
//!
//! A state is told by a sign and not by colour alone; where the locale is not UTF-8 the ASCII set is
//! drawn.  Signs that stand in a column take one cell in both sets.

/// One set of signs.
#[derive(Debug)]
pub struct Glyphs {
    /// The current line or instruction.
    pub now: &'static str,
    /// A breakpoint.
    pub breakpoint: &'static str,
    /// A breakpoint where the program stands.
    pub now_at_breakpoint: &'static str,
    /// A jump that will be taken; a comparison that came out True.
    pub yes: &'static str,
    /// A jump that will not be taken; a comparison that came out False.
    pub no: &'static str,
    /// Where a jump goes that may or may not be taken.
    pub maybe: &'static str,
    /// What the last step made: a slot pushed, a name bound, a line written.
    pub fresh: &'static str,
    /// Before what comes out of an instruction.
    pub gives: &'static str,
    /// The row the user has picked.
    pub picked: &'static str,
    /// A row on standard error.
    pub stderr: &'static str,
    /// What was cut out of a long text.
    pub cut: &'static str,
    /// A horizontal rule.
    pub rule: &'static str,
    /// A vertical rule.
    pub wall: &'static str,
    /// The timeline up to now.
    pub past: &'static str,
    /// The timeline behind now.
    pub future: &'static str,
    /// Now, on the timeline.
    pub moment: &'static str,
    /// More rows above.
    pub above: &'static str,
    /// More rows below.
    pub below: &'static str,
    /// Corners of boxes and of arrows, as they are drawn from left to right and from top to bottom.
    pub corners: [&'static str; 4],
    /// A branch to the right off a vertical rule.
    pub branch: &'static str,
    /// A branch downwards off a horizontal rule.
    pub fork: &'static str,
    /// The head of an arrow to the left.
    pub left: &'static str,
    /// The head of an arrow to the right.
    pub right: &'static str,
    /// Where the line of a name between others meets them.
    pub tee: &'static str,
}

/// For terminals that show Unicode.
pub static UNICODE: Glyphs = Glyphs {
    now: "▶",
    breakpoint: "●",
    now_at_breakpoint: "◉",
    yes: "✓",
    no: "✗",
    maybe: "◇",
    fresh: "+",
    gives: "→",
    picked: "›",
    stderr: "!",
    cut: "…",
    rule: "─",
    wall: "│",
    past: "━",
    future: "─",
    moment: "◆",
    above: "↑",
    below: "↓",
    corners: ["┌", "┐", "└", "┘"],
    branch: "├",
    fork: "┬",
    left: "◂",
    right: "▸",
    tee: "┤",
};

/// For all others.
pub static ASCII: Glyphs = Glyphs {
    now: ">",
    breakpoint: "*",
    now_at_breakpoint: "@",
    yes: "y",
    no: "x",
    maybe: "?",
    fresh: "+",
    gives: "->",
    picked: ")",
    stderr: "!",
    cut: "...",
    rule: "-",
    wall: "|",
    past: "=",
    future: "-",
    moment: "O",
    above: "^",
    below: "v",
    corners: ["+", "+", "+", "+"],
    branch: "+",
    fork: "+",
    left: "<",
    right: ">",
    tee: "+",
};

/// The set for the locale that the environment names: of `LC_ALL`, `LC_CTYPE` and `LANG` the first that is
/// set and not empty counts, as in C.
pub fn of_locale(variable: impl Fn(&str) -> Option<String>) -> &'static Glyphs {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .iter()
        .find_map(|name| variable(name).filter(|value| !value.is_empty()));
    let is_utf8 = locale.is_some_and(|locale| {
        let charset = locale.to_ascii_lowercase();
        charset.contains("utf-8") || charset.contains("utf8")
    });
    if is_utf8 { &UNICODE } else { &ASCII }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unicode(variables: &[(&str, &str)]) -> bool {
        let find = |name: &str| variables.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned());
        std::ptr::eq(of_locale(find), &raw const UNICODE)
    }

    #[test]
    fn the_first_locale_variable_that_is_set_counts() {
        assert!(unicode(&[("LANG", "en_US.UTF-8")]));
        assert!(unicode(&[("LC_ALL", ""), ("LC_CTYPE", "C.utf8"), ("LANG", "C")]));
        assert!(!unicode(&[("LC_ALL", "C"), ("LANG", "en_US.UTF-8")]));
        assert!(!unicode(&[]));
    }
}
