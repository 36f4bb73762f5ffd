//! How PostgreSQL is spoken to over a network: with TLS, and only to a server whose certificate has been checked. What
//! stands in the way is said in a Swedish sentence with the way out: whoever starts the server reads it.

use std::{io::ErrorKind, net::IpAddr};

use rustls::CertificateError;
use sqlx::postgres::{PgConnectOptions, PgSslMode};

/// The options that a connection is made with. TLS means that the certificate is checked, chain and name, whichever of
/// `require`, `verify-ca` and `verify-full` is written: sqlx adds the file of `sslrootcert` to the roots of the system, so a
/// chain without its name would let in anybody who has a certificate of their own. A server that is not on this machine is
/// spoken to with TLS unless `sslmode=disable` says otherwise.
pub(crate) fn guarded(options: PgConnectOptions) -> PgConnectOptions {
    match options.get_ssl_mode() {
        PgSslMode::Require | PgSslMode::VerifyCa | PgSslMode::VerifyFull => options.ssl_mode(PgSslMode::VerifyFull),
        PgSslMode::Prefer | PgSslMode::Allow if !is_local(&options) => options.ssl_mode(PgSslMode::VerifyFull),
        PgSslMode::Disable if !is_local(&options) => {
            tracing::warn!(
                host = options.get_host(),
                "sslmode=disable: Databasens lösenord och allt innehåll går okrypterat över nätet. \
                 Skriv sslmode=verify-full i adressen om nätet inte är skyddat på annat sätt."
            );
            options
        }
        PgSslMode::Prefer | PgSslMode::Allow | PgSslMode::Disable => options,
    }
}

/// Whether nothing that is said leaves this machine.
fn is_local(options: &PgConnectOptions) -> bool {
    let host = options.get_host();
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    options.get_socket().is_some()
        || host.starts_with('/')
        || host.eq_ignore_ascii_case("localhost")
        || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// The error of a connection that could not be made, in a sentence where TLS is the reason.
pub(crate) fn sentence(error: &sqlx::Error, options: &PgConnectOptions) -> Option<String> {
    let host = options.get_host();
    let demanded = matches!(options.get_ssl_mode(), PgSslMode::VerifyFull);
    match error {
        sqlx::Error::Io(io) => {
            if let Some(rustls::Error::InvalidCertificate(fault)) = io.get_ref().and_then(|e| e.downcast_ref()) {
                return Some(certificate(fault, host));
            }
            if io.get_ref().is_some_and(<dyn std::error::Error + Send + Sync>::is::<rustls::Error>) {
                return Some(failed(host, io));
            }
            // nothing else is read from a file when the server is reached by its name
            (demanded
                && options.get_socket().is_none()
                && matches!(io.kind(), ErrorKind::NotFound | ErrorKind::PermissionDenied | ErrorKind::IsADirectory))
            .then(|| {
                format!(
                    "Filen med utfärdarens certifikat kunde inte läsas ({io}). \
                         Rätta sökvägen efter sslrootcert= i databasens adress."
                )
            })
        }
        sqlx::Error::Tls(cause) => Some(tls(cause.as_ref(), host)),
        // no line of pg_hba.conf lets us in; without TLS it is most often hostssl that does not
        sqlx::Error::Database(refused) if refused.code().as_deref() == Some("28000") && !demanded => Some(format!(
            "Databasservern {host} släpper inte in oss utan kryptering ({}). \
             Skriv sslmode=verify-full i databasens adress.",
            refused.message()
        )),
        _ => None,
    }
}

fn certificate(fault: &CertificateError, host: &str) -> String {
    match fault {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            format!("Databasservern {host} har ett certifikat som har gått ut. Förnya det på servern.")
        }
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => format!(
            "Databasservern {host} har ett certifikat som inte gäller än. \
             Se efter att klockan går rätt på båda datorerna."
        ),
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => format!(
            "Databasservern har ett certifikat som inte gäller {host}. \
             Skriv det namn som står i certifikatet i databasens adress, eller utfärda ett nytt på servern."
        ),
        CertificateError::UnknownIssuer | CertificateError::BadSignature => format!(
            "Databasservern {host} har ett certifikat av en utfärdare som den här datorn inte litar på. \
             Ange filen med utfärdarens certifikat med sslrootcert= i databasens adress."
        ),
        CertificateError::Revoked => {
            format!("Databasservern {host} har ett certifikat som är återkallat. Förnya det på servern.")
        }
        other => format!(
            "Databasservern {host} har ett certifikat som inte kan godkännas ({other}). Utfärda ett nytt på servern."
        ),
    }
}

