//! Every: the constant `ALL` of an enum, which cannot lack one of them.

/// `ALL`, in the order given. One that lacks a variant, or has it twice, does not compile.
///
/// ```
/// enum Light {
///     Red,
///     Green,
/// }
///
/// impl Light {
///     domain::every! {
///         /// Both.
///         Red, Green
///     }
/// }
/// assert_eq!(Light::ALL.len(), 2);
/// ```
///
/// ```compile_fail
/// enum Light {
///     Red,
///     Green,
/// }
///
/// impl Light {
///     domain::every! {
///         /// One of them.
///         Red
///     }
/// }
/// ```
#[macro_export]
macro_rules! every {
    ($(#[$doc:meta])* $($variant:ident),+ $(,)?) => {
        $(#[$doc])*
        pub const ALL: [Self; [$(stringify!($variant)),+].len()] = {
            #[deny(unreachable_patterns)]
            let _: fn(Self) = |one| match one {
                $(Self::$variant)|+ => (),
            };
            [$(Self::$variant),+]
        };
    };
}
