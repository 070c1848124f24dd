//! Laws of durations: the one place where the file's words become a [`Law`] in minutes.

use super::cursor::{Cursor, Object};
use super::keys::{
    BRANCH, ERLANG, EXPONENTIAL, GAMMA, HYPEREXPONENTIAL, LAW, LOGNORMAL, PARETO, SHIFTED,
    TRIANGULAR, TRUNCATED, UNIFORM, WEIBULL,
};
use super::names::quote;
use super::text::{duration, minutes};
use super::tree::Value;
use crate::draws::{Law, LawError};
use crate::units::{MICROS_A_MINUTE, SimTime};

/// What a bare duration stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bare {
    /// Always this long.
    Constant,
    /// The mean of hands-on work: lognormal with the default coefficient of variation.
    Work,
}

const SHAPE: f64 = 1e6;
/// A mean in minutes, 100 µs, below which the whole microseconds of time count.
const FINE: f64 = 1.0 / 600e3;
/// A coefficient of variation beyond which means over a run say little.
const WIDE: f64 = 10.0;

/// A law, or a bare duration.
pub(super) fn law(cursor: &Cursor<'_>, bare: Bare) -> Option<Law> {
    let (body, law) = unjudged(cursor, bare)?;
    Some(judged(&body, law))
}

/// The same and the place of its parameters, however wide it is.
fn unjudged<'t>(cursor: &Cursor<'t>, bare: Bare) -> Option<(Cursor<'t>, Law)> {
    if !matches!(cursor.node.value, Value::Object(_)) {
        let mean = cursor.read("a length of time such as `5m`, or a law", minutes)?;
        let made = match bare {
            Bare::Constant => Law::constant(mean),
            Bare::Work => Law::lognormal(mean, work_cv(cursor)),
        };
        return Some((cursor.clone(), sound(cursor, made)?));
    }
    let (tag, body) = cursor.tagged(&LAW)?;
    let law = stated(tag, &body)?;
    Some((body, law))
}

/// The law of a tag and its parameters.
fn stated(tag: &str, body: &Cursor<'_>) -> Option<Law> {
    let made = match tag {
        "constant" => Law::constant(body.read("a length of time such as `5m`", minutes)?),
        "mixture" => return mixture(body),
        "empirical" => {
            let values: Vec<f64> = body
                .items()?
                .iter()
                .filter_map(|item| item.read("a length of time such as `5m`", minutes))
                .collect();
            Law::empirical(values)
        }
        "exponential" => {
            let of = body.object(&EXPONENTIAL)?;
            Law::exponential(time(&of, "mean")?)
        }
        "uniform" => {
            let of = body.object(&UNIFORM)?;
            let (min, max) = both(time(&of, "min"), time(&of, "max"))?;
            rising(&of, &[("min", min), ("max", max)])?;
            Law::uniform(min, max)
        }
        "triangular" => {
            let of = body.object(&TRIANGULAR)?;
            let (min, mode, max) = (time(&of, "min"), time(&of, "mode"), time(&of, "max"));
            let (min, mode, max) = (min?, mode?, max?);
            rising(&of, &[("min", min), ("mode", mode), ("max", max)])?;
            Law::triangular(min, mode, max)
        }
        "erlang" => {
            let of = body.object(&ERLANG)?;
            let stages = of.need("stages").and_then(|stages| stages.whole(1, 1_000_000));
            both(time(&of, "mean"), stages)
                .map(|(mean, stages)| Law::erlang(stages as u32, mean))?
        }
        "gamma" => {
            let of = body.object(&GAMMA)?;
            match one_of(&of, "mean", "scale")? {
                "mean" => both(time(&of, "mean"), bare_number(&of, "cv"))
                    .map(|(mean, cv)| Law::gamma(mean, cv))?,
                _ => both(time(&of, "scale"), of.need("shape")?.number(1e-4, SHAPE))
                    .map(|(scale, shape)| Law::gamma(scale * shape, 1.0 / shape.sqrt()))?,
            }
        }
        "truncated" => return truncated(body),
        "lognormal" => lognormal_stated(body)?,
        "weibull" => {
            let of = body.object(&WEIBULL)?;
            match one_of(&of, "mean", "scale")? {
                "mean" => both(time(&of, "mean"), bare_number(&of, "cv"))
                    .map(|(mean, cv)| Law::weibull(mean, cv))?,
                _ => both(time(&of, "scale"), bare_number(&of, "shape"))
                    .map(|(scale, shape)| Law::weibull_scale(scale, shape))?,
            }
        }
        "hyperexponential" => {
            let of = body.object(&HYPEREXPONENTIAL)?;
            both(time(&of, "mean"), bare_number(&of, "cv"))
                .map(|(mean, cv)| Law::hyperexponential_balanced(mean, cv))?
        }
        "pareto" => {
            let of = body.object(&PARETO)?;
            both(time(&of, "mean"), bare_number(&of, "alpha"))
                .map(|(mean, alpha)| Law::pareto(mean, alpha))?
        }
        _ => {
            let of = body.object(&SHIFTED)?;
            let inner = of.need("law").and_then(|inner| law(&inner, Bare::Constant));
            both(time(&of, "by"), inner).map(|(by, inner)| Law::shifted(by, inner))?
        }
    };
    sound(body, made)
}

