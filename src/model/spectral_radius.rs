//! How much the loops of a graph amplify.

use petgraph::graph::DiGraph;

/// Work that a computation may take: entries times steps.
const MOST_WORK: usize = 100_000_000;

/// The spectral radius of a nonnegative square matrix: what a round through the loops of a
/// routing multiplies work by in the long run. Below 1 work drains, at 1 it circles for ever.
///
/// `entries` are (row, column, value) of a matrix with `size` rows; all others are 0, and entries
/// of one place add up.
///
/// It is the largest among the strongly connected components. There, min and max of (Ax)ᵢ / xᵢ
/// enclose it for every positive x (Collatz 1942, Wielandt 1950), and x ← (A + s)x, with s between the two,
/// draws them together: power iteration that a period cannot mislead. Exact where all rows of a
/// component have one sum; else to about 10⁻¹², less sharp only where thousands of rows mix slowly.
///
/// # Panics
/// If an entry lies outside the matrix, is negative or not finite.
///
/// ```
/// use orgsim::model::spectral_radius;
///
/// // Front desk → specialist in 30 %, and back in 20 %.
/// let gain = spectral_radius(2, &[(0, 1, 0.3), (1, 0, 0.2)]);
/// assert!((gain - 0.06f64.sqrt()).abs() < 1e-12);
/// ```
#[must_use]
pub fn spectral_radius(size: usize, entries: &[(usize, usize, f64)]) -> f64 {
    for &(row, column, value) in entries {
        assert!(row < size && column < size, "an entry lies in its matrix");
        assert!(value.is_finite() && 0.0 <= value, "the entries are finite and at least 0");
    }
    gains(size, entries).into_iter().map(|(_, gain)| gain).fold(0.0, f64::max)
}

/// The strongly connected components that hold a cycle, each in order of number, with their
/// spectral radii; entries of 0 connect nothing.
pub(in crate::model) fn gains(
    size: usize,
    entries: &[(usize, usize, f64)],
) -> Vec<(Vec<usize>, f64)> {
    let linked = || entries.iter().filter(|(_, _, value)| 0.0 < *value);
    let components = cyclic(size, linked().map(|&(row, column, _)| (row, column)));
    // for each row its component, and its position in there
    let mut places: Vec<Option<(usize, usize)>> = vec![None; size];
    for (component, members) in components.iter().enumerate() {
        for (position, &member) in members.iter().enumerate() {
            places[member] = Some((component, position));
        }
    }
    let mut within: Vec<Vec<(usize, usize, f64)>> = vec![Vec::new(); components.len()];
    for &(row, column, value) in linked() {
        if let (Some((component, i)), Some((same, j))) = (places[row], places[column])
            && component == same
        {
            within[component].push((i, j, value));
        }
    }
    let gain = |(members, entries): (Vec<usize>, Vec<_>)| {
        let gain = irreducible(members.len(), &entries);
        (members, gain)
    };
    components.into_iter().zip(within).map(gain).collect()
}

/// The strongly connected components of a graph that hold a cycle, each in order of number.
pub(in crate::model) fn cyclic(
    size: usize,
    edges: impl Iterator<Item = (usize, usize)>,
) -> Vec<Vec<usize>> {
    let edges: Vec<(usize, usize)> = edges.collect();
    let mut to_itself = vec![false; size];
    for (from, _) in edges.iter().filter(|(from, to)| from == to) {
        to_itself[*from] = true;
    }
    let mut found = components(size, edges.into_iter());
    found.retain(|component| 1 < component.len() || to_itself[component[0]]);
    found.sort();
    found
}

