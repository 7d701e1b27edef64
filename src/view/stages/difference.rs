//! What is in one list of rows and not in another.

use super::{Mark, StageRow, StageRowKind};

/// So many rows that did not change are shown at each end of a longer run of them.
const CONTEXT: usize = 1;

/// Writes `after` with marks at what is not in `before`, and what was only there; of what did not change most is
/// told by its length.
pub fn difference<Row: PartialEq>(
    before: &[Row],
    after: &[Row],
    row: impl Fn(&Row, Mark) -> StageRow,
    rows: &mut Vec<StageRow>,
) {
    let mut same = Vec::new();
    for (mark, each) in marks(before, after) {
        if mark == Mark::Same {
            same.push(row(each, mark));
        } else {
            flush(&mut same, rows);
            rows.push(row(each, mark));
        }
    }
    flush(&mut same, rows);
}

/// Writes a run of rows that did not change.
fn flush(same: &mut Vec<StageRow>, rows: &mut Vec<StageRow>) {
    let hidden = same.len().saturating_sub(2 * CONTEXT);
    if hidden > 1 {
        let behind = same.split_off(same.len() - CONTEXT);
        rows.extend(same.drain(..CONTEXT));
        rows.push(StageRow::new(StageRowKind::Unchanged, format!("    … {hidden} unchanged")));
        rows.extend(behind);
        same.clear();
    } else {
        rows.append(same);
    }
}

/// The longest tables of common rows that are computed; longer blocks are told as taken out and put in.
const LARGEST: usize = 1 << 22;

/// The rows of both, in order, each once if it is in both: what was taken out, what was put in.
fn marks<'rows, Row: PartialEq>(before: &'rows [Row], after: &'rows [Row]) -> Vec<(Mark, &'rows Row)> {
    let head = before.iter().zip(after).take_while(|(old, new)| old == new).count();
    let (old, new) = (&before[head..], &after[head..]);
    let tail = old.iter().rev().zip(new.iter().rev()).take_while(|(old, new)| old == new).count();
    let (old, new) = (&old[..old.len() - tail], &new[..new.len() - tail]);
    let mut marked: Vec<(Mark, &Row)> = after[..head].iter().map(|row| (Mark::Same, row)).collect();
    if old.len().saturating_mul(new.len()) > LARGEST {
        marked.extend(old.iter().map(|row| (Mark::Removed, row)));
        marked.extend(new.iter().map(|row| (Mark::Added, row)));
    } else {
        // For each pair of places the length of the longest common row of rows from there on.
        let width = new.len() + 1;
        let mut common = vec![0u32; (old.len() + 1) * width];
        for i in (0..old.len()).rev() {
            for j in (0..new.len()).rev() {
                common[i * width + j] = if old[i] == new[j] {
                    common[(i + 1) * width + j + 1] + 1
                } else {
                    common[(i + 1) * width + j].max(common[i * width + j + 1])
                };
            }
        }
        let (mut i, mut j) = (0, 0);
        while i < old.len() || j < new.len() {
            if i < old.len() && j < new.len() && old[i] == new[j] {
                marked.push((Mark::Same, &new[j]));
                (i, j) = (i + 1, j + 1);
            } else if j == new.len()
                || (i < old.len() && common[(i + 1) * width + j] >= common[i * width + j + 1])
            {
                marked.push((Mark::Removed, &old[i]));
                i += 1;
            } else {
                marked.push((Mark::Added, &new[j]));
                j += 1;
            }
        }
    }
    marked.extend(after[after.len() - tail..].iter().map(|row| (Mark::Same, row)));
    marked
}

#[cfg(test)]
mod tests {
    use super::{Mark, marks};

    #[test]
    fn what_stays_is_told_once_and_what_changes_by_both_its_forms() {
        let told = |before: &str, after: &str| {
            let (before, after): (Vec<char>, Vec<char>) = (before.chars().collect(), after.chars().collect());
            let sign = |mark| match mark {
                Mark::Same => ' ',
                Mark::Added => '+',
                Mark::Removed => '-',
            };
            marks(&before, &after).into_iter().flat_map(|(mark, row)| [sign(mark), *row]).collect::<String>()
        };
        assert_eq!(told("abc", "abc"), " a b c");
        assert_eq!(told("abc", "axc"), " a-b+x c");
        assert_eq!(told("", "ab"), "+a+b");
        assert_eq!(told("ab", ""), "-a-b");
        assert_eq!(told("abcabba", "cbabac"), "-a-b c-a b+a b a+c");
    }
}