/// A law between bounds; the lower is 0 unless stated.
fn truncated(body: &Cursor<'_>) -> Option<Law> {
    let of = body.object(&TRUNCATED)?;
    // it may be as wide as it likes: what is far out is cut off
    let inner = of.need("law").and_then(|inner| unjudged(&inner, Bare::Constant));
    let low = if of.has("min") { time(&of, "min") } else { Some(0.0) };
    let (low, high, inner) = (low?, time(&of, "max")?, inner?);
    rising(&of, &[("min", low), ("max", high)])?;
    match Law::truncated(inner.1, low, high) {
        Err(LawError::NothingLeft { .. }) => {
            let [low, high] = [low, high].map(SimTime::from_minutes);
            body.fail_with_help(
                "bad-law",
                format!("nothing of the law lies between {low} and {high}"),
                "move the bounds to where the law is",
            );
            None
        }
        made => sound(body, made),
    }
}

/// A lognormal law with this mean and this coefficient of variation.
pub(super) fn lognormal(cursor: &Cursor<'_>, mean: f64, cv: f64) -> Option<Law> {
    Some(judged(cursor, sound(cursor, Law::lognormal(mean, cv))?))
}

/// What stands under the tag `lognormal`.
pub(super) fn lognormal_body(body: &Cursor<'_>) -> Option<Law> {
    Some(judged(body, sound(body, lognormal_stated(body)?)?))
}

fn lognormal_stated(body: &Cursor<'_>) -> Option<Result<Law, LawError>> {
    let of = body.object(&LOGNORMAL)?;
    Some(match one_of(&of, "mean", "median")? {
        "mean" => both(time(&of, "mean"), bare_number(&of, "cv"))
            .map(|(mean, cv)| Law::lognormal(mean, cv))?,
        _ => both(time(&of, "median"), bare_number(&of, "sigma"))
            .map(|(median, sigma)| Law::lognormal_median(median, sigma))?,
    })
}

/// A length of time at a key that must be there.
pub(super) fn time(object: &Object<'_>, key: &'static str) -> Option<f64> {
    object.need(key)?.read("a length of time such as `5m`", minutes)
}

/// Deadlines through points of the distribution: between two of them the share grows with the logarithm of time.
///
/// The points are in order; the law is conditional on having a deadline at all. Below the first point
/// the logarithmic line goes on down to a tenth of it.
pub(super) fn through_points(cursor: &Cursor<'_>, points: &[(SimTime, f64)]) -> Option<Law> {
    const CELLS: u32 = 16;
    let mut branches = Vec::new();
    let (first, _) = points.first()?;
    let mut before = (first.minutes() / 10.0, 0.0);
    for &(at, share) in points {
        let ratio = libm::pow(at.minutes() / before.0, 1.0 / f64::from(CELLS));
        let mut low = before.0;
        for _ in 0..CELLS {
            branches.push((
                (share - before.1) / f64::from(CELLS),
                Law::uniform(low, low * ratio).ok()?,
            ));
            low *= ratio;
        }
        before = (at.minutes(), share);
    }
    sound(cursor, Law::mixture(branches))
}

