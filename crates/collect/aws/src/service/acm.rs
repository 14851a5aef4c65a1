//! AWS Certificate Manager.
use casemate_estate::EdgeKind;

use crate::table::{Call, Facet, From, Kind, Link, Protocol, Reach, Service};

pub(crate) const ACM: Service = Service {
    name: "acm",
    endpoint: "acm",
    event_source: "acm",
    protocol: Protocol::Json { target: "CertificateManager", version: "1.1" },
    reach: Reach::Regional,
    scope_facets: &[],
    kinds: &[Kind::new(
        "aws.acm.certificate",
        Call::new("ListCertificates", "acm:ListCertificates")
            // Without the filter those of RSA with 1024 and 2048 bits alone are named.
            .params(&[
                ("MaxItems", "=1000"),
                (
                    "Includes",
                    r#"={"keyTypes":["RSA_1024","RSA_2048","RSA_3072","RSA_4096","EC_prime256v1","EC_secp384r1","EC_secp521r1"]}"#,
                ),
            ])
            .token("NextToken")
            .at("CertificateSummaryList")
            .shape("CertificateSummaryList:[{CertificateArn DomainName}] NextToken"),
        "{CertificateArn}",
        "{DomainName}",
    )
    .facets(&[
        Facet {
            name: "certificate",
            from: From::Each(
                Call::new("DescribeCertificate", "acm:DescribeCertificate")
                    .params(&[("CertificateArn", "{CertificateArn}")])
                    .at("Certificate")
                    .shape(
                        "Certificate:{CertificateArn DomainName SubjectAlternativeNames:[text] Status Type \
                         NotBefore:time NotAfter:time CreatedAt:time ImportedAt:time IssuedAt:time KeyAlgorithm \
                         SignatureAlgorithm Issuer Subject Serial InUseBy:[text] FailureReason RevokedAt:time \
                         RevocationReason RenewalEligibility RenewalSummary:{RenewalStatus RenewalStatusReason \
                         DomainValidationOptions:drop UpdatedAt:drop} \
                         Options:{CertificateTransparencyLoggingPreference Export} CertificateAuthorityArn ManagedBy \
                         KeyUsages:[{Name}] ExtendedKeyUsages:[{Name OID}] \
                         DomainValidationOptions:[{DomainName ValidationMethod ValidationStatus ResourceRecord:drop \
                         ValidationEmails:drop ValidationDomain:drop HttpRedirect:drop}]}",
                    )
                    .gone(&["ResourceNotFoundException"]),
            ),
        },
    ])
    .links(&[
        Link::new(EdgeKind::Uses, "certificate.InUseBy[]", "{}").reversed(),
        Link::new(EdgeKind::Uses, "certificate.CertificateAuthorityArn", "{}"),
    ])],
};
