//! Groups of well-known artifacts whose builds leave no coordinates in the archive (Gradle, Ant), as Maven Central has
//! them. Advisories name the group; without it nothing would be matched.

/// The beginning of an artifact's name, which ends with `-` or is the whole name, and its group. The longest one counts.
const GROUPS: &[(&str, &str)] = &[
    ("activemq-", "org.apache.activemq"),
    ("asm", "org.ow2.asm"),
    ("asm-", "org.ow2.asm"),
    ("aspectjweaver", "org.aspectj"),
    ("bcmail-", "org.bouncycastle"),
    ("bcpg-", "org.bouncycastle"),
    ("bcpkix-", "org.bouncycastle"),
    ("bcprov-", "org.bouncycastle"),
    ("bctls-", "org.bouncycastle"),
    ("bcutil-", "org.bouncycastle"),
    ("c3p0", "com.mchange"),
    ("commons-beanutils", "commons-beanutils"),
    ("commons-codec", "commons-codec"),
    ("commons-collections", "commons-collections"),
    ("commons-collections4", "org.apache.commons"),
    ("commons-compress", "org.apache.commons"),
    ("commons-configuration", "commons-configuration"),
    ("commons-configuration2", "org.apache.commons"),
    ("commons-fileupload", "commons-fileupload"),
    ("commons-fileupload2-", "org.apache.commons"),
    ("commons-httpclient", "commons-httpclient"),
    ("commons-io", "commons-io"),
    ("commons-jxpath", "commons-jxpath"),
    ("commons-lang", "commons-lang"),
    ("commons-lang3", "org.apache.commons"),
    ("commons-logging", "commons-logging"),
    ("commons-net", "commons-net"),
    ("commons-text", "org.apache.commons"),
    ("cxf-", "org.apache.cxf"),
    ("elasticsearch", "org.elasticsearch"),
    ("elasticsearch-rest-", "org.elasticsearch.client"),
    ("fastjson", "com.alibaba"),
    ("freemarker", "org.freemarker"),
    ("graphql-java", "com.graphql-java"),
    ("groovy", "org.codehaus.groovy"),
    ("grpc-", "io.grpc"),
    ("gson", "com.google.code.gson"),
    ("guava", "com.google.guava"),
    ("h2", "com.h2database"),
    ("hadoop-", "org.apache.hadoop"),
    ("hibernate-core", "org.hibernate"),
    ("hibernate-validator", "org.hibernate.validator"),
    ("hsqldb", "org.hsqldb"),
    ("httpclient", "org.apache.httpcomponents"),
    ("httpclient5", "org.apache.httpcomponents.client5"),
    ("ivy", "org.apache.ivy"),
    ("jackson-annotations", "com.fasterxml.jackson.core"),
    ("jackson-core", "com.fasterxml.jackson.core"),
    ("jackson-core-asl", "org.codehaus.jackson"),
    ("jackson-databind", "com.fasterxml.jackson.core"),
    ("jackson-dataformat-", "com.fasterxml.jackson.dataformat"),
    ("jackson-mapper-asl", "org.codehaus.jackson"),
    ("jdom", "org.jdom"),
    ("jdom2", "org.jdom"),
    ("jetty-", "org.eclipse.jetty"),
    ("json-path", "com.jayway.jsonpath"),
    ("json-smart", "net.minidev"),
    ("jsoup", "org.jsoup"),
    ("junit", "junit"),
    ("kafka-clients", "org.apache.kafka"),
    ("kafka-streams", "org.apache.kafka"),
    ("kotlin-stdlib", "org.jetbrains.kotlin"),
    ("kotlin-stdlib-", "org.jetbrains.kotlin"),
    ("log4j", "log4j"),
    ("log4j-1.2-api", "org.apache.logging.log4j"),
    ("log4j-api", "org.apache.logging.log4j"),
    ("log4j-core", "org.apache.logging.log4j"),
    ("log4j-jcl", "org.apache.logging.log4j"),
    ("log4j-slf4j-impl", "org.apache.logging.log4j"),
    ("logback-", "ch.qos.logback"),
    ("lucene-", "org.apache.lucene"),
    ("mariadb-java-client", "org.mariadb.jdbc"),
    ("micronaut-", "io.micronaut"),
    ("mssql-jdbc", "com.microsoft.sqlserver"),
    ("mysql-connector-j", "com.mysql"),
    ("mysql-connector-java", "mysql"),
    ("netty", "io.netty"),
    ("netty-", "io.netty"),
    ("nimbus-jose-jwt", "com.nimbusds"),
    ("ognl", "ognl"),
    ("okhttp", "com.squareup.okhttp3"),
    ("okio", "com.squareup.okio"),
    ("okio-jvm", "com.squareup.okio"),
    ("pdfbox", "org.apache.pdfbox"),
    ("poi", "org.apache.poi"),
    ("poi-", "org.apache.poi"),
    ("postgresql", "org.postgresql"),
    ("protobuf-java", "com.google.protobuf"),
    ("quartz", "org.quartz-scheduler"),
    ("reactor-netty-", "io.projectreactor.netty"),
    ("shiro-", "org.apache.shiro"),
    ("slf4j-", "org.slf4j"),
    ("snakeyaml", "org.yaml"),
    ("snappy-java", "org.xerial.snappy"),
    ("solr-", "org.apache.solr"),
    ("spring-aop", "org.springframework"),
    ("spring-beans", "org.springframework"),
    ("spring-boot", "org.springframework.boot"),
    ("spring-boot-", "org.springframework.boot"),
    ("spring-boot-admin-", "de.codecentric"),
    ("spring-cloud-function-", "org.springframework.cloud"),
    ("spring-cloud-gateway-", "org.springframework.cloud"),
    ("spring-context", "org.springframework"),
    ("spring-context-", "org.springframework"),
    ("spring-core", "org.springframework"),
    ("spring-data-", "org.springframework.data"),
    ("spring-expression", "org.springframework"),
    ("spring-jdbc", "org.springframework"),
    ("spring-jms", "org.springframework"),
    ("spring-messaging", "org.springframework"),
    ("spring-orm", "org.springframework"),
    ("spring-oxm", "org.springframework"),
    ("spring-security-", "org.springframework.security"),
    ("spring-test", "org.springframework"),
    ("spring-tx", "org.springframework"),
    ("spring-web", "org.springframework"),
    ("spring-webflux", "org.springframework"),
    ("spring-webmvc", "org.springframework"),
    ("spring-websocket", "org.springframework"),
    ("sqlite-jdbc", "org.xerial"),
    ("struts2-", "org.apache.struts"),
    ("thymeleaf", "org.thymeleaf"),
    ("tika-", "org.apache.tika"),
    ("tomcat-", "org.apache.tomcat"),
    ("tomcat-embed-", "org.apache.tomcat.embed"),
    ("undertow-", "io.undertow"),
    ("velocity", "org.apache.velocity"),
    ("vertx-", "io.vertx"),
    ("woodstox-core", "com.fasterxml.woodstox"),
    ("xalan", "xalan"),
    ("xercesImpl", "xerces"),
    ("xmlsec", "org.apache.santuario"),
    ("xstream", "com.thoughtworks.xstream"),
    ("zookeeper", "org.apache.zookeeper"),
];

