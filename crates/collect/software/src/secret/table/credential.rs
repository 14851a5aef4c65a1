//! Tokens and passwords that are known by where they stand: files of clients, connection strings, names in configuration.
use crate::secret::{
    detector::Detector,
    place::{is_configuration, is_docker, is_git_credentials, is_netrc, is_pgpass, is_telling},
    proof,
};

pub(super) const ROWS: &[Detector] = &[
    Detector::token("jwt", &["eyJ"], r"eyJ[A-Za-z0-9_-]{10,1000}\.eyJ[A-Za-z0-9_-]{10,3000}\.[A-Za-z0-9_-]{20,1000}", proof::jwt).within(6_144),
    Detector::token("kubeconfig_token", &["token:"], r#"(?m)^\s*token:\s*["']?([A-Za-z0-9._:-]{20,2000})["']?\s*$"#, kubeconfig_token).within(2_048),
    Detector::password("docker_auth", &["\"auth\""], r#""auth"\s*:\s*"([A-Za-z0-9+/]{8,1000}={0,2})""#, proof::user_and_password)
        .only(is_docker)
        .within(2_048),
    Detector::password("npmrc_password", &["_auth", "_password"], r#"(?m)(?:^|:)_(?:auth|password)\s*=\s*["']?([A-Za-z0-9+/]{8,400}={0,2})"#, proof::pattern),
    Detector::password("netrc_password", &["password"], r"\bpassword\s+(\S{3,200})", proof::password).only(is_netrc),
    Detector::password("pgpass_password", &[], r"(?m)^[^#:\s][^:\n]*:[^:\n]*:[^:\n]*:[^:\n]*:([^\r\n]{3,200})$", proof::password)
        .only(is_pgpass),
    Detector::password("git_credentials", &["://"], r"(?m)^https?://[^:@/\s]+:([^@/\s]{3,300})@", proof::password).only(is_git_credentials),
    Detector::password("basic_authorization", &["authorization"], r#"(?i)authorization["']?\s*[:=,]\s*["']?basic\s+([A-Za-z0-9+/]{12,400}={0,2})"#, proof::user_and_password),
    Detector::password(
        "database_url",
        &["postgres", "mysql", "mariadb", "mongodb", "redis", "amqp", "mssql", "sqlserver", "clickhouse", "cockroachdb", "nats"],
        r#"(?:postgres(?:ql)?|mysql|mariadb|mongodb|rediss?|amqps?|mssql|sqlserver|clickhouse|cockroachdb|nats)(?:\+[a-z0-9_]{1,20})?://[^\s:/@"'<>`]{0,64}:([^\s@/"'<>`]{3,200})@[A-Za-z0-9\[]"#,
        proof::password,
    )
    .only(is_telling),
    Detector::password(
        "url_password",
        &["http://", "https://", "ftp://", "ftps://", "smtp://", "smtps://", "ldap://", "ldaps://"],
        r#"(?:https?|ftps?|smtps?|ldaps?)://[^\s:/@"'<>`\\]{1,64}:([^\s@/"'<>`\\]{3,200})@[A-Za-z0-9\[]"#,
        proof::password,
    )
    .only(is_telling),
    Detector::password("jdbc_password", &["jdbc:"], r#"jdbc:[a-z0-9:]{2,40}[^\s"'<>]{1,300}?[?&;](?i:password)=([^&;\s"'<>]{3,128})"#, proof::password).only(is_telling),
    Detector::password(
        "connection_string",
        &["password=", "pwd="],
        r#"(?i)(?:server|data source|host)\s*=[^;\r\n"']{1,200};[^\r\n"']{0,300}?(?:password|pwd)\s*=\s*([^;"'\r\n<>]{3,128})"#,
        proof::password,
    )
    .only(is_telling),
    Detector::password("wordpress_password", &["DB_PASSWORD"], r#"define\(\s*['"]DB_PASSWORD['"]\s*,\s*['"]([^'"\r\n]{3,128})['"]"#, proof::password),
    Detector::password(
        "assigned_secret",
        &["password", "passwd", "pwd", "secret", "token", "api_key", "apikey", "api-key", "access_key", "access-key", "private_key", "credential"],
        r#"(?i)(?:password|passwd|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credentials?)(?:[_-]?(?:key|base|value|text|string|prod|production|staging|dev|[0-9]{1,3})){0,2}["']?\s*(?:=>|:=|[:=])\s*["']?([^\s"'`]{8,128})"#,
        proof::assigned,
    )
    .only(is_configuration)
    .within(256),
];

/// A token in a file that says clusters and contexts.
fn kubeconfig_token(found: &crate::secret::detector::Match<'_>) -> Option<proof::Proof> {
    let kubeconfig =
        found.near.contains("users:") || found.near.contains("clusters:") || found.near.contains("kind: Config");
    if kubeconfig { proof::pattern(found) } else { None }
}
