//! The order of an OrderedDict: a list of nodes beside the dict's table, one for each key that was put in by the
//! OrderedDict's own methods.
//!
//! What must hold: nodes are found by the place that their key has in the dict's table, through a list that is made anew
//! when the table is another one.  Methods of dict change the table and leave the nodes alone, so the two may be out of
//! step; then a place leads to no node, or to that of another key, as it does in CPython.

/// A node, while it is there: where it is kept, and the state that it was made in, so that it is never taken for another
/// one that is kept there later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct NodeId(u32, u64);

/// What a node holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Node<V> {
    /// The key, counted once more than the dict counts it.
    pub key: V,
    /// Its hash.
    pub hash: i64,
    previous: Option<NodeId>,
    next: Option<NodeId>,
    made: u64,
}

/// Which table the places were made for: its generation and its size.
pub(super) type TableMark = (u32, usize);

/// All nodes of a dict.
#[derive(Clone, Debug, Hash)]
pub struct Order<V> {
    nodes: Vec<Option<Node<V>>>,
    free: Vec<u32>,
    first: Option<NodeId>,
    last: Option<NodeId>,
    /// Of each place in the table, its node.
    places: Vec<Option<NodeId>>,
    made_for: Option<TableMark>,
    /// Counts the changes of the list.
    state: u64,
}

impl<V> Default for Order<V> {
    fn default() -> Self {
        Self {
            nodes: Vec::new(),
            free: Vec::new(),
            first: None,
            last: None,
            places: Vec::new(),
            made_for: None,
            state: 0,
        }
    }
}

impl<V: Copy + Eq> Order<V> {
    /// A number that differs after each change of the order.
    pub const fn state(&self) -> u64 {
        self.state
    }

    /// Whether there is no node.
    pub const fn is_empty(&self) -> bool {
        self.first.is_none()
    }

    /// How many places are known.
    pub const fn places(&self) -> usize {
        self.places.len()
    }

    /// The node at the end, or at the beginning.
    pub const fn end(&self, last: bool) -> Option<NodeId> {
        if last { self.last } else { self.first }
    }

    /// What a node holds, if it is still there.
    pub fn node(&self, id: NodeId) -> Option<Node<V>> {
        self.nodes.get(id.0 as usize).copied().flatten().filter(|node| node.made == id.1)
    }

    /// The node behind `id`, or before it.
    pub fn beside(&self, id: NodeId, reverse: bool) -> Option<NodeId> {
        let node = self.node(id)?;
        if reverse { node.previous } else { node.next }
    }

    /// All nodes, in their order.
    pub fn iter(&self) -> impl Iterator<Item = (NodeId, Node<V>)> + '_ {
        let mut next = self.first;
        std::iter::from_fn(move || {
            let id = next?;
            let node = self.node(id)?;
            next = node.next;
            Some((id, node))
        })
    }

    /// The node of the key at a place of the table.
    pub fn at(&self, place: usize) -> Option<NodeId> {
        self.places.get(place).copied().flatten().filter(|id| self.node(*id).is_some())
    }

    /// Whether the places are those of this table.
    pub(super) fn is_made_for(&self, mark: TableMark) -> bool {
        self.made_for == Some(mark)
    }

    /// Takes in the places that the nodes have in another table.
    pub(super) fn refill(&mut self, places: Vec<Option<NodeId>>, mark: TableMark) {
        (self.places, self.made_for) = (places, Some(mark));
    }

    /// Adds a node behind all others, for the key at `place`.
    pub(super) fn add(&mut self, place: usize, key: V, hash: i64) {
        let index = self.free.pop().unwrap_or_else(|| {
            self.nodes.push(None);
            self.nodes.len() as u32 - 1
        });
        let id = NodeId(index, self.state);
        self.nodes[index as usize] = Some(Node { key, hash, previous: None, next: None, made: self.state });
        self.link(id, true);
        if let Some(slot) = self.places.get_mut(place) {
            *slot = Some(id);
        }
    }

    /// Takes out the node at a place, and gives its key.
    pub(super) fn remove(&mut self, place: usize) -> Option<V> {
        let id = self.at(place)?;
        self.places[place] = None;
        self.unlink(id);
        self.free.push(id.0);
        self.nodes[id.0 as usize].take().map(|node| node.key)
    }

    /// Moves a node behind all others, or before them.
    pub(super) fn move_to_end(&mut self, id: NodeId, last: bool) {
        if self.end(last) != Some(id) {
            self.unlink(id);
            self.link(id, last);
        }
    }

    /// Takes out all nodes, and gives their keys.
    pub(super) fn clear(&mut self) -> Vec<V> {
        let keys = self.iter().map(|(_, node)| node.key).collect();
        *self = Self { state: self.state + 1, ..Self::default() };
        keys
    }

    fn link(&mut self, id: NodeId, last: bool) {
        let neighbour = self.end(last);
        if let Some(node) = &mut self.nodes[id.0 as usize] {
            (node.previous, node.next) = if last { (neighbour, None) } else { (None, neighbour) };
        }
        if let Some(Some(other)) = neighbour.map(|other| &mut self.nodes[other.0 as usize]) {
            *(if last { &mut other.next } else { &mut other.previous }) = Some(id);
        }
        *(if last { &mut self.last } else { &mut self.first }) = Some(id);
        if neighbour.is_none() {
            (self.first, self.last) = (Some(id), Some(id));
        }
        self.state += 1;
    }

    fn unlink(&mut self, id: NodeId) {
        let Some(Node { previous, next, .. }) = self.node(id) else { return };
        match previous.map(|other| &mut self.nodes[other.0 as usize]) {
            Some(Some(other)) => other.next = next,
            _ => self.first = next,
        }
        match next.map(|other| &mut self.nodes[other.0 as usize]) {
            Some(Some(other)) => other.previous = previous,
            _ => self.last = previous,
        }
        self.state += 1;
    }
}
