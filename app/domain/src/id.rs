//! Ids: newtypes over UUIDs, so that an id of one thing is never given for another.
//!
//! Most hold the time they were made (version 7), which keeps rows together that are made together. A thing that may be in
//! nobody's name has a random id (version 4): the millisecond would tell who was at work. No other place makes ids of
//! version 7 (`clippy.toml`), so that the choice is made here.

/// Ids of one kind, by how new ones are made. An area has its own in its own file.
///
/// ```
/// domain::ids! { now_v7:
///     /// A round.
///     SkyddsrondId,
/// }
/// let id: SkyddsrondId = "00000000-0000-0000-0000-000000000001".parse().unwrap();
/// assert_eq!(id.to_string(), "00000000-0000-0000-0000-000000000001");
/// ```
#[macro_export]
macro_rules! ids {
    ($new:ident: $($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, ::serde::Serialize, ::serde::Deserialize,
        )]
        #[serde(transparent)]
        pub struct $name(pub ::uuid::Uuid);

        impl $name {
            /// A new id. The caller makes it before the row exists, so that a resend is the same row.
            #[must_use]
            #[cfg(feature = "new-id")]
            #[allow(clippy::new_without_default)]
            #[allow(clippy::disallowed_methods)] // here it is decided which ids hold the time
            pub fn new() -> Self {
                Self(::uuid::Uuid::$new())
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.0, f)
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = ::uuid::Error;
            fn from_str(s: &str) -> Result<Self, ::uuid::Error> {
                ::uuid::Uuid::parse_str(s.trim()).map(Self)
            }
        }
    )+};
}

ids! { now_v7:
    /// A node of the organisation tree.
    NodeId,
    /// A person with an account.
    PersonId,
    /// A role that a person holds at a node.
    GrantId,
    /// A group of persons that can carry out controls together.
    GruppId,
    /// Something that recurs or has a date: the time side of a control or an activity.
    ScheduleId,
    /// One occurrence of a schedule.
    OccurrenceId,
    /// A row of the egenkontrollplan.
    EgenkontrollId,
    /// A row of the internkontrollplan.
    InternkontrollId,
    /// A run of an egenkontroll.
    GenomforandeId,
    /// An åtgärd.
    AtgardId,
    /// An enkät.
    EnkatId,
    /// A version of the questions of an enkät.
    EnkatVersionId,
    /// A case: an avvikelse, a klagomål or a synpunkt.
    AvvikelseId,
    /// A file attached to a case.
    BilagaId,
    /// A meeting.
    AptId,
    /// A point of its agenda.
    PunktId,
    /// Something that somebody, by name, has put on the list of a point.
    AmneId,
    /// A slide.
    BildId,
    /// A picture on a slide.
    BildfilId,
    /// A decision.
    BeslutId,
    /// A wall screen.
    SkarmId,
    /// The logo of a node.
    LoggaId,
    /// A row of the history.
    HistoryId,
    /// Something that happened around accounts and secrets.
    SakerhetId,
    /// A notice that somebody is to see.
    NotisId,
    /// What waits for a second administrator.
    BekraftelseId,
    /// The rows of a plan that are read in together; see where they get their ids.
    BatchId,
}

ids! { new_v4:
    /// A förbättringsförslag or a guldstjärna.
    ForslagId,
}

impl ForslagId {
    /// The id, when it says nothing of when it was made. A form could send any.
    #[must_use]
    pub fn is_random(self) -> bool {
        self.0.get_version_num() == 4
    }
}
