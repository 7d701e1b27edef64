//! Where the panes are, for every size of terminal.
//!
//! Below 84 columns the panes stand over one another, with the value stack beside the wordcode where
//! there is room for it; from 84 columns there are two columns, from 160 three.  What has no place of its
//! own shares one, the tabs.  Nothing here looks at what the panes show, so that nothing jumps about
//! while one steps.

use ratatui::layout::Rect;

use super::pane::Pane;

/// The smallest terminal that panes are drawn on.
pub const SMALLEST: (u16, u16) = (40, 12);

/// A pane's place: its title is the first row of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The pane that is shown there.
    pub pane: Pane,
    /// The title row and all rows below it.
    pub area: Rect,
}

impl Place {
    /// The rows below the title.
    pub fn inside(self) -> Rect {
        let Rect { x, y, width, height } = self.area;
        Rect { x, y: y.saturating_add(1), width, height: height.saturating_sub(1) }
    }
}

/// The whole screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// The panes on the screen.
    pub places: Vec<Place>,
    /// Panes that share the place of the one among them that is in `places`, in the order of their tabs.
    pub tabs: Vec<Pane>,
    /// Columns of vertical rules.
    pub walls: Vec<Rect>,
    /// The timeline bar, one row.
    pub bar: Rect,
    /// The status line, one row.
    pub status: Rect,
}

/// What of the layout the user chooses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The pane that fills the screen alone.
    pub zoomed: Option<Pane>,
    /// The tab that was opened last; where it is none of the tabs, or none was, the first is open.
    pub tab: Option<Pane>,
}

impl Layout {
    /// The layout for a terminal of `width` × `height`; `None` where it is smaller than [`SMALLEST`].
    pub fn new(width: u16, height: u16, choice: Choice) -> Option<Self> {
        if width < SMALLEST.0 || height < SMALLEST.1 {
            return None;
        }
        let body = Rect::new(0, 0, width, height - 2);
        let mut layout = Self {
            places: Vec::new(),
            tabs: Vec::new(),
            walls: Vec::new(),
            bar: Rect::new(0, height - 2, width, 1),
            status: Rect::new(0, height - 1, width, 1),
        };
        if let Some(pane) = choice.zoomed {
            layout.places.push(Place { pane, area: body });
        } else if width < 84 {
            layout.one_column(body, choice);
        } else if width < 160 {
            layout.two_columns(body, choice);
        } else {
            layout.three_columns(body, choice);
        }
        Some(layout)
    }

    /// Where `pane` is shown, if it is.
    pub fn place(&self, pane: Pane) -> Option<Place> {
        self.places.iter().copied().find(|place| place.pane == pane)
    }

    fn one_column(&mut self, body: Rect, choice: Choice) {
        let everything_else =
            [Pane::Says, Pane::Frames, Pane::Compare, Pane::Names, Pane::Objects, Pane::Output];
        if body.height < 16 || (body.width < 64 && body.height < 20) {
            // The three that cannot be missed; a tab that is asked for takes the value stack's place.
            let tabs = [&[Pane::Stack][..], &everything_else].concat();
            let [source, wordcode, rest] = rows(body, [3, 4, 3]);
            self.put(Pane::Source, source);
            self.put(Pane::Wordcode, wordcode);
            self.put_tabs(tabs, Pane::Stack, choice, rest);
            return;
        }
        let [source, middle, rest] = rows(body, [7, 9, 6]);
        self.put(Pane::Source, source);
        if body.width < 64 {
            let [wordcode, stack] = rows(middle, [5, 4]);
            self.put(Pane::Wordcode, wordcode);
            self.put(Pane::Stack, stack);
        } else {
            let [wordcode, stack] = self.columns(middle, [50, 29]);
            self.put(Pane::Wordcode, wordcode);
            self.put(Pane::Stack, stack);
        }
        self.put_tabs(everything_else.to_vec(), Pane::Says, choice, rest);
    }

    fn two_columns(&mut self, body: Rect, choice: Choice) {
        let [left, right] = self.columns(body, [48, 52]);
        let [source, rest] = rows(left, [14, 9]);
        let [wordcode, stack] = rows(right, [14, 9]);
        self.put(Pane::Source, source);
        self.put(Pane::Wordcode, wordcode);
        self.put(Pane::Stack, stack);
        if body.height < 30 {
            let tabs =
                vec![Pane::Says, Pane::Frames, Pane::Compare, Pane::Names, Pane::Objects, Pane::Output];
            self.put_tabs(tabs, Pane::Says, choice, rest);
        } else {
            let [says, tabbed] = rows(rest, [6, 9]);
            let tabs = vec![Pane::Names, Pane::Frames, Pane::Compare, Pane::Objects, Pane::Output];
            self.put(Pane::Says, says);
            self.put_tabs(tabs, Pane::Names, choice, tabbed);
        }
    }

