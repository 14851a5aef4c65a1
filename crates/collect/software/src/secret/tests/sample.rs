//! Samples of secrets, made when the tests run: no text in this repository looks like a secret.
use flate2::Crc;

use crate::secret::{decode, proof};

/// A file that is no client's.
pub(super) const PLAIN: &str = "/srv/app/settings.yaml";

pub(super) struct Sample {
    pub(super) detector: &'static str,
    pub(super) path: String,
    pub(super) before: String,
    pub(super) secret: String,
    pub(super) after: String,
    pub(super) proof: &'static str,
    pub(super) why: &'static str,
}

/// A part of a secret: as it stands, or so many characters of an alphabet.
enum Part {
    Is(&'static str),
    Of(&'static str, usize),
}
use Part::{Is, Of};

const HEX: &str = "0123456789abcdef";
const DIGIT: &str = "2345678901";
const LOWER: &str = "bcdefghijklmnopqrstuvwyz0123456789";
const UPPER: &str = "ABCDEFGHIJKLMNOPQRSTUVWYZ0123456789";
const ANY: &str = "ABCDEFGHIJKLMNOPQRSTUVWYZabcdefghijklmnopqrstuvwyz0123456789";
const LETTER: &str = "ABCDEFGHIJKLMNOPQRSTUVWYZabcdefghijklmnopqrstuvwyz";
const BASE32: &str = "ABCDEFGHIJKLMNOPQRSTUVWYZ234567";

/// Characters that are the same at each run.
fn random(alphabet: &str, length: usize, seed: &str) -> String {
    let mut state =
        seed.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |all, byte| (all ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
    let alphabet = alphabet.as_bytes();
    (0..length)
        .map(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            char::from(alphabet[(state >> 33) as usize % alphabet.len()])
        })
        .collect()
}

fn bytes(length: usize, seed: &str) -> Vec<u8> {
    random(ANY, length * 2, seed)
        .as_bytes()
        .chunks(2)
        .map(|pair| pair[0].wrapping_mul(7) ^ pair[1].wrapping_mul(31))
        .collect()
}

fn encoded(bytes: &[u8], alphabet: &[u8; 64], pad: bool) -> String {
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let all = chunk.iter().fold(0_u32, |all, byte| all << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for at in 0..=chunk.len() {
            out.push(char::from(alphabet[(all >> (18 - 6 * at) & 63) as usize]));
        }
        if pad {
            out.push_str(&"="[..usize::from(chunk.len() < 3)].repeat(3 - chunk.len()));
        }
    }
    out
}

fn base64(bytes: &[u8]) -> String {
    encoded(bytes, b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", true)
}

fn base64_url(bytes: &[u8]) -> String {
    encoded(bytes, b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", false)
}

fn crc(text: &str) -> u32 {
    let mut crc = Crc::new();
    crc.update(text.as_bytes());
    crc.sum()
}

pub(super) fn crc62(text: &str) -> String {
    proof::base62(crc(text))
}

pub(super) fn crc_le(text: &str) -> String {
    crc(text).to_le_bytes().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Detector, text before, parts of the secret, text behind, proof.
type Row = (&'static str, &'static str, &'static [Part], &'static str, &'static str);

/// Secrets that are made of prefixes and random characters.
const ROWS: &[Row] = &[
    ("google_api_key", "key: ", &[Is("AIza"), Of(ANY, 35)], "", "pattern"),
    ("google_oauth_secret", "x: ", &[Is("GOCSPX-"), Of(ANY, 28)], "", "pattern"),
    ("google_refresh_token", "x: ", &[Is("1//0"), Of(ANY, 70)], "", "pattern"),
    ("azure_client_secret", "x: ", &[Of(ANY, 3), Is("8Q~"), Of(ANY, 34)], "", "structure"),
    ("azure_devops_token", "x: ", &[Of(ANY, 76), Is("AZDO"), Of(ANY, 4)], "", "structure"),
    ("azure_annotated_key", "x: ", &[Of(ANY, 52), Is("JQQJ99AA"), Of(ANY, 16), Is("a"), Of(ANY, 7)], "", "structure"),
    ("digitalocean_token", "x: ", &[Is("dop_v1_"), Of(HEX, 64)], "", "pattern"),
    ("alibaba_access_key", "x: ", &[Is("LTAI"), Of(ANY, 20)], "", "pattern"),
    ("tencent_secret_id", "x: ", &[Is("AKID"), Of(ANY, 32)], "", "pattern"),
    ("scaleway_access_key", "x: ", &[Is("SCW"), Of(UPPER, 17)], "", "pattern"),
    ("yandex_api_key", "x: ", &[Is("AQVN"), Of(ANY, 36)], "", "pattern"),
    ("cloudflare_origin_key", "x: ", &[Is("v1.0-"), Of(HEX, 24), Is("-"), Of(HEX, 146)], "", "structure"),
    ("cloudflare_api_token", "CLOUDFLARE_API_TOKEN=", &[Of(ANY, 40)], "", "pattern"),
    ("fastly_api_token", "FASTLY_API_TOKEN=\"", &[Of(ANY, 32)], "\"", "pattern"),
    ("heroku_api_key", "x: ", &[Is("HRKU-"), Of(ANY, 60)], "", "pattern"),
    ("fly_access_token", "x: FlyV1 ", &[Is("fm2_"), Of(ANY, 200)], "", "pattern"),
    ("netlify_token", "x: ", &[Is("nfp_"), Of(ANY, 36)], "", "pattern"),
    ("render_api_key", "x: ", &[Is("rnd_"), Of(ANY, 32)], "", "pattern"),
    ("planetscale_secret", "x: ", &[Is("pscale_tkn_"), Of(ANY, 43)], "", "pattern"),
    ("supabase_secret", "x: ", &[Is("sbp_"), Of(HEX, 40)], "", "pattern"),
    ("github_fine_grained_token", "x: ", &[Is("github_pat_"), Of(ANY, 22), Is("_"), Of(ANY, 59)], "", "structure"),
    ("gitlab_token", "x: ", &[Is("glpat-"), Of(ANY, 20)], "", "pattern"),
    ("bitbucket_token", "x: ", &[Is("ATBB"), Of(ANY, 32)], "", "pattern"),
    ("npmrc_auth", "//npm.internal/:_authToken=", &[Of(ANY, 36)], "", "pattern"),
    ("rubygems_token", "x: ", &[Is("rubygems_"), Of(HEX, 48)], "", "pattern"),
    ("nuget_api_key", "x: ", &[Is("oy2"), Of(LOWER, 43)], "", "pattern"),
    ("crates_io_token", "x: ", &[Is("cio"), Of(ANY, 32)], "", "pattern"),
    ("clojars_token", "x: ", &[Is("CLOJARS_"), Of(LOWER, 60)], "", "pattern"),
    ("docker_token", "x: ", &[Is("dckr_pat_"), Of(ANY, 27)], "", "pattern"),
    ("artifactory_key", "x: ", &[Is("AKCp"), Of(ANY, 69)], "", "structure"),
    ("sonar_token", "x: ", &[Is("sqp_"), Of(HEX, 40)], "", "pattern"),
    ("circleci_token", "x: ", &[Is("CCIPAT_"), Of(ANY, 22), Is("_"), Of(HEX, 40)], "", "structure"),
    ("buildkite_token", "x: ", &[Is("bkua_"), Of(HEX, 40)], "", "pattern"),
    (
        "slack_token",
        "x: ",
        &[Is("xoxb-"), Of(DIGIT, 12), Is("-"), Of(DIGIT, 12), Is("-"), Of(ANY, 24)],
        "",
        "structure",
    ),
    (
        "slack_app_token",
        "x: ",
        &[Is("xapp-1-A"), Of(UPPER, 10), Is("-"), Of(DIGIT, 13), Is("-"), Of(HEX, 64)],
        "",
        "structure",
    ),
    (
        "slack_webhook",
        "https://hooks.slack.com/services/",
        &[Is("T"), Of(UPPER, 8), Is("/B"), Of(UPPER, 10), Is("/"), Of(ANY, 24)],
        "",
        "structure",
    ),
    ("discord_webhook", "https://discord.com/api/webhooks/", &[Of(DIGIT, 18), Is("/"), Of(ANY, 68)], "", "structure"),
    ("telegram_bot_token", "x: ", &[Is("7"), Of(DIGIT, 9), Is(":AA"), Of(ANY, 33)], "", "structure"),
    (
        "teams_webhook",
        "https://x.webhook.office.com/webhookb2/",
        &[
            Of(HEX, 8),
            Is("-"),
            Of(HEX, 4),
            Is("-"),
            Of(HEX, 4),
            Is("-"),
            Of(HEX, 4),
            Is("-"),
            Of(HEX, 12),
            Is("@"),
            Of(HEX, 8),
            Is("-"),
            Of(HEX, 4),
            Is("-"),
            Of(HEX, 4),
            Is("-"),
            Of(HEX, 4),
            Is("-"),
            Of(HEX, 12),
            Is("/IncomingWebhook/"),
            Of(HEX, 32),
            Is("/"),
            Of(HEX, 8),
            Is("-"),
            Of(HEX, 4),
            Is("-"),
            Of(HEX, 4),
            Is("-"),
            Of(HEX, 4),
            Is("-"),
            Of(HEX, 12),
        ],
        "",
        "structure",
    ),
    ("stripe_key", "x: ", &[Is("sk_"), Is("live_"), Of(ANY, 24)], "", "pattern"),
    ("stripe_webhook_secret", "x: ", &[Is("whsec_"), Of(ANY, 32)], "", "pattern"),
    ("square_token", "x: ", &[Is("sq0atp-"), Of(ANY, 22)], "", "pattern"),
    ("shopify_token", "x: ", &[Is("shpat_"), Of(HEX, 32)], "", "pattern"),
    ("easypost_key", "x: ", &[Is("EZAK"), Of(ANY, 54)], "", "pattern"),
    ("twilio_auth_token", "TWILIO_AUTH_TOKEN=", &[Of(HEX, 32)], "", "pattern"),
    ("mailgun_key", "x: ", &[Is("key-"), Of(HEX, 32)], "", "pattern"),
    ("mailchimp_key", "x: ", &[Of(HEX, 32), Is("-us12")], "", "structure"),
    ("brevo_key", "x: ", &[Is("xkeysib-"), Of(HEX, 64), Is("-"), Of(ANY, 16)], "", "structure"),
    ("openai_key", "x: ", &[Is("sk-proj-"), Of(ANY, 74), Is("T3BlbkFJ"), Of(ANY, 73)], "", "structure"),
    ("anthropic_key", "x: ", &[Is("sk-ant-"), Is("api03-"), Of(ANY, 93), Is("AA")], "", "structure"),
    ("huggingface_token", "x: ", &[Is("hf_"), Of(LETTER, 34)], "", "pattern"),
    ("groq_key", "x: ", &[Is("gsk_"), Of(ANY, 52)], "", "pattern"),
    ("replicate_token", "x: ", &[Is("r8_"), Of(ANY, 37)], "", "pattern"),
    ("perplexity_key", "x: ", &[Is("pplx-"), Of(ANY, 48)], "", "pattern"),
    ("vault_token", "x: ", &[Is("hvs."), Of(ANY, 95)], "", "pattern"),
    ("terraform_token", "x: ", &[Of(ANY, 14), Is(".atlasv1."), Of(ANY, 67)], "", "structure"),
    ("pulumi_token", "x: ", &[Is("pul-"), Of(HEX, 40)], "", "pattern"),
    ("doppler_token", "x: ", &[Is("dp.pt."), Of(ANY, 43)], "", "pattern"),
    ("databricks_token", "x: ", &[Is("dapi"), Of(HEX, 32)], "", "pattern"),
    ("tailscale_key", "x: ", &[Is("tskey-auth-"), Of(ANY, 12), Is("CNTRL-"), Of(ANY, 32)], "", "structure"),
    (
        "launchdarkly_key",
        "x: ",
        &[
            Is("sdk-"),
            Of(HEX, 8),
            Is("-"),
            Of(HEX, 4),
            Is("-4"),
            Of(HEX, 3),
            Is("-9"),
            Of(HEX, 3),
            Is("-"),
            Of(HEX, 12),
        ],
        "",
        "structure",
    ),
    ("newrelic_key", "x: ", &[Is("NRAK-"), Of(UPPER, 27)], "", "pattern"),
    ("sentry_user_token", "x: ", &[Is("sntryu_"), Of(HEX, 64)], "", "pattern"),
    ("datadog_key", "DD_API_KEY=", &[Of(HEX, 32)], "", "pattern"),
    ("dynatrace_token", "x: ", &[Is("dt0c01."), Of(UPPER, 24), Is("."), Of(UPPER, 64)], "", "structure"),
    ("okta_token", "OKTA_API_TOKEN=", &[Is("00"), Of(ANY, 40)], "", "structure"),
    ("postman_key", "x: ", &[Is("PMAK-"), Of(HEX, 24), Is("-"), Of(HEX, 34)], "", "structure"),
    ("linear_key", "x: ", &[Is("lin_api_"), Of(ANY, 40)], "", "pattern"),
    ("notion_token", "x: ", &[Is("ntn_"), Of(ANY, 46)], "", "pattern"),
    ("figma_token", "x: ", &[Is("figd_"), Of(ANY, 40)], "", "pattern"),
    ("airtable_token", "airtable: ", &[Is("pat"), Of(ANY, 14), Is("."), Of(HEX, 64)], "", "structure"),
    (
        "hubspot_token",
        "x: ",
        &[
            Is("pat-na1-"),
            Of(HEX, 8),
            Is("-"),
            Of(HEX, 4),
            Is("-"),
            Of(HEX, 4),
            Is("-"),
            Of(HEX, 4),
            Is("-"),
            Of(HEX, 12),
        ],
        "",
        "structure",
    ),
    ("prefect_key", "x: ", &[Is("pnu_"), Of(ANY, 36)], "", "pattern"),
    ("adafruit_key", "x: ", &[Is("aio_"), Of(ANY, 28)], "", "pattern"),
    ("infracost_key", "x: ", &[Is("ico-"), Of(ANY, 32)], "", "pattern"),
    ("bitbucket_token", "x: ", &[Is("ATCTT3x"), Of(ANY, 120)], "", "pattern"),
    ("aws_secret_key", "aws_secret_access_key = ", &[Of(ANY, 40)], "", "pattern"),
    ("npmrc_password", "//npm.internal/:_password=", &[Of(ANY, 24)], "", "pattern"),
    ("supabase_secret", "x: ", &[Is("sb_secret_"), Of(ANY, 22), Is("_"), Of(ANY, 8)], "", "pattern"),
];

/// The secret of a row: with random characters, all of one, or the last random part cut short.
fn made(row: &Row, how: &str) -> String {
    let last = row.2.iter().rposition(|part| matches!(part, Of(..)));
    let mut out = String::new();
    for (at, part) in row.2.iter().enumerate() {
        match part {
            Is(text) => out.push_str(text),
            Of(alphabet, length) if how == "same" => out.push_str(&alphabet[alphabet.len() - 1..].repeat(*length)),
            Of(alphabet, length) => {
                let length = if how == "short" && Some(at) == last { 3 } else { *length };
                out.push_str(&random(alphabet, length, &format!("{}{at}", row.0)));
            }
        }
    }
    out
}

fn pem(label: &str, body: &[u8]) -> String {
    let lines: Vec<String> =
        base64(body).as_bytes().chunks(64).map(|line| String::from_utf8_lossy(line).into_owned()).collect();
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----", lines.join("\n"))
}

/// A sequence that begins with a version, as all private keys do.
fn der(seed: &str) -> Vec<u8> {
    let mut content = vec![2, 1, 0];
    content.extend(bytes(600, seed));
    let length = u16::try_from(content.len()).unwrap().to_be_bytes();
    [&[0x30, 0x82, length[0], length[1]][..], &content].concat()
}

fn openssh(cipher: &str) -> Vec<u8> {
    let field = |text: &str| [&u32::try_from(text.len()).unwrap().to_be_bytes()[..], text.as_bytes()].concat();
    let derivation = if cipher == "none" { "none" } else { "bcrypt" };
    [b"openssh-key-v1\0".to_vec(), field(cipher), field(derivation), field(""), bytes(300, cipher)].concat()
}

/// A secret key of RSA: the public numbers, then how the rest is encrypted.
fn pgp(usage: u8) -> Vec<u8> {
    let number = [&[0x00, 0x40][..], &bytes(8, "n")].concat();
    let body = [&[4, 1, 2, 3, 4, 1][..], &number, &number, &[usage], &bytes(120, "secret")].concat();
    [&[0x95][..], &u16::try_from(body.len()).unwrap().to_be_bytes(), &body].concat()
}

fn pgp_armor(body: &[u8]) -> String {
    pem("PGP PRIVATE KEY BLOCK", body)
        .replacen("BLOCK-----\n", "BLOCK-----\nVersion: x\n\n", 1)
        .replace("\n-----END", "\n=abcd\n-----END")
}

fn putty(encryption: &str) -> (String, String, String) {
    let lines = [base64(&bytes(48, "putty1")), base64(&bytes(30, "putty2"))].join("\n");
    let head = format!(
        "PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: {encryption}\nComment: x\nPublic-Lines: 1\nAAAA\nPrivate-Lines: 2\n"
    );
    (head, lines, "\nPrivate-MAC: 00".to_owned())
}

fn age() -> String {
    let data: Vec<u8> = bytes(52, "age").iter().map(|byte| byte & 31).collect();
    let human = "age-secret-key-";
    let sum = decode::bech32_remainder(human, &[&data[..], &[0; 6]].concat()) ^ 1;
    let sum = (0..6).map(|at| u8::try_from(sum >> (25 - 5 * at) & 31).unwrap());
    let chars = b"QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L";
    let text: String = data.iter().copied().chain(sum).map(|value| char::from(chars[usize::from(value)])).collect();
    format!("AGE-SECRET-KEY-1{text}")
}

fn wireguard() -> String {
    let mut key = bytes(32, "wireguard");
    key[0] &= 0xf8;
    key[31] = key[31] & 0x3f | 0x40;
    base64(&key)
}

fn macaroon() -> String {
    let body = [&b"\x02\x01\x08pypi.org\x02\x10"[..], &bytes(16, "id"), &[0, 0, 6, 32], &bytes(32, "mac")].concat();
    format!("pypi-{}", base64_url(&body))
}

fn jwt(claims: &str) -> String {
    let head = base64_url(br#"{"alg":"HS256","typ":"JWT"}"#);
    format!("{head}.{}.{}", base64_url(claims.as_bytes()), base64_url(&bytes(32, "jwt")))
}

fn github(prefix: &str) -> String {
    let text = random(ANY, 30, prefix);
    format!("{prefix}{text}{}", crc62(&text))
}

fn grafana() -> String {
    let head = format!("glsa_{}", random(ANY, 32, "glsa"));
    let sum = crc_le(&head);
    format!("{head}_{sum}")
}

fn atlassian() -> String {
    let head = format!("ATATT3x{}", random(ANY, 180, "atlassian"));
    let sum = crc(&head);
    format!("{head}={sum:08X}")
}

fn sendgrid() -> String {
    format!("SG.{}.{}", base64_url(&bytes(16, "a")), base64_url(&bytes(32, "b")))
}

fn discord() -> String {
    // Numbers of bots begin with a digit whose base 64 begins with `M`, `N` or `O`.
    format!("{}.{}.{}", base64_url(b"7284910365729104857"), random(ANY, 6, "d"), random(ANY, 38, "e"))
}

fn json_token(prefix: &str, length: usize) -> String {
    let body = base64(format!(r#"{{"o":"1","n":"x","k":"{}"}}"#, random(ANY, length, prefix)).as_bytes());
    format!("{prefix}{}", body.trim_end_matches('='))
}

fn special(
    detector: &'static str,
    path: &str,
    before: &str,
    secret: String,
    after: &str,
    proof: &'static str,
    why: &'static str,
) -> Sample {
    Sample { detector, path: path.to_owned(), before: before.to_owned(), secret, after: after.to_owned(), proof, why }
}

/// An identifier that holds the number of an account.
fn aws_id() -> String {
    format!("{}QYL{}", "AKIA", random(BASE32, 13, "aws"))
}

fn strong() -> String {
    format!("{}-{}", random(ANY, 6, "strong"), random(ANY, 6, "word"))
}

/// One or more for each detector.
pub(super) fn positives() -> Vec<Sample> {
    let mut all: Vec<Sample> =
        ROWS.iter().map(|row| special(row.0, PLAIN, row.1, made(row, "random"), row.3, row.4, "as it is")).collect();
    let plain = |detector, secret: String, proof, why| special(detector, PLAIN, "x: ", secret, "", proof, why);
    let escaped = pem("PRIVATE KEY", &der("google")).replace('\n', "\\n");
    let (putty_head, putty_lines, putty_tail) = putty("none");
    let client_key = base64(pem("EC PRIVATE KEY", &der("kube")).as_bytes());
    all.extend([
        plain("aws_access_key", aws_id(), "structure", "with the number of an account"),
        special(
            "aws_secret_key",
            "/srv/keys.csv",
            "Secret access key: ",
            random(ANY, 40, "s"),
            "",
            "pattern",
            "with its name",
        ),
        special(
            "aws_secret_key",
            "/srv/.env",
            "AWS_SECRET_ACCESS_KEY=",
            random(ANY, 40, "e"),
            "",
            "pattern",
            "in capitals",
        ),
        plain("github_token", github("ghp_"), "checksum", "a personal one"),
        plain("github_token", github("ghs_"), "checksum", "of an app"),
        special("github_token", PLAIN, "x: \"a\\n", github("gho_"), "\\n\"", "checksum", "behind an escape"),
        plain("github_token", format!("ghu_{}", random(ANY, 50, "long")), "pattern", "longer than those with a sum"),
        plain("npm_token", github("npm_"), "checksum", "with a sum"),
        plain("npm_token", format!("npm_{}", random(ANY, 36, "npm")), "pattern", "without"),
        plain("atlassian_token", atlassian(), "checksum", "with a sum"),
        plain("grafana_service_account", grafana(), "checksum", "with a sum"),
        plain("grafana_cloud_token", json_token("glc_", 30), "structure", "JSON"),
        special(
            "sentry_token",
            PLAIN,
            "x: ",
            format!("{}_{}", json_token("sntrys_", 60), random(ANY, 43, "sentry")),
            "",
            "structure",
            "JSON",
        ),
        plain("onepassword_service_token", json_token("ops_", 300), "structure", "JSON"),
        plain("pypi_token", macaroon(), "structure", "a macaroon"),
        plain("sendgrid_key", sendgrid(), "structure", "16 and 32 bytes"),
        special("discord_bot_token", PLAIN, "discord: ", discord(), "", "structure", "the number of a bot"),
        special(
            "azure_storage_key",
            PLAIN,
            "AccountName=a;AccountKey=",
            base64(&bytes(64, "storage")),
            ";EndpointSuffix=x",
            "structure",
            "64 bytes",
        ),
        special(
            "azure_shared_access_key",
            PLAIN,
            "SharedAccessKeyName=a;SharedAccessKey=",
            base64(&bytes(32, "bus")),
            ";",
            "structure",
            "32 bytes",
        ),
        special(
            "azure_sas_token",
            PLAIN,
            "https://a.blob.core.windows.net/c?sv=2020-08-04&se=2030-01-01&sig=",
            base64(&bytes(32, "sas")).replace('+', "%2B").replace('/', "%2F").replace('=', "%3D"),
            "",
            "structure",
            "32 bytes",
        ),
        special(
            "google_service_account",
            "/srv/sa.json",
            "{\"type\": \"service_account\", \"private_key\": \"",
            escaped,
            "\\n\"}",
            "structure",
            "JSON",
        ),
        special("private_key", "/srv/a.pem", "", pem("RSA PRIVATE KEY", &der("rsa")), "", "structure", "PKCS #1"),
        special(
            "private_key",
            "/srv/.env",
            "KEY=\"",
            pem("PRIVATE KEY", &der("p8")).replace('\n', "\\n"),
            "\"",
            "structure",
            "on one line",
        ),
        special(
            "openssh_private_key",
            "/home/a/.ssh/id_ed25519",
            "",
            pem("OPENSSH PRIVATE KEY", &openssh("none")),
            "",
            "structure",
            "no passphrase",
        ),
        special("pgp_private_key", "/home/a/key.asc", "", pgp_armor(&pgp(0)), "", "structure", "no passphrase"),
        special(
            "pgp_private_key",
            "/home/a/key.asc",
            "",
            pgp_armor(&bytes(200, "other")),
            "",
            "pattern",
            "nobody can tell",
        ),
        special(
            "putty_private_key",
            "/home/a/key.ppk",
            &putty_head,
            putty_lines,
            &putty_tail,
            "structure",
            "no passphrase",
        ),
        special("age_secret_key", "/home/a/key.txt", "", age(), "", "checksum", "bech32"),
        special(
            "wireguard_private_key",
            "/etc/wireguard/wg0.conf",
            "[Interface]\nPrivateKey = ",
            wireguard(),
            "",
            "structure",
            "clamped",
        ),
        special(
            "kubeconfig_client_key",
            "/root/.kube/config",
            "users:\n- user:\n    client-key-data: ",
            client_key,
            "",
            "structure",
            "a PEM",
        ),
        special(
            "kubeconfig_token",
            "/root/.kube/config",
            "kind: Config\nusers:\n- user:\n    token: ",
            random(ANY, 40, "kube"),
            "",
            "pattern",
            "of a user",
        ),
        plain("jwt", jwt(r#"{"iss":"kubernetes/serviceaccount","sub":"x"}"#), "structure", "it never ends"),
        plain("jwt", jwt(r#"{"sub":"x","iat":1700000000,"exp":1800000000}"#), "structure", "it ends in years"),
        special(
            "docker_auth",
            "/root/.docker/config.json",
            "{\"auths\": {\"h\": {\"auth\": \"",
            base64(format!("ci:{}", strong()).as_bytes()),
            "\"}}}",
            "structure",
            "user and password",
        ),
        special(
            "netrc_password",
            "/root/.netrc",
            "machine h login u password ",
            strong(),
            "",
            "pattern",
            "of a machine",
        ),
        special("pgpass_password", "/root/.pgpass", "db:5432:*:app:", strong(), "", "pattern", "of a database"),
        special(
            "git_credentials",
            "/root/.git-credentials",
            "https://me:",
            strong(),
            "@git.internal",
            "pattern",
            "of a server",
        ),
        special(
            "basic_authorization",
            "/srv/x.py",
            "\"Authorization\": \"Basic ",
            base64(format!("ci:{}", strong()).as_bytes()),
            "\"",
            "structure",
            "user and password",
        ),
        special("database_url", "/srv/x.py", "postgres://app:", strong(), "@db:5432/app", "pattern", "PostgreSQL"),
        special("database_url", "/srv/x.py", "mongodb+srv://app:", strong(), "@db/app", "pattern", "MongoDB"),
        special("database_url", "/srv/x.py", "redis://:", strong(), "@db/0", "pattern", "without a user"),
        special(
            "url_password",
            "/srv/x.py",
            "https://me:",
            strong(),
            "@pypi.internal/simple",
            "pattern",
            "of an index",
        ),
        special(
            "jdbc_password",
            "/srv/x.xml",
            "jdbc:mysql://db/app?user=app&password=",
            strong(),
            "&x=y",
            "pattern",
            "of a database",
        ),
        special(
            "connection_string",
            "/srv/x.cs",
            "Server=db;Database=app;User Id=sa;Password=",
            strong(),
            ";",
            "pattern",
            "of a database",
        ),
        special(
            "wordpress_password",
            "/srv/wp-config.php",
            "define( 'DB_PASSWORD', '",
            strong(),
            "' );",
            "pattern",
            "of a database",
        ),
        special("assigned_secret", "/srv/.env", "APP_PASSWORD=", strong(), "", "pattern", "a setting"),
        special(
            "assigned_secret",
            "/srv/a.yaml",
            "app:\n  api_token: \"",
            random(ANY, 32, "assigned"),
            "\"",
            "pattern",
            "a setting",
        ),
    ]);
    all
}

/// Detector, path, text and why nothing is to be found.
pub(super) fn negatives() -> Vec<(&'static str, String, String, &'static str)> {
    let mut all: Vec<(&'static str, String, String, &'static str)> = Vec::new();
    for row in ROWS {
        let mut put =
            |secret: String, why| all.push((row.0, PLAIN.to_owned(), format!("{}{secret}{}\n", row.1, row.3), why));
        put(made(row, "same"), "one character alone");
        put(made(row, "short"), "cut short");
        // Of these any text counts, and so a longer one.
        if !matches!(row.0, "npmrc_auth" | "npmrc_password") {
            put(format!("word{}", made(row, "random")), "the end of something longer");
        }
    }
    let changed = |text: String| {
        let (head, last) = text.split_at(text.len() - 1);
        format!("{head}{}", if last == "0" { "1" } else { "0" })
    };
    let (head, lines, tail) = putty("aes256-cbc");
    let encrypted = pem("RSA PRIVATE KEY", &der("x")).replacen(
        "KEY-----\n",
        "KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n",
        1,
    );
    let documented = ["AKIA", "IOSFODNN7", "EXAMPLE"].concat();
    let mut put = |detector, path: &str, text: String, why| all.push((detector, path.to_owned(), text, why));
    put("aws_access_key", PLAIN, documented, "of AWS's documentation");
    put("aws_secret_key", PLAIN, format!("aws_secret_access_key={}", random(HEX, 40, "sha")), "a sum");
    put(
        "aws_secret_key",
        PLAIN,
        format!("aws_secret_access_key={}", ["wJalrXUtnFEMI/K7MDENG/", "bPxRfiCYEXAMPLEKEY"].concat()),
        "of AWS's documentation",
    );
    put("github_token", PLAIN, changed(github("ghp_")), "a wrong sum");
    put("npm_token", PLAIN, format!("npm_{}", "x".repeat(36)), "one character alone");
    put("atlassian_token", PLAIN, format!("ATATT3x{}=0000000", random(ANY, 150, "a")), "no sum");
    put("grafana_service_account", PLAIN, changed(grafana()), "a wrong sum");
    put("grafana_cloud_token", PLAIN, format!("glc_eyJ{}", random(ANY, 60, "g")), "no JSON");
    put("sentry_token", PLAIN, format!("sntrys_eyJ{}_{}", random(ANY, 80, "s"), random(ANY, 43, "t")), "no JSON");
    put("onepassword_service_token", PLAIN, format!("ops_eyJ{}", random(ANY, 300, "o")), "no JSON");
    put("pypi_token", PLAIN, format!("pypi-AgEIcHlwaS5vcmc{}", random(ANY, 100, "p")), "no signature at the end");
    put("sendgrid_key", PLAIN, format!("SG.{}.{}", "a".repeat(22), "b".repeat(43)), "characters alone");
    put(
        "discord_bot_token",
        PLAIN,
        format!("discord: M{}.{}.{}", random(ANY, 25, "a"), random(ANY, 6, "b"), random(ANY, 38, "c")),
        "no number",
    );
    put(
        "azure_storage_key",
        PLAIN,
        format!("AccountKey={}==", ["Eby8vdM02xNO", &random(ANY, 74, "e")].concat()),
        "the emulator's, which is public",
    );
    put("azure_shared_access_key", PLAIN, "SharedAccessKey=".to_owned(), "nothing");
    put(
        "azure_sas_token",
        PLAIN,
        format!("https://h/?a=b&sig={}", base64(&bytes(32, "sas"))),
        "no version of the service",
    );
    put(
        "google_service_account",
        "/srv/x.json",
        format!("{{\"private_key\": \"{}\"}}", pem("PRIVATE KEY", &der("g")).replace('\n', "\\n")),
        "another sort of key",
    );
    put("private_key", "/srv/a.pem", encrypted, "encrypted");
    put("private_key", "/srv/a.pem", pem("ENCRYPTED PRIVATE KEY", &der("e")), "encrypted");
    put("private_key", "/srv/a.pem", pem("PUBLIC KEY", &der("e")), "public");
    put(
        "private_key",
        "/srv/a.md",
        "-----BEGIN PRIVATE KEY-----\nMIIE...\n-----END PRIVATE KEY-----".to_owned(),
        "a text about keys",
    );
    put("openssh_private_key", "/srv/id", pem("OPENSSH PRIVATE KEY", &openssh("aes256-ctr")), "encrypted");
    put("pgp_private_key", "/srv/k.asc", pgp_armor(&pgp(254)), "encrypted");
    put("putty_private_key", "/srv/k.ppk", format!("{head}{lines}{tail}"), "encrypted");
    put("age_secret_key", "/srv/k", format!("{}Q", &age()[..age().len() - 1]), "a wrong sum");
    put("wireguard_private_key", "/srv/wg.conf", format!("PrivateKey = {}", base64(&[0xff; 32])), "not clamped");
    put("kubeconfig_client_key", "/srv/k", format!("client-key-data: {}", base64(&bytes(200, "k"))), "no PEM");
    put("kubeconfig_token", "/srv/x.yaml", format!("a:\n  token: {}\n", random(ANY, 40, "k")), "no kubeconfig");
    put("jwt", PLAIN, jwt(r#"{"sub":"x","iat":1700000000,"exp":1700003600}"#), "an hour");
    put("jwt", PLAIN, jwt(r#"{"role":"anon","iss":"supabase"}"#), "for everybody");
    put(
        "jwt",
        PLAIN,
        format!("eyJ{}.eyJ{}.{}", random(ANY, 20, "a"), random(ANY, 20, "b"), random(ANY, 40, "c")),
        "no JSON",
    );
    put("docker_auth", "/root/.docker/config.json", format!("{{\"auth\": \"{}\"}}", base64(b"nothing")), "no password");
    put("docker_auth", "/srv/other.json", format!("{{\"auth\": \"{}\"}}", base64(b"a:hunter22")), "another file");
    put("netrc_password", "/root/.netrc", "machine h login u password <password>".to_owned(), "a template");
    put("netrc_password", "/srv/x.conf", "password required for login".to_owned(), "another file");
    put(
        "pgpass_password",
        "/root/.pgpass",
        "# db:5432:*:app:secret12\ndb:5432:*:app:${PASSWORD}".to_owned(),
        "a comment and a template",
    );
    put("git_credentials", "/root/.git-credentials", "https://me@git.internal".to_owned(), "no password");
    put("basic_authorization", "/srv/x.py", format!("Authorization: Basic {}", base64(b"user:password")), "words");
    put(
        "database_url",
        "/srv/x.py",
        "postgres://user:password@host/db postgres://u:${PW}@h postgres://u:%s@h postgres://u@h".to_owned(),
        "templates",
    );
    put("database_url", "/srv/README.md", "postgres://app:tr0ub4dor@db/x".to_owned(), "documentation");
    put(
        "url_password",
        "/srv/x.py",
        "https://user:pass@example.com http://h:8080/a@b https://{user}:{pw}@h".to_owned(),
        "templates",
    );
    put("jdbc_password", "/srv/x.xml", "jdbc:mysql://db/app?user=a&password=${db.password}".to_owned(), "a template");
    put("connection_string", "/srv/x.cs", "Server=db;Password=<password>;".to_owned(), "a template");
    put(
        "wordpress_password",
        "/srv/wp.php",
        "define( 'DB_PASSWORD', 'password_here_example' );".to_owned(),
        "a template",
    );
    for text in [
        "password: changeme123",
        "password: ${DB_PASSWORD}",
        "password: required",
        "token: getToken(1)",
        "password_file: /run/secrets/db1",
        "password_encryption = scram-sha-256",
        "secret: $6$abc$def123456",
        "api_key: https://h/abc123456",
        "password: ENC[AES256,data1]",
        "token = abcdefghijklmnop",
        "credential: arn:aws:iam::1:role",
        "tokens: 1234567890123456",
    ] {
        put("assigned_secret", "/srv/app.yaml", text.to_owned(), "no secret");
    }
    put("assigned_secret", "/srv/app.py", format!("password = \"{}\"", strong()), "source code");
    all
}