fn work_cv(cursor: &Cursor<'_>) -> f64 {
    match &cursor.report.default("customers.topics.*.work.cv").value {
        Value::Number(number) => number.parse().expect("a default is a number"),
        _ => unreachable!("the default is a number"),
    }
}

fn mixture(body: &Cursor<'_>) -> Option<Law> {
    let mut branches = Vec::new();
    let mut sum = 0.0;
    let items = body.items()?;
    for item in &items {
        let Some(of) = item.object(&BRANCH) else { continue };
        let weight = of.need("share").and_then(|weight| super::shares::fraction(&weight));
        let inner = of.need("law").and_then(|inner| law(&inner, Bare::Constant));
        if let (Some(weight), Some(inner)) = (weight, inner) {
            sum += weight;
            branches.push((weight, inner));
        }
    }
    if branches.len() < items.len() {
        return None;
    }
    if 1e-9 < (sum - 1.0).abs() {
        super::shares::wrong_sum(body, sum);
        return None;
    }
    sound(body, Law::mixture(branches))
}

fn sound(cursor: &Cursor<'_>, made: Result<Law, LawError>) -> Option<Law> {
    made.map_err(|error| cursor.fail("bad-law", error.to_string())).ok()
}

/// The law; what makes its mean hard to measure is noted.
fn judged(cursor: &Cursor<'_>, law: Law) -> Law {
    if law.variance().is_none() {
        cursor.warn(
            "infinite-variance",
            "this law has no finite variance: means of waits converge slowly, if at all, and their \
             intervals promise too much",
            "take an `alpha` above 2, or cut the law off with `truncated`",
        );
    } else if let Some(times) = law.cv().filter(|&times| WIDE < times) {
        cursor.warn(
            "wide-law",
            format!(
                "the standard deviation of this law is {times:.0} times its mean: few values make up \
                 most of the mean, and a run hardly meets them"
            ),
            "state a `cv` of at most 10, or cut the law off with `truncated`",
        );
    }
    if 0.0 < law.mean() && law.mean() < FINE {
        cursor.warn(
            "too-fine",
            format!(
                "time is kept in whole microseconds: lengths of {:.3} µs on average are noticeably rounded, and \
                 what so often happens makes a run very long",
                MICROS_A_MINUTE * law.mean()
            ),
            "state all times of the scenario a thousand times longer: waits grow by the same factor",
        );
    }
    law
}

/// Parameters in minutes that must not fall.
fn rising(of: &Object<'_>, parameters: &[(&'static str, f64)]) -> Option<()> {
    for pair in parameters.windows(2) {
        let [(low_key, low), (high_key, high)] = [pair[0], pair[1]];
        if high < low {
            let (low, high) = (SimTime::from_minutes(low), SimTime::from_minutes(high));
            let message =
                format!("{} ({high}) is less than {} ({low})", quote(high_key), quote(low_key));
            of.get(high_key)?.fail("out-of-order", message);
            return None;
        }
    }
    Some(())
}

fn bare_number(object: &Object<'_>, key: &'static str) -> Option<f64> {
    object.need(key)?.number(0.0, SHAPE)
}

fn both<A, B>(a: Option<A>, b: Option<B>) -> Option<(A, B)> {
    a.zip(b)
}

/// Which of two ways to state a law was taken.
fn one_of(object: &Object<'_>, first: &'static str, second: &'static str) -> Option<&'static str> {
    // a mean goes with the spread around it, a scale with the shape
    if (first, second) == ("mean", "scale") && object.has("mean") && object.has("shape") {
        object.cursor.fail_with_help(
            "two-tags",
            "`shape` goes with `scale`, and `mean` with `cv`",
            "state `mean` and `cv`, or `scale` and `shape`",
        );
        return None;
    }
    match (object.has(first), object.has(second)) {
        (true, false) => Some(first),
        (false, true) => Some(second),
        (true, true) => {
            object
                .cursor
                .fail("two-tags", format!("state {} or {}, not both", quote(first), quote(second)));
            None
        }
        (false, false) => {
            object
                .cursor
                .fail("missing-key", format!("state {} or {}", quote(first), quote(second)));
            None
        }
    }
}

/// A duration that is a plain length, zero allowed.
pub(super) fn length(cursor: &Cursor<'_>) -> Option<SimTime> {
    cursor.read("a length of time such as `5m`", duration)
}
