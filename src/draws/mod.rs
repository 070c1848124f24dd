//! stub
#![allow(missing_docs)]
#[derive(Debug, Clone, PartialEq)]
pub struct Law(f64);
impl Law {
    pub fn zero() -> Law { Law(0.0) }
    pub fn constant(v: f64) -> Result<Law, String> { Ok(Law(v)) }
    pub fn quantile(&self, u: f64) -> f64 { -libm::log(u) * self.0 }
    pub fn mean(&self) -> f64 { self.0 }
    pub fn is_zero(&self) -> bool { self.0 == 0.0 }
    pub fn scaled(&self, k: f64) -> Law { Law(self.0 * k) }
}
