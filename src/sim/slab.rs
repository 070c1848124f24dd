//! Records by number, whose numbers are used again.

/// Things that come and go and are referred to by number.
#[derive(Debug)]
pub(super) struct Slab<T> {
    all: Vec<T>,
    free: Vec<u32>,
}

impl<T> Default for Slab<T> {
    fn default() -> Slab<T> {
        Slab { all: Vec::new(), free: Vec::new() }
    }
}

impl<T> Slab<T> {
    /// The number of something new.
    pub(super) fn take(&mut self, new: T) -> u32 {
        if let Some(id) = self.free.pop() {
            self.all[id as usize] = new;
            return id;
        }
        self.all.push(new);
        (self.all.len() - 1) as u32
    }

    /// Nothing refers to this number any more.
    pub(super) fn give_back(&mut self, id: u32) {
        self.free.push(id);
    }
}

impl<T> std::ops::Index<u32> for Slab<T> {
    type Output = T;
    fn index(&self, id: u32) -> &T {
        &self.all[id as usize]
    }
}

impl<T> std::ops::IndexMut<u32> for Slab<T> {
    fn index_mut(&mut self, id: u32) -> &mut T {
        &mut self.all[id as usize]
    }
}
