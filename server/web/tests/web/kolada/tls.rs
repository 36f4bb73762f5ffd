//! Kolada is spoken to with TLS, and only when its certificate is right.

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    sync::Arc,
    thread,
};

use rcgen::{BasicConstraints, CertificateParams, IsCa, KeyPair};
use rustls::{
    ServerConfig, ServerConnection, StreamOwned,
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer},
};
use web::kolada::{Hinder, fetch, fetch_trusting};

use super::{cell, limits, nyckeltal, v3, year};

/// An issuer, and what it has issued for a name, with its key.
fn issued(name: &str) -> (CertificateDer<'static>, CertificateDer<'static>, PrivateKeyDer<'static>) {
    let mut params = CertificateParams::default();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let issuer_key = KeyPair::generate().unwrap();
    let issuer = params.self_signed(&issuer_key).unwrap();
    let key = KeyPair::generate().unwrap();
    let own = CertificateParams::new(vec![name.to_owned()]).unwrap().signed_by(&key, &issuer, &issuer_key).unwrap();
    (issuer.der().clone(), own.der().clone(), PrivateKeyDer::try_from(key.serialize_der()).unwrap())
}

/// Answers every question with a page. Its address.
fn serve(own: CertificateDer<'static>, key: PrivateKeyDer<'static>, page: String) -> String {
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![own], key)
        .unwrap();
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // a client that does not trust the certificate goes away in the middle
            let _ = answer(stream, &config, &page);
        }
    });
    format!("https://localhost:{port}/v3")
}

fn answer(stream: TcpStream, config: &Arc<ServerConfig>, page: &str) -> std::io::Result<()> {
    let connection = ServerConnection::new(Arc::clone(config)).map_err(std::io::Error::other)?;
    let mut stream = StreamOwned::new(connection, stream);
    let mut asked = vec![];
    while !asked.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte)?;
        asked.push(byte[0]);
    }
    write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{page}", page.len())?;
    stream.conn.send_close_notify();
    stream.flush()
}

#[test]
fn only_a_certificate_of_a_trusted_issuer_for_the_right_name_is_accepted() {
    let page = v3(&[(2021, &cell("T", "77.7"))], "");
    let (issuer, own, key) = issued("localhost");
    let (wrong_issuer, wrong, wrong_key) = issued("example.org");
    let base = serve(own, key, page.clone());
    let trusting = |issuers: Vec<CertificateDer<'static>>, base: &str| {
        fetch_trusting(&|| issuers.clone(), base, &nyckeltal(None), limits(), &|| false)
    };
    assert_eq!(trusting(vec![issuer], &base).unwrap(), [year(2021, Some(777_000), 1, "")]);
    let said = "Kolada gick inte att nå på ett säkert sätt: certifikatet godtas inte av servern.";
    let (other, ..) = issued("localhost");
    assert_eq!(trusting(vec![other], &base).unwrap_err().to_string(), said);
    let elsewhere = serve(wrong, wrong_key, page);
    assert_eq!(trusting(vec![wrong_issuer], &elsewhere).unwrap_err().to_string(), said);
    assert!(matches!(trusting(vec![], &base), Err(Hinder::Certifikat)));
    // the machine knows none of them, whatever it trusts
    let own = fetch(&base, &nyckeltal(None), limits(), &|| false).unwrap_err().to_string();
    assert!(own.starts_with("Kolada gick inte att nå på ett säkert sätt"), "{own}");
}
