//! Random quantities: keyed uniforms, and laws that turn a uniform into a time.
//!
//! Randomness is addressed, not consumed in passing. A [`Seed`] and the identity of whoever the
//! quantity belongs to make a [`Key`]; the key, a [`Purpose`] and an ordinal make a uniform; a
//! [`Law`] makes it a duration. Nothing depends on the order of asking, so two designs of an
//! organization under one seed meet the same customers.
//!
//! Everything here is built from + − × ÷ √ and `libm`, so the bits agree on every machine.
//!
//! ```
//! use orgsim::draws::{Law, Purpose, Seed};
//!
//! let email = Seed::new(2024, 0).stream(1);
//! let customer = email.of(17);
//! let answering = Law::exponential(6.0)?;
//! let first_visit = answering.quantile(customer.unit(Purpose::Work, 0));
//! let second_visit = answering.quantile(customer.unit(Purpose::Work, 1));
//! assert_ne!(first_visit, second_visit);
//! assert_eq!(first_visit, answering.quantile(email.of(17).unit(Purpose::Work, 0)));
//! # Ok::<(), orgsim::draws::LawError>(())
//! ```

mod gamma;
mod generator;
mod keyed;
mod law;
mod law_error;
mod law_form;
mod law_moments;
mod law_transform;
mod law_truncated;
mod ln;
mod mixture;
mod normal;
mod purpose;
mod student;
mod value_list;
mod weibull;

pub use gamma::{gamma_cdf, gamma_quantile};
pub use generator::Generator;
pub use keyed::{Key, Seed, StreamKey};
pub use law::Law;
pub use law_error::LawError;
pub use law_form::LawForm;
pub use ln::ln;
pub(crate) use ln::ln_of_normal;
pub use normal::{normal_cdf, normal_density, normal_quantile};
pub use purpose::Purpose;
pub use student::{student_t_cdf, student_t_quantile};

#[cfg(test)]
mod law_tests;
#[cfg(test)]
mod random_tests;
