//! Laws against their formulas, and against statrs.

use expect_test::expect;
use statrs::distribution::{self as other, ContinuousCDF};

use super::{Generator, Key, Law, LawError, Purpose};

/// One law of each kind, with a name.
fn laws() -> Vec<(&'static str, Law)> {
    let pair = |a: Law, b: Law| Law::mixture([(3.0, a), (1.0, b)]).unwrap();
    vec![
        ("constant", Law::constant(3.0).unwrap()),
        ("exponential", Law::exponential(6.0).unwrap()),
        ("uniform", Law::uniform(2.0, 5.0).unwrap()),
        ("triangular", Law::triangular(1.0, 2.0, 6.0).unwrap()),
        ("erlang", Law::erlang(3, 6.0).unwrap()),
        ("gamma", Law::gamma(6.0, 0.7).unwrap()),
        ("gamma, small shape", Law::gamma(6.0, 1.6).unwrap()),
        ("lognormal", Law::lognormal(6.0, 0.8).unwrap()),
        ("lognormal by median", Law::lognormal_median(6.0, 0.5).unwrap()),
        ("weibull", Law::weibull(6.0, 0.5).unwrap()),
        ("weibull by scale", Law::weibull_scale(6.0, 0.8).unwrap()),
        ("hyperexponential", Law::hyperexponential(0.3, 20.0, 2.0).unwrap()),
        ("hyperexponential, balanced", Law::hyperexponential_balanced(6.0, 2.0).unwrap()),
        ("pareto", Law::pareto(6.0, 8.0).unwrap()),
        ("mixture", pair(Law::exponential(9.0).unwrap(), Law::uniform(1.0, 2.0).unwrap())),
        ("values", Law::values([(5.0, 1.0), (2.0, 2.0), (9.0, 1.0)]).unwrap()),
        ("empirical", Law::empirical([4.0, 1.0, 4.0, 2.5]).unwrap()),
        ("shifted", Law::shifted(2.0, Law::gamma(3.0, 0.5).unwrap()).unwrap()),
    ]
}

