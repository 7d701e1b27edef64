//! What is where in a source, without compiling it.

use ruff_python_ast as ast;
use ruff_python_ast::visitor::{self, Visitor};
use ruff_text_size::{Ranged, TextSize};

use crate::text::{ByteOffset, Outline, Place, SourceFile};

/// The outline of a source; of one that is not Python, as far as the parser understood it.
pub fn outline(source: &SourceFile) -> Outline {
    super::syntax::with_statements(source, |statements| of_statements(statements, source))
}

fn of_statements(statements: &[ast::Stmt], source: &SourceFile) -> Outline {
    let place = |offset: TextSize| -> Place {
        let position = source.lines().position(ByteOffset(offset.to_u32()));
        (position.line.0, position.column.0)
    };
    let mut outline = Outline::default();
    for statement in statements {
        let (first, last) = (place(start_of(statement)).0, place(statement.end()).0);
        match outline.statements.last_mut() {
            // A line of simple statements, with semicolons between them.
            Some((_, end)) if *end == first => *end = last,
            _ => outline.statements.push((first, last)),
        }
    }
    let mut patterns = Patterns::default();
    patterns.visit_body(statements);
    outline.patterns = patterns.0.into_iter().map(|(start, end)| (place(start), place(end))).collect();
    outline.patterns.sort_unstable();
    outline
}

/// The source as it would be typed at a prompt: each top-level statement alone, on the lines where it stands.
pub fn pieces(source: &SourceFile) -> Vec<SourceFile> {
    let lines: Vec<&str> = source.text().split_inclusive('\n').collect();
    let piece = |(first, last): (u32, u32)| {
        let (before, end) = (first as usize - 1, (last as usize).min(lines.len()));
        let mut text = "\n".repeat(before);
        text.extend(lines[before.min(end)..end].iter().copied());
        if !text.ends_with('\n') {
            text.push('\n');
        }
        SourceFile::from_text(source.name(), &text).expect("a part of a text is a text")
    };
    outline(source).statements.into_iter().map(piece).collect()
}

/// Where a statement begins: a decorated one with its first decorator.
fn start_of(statement: &ast::Stmt) -> TextSize {
    let decorators = match statement {
        ast::Stmt::FunctionDef(function) => &function.decorator_list,
        ast::Stmt::ClassDef(class) => &class.decorator_list,
        _ => return statement.start(),
    };
    decorators.first().map_or(statement.start(), Ranged::start)
}

/// The patterns of all `case` clauses, those inside others left out.
#[derive(Default)]
struct Patterns(Vec<(TextSize, TextSize)>);

impl Visitor<'_> for Patterns {
    fn visit_match_case(&mut self, case: &ast::MatchCase) {
        self.0.push((case.pattern.start(), case.pattern.end()));
        visitor::walk_match_case(self, case);
    }

    fn visit_pattern(&mut self, _pattern: &ast::Pattern) {}

    /// No statement is inside one, and they may be nested without end.
    fn visit_expr(&mut self, _expression: &ast::Expr) {}
}