fn tls(cause: &(dyn std::error::Error + 'static), host: &str) -> String {
    let text = cause.to_string();
    if let Some(rustls::Error::InvalidCertificate(fault)) = cause.downcast_ref() {
        return if matches!(fault, CertificateError::BadEncoding) { bad_file(&text) } else { certificate(fault, host) };
    }
    match text.as_str() {
        "server does not support TLS" => format!(
            "Databasservern {host} tar inte emot krypterade anslutningar. Slå på ssl i PostgreSQL. \
             Bara om nätet dit är skyddat på annat sätt: skriv sslmode=disable i databasens adress."
        ),
        text if text.starts_with("Invalid certificate") => bad_file(text),
        _ => failed(host, cause),
    }
}

fn bad_file(text: &str) -> String {
    format!(
        "Filen med utfärdarens certifikat kan inte tolkas ({text}). \
         Ange en fil i PEM-format med sslrootcert= i databasens adress."
    )
}

fn failed(host: &str, cause: &dyn std::error::Error) -> String {
    let cause = cause.source().map_or_else(|| cause.to_string(), ToString::to_string);
    format!(
        "En krypterad anslutning till databasservern {host} kunde inte upprättas ({cause}). \
         Se efter att PostgreSQL är 15 eller senare och talar TLS 1.2 eller 1.3."
    )
}

#[cfg(test)]
mod tests {
    use std::str::FromStr;

    use super::*;

    fn mode(url: &str) -> PgSslMode {
        guarded(PgConnectOptions::from_str(url).unwrap()).get_ssl_mode()
    }

    #[test]
    fn a_server_elsewhere_is_spoken_to_with_a_checked_certificate_whatever_is_said_but_disable() {
        for host in ["db.example.se", "10.0.0.7", "[2001:db8::7]", "localhost.example.se", "127.example.se"] {
            for said in ["", "?sslmode=prefer", "?sslmode=allow", "?sslmode=require", "?sslmode=verify-ca"] {
                let url = format!("postgres://kvalitet@{host}/kvalitet{said}");
                assert!(matches!(mode(&url), PgSslMode::VerifyFull), "{url}");
            }
            let url = format!("postgres://kvalitet@{host}/kvalitet?sslmode=disable");
            assert!(matches!(mode(&url), PgSslMode::Disable), "{url}");
        }
        // the host may stand after the question mark
        assert!(matches!(mode("postgres:///kvalitet?host=db.example.se"), PgSslMode::VerifyFull));
    }

    #[test]
    fn a_server_on_this_machine_needs_no_tls_but_has_it_when_asked() {
        let hosts = ["localhost", "LOCALHOST", "127.0.0.1", "127.8.9.1", "[::1]", "%2Fvar%2Frun%2Fpostgresql"];
        for host in hosts {
            let url = format!("postgres://kvalitet@{host}/kvalitet");
            assert!(matches!(mode(&url), PgSslMode::Prefer), "{url}");
            for said in ["require", "verify-ca", "verify-full"] {
                let url = format!("postgres://kvalitet@{host}/kvalitet?sslmode={said}");
                assert!(matches!(mode(&url), PgSslMode::VerifyFull), "{url}");
            }
        }
        assert!(matches!(mode("postgres:///kvalitet?host=/var/run/postgresql"), PgSslMode::Prefer));
    }

    #[test]
    fn what_is_wrong_with_a_certificate_is_said_with_the_way_out() {
        for (fault, word) in [
            (CertificateError::Expired, "gått ut"),
            (CertificateError::NotValidYet, "klockan"),
            (CertificateError::UnknownIssuer, "sslrootcert="),
            (CertificateError::NotValidForName, "inte gäller db.example.se"),
            (CertificateError::Revoked, "återkallat"),
        ] {
            let said = certificate(&fault, "db.example.se");
            assert!(said.contains(word), "{said}");
        }
    }
}
