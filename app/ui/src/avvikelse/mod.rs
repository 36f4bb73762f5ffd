//! Avvikelser: reporting, the register, the case, statistics.

/// What a file input takes: the kinds that the server accepts by their content.
pub const BILAGA_ACCEPT: &str = ".pdf,.png,.jpg,.jpeg,.docx,application/pdf,image/png,image/jpeg,\
                                 application/vnd.openxmlformats-officedocument.wordprocessingml.document";
