//! Queue: what has been entered on this device and is not yet at the server. Answers to enkäter ([`answer`]) and reports
//! ([`report`]) are kept, sent, tried again and refused in one way: [`keep`] says to the page that something was kept,
//! [`send_all`] sends it at every chance from whatever page is open, it is forgotten when the server has it, and stands with the
//! reason where the server will not have it. Nothing is taken off a device but for these two, and by its writer. However often
//! something is sent, the server takes it once: its id is its own.

#[cfg(feature = "hydrate")]
pub mod answer;
#[cfg(feature = "hydrate")]
pub mod count;
#[cfg(feature = "hydrate")]
mod device;
#[cfg(any(feature = "hydrate", test))]
#[cfg_attr(not(feature = "hydrate"), allow(dead_code))]
pub mod kept;
#[cfg(feature = "hydrate")]
pub mod report;
#[cfg(feature = "hydrate")]
mod seal;

#[cfg(feature = "hydrate")]
pub use browser::*;

#[cfg(feature = "hydrate")]
mod browser {
    use std::cell::Cell;

    use serde::{Serialize, de::DeserializeOwned};

    use super::{
        answer,
        device::Device,
        kept::{KeptDraft, Post, Stage},
        report,
    };
    pub use crate::queue::device::{Then, Unkept};
    use crate::{client, dom, error::AppError};

    /// The event that tells the parts of a page that something was kept, sent or forgotten.
    pub const CHANGED: &str = "kvalitet-utkorg";
    /// The event that asks the outbox of the page to send what waits.
    pub const SEND: &str = "kvalitet-skicka";

    /// A kind of thing that lies on the device until the server has it.
    pub trait Item: Serialize + DeserializeOwned {
        /// The database it lies in.
        const DEVICE: Device;
        /// Its table there.
        const TABLE: &'static str;
        /// Its id, which the server knows it by too.
        fn id(&self) -> &str;
        /// Where it stands.
        fn stage(&self) -> &Stage;
    }

    impl Item for Post {
        const DEVICE: Device = answer::DEVICE;
        const TABLE: &'static str = answer::SVAR;
        fn id(&self) -> &str {
            &self.svar.id
        }
        fn stage(&self) -> &Stage {
            &self.stage
        }
    }

    impl Item for KeptDraft {
        const DEVICE: Device = report::DEVICE;
        const TABLE: &'static str = report::UTKAST;
        fn id(&self) -> &str {
            &self.id
        }
        fn stage(&self) -> &Stage {
            &self.stage
        }
    }

    /// Keeps a thing, or how it now stands.
    pub async fn keep<T: Item>(thing: &T) -> Result<(), Unkept> {
        T::DEVICE.put(T::TABLE, thing.id(), thing).await?;
        dom::say(CHANGED);
        Ok(())
    }

    /// One thing, as it stands.
    pub async fn get<T: Item>(id: &str) -> Result<Option<T>, Unkept> {
        T::DEVICE.get(T::TABLE, id).await
    }

    /// Decides from how a thing stands what becomes of it: its writer may take it back, or write in it, while it is under way.
    pub async fn alter<T: Item>(id: &str, decide: impl FnOnce(&mut T) -> Then) -> Result<Option<T>, Unkept> {
        let stood = T::DEVICE.alter(T::TABLE, id, decide).await?;
        dom::say(CHANGED);
        Ok(stood)
    }

    /// Everything of a kind on the device, whosever.
    pub async fn all<T: Item>() -> Vec<T> {
        T::DEVICE.all(T::TABLE).await.unwrap_or_default()
    }

    /// Forgets a thing.
    pub async fn forget<T: Item>(id: &str) -> Result<(), Unkept> {
        T::DEVICE.delete(T::TABLE, id).await?;
        dom::say(CHANGED);
        Ok(())
    }

    /// What waits of a kind, whosever. An error where the server has asked to wait with it.
    pub(super) async fn waiting<T: Item>() -> Result<Vec<T>, AppError> {
        let waiting: Vec<T> = all::<T>().await.into_iter().filter(|thing| thing.stage().waits()).collect();
        match client::must_wait() {
            Some(seconds) if !waiting.is_empty() => Err(AppError::Wait(seconds)),
            _ => Ok(waiting),
        }
    }

    /// Asks the outbox of the page to send what waits.
    pub fn ask_to_send() {
        dom::say(SEND);
    }

    thread_local! {
        static BUSY: Cell<bool> = const { Cell::new(false) };
        static AGAIN: Cell<bool> = const { Cell::new(false) };
    }

    /// How sending went.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Outcome {
        /// Of reports.
        pub reports: Result<(), AppError>,
        /// Of answers.
        pub answers: Result<(), AppError>,
    }

    impl Outcome {
        /// Whether one of them met such an error.
        pub fn met(&self, error: impl Fn(&AppError) -> bool) -> bool {
            [&self.reports, &self.answers].into_iter().any(|sent| sent.as_ref().err().is_some_and(&error))
        }
    }

    /// Sends everything that waits for the signed-in person. While it is already under way, it is sent once more after that,
    /// and this gives nothing.
    pub async fn send_all() -> Option<Outcome> {
        if BUSY.with(|busy| busy.replace(true)) {
            AGAIN.with(|again| again.set(true));
            return None;
        }
        let mut outcome = send().await;
        // what was kept meanwhile
        while AGAIN.with(|again| again.replace(false)) && !outcome.met(|_| true) {
            outcome = send().await;
        }
        BUSY.with(|busy| busy.set(false));
        Some(outcome)
    }

    /// The one kind does not wait for the other.
    async fn send() -> Outcome {
        Outcome { reports: report::send().await, answers: answer::send().await }
    }
}
