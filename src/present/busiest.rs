//! Of very many roles, those that are told.

use super::numbers::thousands;
use crate::experiment::RoleResult;

/// Positions of all roles, or of the busiest of more than `most`, in their order; and what to say of the others.
///
/// Where there is always somebody, nobody is busy, and all come through: such roles are told first.
pub fn busiest(roles: &[RoleResult], most: usize) -> (Vec<usize>, Option<String>) {
    let busy = |role: usize| roles[role].number("utilization").mean().unwrap_or(f64::INFINITY);
    let mut told: Vec<usize> = (0..roles.len()).collect();
    if told.len() <= most {
        return (told, None);
    }
    told.sort_by(|&a, &b| busy(b).total_cmp(&busy(a)));
    told.truncate(most);
    told.sort_unstable();
    let left_out = thousands((roles.len() - most) as f64);
    (told, Some(format!("… and {left_out} less busy roles: see roles.csv")))
}