/// The strongly connected components of a graph, each in order of number, so that every edge between two
/// leads to a later one.
pub(in crate::model) fn components(
    size: usize,
    edges: impl Iterator<Item = (usize, usize)>,
) -> Vec<Vec<usize>> {
    let mut graph = DiGraph::<(), ()>::new();
    let nodes: Vec<_> = (0..size).map(|_| graph.add_node(())).collect();
    for (from, to) in edges {
        graph.add_edge(nodes[from], nodes[to], ());
    }
    // without recursion, so that no chain of roles is too long for the stack
    let mut found: Vec<Vec<usize>> = petgraph::algo::kosaraju_scc(&graph)
        .into_iter()
        .map(|component| {
            let mut members: Vec<usize> = component.iter().map(|node| node.index()).collect();
            members.sort_unstable();
            members
        })
        .collect();
    found.reverse();
    found
}

/// The spectral radius of a matrix all of whose rows lead to each other.
fn irreducible(size: usize, entries: &[(usize, usize, f64)]) -> f64 {
    let mut x = vec![1.0_f64; size];
    let mut radius = 0.0;
    for _ in 0..(MOST_WORK / (entries.len() + 1)).clamp(50, 10_000) {
        let mut image = vec![0.0; size];
        for &(row, column, value) in entries {
            image[row] += value * x[column];
        }
        let (low, high) = image
            .iter()
            .zip(&x)
            .map(|(image, x)| image / x)
            .fold((f64::INFINITY, 0.0_f64), |(low, high), ratio| (low.min(ratio), high.max(ratio)));
        radius = (low * high).sqrt();
        if high - low <= 1e-14 * high {
            break;
        }
        let moved: Vec<f64> = image.iter().zip(&x).map(|(image, x)| image + radius * x).collect();
        let largest = moved.iter().copied().fold(0.0, f64::max);
        x = moved.into_iter().map(|value| (value / largest).max(f64::MIN_POSITIVE)).collect();
    }
    radius
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(matrix: &[&[f64]], exact: f64) {
        let entries: Vec<(usize, usize, f64)> = matrix
            .iter()
            .enumerate()
            .flat_map(|(i, row)| row.iter().enumerate().map(move |(j, &value)| (i, j, value)))
            .collect();
        let found = spectral_radius(matrix.len(), &entries);
        assert!((found - exact).abs() < 1e-11 * exact.max(1.0), "{matrix:?}: {found}, not {exact}");
    }

    #[test]
    fn awkward_matrices_are_no_trouble() {
        check(&[], 0.0);
        check(&[&[0.0]], 0.0);
        check(&[&[0.7]], 0.7);
        check(&[&[0.0, 5.0, 1.0], &[0.0, 0.0, 9.0], &[0.0, 0.0, 0.0]], 0.0);
        check(&[&[0.0, 1.0, 0.0], &[0.0, 0.0, 1.0], &[1.0, 0.0, 0.0]], 1.0);
        check(&[&[0.5, 1e6], &[0.0, 0.5]], 0.5);
        check(&[&[0.9, 0.1], &[0.3, 0.7]], 1.0);
        check(&[&[2.0, 1.0], &[1.0, 2.0]], 3.0);
        check(&[&[1e-9, 0.0], &[0.0, 0.0]], 1e-9);
        check(&[&[0.3, 0.0, 0.0], &[0.0, 0.0, 0.6], &[0.0, 0.6, 0.0]], 0.6);
        check(&[&[0.0, 1e6], &[1.0, 0.0]], 1e3);
        check(&[&[0.0, 0.2, 0.0], &[0.0, 0.0, 1.0], &[1.0, 0.0, 0.0]], f64::cbrt(0.2));
    }

    #[test]
    fn a_long_ring_drains_if_one_of_its_links_does() {
        let ring = |share: f64| -> Vec<(usize, usize, f64)> {
            (0..2000).map(|i| (i, (i + 1) % 2000, if i == 0 { share } else { 1.0 })).collect()
        };
        assert!((spectral_radius(2000, &ring(1.0)) - 1.0).abs() < 1e-12);
        assert!(spectral_radius(2000, &ring(0.5)) < 1.0 - 1e-9);
    }
}