/// Drawn bits must not change: not with a compiler, not with a machine.
#[test]
fn the_bits_of_every_law_never_change() {
    let mut found = String::new();
    for (name, law) in laws() {
        let mut uniforms = Generator::new(Key::default().child(1), Purpose::Work);
        let mut hash = 0xCBF2_9CE4_8422_2325u64;
        for _ in 0..100_000 {
            for byte in law.quantile(uniforms.unit()).to_bits().to_le_bytes() {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
            }
        }
        found += &format!("{hash:016x} {name}\n");
    }
    expect![[r#"
        8cdb2a0cd5cef725 constant
        8a52778003e8dcfe exponential
        e2369702d34d4860 uniform
        cfebcbc752b6153a triangular
        5313506222a8e0d9 erlang
        7e20289606a29b01 gamma
        3c06e7710f336e77 gamma, small shape
        b43e21cd9c73bd5d lognormal
        b77bd075e8b950ed lognormal by median
        b20a6e6cdd800a86 weibull
        b5d65f900246e1d3 weibull by scale
        8fbe8b3c434d99ea hyperexponential
        93b02494311b1c4a hyperexponential, balanced
        8a81b0476a116e96 pareto
        792a1f32676807fa mixture
        623e1733d30cb617 values
        9d0012fae3c553c8 empirical
        d76803e50630be02 shifted
    "#]]
    .assert_eq(&found);
}

/// ∫₀¹ f(u) du, by Gauss's three points on pieces that shrink toward both ends.
fn integral(f: impl Fn(f64) -> f64) -> f64 {
    let inner = |from: f64, to: f64| {
        let (middle, half) = ((from + to) / 2.0, (to - from) / 2.0);
        let off = half * 0.6f64.sqrt();
        half * (5.0 * f(middle - off) + 8.0 * f(middle) + 5.0 * f(middle + off)) / 9.0
    };
    let mut sum = 0.0;
    for exponent in 1..52 {
        let (near, far) = (0.5f64.powi(exponent + 1), 0.5f64.powi(exponent));
        for part in 0..100 {
            let at = |part: i32| near + (far - near) * f64::from(part) / 100.0;
            sum += inner(at(part), at(part + 1));
            sum += inner(1.0 - at(part + 1), 1.0 - at(part));
        }
    }
    sum
}

#[test]
fn moments_are_those_of_the_quantiles() {
    for (name, law) in laws() {
        // Jumps between values and branches fall inside a piece of the integral.
        let smooth =
            !(matches!(name, "values" | "empirical" | "mixture") || name.contains("hyper"));
        let tolerance = if smooth { 2e-5 } else { 2e-3 };
        for (power, exact) in
            [(1, Some(law.mean())), (2, law.second_moment()), (3, law.third_moment())]
        {
            let exact = exact.unwrap();
            let found = integral(|u| law.quantile(u).powi(power));
            let off = (found / exact - 1.0).abs();
            assert!(off < tolerance, "{name}, moment {power}: {found} against {exact}");
        }
        let variance = law.variance().unwrap();
        assert!((law.cv().unwrap() - variance.sqrt() / law.mean()).abs() < 1e-12, "{name}");
    }
}

#[test]
fn means_and_variations_are_as_asked() {
    for cv in [0.001, 0.1, 0.5, 0.9, 1.0, 1.7, 5.0, 30.0] {
        for law in [Law::gamma(6.0, cv), Law::lognormal(6.0, cv), Law::weibull(6.0, cv)] {
            let law = law.unwrap();
            assert!((law.mean() / 6.0 - 1.0).abs() < 1e-12, "{law:?}: {}", law.mean());
            assert!((law.cv().unwrap() / cv - 1.0).abs() < 1e-9, "{law:?}: {:?}", law.cv());
        }
        if cv >= 1.0 {
            let law = Law::hyperexponential_balanced(6.0, cv).unwrap();
            assert!((law.mean() / 6.0 - 1.0).abs() < 1e-12, "{law:?}");
            assert!((law.cv().unwrap() / cv - 1.0).abs() < 1e-9, "{law:?}");
        }
    }
}

type Cdf = Box<dyn Fn(f64) -> f64>;

#[test]
fn statrs_gives_back_the_uniform() {
    let gamma = |shape: f64, scale: f64| other::Gamma::new(shape, 1.0 / scale).unwrap();
    let log = |mean: f64, cv: f64| {
        let square = (1.0 + cv * cv).ln();
        other::LogNormal::new(mean.ln() - square / 2.0, square.sqrt()).unwrap()
    };
    let cases: Vec<(Law, Cdf)> = vec![
        (Law::exponential(6.0).unwrap(), {
            let d = other::Exp::new(1.0 / 6.0).unwrap();
            Box::new(move |x| d.cdf(x))
        }),
        (Law::uniform(2.0, 5.0).unwrap(), {
            let d = other::Uniform::new(2.0, 5.0).unwrap();
            Box::new(move |x| d.cdf(x))
        }),
        (Law::triangular(1.0, 2.0, 6.0).unwrap(), {
            let d = other::Triangular::new(1.0, 6.0, 2.0).unwrap();
            Box::new(move |x| d.cdf(x))
        }),
        (Law::erlang(3, 6.0).unwrap(), {
            let d = gamma(3.0, 2.0);
            Box::new(move |x| d.cdf(x))
        }),
        (Law::gamma(6.0, 2.0).unwrap(), {
            let d = gamma(0.25, 24.0);
            Box::new(move |x| d.cdf(x))
        }),
        (Law::lognormal(6.0, 0.8).unwrap(), {
            let d = log(6.0, 0.8);
            Box::new(move |x| d.cdf(x))
        }),
        (Law::weibull_scale(6.0, 1.5).unwrap(), {
            let d = other::Weibull::new(1.5, 6.0).unwrap();
            Box::new(move |x| d.cdf(x))
        }),
        (Law::pareto(6.0, 3.0).unwrap(), {
            let d = other::Pareto::new(4.0, 3.0).unwrap();
            Box::new(move |x| d.cdf(x))
        }),
    ];
    for (law, cdf) in cases {
        for i in 1..2000 {
            let u = f64::from(i) / 2000.0;
            let off = (cdf(law.quantile(u)) - u).abs();
            assert!(off < 1e-9, "{law:?} at {u}: off {off:e}");
        }
    }
}

#[test]
fn a_mixture_is_distributed_as_its_parts() {
    // Uniforms a constant step apart stand for all of (0, 1).
    let below = |law: &Law, x: f64| {
        let n = 200_000;
        let hits = (0..n).filter(|&i| law.quantile((f64::from(i) + 0.5) / f64::from(n)) <= x);
        hits.count() as f64 / f64::from(n)
    };
    let exponential = |mean: f64, x: f64| 1.0 - libm::exp(-x / mean);
    let hyper = Law::hyperexponential(0.3, 20.0, 2.0).unwrap();
    let parts = [(0.3, 20.0), (0.7, 2.0)];
    let mixture =
        Law::mixture(parts.map(|(w, mean)| (w, Law::exponential(mean).unwrap()))).unwrap();
    for x in [0.1, 1.0, 3.0, 10.0, 50.0] {
        let exact: f64 = parts.iter().map(|&(w, mean)| w * exponential(mean, x)).sum();
        assert!((below(&hyper, x) - exact).abs() < 2e-5, "at {x}");
        assert!((below(&mixture, x) - exact).abs() < 2e-5, "at {x}");
    }
}

#[test]
fn quantiles_grow_with_the_uniform_and_stay_in_range() {
    let ends = [f64::EPSILON / 2.0, 1.0 - f64::EPSILON / 2.0];
    for (name, law) in laws() {
        for u in ends {
            let x = law.quantile(u);
            assert!(x.is_finite() && x >= 0.0, "{name} at {u}: {x}");
        }
        if name.contains("hyper") || name == "mixture" {
            continue;
        }
        let mut last = 0.0;
        for i in 1..5000 {
            let x = law.quantile(f64::from(i) / 5000.0);
            assert!(last <= x * (1.0 + 1e-14), "{name} at {i}");
            last = x;
        }
    }
}

#[test]
fn a_scaled_law_gives_scaled_quantities() {
    for (name, law) in laws() {
        let scaled = law.scaled(7.0);
        for u in [0.01, 0.31, 0.72, 0.999] {
            let ratio = scaled.quantile(u) / law.quantile(u);
            assert!((ratio - 7.0).abs() < 1e-12, "{name} at {u}: {ratio}");
        }
        assert!((scaled.mean() / law.mean() - 7.0).abs() < 1e-12, "{name}");
        assert!(law.scaled(0.0).is_zero());
    }
}

#[test]
fn values_keep_exact_shares() {
    let law = Law::values([(5.0, 1.0), (2.0, 2.0), (9.0, 1.0)]).unwrap();
    for (u, value) in [(0.1, 2.0), (0.5, 2.0), (0.500001, 5.0), (0.75, 5.0), (0.76, 9.0)] {
        assert!((law.quantile(u) - value).abs() < 1e-15, "at {u}");
    }
}

#[test]
fn what_is_no_law_is_refused() {
    let check = |found: Result<Law, LawError>, message: &str| {
        assert_eq!(found.unwrap_err().to_string(), message);
    };
    check(Law::exponential(-1.0), "the mean must not be negative, and -1 is");
    check(Law::constant(f64::NAN), "the value must be a finite number, not NaN");
    check(Law::uniform(5.0, 2.0), "the low (5) must not exceed the high (2)");
    check(
        Law::erlang(0, 2.0),
        "the number of stages must lie between 1 and 1000000, and 0 does not",
    );
    check(
        Law::pareto(6.0, 1.0),
        "a pareto law with alpha 1 has an infinite mean; alpha must be above 1",
    );
    check(Law::pareto(6.0, 0.0), "the alpha must be above 0, and 0 is not");
    check(
        Law::hyperexponential_balanced(6.0, 0.5),
        "the cv must lie between 1 and 1000000, and 0.5 does not",
    );
    check(Law::empirical([]), "a mixture or list needs at least one entry with a weight above 0");
    check(Law::mixture([]), "a mixture or list needs at least one entry with a weight above 0");
    assert!(Law::pareto(6.0, 1.5).unwrap().variance().is_none());
    assert!(Law::pareto(6.0, 2.5).unwrap().third_moment().is_none());
}

#[test]
fn what_cannot_vary_is_a_constant() {
    for law in [
        Law::exponential(0.0),
        Law::gamma(0.0, 1.5),
        Law::weibull(0.0, 0.5),
        Law::pareto(0.0, 2.0),
        Law::lognormal(0.0, 1.0),
    ] {
        assert!(law.unwrap().is_zero());
    }
    let six = Law::constant(6.0).unwrap();
    assert_eq!(Law::gamma(6.0, 0.0).unwrap(), six);
    assert_eq!(Law::lognormal(6.0, 0.0).unwrap(), six);
    assert_eq!(Law::weibull(6.0, 0.0).unwrap(), six);
    assert_eq!(Law::uniform(6.0, 6.0).unwrap(), six);
    assert_eq!(Law::gamma(6.0, 1.0), Law::exponential(6.0));
}
