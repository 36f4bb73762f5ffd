//! Statistics: stands in until the real one is merged.

/// Stand-in.
#[must_use]
pub fn wilson(n: u64, d: u64) -> Option<(f64, f64)> {
    if d == 0 {
        return None;
    }
    let (p, n, z) = (n as f64 / d as f64, d as f64, 1.959_964);
    let m = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
    let h = z / (1.0 + z * z / n) * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
    Some((m - h, m + h))
}

/// Stand-in.
#[must_use]
pub fn fisher([[a, b], [c, d]]: [[u64; 2]; 2]) -> f64 {
    let f = |n: u64| (1..=n).map(|x| (x as f64).ln()).sum::<f64>();
    let p = |a: u64, b: u64, c: u64, d: u64| {
        (f(a + b) + f(c + d) + f(a + c) + f(b + d) - f(a) - f(b) - f(c) - f(d) - f(a + b + c + d)).exp()
    };
    let (r1, c1, n) = (a + b, a + c, a + b + c + d);
    let here = p(a, b, c, d);
    (0..=r1.min(c1))
        .filter(|x| r1 - x <= n - c1)
        .map(|x| p(x, r1 - x, c1 - x, n + x - r1 - c1))
        .filter(|q| *q <= here * (1.0 + 1e-7))
        .sum::<f64>()
        .min(1.0)
}