    fn three_columns(&mut self, body: Rect, choice: Choice) {
        let [left, middle, right] = self.columns(body, [52, 58, 48]);
        if body.height < 30 {
            let [source, output] = rows(left, [14, 8]);
            let [wordcode, says] = rows(middle, [14, 8]);
            let [stack, rest] = rows(right, [11, 11]);
            self.put(Pane::Source, source);
            self.put(Pane::Output, output);
            self.put(Pane::Wordcode, wordcode);
            self.put(Pane::Says, says);
            self.put(Pane::Stack, stack);
            self.put_tabs(
                vec![Pane::Names, Pane::Frames, Pane::Compare, Pane::Objects],
                Pane::Names,
                choice,
                rest,
            );
            return;
        }
        let [source, output] = rows(left, [34, 12]);
        let [wordcode, says] = rows(middle, [38, 8]);
        let [stack, frames, names, compare] = rows(right, [11, 7, 14, 14]);
        self.put(Pane::Source, source);
        self.put(Pane::Output, output);
        self.put(Pane::Wordcode, wordcode);
        self.put(Pane::Says, says);
        self.put(Pane::Stack, stack);
        self.put(Pane::Frames, frames);
        self.put_tabs(vec![Pane::Names, Pane::Objects], Pane::Names, choice, names);
        self.put(Pane::Compare, compare);
    }

    fn put(&mut self, pane: Pane, area: Rect) {
        self.places.push(Place { pane, area });
    }

    fn put_tabs(&mut self, tabs: Vec<Pane>, first: Pane, choice: Choice, area: Rect) {
        let open = choice.tab.filter(|tab| tabs.contains(tab)).unwrap_or(first);
        self.put(open, area);
        self.tabs = tabs;
    }

    /// Splits `area` into columns as wide as `shares` of it, with a rule of one cell between them.
    fn columns<const N: usize>(&mut self, area: Rect, shares: [u16; N]) -> [Rect; N] {
        let rules = N as u16 - 1;
        let mut x = area.x;
        let parts = shared(area.width - rules, shares).map(|width| {
            let part = Rect { x, width, ..area };
            x += width + 1;
            part
        });
        self.walls.extend(parts.iter().skip(1).map(|part| Rect { x: part.x - 1, width: 1, ..area }));
        parts
    }
}

/// Splits `area` into parts over one another, as high as `shares` of it.
fn rows<const N: usize>(area: Rect, shares: [u16; N]) -> [Rect; N] {
    let mut y = area.y;
    shared(area.height, shares).map(|height| {
        let part = Rect { y, height, ..area };
        y += height;
        part
    })
}

/// `total` in the proportions of `shares`; what rounding leaves over goes to the first.
fn shared<const N: usize>(total: u16, shares: [u16; N]) -> [u16; N] {
    let sum: u32 = shares.iter().map(|&share| u32::from(share)).sum();
    let mut parts = shares.map(|share| (u32::from(total) * u32::from(share) / sum.max(1)) as u16);
    let given: u16 = parts.iter().sum();
    if let Some(first) = parts.first_mut() {
        *first += total - given;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn panes(width: u16, height: u16) -> Vec<Pane> {
        let layout = Layout::new(width, height, Choice { zoomed: None, tab: None }).unwrap();
        layout.places.iter().map(|place| place.pane).collect()
    }

    #[test]
    fn the_sizes_that_count_show_the_panes_they_must() {
        use Pane::{Compare, Frames, Names, Output, Says, Source, Stack, Wordcode};
        assert_eq!(panes(80, 24), [Source, Wordcode, Stack, Says]);
        assert_eq!(panes(40, 12), [Source, Wordcode, Stack]);
        assert_eq!(panes(100, 30), [Source, Wordcode, Stack, Says]);
        assert_eq!(panes(120, 40), [Source, Wordcode, Stack, Says, Names]);
        assert_eq!(panes(160, 48), [Source, Output, Wordcode, Says, Stack, Frames, Names, Compare]);
    }

    #[test]
    fn columns_begin_at_84_and_160() {
        let walls = |width| Layout::new(width, 40, Choice { zoomed: None, tab: None }).unwrap().walls;
        assert!(walls(83).iter().all(|wall| wall.height < 38));
        assert_eq!(walls(84).len(), 1);
        assert_eq!(walls(159).len(), 1);
        assert_eq!(walls(160).len(), 2);
    }

    #[test]
    fn places_cover_the_body_and_never_overlap() {
        for width in 40..=200 {
            for height in 12..=60 {
                for zoomed in [None, Some(Pane::Names)] {
                    let layout =
                        Layout::new(width, height, Choice { zoomed, tab: Some(Pane::Names) }).unwrap();
                    let mut areas: Vec<Rect> = layout.places.iter().map(|place| place.area).collect();
                    areas.extend(&layout.walls);
                    areas.extend([layout.bar, layout.status]);
                    let covered: u32 = areas.iter().map(|area| area.area()).sum();
                    assert_eq!(covered, u32::from(width) * u32::from(height), "{width}×{height}");
                    for (i, a) in areas.iter().enumerate() {
                        assert!(
                            areas[i + 1..].iter().all(|b| a.intersection(*b).is_empty()),
                            "{width}×{height}"
                        );
                    }
                    assert!(layout.places.iter().all(|place| place.area.height >= 3), "{width}×{height}");
                }
            }
        }
    }

    #[test]
    fn smaller_than_the_smallest_is_no_layout() {
        let choice = Choice { zoomed: None, tab: None };
        assert_eq!(Layout::new(39, 12, choice), None);
        assert_eq!(Layout::new(40, 11, choice), None);
        assert_eq!(Layout::new(0, 0, choice), None);
    }
}
