//! Årshjul: the year of a unit as wheel, month grid and list.

#[cfg(feature = "ssr")]
mod filters;
#[cfg(feature = "ssr")]
mod page;
#[cfg(feature = "ssr")]
pub mod svg;
#[cfg(feature = "ssr")]
mod wheel;
mod wheel_nav;

#[cfg(feature = "ssr")]
pub use page::ArshjulPage;
pub use wheel_nav::WheelNav;
