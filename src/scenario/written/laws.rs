//! Laws of durations in the words of the format.

use serde_json::{Value, json};

use super::quantities::{length_of, same};
use crate::draws::{Law, LawForm};

/// A law in minutes: the same law when it is read again, to within rounding.
pub(super) fn law(of: &Law) -> Value {
    let time = |minutes: f64| length_of(minutes);
    match of.form() {
        LawForm::Constant(value) => json!(time(value)),
        LawForm::Exponential(mean) => json!({ "exponential": { "mean": time(mean) } }),
        LawForm::Uniform(low, high) => {
            json!({ "uniform": { "min": time(low), "max": time(high) } })
        }
        LawForm::Triangular(low, mode, high) => {
            json!({ "triangular": { "min": time(low), "mode": time(mode), "max": time(high) } })
        }
        LawForm::Gamma(mean, cv) => json!({ "gamma": { "mean": time(mean), "cv": cv } }),
        LawForm::Lognormal(median, sigma) => {
            json!({ "lognormal": { "median": time(median), "sigma": sigma } })
        }
        LawForm::Weibull(scale, shape) => {
            json!({ "weibull": { "scale": time(scale), "shape": shape } })
        }
        LawForm::Pareto(mean, alpha) => json!({ "pareto": { "mean": time(mean), "alpha": alpha } }),
        LawForm::Mixture(parts) => {
            json!({ "mixture": parts.iter().map(|(share, of)| branch(*share, law(of))).collect::<Vec<_>>() })
        }
        LawForm::Values(values) => {
            let alike = values.iter().all(|(_, share)| same(*share, values[0].1));
            if alike {
                let times: Vec<String> = values.iter().map(|(value, _)| time(*value)).collect();
                return json!({ "empirical": times });
            }
            let branches = values.iter().map(|(value, share)| branch(*share, json!(time(*value))));
            json!({ "mixture": branches.collect::<Vec<_>>() })
        }
        LawForm::Truncated(low, high, whole) => {
            json!({ "truncated": { "min": time(low), "max": time(high), "law": law(&whole) } })
        }
        LawForm::Shifted(by, rest) => json!({ "shifted": { "by": time(by), "law": law(&rest) } }),
    }
}

fn branch(share: f64, of: Value) -> Value {
    json!({ "share": format!("{}%", 100.0 * share), "law": of })
}
