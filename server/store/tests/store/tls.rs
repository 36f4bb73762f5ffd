//! On the wire: a PostgreSQL that lets nobody in without TLS, with a certificate authority of its own.

#![allow(clippy::unwrap_used)]

use std::{
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::Duration,
};

use rcgen::{BasicConstraints, CertificateParams, IsCa, KeyPair, date_time_ymd};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use store::{Error, Store};

use crate::common;

/// A cluster of its own, for as long as this lives: its end closes the input of the script that holds it.
struct Cluster {
    script: Child,
    socket: String,
    port: String,
    data: String,
}

impl Cluster {
    async fn start() -> Self {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scripts/postgres.sh");
        let mut script = Command::new(script)
            .arg("hostssl")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("scripts/postgres.sh");
        let mut said = String::new();
        BufReader::new(script.stdout.take().unwrap()).read_line(&mut said).unwrap();
        let (socket, port) = said.trim().split_once(' ').expect("the address of a cluster");
        let (socket, port) = (socket.to_owned(), port.to_owned());
        let mut c = PgConnection::connect(&socket).await.unwrap();
        let (data,): (String,) = sqlx::query_as("show data_directory").fetch_one(&mut c).await.unwrap();
        Self { script, socket, port, data }
    }

    /// Gives the server a certificate. It writes the files itself: they must be its own, and its key nobody else's.
    async fn present(&self, n: usize, certificate: &str, key: &str) {
        let mut c = PgConnection::connect(&self.socket).await.unwrap();
        let (crt, secret) = (format!("{}/{n}.crt", self.data), format!("{}/{n}.key", self.data));
        for (file, text) in [(&crt, certificate), (&secret, key)] {
            // copy writes a line per row, and takes a backslash and a tab only as escapes: PEM has neither
            let lines: Vec<String> = text.lines().map(|line| format!("('{line}')")).collect();
            let copy = format!("copy (values {}) to program 'umask 077; cat > {file}'", lines.join(", "));
            c.execute(AssertSqlSafe(copy)).await.unwrap();
        }
        for (setting, value) in [("ssl_cert_file", crt.as_str()), ("ssl_key_file", &secret), ("ssl", "on")] {
            c.execute(AssertSqlSafe(format!("alter system set {setting} = '{value}'"))).await.unwrap();
        }
        c.execute("select pg_reload_conf()").await.unwrap();
        // a server that is told to read its settings again has not yet done so
        for _ in 0..200 {
            let mut fresh = PgConnection::connect(&self.socket).await.unwrap();
            let (now,): (String,) = sqlx::query_as("show ssl_cert_file").fetch_one(&mut fresh).await.unwrap();
            if now == crt {
                return;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!("the server did not take its new certificate");
    }

    fn url(&self, host: &str, query: &str) -> String {
        format!("postgres://kvalitet@{host}:{}/postgres?{query}", self.port)
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.script.stdin.take());
        let _ = self.script.wait();
    }
}

struct Authority {
    certificate: rcgen::Certificate,
    key: KeyPair,
}

impl Authority {
    fn new(name: &str) -> Self {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(rcgen::DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        Self { certificate: params.self_signed(&key).unwrap(), key }
    }

    /// A certificate and its key, as PEM.
    fn issue(&self, names: &[&str], expired: bool) -> (String, String) {
        let mut params = CertificateParams::new(names.iter().map(ToString::to_string).collect::<Vec<_>>()).unwrap();
        if expired {
            params.not_before = date_time_ymd(2020, 1, 1);
            params.not_after = date_time_ymd(2021, 1, 1);
        }
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.certificate, &self.key).unwrap();
        (certificate.pem(), key.serialize_pem())
    }
}

/// The sentence that a connection is refused with.
async fn refusal(url: &str) -> String {
    match Store::connect(url).await {
        Err(Error::Setup(sentence)) => sentence,
        Err(other) => panic!("{url}: {other:?}"),
        Ok(_) => panic!("{url}: was let in"),
    }
}

#[tokio::test]
async fn postgres_is_spoken_to_over_tls_and_only_when_its_certificate_is_right() {
    if common::own_database().await.is_none() {
        return;
    }
    let cluster = Cluster::start().await;
    let folder = common::Folder::new();
    let ca_file = |name: &str, pem: String| -> PathBuf {
        let path = folder.path().join(name);
        std::fs::write(&path, pem).unwrap();
        path
    };
    let (ours, others) = (Authority::new("Ours"), Authority::new("Somebody else"));
    let roots = format!("sslrootcert={}", ca_file("ca.pem", ours.certificate.pem()).display());

    // before it has a certificate nothing is said in clear
    let said = refusal(&cluster.url("localhost", "sslmode=require")).await;
    assert!(said.contains("tar inte emot krypterade") && said.contains("sslmode=disable"), "{said}");

    let (certificate, key) = ours.issue(&["localhost", "127.0.0.1"], false);
    cluster.present(1, &certificate, &key).await;
    for host in ["localhost", "127.0.0.1"] {
        for mode in ["require", "verify-ca", "verify-full"] {
            let store = Store::connect(&cluster.url(host, &format!("sslmode={mode}&{roots}"))).await.unwrap();
            store.migrate().await.unwrap();
            assert_eq!(store.health().await.unwrap(), "postgres");
            store.close().await;
            // the roots of the machine do not know our authority
            let said = refusal(&cluster.url(host, &format!("sslmode={mode}"))).await;
            assert!(said.contains("sslrootcert="), "{host} {mode}: {said}");
        }
    }
    let said = refusal(&cluster.url("127.0.0.1", "sslmode=disable")).await;
    assert!(said.contains("sslmode=verify-full"), "{said}");

    // the file of the authority is not there, or is none
    let said = refusal(&cluster.url("localhost", "sslmode=verify-full&sslrootcert=/nowhere/ca.pem")).await;
    assert!(said.contains("kunde inte läsas"), "{said}");
    let broken = ca_file("broken.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n".to_owned());
    let said =
        refusal(&cluster.url("localhost", &format!("sslmode=verify-full&sslrootcert={}", broken.display()))).await;
    assert!(said.contains("PEM"), "{said}");

    // each certificate that is not right, in each mode that asks for TLS
    let wrong = [
        (others.issue(&["localhost"], false), "sslrootcert="),
        (ours.issue(&["localhost"], true), "gått ut"),
        (ours.issue(&["db.example.se"], false), "inte gäller localhost"),
    ];
    for (n, ((certificate, key), word)) in wrong.iter().enumerate() {
        cluster.present(n + 2, certificate, key).await;
        for mode in ["require", "verify-ca", "verify-full"] {
            let said = refusal(&cluster.url("localhost", &format!("sslmode={mode}&{roots}"))).await;
            assert!(said.contains(word) && !said.contains('!'), "{mode}: {said}");
        }
    }
}