/// Files whose name is not the artifact's: group and artifact.
const RENAMED: &[(&str, &str, &str)] = &[
    ("catalina", "org.apache.tomcat", "tomcat-catalina"),
    ("catalina-ha", "org.apache.tomcat", "tomcat-catalina-ha"),
    ("catalina-tribes", "org.apache.tomcat", "tomcat-tribes"),
    ("jasper", "org.apache.tomcat", "tomcat-jasper"),
    ("jasper-el", "org.apache.tomcat", "tomcat-jasper-el"),
];

/// The group of an artifact, where it is known.
pub(super) fn group_of(artifact: &str) -> Option<&'static str> {
    GROUPS
        .iter()
        .filter(|(known, _)| if known.ends_with('-') { artifact.starts_with(known) } else { artifact == *known })
        .max_by_key(|(known, _)| known.len())
        .map(|(_, group)| *group)
}

/// Whether the list names exactly this artifact.
pub(super) fn is_known(artifact: &str) -> bool {
    GROUPS.iter().any(|(known, _)| artifact == *known)
}

/// The group and artifact of a file that is called otherwise.
pub(super) fn renamed(stem: &str) -> Option<(&'static str, &'static str)> {
    RENAMED.iter().find(|(known, ..)| *known == stem).map(|(_, group, artifact)| (*group, *artifact))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_beginning_counts() {
        for (artifact, want) in [
            ("spring-core", Some("org.springframework")),
            ("spring-boot-starter-web", Some("org.springframework.boot")),
            ("tomcat-embed-core", Some("org.apache.tomcat.embed")),
            ("log4j", Some("log4j")),
            ("log4j-core", Some("org.apache.logging.log4j")),
            ("log4j-over-slf4j", None),
            ("mine", None),
        ] {
            assert_eq!(group_of(artifact), want, "{artifact}");
        }
        assert!(GROUPS.is_sorted(), "in order, so that one can be found");
    }
}
